// The facade for the Delivery station: what is due, and what became of each attempt. Touches the ledger's database and
// reads its objects.

import GRDB
package import Leavers

/// What is known about an event of a delivery beside the event.
package struct DeliveryNote: Sendable {
  /// When it happened, by the wall clock.
  package var at: Timestamp
  /// What the far side or the transport said, in words; no personal data.
  package var detail: String?
  /// When to come back, where it is not at once.
  package var nextAttemptAt: Timestamp?
  /// Particulars for the receipt, such as the size that was read back.
  package var evidence: [String: String]
  /// Where the attempt that begins goes to (`Recipient.whereabouts`).
  package var whereabouts: String?

  package init(
    at: Timestamp, detail: String? = nil, nextAttemptAt: Timestamp? = nil, evidence: [String: String] = [:],
    whereabouts: String? = nil
  ) {
    self.at = at
    self.detail = detail
    self.nextAttemptAt = nextAttemptAt
    self.evidence = evidence
    self.whereabouts = whereabouts
  }
}

/// What the Delivery station finds in the ledger and leaves there.
package struct DeliveriesLedger: Sendable {
  let store: LedgerStore
  let objects: ObjectStore

  /// What is open at a recipient and whose time has come: queued ones to be `started`, and sending and publishing ones
  /// to be `restarted`. Oldest first; none while the recipient is stopped or paused.
  package func due(recipient: RecipientID, now: Timestamp) async throws(LedgerError) -> [ReturnSummary] {
    try await store.read { transaction in
      // Where the clock went back since, an instant noted before means nothing.
      try transaction.summaries(
        "\(Self.isOpen) AND (next_attempt_at IS NULL OR next_attempt_at <= ? OR changed_at > ?)",
        [recipient.rawValue, now.milliseconds, now.milliseconds])
    }
  }

  /// When the next return of each school at a recipient is due, also one that waits for its day; in the past where one
  /// is due now. Schools of which nothing ever will be due by itself are not there.
  package func nextDue(recipient: RecipientID) async throws(LedgerError) -> [SchoolID: Timestamp] {
    try await store.read { transaction in
      var due: [SchoolID: Timestamp] = [:]
      func note(_ school: SchoolID, _ at: Timestamp) { due[school] = min(due[school] ?? at, at) }
      let open = try transaction.rows(
        "SELECT school, min(coalesce(next_attempt_at, changed_at)) AS at FROM return WHERE \(Self.isOpen) GROUP BY school",
        [recipient.rawValue])
      for row in open { note(SchoolID(rawValue: row["school"]), row.instant("at")) }
      for item in try transaction.summaries(Self.isDated, [recipient.rawValue]) {
        if case .waiting(.date(let day)) = item.state { note(item.school, LondonTime.timestamp(on: day)) }
      }
      return due
    }
  }

  /// Changes go in their order: of one pupil the last that arrives is what the authority believes.
  private static let isOpen = """
    recipient = ? AND state IN ('queued', 'sending', 'publishing') AND NOT EXISTS (
      SELECT 1 FROM recipient_state s
      WHERE s.recipient = return.recipient AND (s.stopped_at IS NOT NULL OR s.paused_at IS NOT NULL))
      AND NOT (return.state = 'queued' AND return.id IN (SELECT return_id FROM return_of_changes) AND EXISTS (
        SELECT 1 FROM return o
        WHERE o.school = return.school AND o.authority = return.authority AND o.kind = return.kind
          AND o.cohort = return.cohort AND o.sequence < return.sequence AND o.earlier <> 'reached'
          AND o.state IN ('waiting', 'queued', 'sending', 'publishing', 'prepared', 'unknown')))
    """

  /// Lets the return's machine take the event and commits state, attempt, receipt and event. The actions are carried
  /// out afterwards.
  ///
  /// At `started` the ledger looks once more for objections (the return then waits, and there are no actions), and
  /// throws `conflict` where the recipient is stopped or paused. Throws `illegalTransition` where the event does not
  /// belong: another process may have decided meanwhile; read the return again. An event that changes nothing writes
  /// nothing.
  @discardableResult
  package func apply(
    _ event: ReturnEvent, to id: ReturnID, note: DeliveryNote
  ) async throws(LedgerError) -> (ReturnSummary, [ReturnAction]) {
    try await store.write { transaction in
      try transaction.move(
        id, event,
        Transaction.Move(
          detail: note.detail, evidence: note.evidence, nextAttemptAt: note.nextAttemptAt,
          whereabouts: note.whereabouts, at: note.at))
    }
  }

  /// Gives a queued return the way by which its recipient is reached now.
  ///
  /// - Parameter isElsewhere: whether that is another place than that of the newest attempt: what attempts left where
  ///   we cannot go any more is forgotten.
  ///
  /// Throws `conflict` where an attempt is under way, or one of before may have arrived by another way.
  package func take(
    _ way: DeliveryWay, for id: ReturnID, isElsewhere: Bool
  ) async throws(LedgerError) -> ReturnSummary {
    try await store.write { transaction in
      let before = try transaction.summary(of: id)
      let isAnotherFolder = before.way.folder != way.folder || before.way.publication != way.publication
      if isElsewhere || isAnotherFolder {
        guard before.state == .queued, before.earlier != .perhaps else {
          throw LedgerError(
            .conflict, "\(id) is \(before.state.name), and may have arrived already: it cannot go another way")
        }
        try transaction.run("UPDATE attempt SET temporary = NULL WHERE return_id = ?", [id.rawValue])
      }
      guard before.way != way else { return before }
      try transaction.run(
        "UPDATE return SET publication = ?, read_back = ?, takes_files = ?, folder = ? WHERE id = ?",
        [way.publication.rawValue, way.readBack.rawValue, way.takesFiles, way.folder, id.rawValue])
      try transaction.append(
        .returnRedirected, subject: id.description,
        "\(id) goes the way by which \(before.recipient) is reached now: \(way.publication.rawValue), \(way.folder)")
      return try transaction.summary(of: id)
    }
  }

  /// Where the newest attempt of a return went to; nil before the first.
  package func whereabouts(of id: ReturnID) async throws(LedgerError) -> String? {
    try await store.read { transaction in
      try transaction.row(
        "SELECT whereabouts FROM attempt WHERE return_id = ? ORDER BY number DESC LIMIT 1", [id.rawValue]
      ).flatMap { $0["whereabouts"] }
    }
  }

  /// One return as it stands now.
  package func summary(of id: ReturnID) async throws(LedgerError) -> ReturnSummary {
    try await store.read { try $0.summary(of: id) }
  }

  /// The returns of which we do not know whether the authority has them, oldest first: to be `restarted`, which looks
  /// again, now and then.
  package func unresolved(recipient: RecipientID) async throws(LedgerError) -> [ReturnSummary] {
    try await store.read { transaction in
      try transaction.summaries("recipient = ? AND state = 'unknown'", [recipient.rawValue])
    }
  }

  /// The returns that wait for a day, come or not: to be told `dateReached` or `dateMoved`.
  package func dated(recipient: RecipientID) async throws(LedgerError) -> [ReturnSummary] {
    try await store.read { transaction in
      try transaction.summaries(Self.isDated, [recipient.rawValue])
    }
  }

  private static let isDated = "recipient = ? AND state = 'waiting' AND state_detail LIKE 'date:%'"

  /// How many rows may not go as they stand in a return any more: disclosed in full although the newest answer of their
  /// pupil is now NO or UNS and the basis knows an objection, or otherwise than the register allows today; and why, in
  /// words. `apply(.started)` decides by the same.
  package func objections(in id: ReturnID) async throws(LedgerError) -> (count: Int, reasons: String) {
    try await store.read { transaction in
      let objections = try transaction.objections(to: transaction.summary(of: id))
      return (objections.count, objections.reasons)
    }
  }

  // MARK: Temporaries

  /// The temporary names of all attempts of a return that may still lie at the far side, oldest first.
  package func temporaries(of id: ReturnID) async throws(LedgerError) -> [String] {
    try await store.read { transaction in
      try transaction.rows(
        "SELECT temporary FROM attempt WHERE return_id = ? AND temporary IS NOT NULL ORDER BY number", [id.rawValue]
      ).map { $0["temporary"] }
    }
  }

  /// The returns of a recipient that are settled, but may have temporaries left at the far side: because the daemon
  /// ended before it removed them.
  package func withTemporaries(recipient: RecipientID) async throws(LedgerError) -> [ReturnSummary] {
    try await store.read { transaction in
      try transaction.summaries(
        """
        recipient = ?
          AND state IN ('prepared', 'sent', 'delivered', 'collected', 'accepted', 'rejected', 'withdrawn', 'superseded')
          AND EXISTS (SELECT 1 FROM attempt a WHERE a.return_id = return.id AND a.temporary IS NOT NULL)
        """, [recipient.rawValue])
    }
  }

  /// Notes that no temporary of a settled return lies at the far side any more.
  package func temporariesRemoved(of id: ReturnID) async throws(LedgerError) {
    try await store.write { transaction in
      let summary = try transaction.summary(of: id)
      guard summary.state.hasReached || [.prepared, .withdrawn, .superseded].contains(summary.state) else {
        throw LedgerError(
          .conflict, "\(id) is \(summary.state.name): its temporaries are still needed; remove them once it is settled")
      }
      try transaction.run(
        "UPDATE attempt SET temporary = NULL WHERE return_id = ? AND temporary IS NOT NULL", [id.rawValue])
      guard transaction.changes > 0 else { return }
      try transaction.append(.temporariesRemoved, subject: "\(id)", "no temporary of it lies at the recipient any more")
    }
  }

  // MARK: What is sent

  /// The exact bytes of a return. Throws `conflict` for a draft, which has none, and as the object store does.
  package func bytes(of id: ReturnID) async throws(LedgerError) -> [UInt8] {
    try await objects.read(object(of: id))
  }

  private func object(of id: ReturnID) async throws(LedgerError) -> ObjectName {
    guard let object = try await summary(of: id).object else {
      throw LedgerError(.conflict, "\(id) is a draft: it has no bytes yet")
    }
    return object
  }
}

extension EventKind {
  package static let temporariesRemoved = EventKind(rawValue: "temporaries-removed")
  package static let returnRedirected = EventKind(rawValue: "return-redirected")
}

extension Ledger {
  /// What the Delivery station finds in the ledger and leaves there.
  package var deliveries: DeliveriesLedger { DeliveriesLedger(store: store, objects: objects) }
}
