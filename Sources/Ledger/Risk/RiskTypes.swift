// What the ledger gives for the sheet of risk, and what a person answers in it. Values that never print what they hold.

package import Leavers

/// What is decided of a pupil's risk of NEET, with the key of the pupil's row.
package struct RiskStanding: Sendable, RedactedPrinting {
  /// The row key: of the pupil, as the register and the sharing answers of exports stand.
  package let key: String
  /// What was decided of the risk and stands, or waits for its day; in the order of recording.
  package let decided: [RegisterRecord]
  /// How the pupil stands in the register today.
  package let register: PupilStanding
}

/// What a person decided of a pupil whom the sheet of risk shows.
package struct RiskAnswer: Sendable, RedactedPrinting {
  /// The row key.
  package let key: String
  /// Whom the row shows, as far as it does.
  package let shown: LeaverRecord
  /// One about the risk of NEET.
  package let decision: RegisterDecision
  /// Who decided, as the row says it; empty where the person whose file it is did.
  package let decidedBy: String
  /// Whether an agreement names a basis on which pupils under 13 may be named.
  package let coversUnderThirteen: Bool

  package init(
    key: String, shown: LeaverRecord = LeaverRecord(), decision: RegisterDecision, decidedBy: String = "",
    coversUnderThirteen: Bool = false
  ) {
    self.key = key
    self.shown = shown
    self.decision = decision
    self.decidedBy = decidedBy
    self.coversUnderThirteen = coversUnderThirteen
  }
}
