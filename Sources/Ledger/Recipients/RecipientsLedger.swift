// The facade for the state of recipients. Touches the ledger's database.

import GRDB
package import Leavers

/// What holds of a recipient over restarts: stopped after an authentication failure, paused by a person, failing.
package struct RecipientsLedger: Sendable {
  let store: LedgerStore

  /// How a recipient stands; one of which nothing was ever noted is open.
  package func state(_ id: RecipientID) async throws(LedgerError) -> RecipientState {
    try await store.read { try $0.recipientState(id) }
  }

  /// All recipients of which something was noted, by id.
  package func all() async throws(LedgerError) -> [RecipientState] {
    try await store.read { transaction in
      try transaction.rows("SELECT * FROM recipient_state ORDER BY recipient").map { row in
        try transaction.recipientState(row, RecipientID(unchecked: row["recipient"]))
      }
    }
  }

  /// Nothing goes to this recipient until a person resumes it. A second stop keeps the first one's instant.
  ///
  /// - Parameter why: in words for the admin, without personal data.
  package func stop(_ id: RecipientID, why: String) async throws(LedgerError) {
    try await store.write { transaction in
      let state = try transaction.recipientState(id)
      guard state.stopped?.why != why else { return }
      let since = state.stopped?.since ?? transaction.now
      try Self.begin(id, in: transaction)
      try transaction.run(
        "UPDATE recipient_state SET stopped_why = ?, stopped_at = ?, problem = ?, changed_at = ? WHERE recipient = ?",
        [why, since.milliseconds, why, transaction.now.milliseconds, id.rawValue])
      try transaction.append(.recipientChanged, subject: id.rawValue, "stopped: \(why)")
    }
  }

  /// A person wants nothing to go there for now.
  package func pause(_ id: RecipientID, by person: Person, why: String?) async throws(LedgerError) {
    try await store.write { transaction in
      let details = person.details(why: why)
      try Self.begin(id, in: transaction)
      try transaction.run(
        "UPDATE recipient_state SET sealed_pause = ?, paused_at = ?, changed_at = ? WHERE recipient = ?",
        [
          try transaction.seal(
            Packed.encode(details), with: transaction.keys.events, "recipient_state", "sealed_pause", id.rawValue),
          transaction.now.milliseconds, transaction.now.milliseconds, id.rawValue,
        ])
      try transaction.append(.recipientChanged, subject: id.rawValue, "paused by a person", details: details)
    }
  }

  /// Ends a stop and a pause, and forgets the failures, also where only failures hold it back. Its returns are due at once.
  package func resume(_ id: RecipientID, by person: Person, why: String?) async throws(LedgerError) {
    try await store.write { transaction in
      let state = try transaction.recipientState(id)
      let isHeldBack = try transaction.exists(
        "SELECT 1 FROM return WHERE recipient = ? AND next_attempt_at IS NOT NULL", [id.rawValue])
      guard !state.isOpen || state.failures > 0 || state.problem != nil || isHeldBack else { return }
      try Self.begin(id, in: transaction)
      try transaction.run(
        """
        UPDATE recipient_state SET stopped_why = NULL, stopped_at = NULL, sealed_pause = NULL, paused_at = NULL,
          failures = 0, problem = NULL, resumes = resumes + 1, changed_at = ? WHERE recipient = ?
        """, [transaction.now.milliseconds, id.rawValue])
      try transaction.run(
        "UPDATE return SET next_attempt_at = NULL WHERE recipient = ? AND state IN ('queued', 'sending', 'publishing')",
        [id.rawValue])
      try transaction.append(
        .recipientChanged, subject: id.rawValue, "resumed by a person", details: person.details(why: why))
    }
  }

  /// Notes that something failed, or with nil that it works again. A failure like the one before is counted, and
  /// appends no event.
  ///
  /// - Parameters:
  ///   - problem: in words for the admin, without personal data.
  ///   - code: what kind of trouble it is; one kind in many wordings is one event. Without it the words count.
  package func noteProblem(_ id: RecipientID, _ problem: String?, code: String? = nil) async throws(LedgerError) {
    try await store.write { transaction in
      let before = try transaction.recipientState(id)
      guard problem != nil || before.problem != nil || before.failures > 0 else { return }
      let codeBefore: String? = try transaction.row(
        "SELECT problem_code FROM recipient_state WHERE recipient = ?", [id.rawValue]
      ).flatMap { $0["problem_code"] }
      let isNews = (problem == nil) != (before.problem == nil) || (code ?? problem) != (codeBefore ?? before.problem)
      try Self.begin(id, in: transaction)
      try transaction.run(
        """
        UPDATE recipient_state SET problem = ?, problem_code = ?, failures = CASE WHEN ? IS NULL THEN 0 ELSE failures + 1 END, changed_at = ?
        WHERE recipient = ?
        """, [problem, code, problem, transaction.now.milliseconds, id.rawValue])
      guard isNews else { return }
      try transaction.append(
        .recipientChanged, subject: id.rawValue, problem.map { "fails: \($0)" } ?? "works again")
    }
  }

  // MARK: Rows

  private static func begin(_ id: RecipientID, in transaction: Transaction) throws {
    try transaction.run(
      "INSERT INTO recipient_state (recipient, changed_at) VALUES (?, ?) ON CONFLICT (recipient) DO NOTHING",
      [id.rawValue, transaction.now.milliseconds])
  }
}

extension Transaction {
  func recipientState(_ id: RecipientID) throws -> RecipientState {
    guard let row = try row("SELECT * FROM recipient_state WHERE recipient = ?", [id.rawValue]) else {
      return RecipientState(recipient: id, stopped: nil, paused: nil, failures: 0, problem: nil, resumes: 0)
    }
    return try recipientState(row, id)
  }

  fileprivate func recipientState(_ row: Row, _ id: RecipientID) throws -> RecipientState {
    var stopped: RecipientState.Stop?
    if let why = row["stopped_why"] as String? {
      stopped = RecipientState.Stop(why: why, since: row.instant("stopped_at"))
    }
    var paused: RecipientState.Pause?
    if let sealed = row.optionalBytes("sealed_pause") {
      let details = try Packed.dictionary(
        open(sealed, with: keys.events, "recipient_state", "sealed_pause", id.rawValue))
      guard let name = details["by"], let known = details["known"] else {
        throw LedgerError(.corrupt, "the pause of recipient \(id) says nobody's name; run audit")
      }
      paused = RecipientState.Pause(
        by: Person(name: name, known: known), why: details["why"], since: row.instant("paused_at"))
    }
    return RecipientState(
      recipient: id, stopped: stopped, paused: paused, failures: row["failures"], problem: row["problem"],
      resumes: row["resumes"])
  }
}

extension Ledger {
  /// The state of recipients.
  package var recipients: RecipientsLedger { RecipientsLedger(store: store) }
}
