// What became of an export's rows at each authority, for the people of its school. A value; names nobody.

/// What was decided of the rows of an export.
package struct ExportDecisions: Sendable, Hashable {
  /// Why a row did not go to an authority.
  package enum Reason: Sendable, Hashable {
    case held(HoldReason)
    case withheld(WithholdReason)

    package var isHeld: Bool {
      if case .held = self { true } else { false }
    }

    package var words: String {
      switch self {
      case .held(let reason): reason.words
      case .withheld(let reason): reason.words
      }
    }

    package var remedy: String {
      switch self {
      case .held(let reason): reason.remedy
      case .withheld(let reason): reason.remedy
      }
    }
  }

  /// The rows of one cohort for one authority and kind of return.
  package struct Line: Sendable, Hashable {
    package let authority: AuthorityID
    package let kind: ReturnKind
    /// Nil for rows of which nobody knows the cohort.
    package let cohort: Cohort?
    /// Rows by fate; those that are not there are none.
    package let counts: [FateKind: Int]
    /// In how many of those sent only the floor is disclosed.
    package let floor: Int

    package init(authority: AuthorityID, kind: ReturnKind, cohort: Cohort?, counts: [FateKind: Int], floor: Int) {
      self.authority = authority
      self.kind = kind
      self.cohort = cohort
      self.counts = counts
      self.floor = floor
    }

    package subscript(fate: FateKind) -> Int { counts[fate] ?? 0 }
  }

  /// A row that did not go to an authority, by its number in the export.
  package struct Kept: Sendable, Hashable {
    package let row: Int
    package let authority: AuthorityID
    package let kind: ReturnKind
    package let why: Reason

    package init(row: Int, authority: AuthorityID, kind: ReturnKind, why: Reason) {
      self.row = row
      self.authority = authority
      self.kind = kind
      self.why = why
    }
  }

  /// In the order of the scope, then by cohort.
  package let lines: [Line]
  /// In the order of the rows.
  package let kept: [Kept]
  /// The rows that no authority has in scope, in order.
  package let unrouted: [Int]

  package init(lines: [Line], kept: [Kept], unrouted: [Int]) {
    self.lines = lines
    self.kept = kept
    self.unrouted = unrouted
  }
}
