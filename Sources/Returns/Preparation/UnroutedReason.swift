// Why a pupil of an export is in scope of no authority, in words. Pure.

import Leavers

/// Why no authority that is set up has a pupil in scope, as a dry run says it. Of several the first here counts: it is
/// what somebody can look at.
package enum UnroutedReason: String, Sendable, Hashable, CaseIterable {
  /// Nothing tells when the pupil leaves.
  case noCohort = "no-cohort"
  /// The pupil lives in the area of an authority that has no such return for the pupil.
  case livesElsewhere = "lives-elsewhere"
  /// The school lies in no area of an authority that has such a return.
  case educatedElsewhere = "educated-elsewhere"

  /// Of an outcome that is in no scope.
  init?(_ outcome: RowOutcome) {
    switch outcome {
    case .notInKind(.noCohort): self = .noCohort
    case .notRouted(.homeAuthorityElsewhere), .notRouted(.postcodeElsewhere): self = .livesElsewhere
    case .notRouted: self = .educatedElsewhere
    case .ready, .held, .withheld, .merged, .notInKind: return nil
    }
  }

  /// Of two the one that counts.
  static func first(_ left: Self?, _ right: Self?) -> Self? {
    allCases.first { $0 == left || $0 == right }
  }

  /// After the number of pupils.
  package var words: String {
    switch self {
    case .noCohort: "of whom nothing tells when they leave; look at the year group"
    case .livesElsewhere:
      "who live in the area of an authority that has no return for them; look at home authority and postcode"
    case .educatedElsewhere:
      "whose school lies in the area of no authority that has a return for them; look at the school's number"
    }
  }
}
