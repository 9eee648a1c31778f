// What became of a reply's file at the far side: gone before it was fetched, moved or removed afterwards. Touches the
// ledger's database.

import GRDB
package import Leavers

extension RepliesLedger {
  /// A claimed file changed or went away before its bytes could be fetched.
  ///
  /// Its reply is closed, and forgets which file it was claimed as: should the very same file come back, it is claimed
  /// anew and nothing is lost.
  package func gone(_ id: ReplyID) async throws(LedgerError) {
    try await store.write { transaction in
      var machine = try Self.machine(Self.row(id, in: transaction))
      _ = try Self.handle(.gone, &machine, id)
      try transaction.run(
        "UPDATE reply SET state = ?, state_detail = ?, source_lookup = ? WHERE id = ?",
        [
          machine.state.name, machine.state.detail, Blob(transaction.keys.digest("gone reply", String(id.rawValue))),
          id.rawValue,
        ])
      try transaction.append(
        .replyMoved, subject: "\(id)", "closed: \(ReplyMachine.goneReason)", note: EventNote(machine.state))
    }
  }

  /// C6: it was moved or removed at the far side. A second time changes nothing.
  package func removedAtSource(_ id: ReplyID) async throws(LedgerError) {
    try await store.write { transaction in
      var machine = try Self.machine(Self.row(id, in: transaction))
      guard !machine.isRemovedAtSource else { return }
      _ = try Self.handle(.removedAtSource, &machine, id)
      try transaction.run(
        "UPDATE reply SET removed_at = ? WHERE id = ?", [transaction.now.milliseconds, id.rawValue])
      try transaction.append(.replyRemovedAtSource, subject: "\(id)", "moved or removed at the recipient")
    }
  }

  /// The replies of a recipient that the ledger holds and that were not moved or removed there, oldest first: what C5 is
  /// for. What a person must look at is not among them; it stays where its sender sees it.
  package func heldAtSource(_ recipient: RecipientID) async throws(LedgerError) -> [ReplySummary] {
    try await store.read { transaction in
      try Self.summaries(
        """
        WHERE r.recipient = ? AND r.object IS NOT NULL AND r.removed_at IS NULL
          AND (r.state <> 'quarantined' OR r.repeat_of IS NOT NULL)
        """, [recipient.rawValue], in: transaction)
    }
  }

  /// A reply, if there is one of this number.
  package func find(_ id: ReplyID) async throws(LedgerError) -> ReplySummary? {
    try await store.read { try Self.summaries("WHERE r.id = ?", [id.rawValue], in: $0).first }
  }
}
