// One return with all that the ledger holds of it, and which returns to list. Pure.

package import Leavers

/// One return with all that the ledger holds of it.
package struct ReturnDetail: Sendable {
  package let summary: ReturnSummary
  /// Which field of which tier it discloses.
  package let fields: [DisclosedField]
  package let rows: [DisclosedRow]
  package let attempts: [Attempt]
  package let receipts: [Receipt]
  /// Why a person had to look at its numbers before it went.
  package let brake: [BrakeNote]
  /// What the agreement that it rests on demanded of each pupil.
  package let consent: ConsentDemand?
  /// How often each code stands in it, by the columns in their order; none of returns made before this was kept.
  package let totals: [CodeTotal]

  package struct DisclosedField: Sendable, Hashable {
    package let field: Field
    package let tier: DisclosureTier
    /// In rows disclosed in full, else in rows at the floor.
    package let full: Bool
    /// How many times it was named when the return was decided.
    package let count: Int
  }

  package struct DisclosedRow: Sendable, Hashable {
    /// Its number in the export.
    package let row: Int
    package let pupil: PupilID
    package let disclosure: Disclosure
  }

  package struct Attempt: Sendable, Hashable {
    package let number: Int
    /// The temporary name at the far side, where one may still lie there.
    package let temporary: String?
    package let startedAt: Timestamp
    package let endedAt: Timestamp?
    package let outcome: String?
    package let detail: String?
  }

  package struct Receipt: Sendable, Hashable {
    package let at: Timestamp
    package let kind: ReturnEvidence
    /// The name of the state to which it brought the return.
    package let state: String
    /// Attempt, size read back, who decided and why, the authority's reference.
    package let evidence: Redacted<[String: String]>
    /// The reply that it came with.
    package let reply: ReplyID?
  }

  /// How many rows are disclosed so.
  package func count(_ disclosure: Disclosure) -> Int { rows.count { $0.disclosure == disclosure } }
}

/// In how many lines of a return a column has a code. Names nobody.
package struct CodeTotal: Sendable, Hashable {
  /// The column's heading.
  package let heading: String
  /// As the authority has it; empty where the cell says nothing.
  package let code: String
  package let lines: Int

  package init(heading: String, code: String, lines: Int) {
    self.heading = heading
    self.code = code
    self.lines = lines
  }
}

/// One reason of the cohort brake as it is kept: no personal data.
package struct BrakeNote: Sendable, Hashable {
  /// As `BrakeReason.code` gives it.
  package let code: String
  package let words: String
}

/// Which returns to list; nil and empty mean all.
package struct ReturnFilter: Sendable {
  package var school: SchoolID?
  package var authority: AuthorityID?
  package var recipient: RecipientID?
  package var kind: ReturnKind?
  package var export: ExportID?
  /// Names of states, as `ReturnState.name` gives them.
  package var states: Set<String>

  package init(
    school: SchoolID? = nil, authority: AuthorityID? = nil, recipient: RecipientID? = nil, kind: ReturnKind? = nil,
    export: ExportID? = nil, states: Set<String> = []
  ) {
    self.school = school
    self.authority = authority
    self.recipient = recipient
    self.kind = kind
    self.export = export
    self.states = states
  }
}
