// What became of one export row for one authority and kind: exactly one of a closed set. Pure.

/// What became of one export row for one authority and kind of return. Each row has exactly one, and each is counted
/// on its own: rows read = the sum of all eight.
package enum Fate: Sendable, Hashable {
  case sent(ReturnID, Disclosure)
  /// The same as what the authority already has, by that return.
  case unchanged(ReturnID)
  /// Waits for a person.
  case held(HoldReason)
  /// May not be disclosed.
  case withheld(WithholdReason)
  /// Not this authority's pupil by its rule.
  case notRouted(RoutingReason)
  /// Not of a cohort or state that this kind is about.
  case notInKind(KindReason)
  /// A repeat of another row of the same export.
  case merged(row: Int)
  /// A newer export took its place before it went.
  case superseded(by: ExportID)

  package var kind: FateKind {
    switch self {
    case .sent: .sent
    case .unchanged: .unchanged
    case .held: .held
    case .withheld: .withheld
    case .notRouted: .notRouted
    case .notInKind: .notInKind
    case .merged: .merged
    case .superseded: .superseded
    }
  }
}

/// The eight fates without their particulars, in the order of the conservation rule.
package enum FateKind: String, Sendable, Hashable, Codable, CaseIterable {
  case sent, unchanged, held, withheld
  case notRouted = "not-routed"
  case notInKind = "not-in-kind"
  case merged, superseded
}

/// Why a row waits for a person (DESIGN rule: only what could send it wrong or about the wrong child).
package enum HoldReason: String, Sendable, Hashable, Codable, CaseIterable {
  case noName = "no-name"
  case noDateOfBirth = "no-date-of-birth"
  case contradictoryRepeat = "contradictory-repeat"
  /// The row has more cells than there are headings: they may stand in wrong columns.
  case cellsOutOfPlace = "cells-out-of-place"
  case uncertainRoute = "uncertain-route"
  case protectedAddress = "protected-address"
  case placedByAnotherAuthority = "placed-by-another-authority"
  case outsideRegion = "outside-region"
  case requiredMissing = "required-missing"
  /// What the authority requires stands there in words, and nobody has said yet what they mean.
  case wordUndecided = "word-undecided"
  case codeUnknownToAuthority = "code-unknown-to-authority"
  /// A value that cannot be written in the form that the authority wants, such as a number.
  case notInForm = "not-in-form"
  case sharingUnlisted = "sharing-unlisted"
  /// Of returns made by earlier versions; such a pupil is withheld.
  case specialWithoutBasis = "special-without-basis"
  case tooLongForAuthority = "too-long-for-authority"
  /// A character that the authority's text encoding cannot write: never replaced by another.
  case notInEncoding = "not-in-encoding"
  /// Of returns made by earlier versions; such a pupil is not of the kind.
  case notConfirmedByPerson = "not-confirmed-by-person"
}

/// Why a row may not be disclosed to an authority.
package enum WithholdReason: String, Sendable, Hashable, Codable, CaseIterable {
  case noAgreement = "no-agreement"
  case agreementNotInForce = "agreement-not-in-force"
  case formatNotConfirmed = "format-not-confirmed"
  /// A trial format sends synthetic pupils only.
  case trialFormat = "trial-format"
  case floorNotEnough = "floor-not-enough"
  /// A value is of a tier that the agreement does not cover, and the profile names nothing that stands for it.
  case noBasis = "no-basis"
  /// Of risk of NEET: the pupil is under 13, and the agreement names no basis for that.
  case underThirteen = "under-thirteen"
  /// The register says that the pupil died.
  case deceased
  /// The agreement demands a consent to tracking that the register does not hold.
  case noTrackingConsent = "no-tracking-consent"
}

/// Why a row is, or is not, an authority's.
package enum RoutingReason: String, Sendable, Hashable, Codable, CaseIterable {
  case educatedHere = "educated-here"
  case educatedElsewhere = "educated-elsewhere"
  case homeAuthorityColumn = "home-authority-column"
  case homeAuthorityElsewhere = "home-authority-elsewhere"
  case postcodeTable = "postcode-table"
  case postcodeElsewhere = "postcode-elsewhere"
}

/// Why a row is not of a kind of return.
package enum KindReason: String, Sendable, Hashable, Codable, CaseIterable {
  case otherCohort = "other-cohort"
  case noCohort = "no-cohort"
  /// The enrolment status, or a condition of the authority's.
  case conditionNotMet = "condition-not-met"
  /// Of risk of NEET: no named person has confirmed the pupil.
  case notConfirmed = "not-confirmed"
  case nothingToTell = "nothing-to-tell"
}
