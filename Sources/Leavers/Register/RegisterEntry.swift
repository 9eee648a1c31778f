// One entry of the register, without what is personal. Pure.

/// The number of an entry of the register, printed as `D3`.
package struct RegisterEntryID: LedgerNumber {
  package static let letter: Character = "D"
  package let rawValue: Int64
  package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// One entry of the register: what was decided about a pupil, for whom, and on which day. Entries are numbered as they
/// are recorded.
package struct RegisterEntry: Sendable, Hashable {
  package let id: RegisterEntryID
  package let decision: RegisterDecision
  package let scope: RegisterScope
  /// The day of the decision, not the day on which it was recorded. It takes effect on this day, and not before.
  package let decidedOn: CalendarDate

  package init(id: RegisterEntryID, decision: RegisterDecision, scope: RegisterScope, decidedOn: CalendarDate) {
    self.id = id
    self.decision = decision
    self.scope = scope
    self.decidedOn = decidedOn
  }

  /// Whether it comes after another: by the day of the decision, then by the order of recording.
  package func isNewer(than other: RegisterEntry) -> Bool { (decidedOn, id) > (other.decidedOn, other.id) }
}
