// The facade for the Replies station: what came back, from claim to rows. Touches the ledger's database.

import GRDB
package import Leavers

/// What the Replies station finds in the ledger and leaves there.
package struct RepliesLedger: Sendable {
  let store: LedgerStore

  // MARK: Claiming and fetching

  /// The reply that this very file (same recipient, folder, name, size and time) was claimed as, if it was; it may not
  /// have been fetched yet.
  package func known(_ source: ReplySource) async throws(LedgerError) -> ReplySummary? {
    try await store.read { transaction in
      try Self.summaries("WHERE r.source_lookup = ?", [Self.lookup(source, transaction.keys)], in: transaction).first
    }
  }

  /// C1: the intent to take this file in. The same source again gives the same reply.
  package func claim(
    _ source: ReplySource, authority: AuthorityID, school: SchoolID, kind: ReplyKind
  ) async throws(LedgerError) -> ReplyID {
    try await store.write { transaction in
      let lookup = Self.lookup(source, transaction.keys)
      if let known = try transaction.integer("SELECT id FROM reply WHERE source_lookup = ?", [lookup]) {
        return ReplyID(rawValue: known)
      }
      // Replies are never deleted, so that the highest id plus one was never used.
      let id = ReplyID(rawValue: (try transaction.integer("SELECT max(id) FROM reply") ?? 0) + 1)
      try transaction.run(
        """
        INSERT INTO reply (id, authority, recipient, school, kind, state, source_lookup, sealed_source, claimed_at)
        VALUES (?, ?, ?, ?, ?, 'seen', ?, ?, ?)
        """,
        [
          id.rawValue, authority.rawValue, source.recipient.rawValue, school.rawValue, kind.rawValue, lookup,
          try transaction.seal(
            source.packed, with: transaction.keys.sources, "reply", "sealed_source", "\(id.rawValue)"),
          transaction.now.milliseconds,
        ])
      try transaction.append(
        .replyMoved, subject: "\(id)",
        "seen: \(kind.rawValue) from \(authority) for school \(school), \(source.size) bytes", note: EventNote(.seen))
      return id
    }
  }

  private static func lookup(_ source: ReplySource, _ keys: KeyRing) -> Blob {
    Blob(
      keys.digest(
        "reply source", source.recipient.rawValue, source.folder, source.name, String(source.size),
        String(source.modified.milliseconds)))
  }

  /// C4: the bytes are taken in. Bytes that this authority sent for this school before, and that were not refused then,
  /// are a repeat: the reply is quarantined and nothing of it counts.
  @discardableResult
  package func fetched(_ id: ReplyID, object: PendingObject) async throws(LedgerError) -> FetchOutcome {
    try await store.write { transaction in
      let row = try Self.row(id, in: transaction)
      var machine = try Self.machine(row)
      let earlier = try transaction.integer(
        """
        SELECT min(id) FROM reply WHERE authority = ? AND school = ? AND object = ? AND id <> ?
          AND state IN ('fetched', 'read', 'matched')
        """,
        [row["authority"] as String, row["school"] as String, object.name.rawValue, id.rawValue]
      ).map(ReplyID.init(rawValue:))
      _ = try Self.handle(earlier == nil ? .fetched : .repeated, &machine, id)
      try transaction.adopt(object)
      try transaction.run(
        "UPDATE reply SET state = ?, state_detail = ?, object = ?, repeat_of = ?, fetched_at = ? WHERE id = ?",
        [
          machine.state.name, machine.state.detail, object.name.rawValue, earlier?.rawValue,
          transaction.now.milliseconds,
          id.rawValue,
        ])
      try transaction.append(
        .replyMoved, subject: "\(id)",
        "\(machine.state.name): \(object.size) bytes, SHA-256 \(object.sha256)"
          + (earlier.map { ", the same bytes as \($0)" } ?? ""), note: EventNote(machine.state))
      return earlier.map { .repeat(of: $0) } ?? .new
    }
  }

  // MARK: Reading

  /// The rows and findings of a fetched reply; its state becomes `read`.
  package func read(
    _ id: ReplyID, rows: [ReplyRowDraft], findings: [FindingNote]
  ) async throws(LedgerError) {
    try await store.write { transaction in
      let row = try Self.row(id, in: transaction)
      var machine = try Self.machine(row)
      _ = try Self.handle(.read, &machine, id)
      let key = try Self.objectKey(row, id, in: transaction)
      for draft in rows {
        let sealed = try transaction.seal(
          ReplyRowSeal.encode(draft), with: key, "reply_row", "sealed", ReplyRowSeal.address(id, draft.row))
        try transaction.run(
          "INSERT INTO reply_row (reply, row_number, sealed) VALUES (?, ?, ?)", [id.rawValue, draft.row, sealed])
      }
      for (ordinal, note) in findings.enumerated() {
        try transaction.run(
          """
          INSERT INTO reply_finding (reply, ordinal, code, severity, row_number, column_number, field, authority)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
          [
            id.rawValue, ordinal, note.code.rawValue, note.severity.rawValue, note.row, note.columnNumber,
            note.field?.rawValue, note.authority?.rawValue,
          ])
      }
      try transaction.run(
        "UPDATE reply SET state = 'read', read_at = ? WHERE id = ?", [transaction.now.milliseconds, id.rawValue])
      try transaction.append(
        .replyMoved, subject: "\(id)", "read: \(rows.count) rows, \(findings.count) findings",
        note: EventNote(machine.state))
    }
  }

  /// The rows of a reply as they were read, in order: what is matched after a restart.
  package func rows(of id: ReplyID) async throws(LedgerError) -> [ReplyRowDraft] {
    try await store.read { transaction in
      let reply = try Self.row(id, in: transaction)
      return try transaction.rows(
        "SELECT row_number, pupil, verdict, sealed FROM reply_row WHERE reply = ? ORDER BY row_number", [id.rawValue]
      ).map { try Self.open($0, of: reply, id, in: transaction) }
    }
  }

  /// A person must look at it.
  ///
  /// - Parameter why: in words, without personal data.
  package func quarantine(_ id: ReplyID, why: String) async throws(LedgerError) {
    try await store.write { transaction in
      var machine = try Self.machine(Self.row(id, in: transaction))
      _ = try Self.handle(.quarantined(why), &machine, id)
      try transaction.run(
        "UPDATE reply SET state = ?, state_detail = ? WHERE id = ?",
        [machine.state.name, machine.state.detail, id.rawValue])
      try transaction.append(
        .replyMoved, subject: "\(id)", "quarantined: \(why)", note: EventNote(machine.state))
    }
  }

  // MARK: Looking

  /// The replies in these states (by name; all quarantined ones for any quarantined), oldest first.
  package func inState(
    _ states: [ReplyState], recipient: RecipientID? = nil
  ) async throws(LedgerError) -> [ReplySummary] {
    // The names are of a closed set of our own.
    let names = Set(states.map { "'\($0.name)'" }).sorted().joined(separator: ", ")
    return try await store.read { transaction in
      try Self.summaries(
        "WHERE r.state IN (\(names)) AND r.recipient = coalesce(?, r.recipient)", [recipient?.rawValue],
        in: transaction)
    }
  }

  /// All replies, oldest first.
  package func list() async throws(LedgerError) -> [ReplySummary] {
    try await store.read { try Self.summaries(in: $0) }
  }

  /// One reply with its rows, without what they say.
  package func detail(_ id: ReplyID) async throws(LedgerError) -> ReplyDetail {
    try await store.read { transaction in
      guard let summary = try Self.summaries("WHERE r.id = ?", [id.rawValue], in: transaction).first else {
        throw LedgerError(.notFound, "there is no reply \(id)")
      }
      let rows = try transaction.rows("SELECT * FROM reply_row WHERE reply = ? ORDER BY row_number", [id.rawValue])
        .map { row in
          ReplyDetail.Row(
            row: row["row_number"], pupil: (row["pupil"] as Int64?).map(PupilID.init(rawValue:)),
            verdict: row["verdict"], rule: row["rule"], reconciliation: try row.optionalValue("reconciliation"),
            why: row["why"])
        }
      let findings = try transaction.rows("SELECT * FROM reply_finding WHERE reply = ? ORDER BY ordinal", [id.rawValue])
        .map { row in
          FindingNote(
            code: FindingCode(rawValue: row["code"]), severity: try row.value("severity"), row: row["row_number"],
            columnNumber: row["column_number"], field: try row.optionalValue("field"),
            authority: (row["authority"] as String?).map(AuthorityID.init(unchecked:)))
        }
      let returns = try transaction.rows(
        "SELECT DISTINCT return_id FROM receipt WHERE reply = ? ORDER BY return_id", [id.rawValue]
      ).map { ReturnID(rawValue: $0["return_id"]) }
      return ReplyDetail(summary: summary, rows: rows, findings: findings, returns: returns)
    }
  }

  // MARK: Rows

  static func row(_ id: ReplyID, in transaction: Transaction) throws -> Row {
    guard let row = try transaction.row("SELECT * FROM reply WHERE id = ?", [id.rawValue]) else {
      throw LedgerError(.notFound, "there is no reply \(id)")
    }
    return row
  }

  /// What is tidied at the far side is the profile's, and the station's, to know.
  static func machine(_ row: Row) throws -> ReplyMachine {
    ReplyMachine(
      tidiesSource: false, state: try state(row), isRemovedAtSource: (row["removed_at"] as Int64?) != nil)
  }

  static func handle(
    _ event: ReplyEvent, _ machine: inout ReplyMachine, _ id: ReplyID
  ) throws(LedgerError) -> [ReplyAction] {
    do {
      return try machine.handle(event)
    } catch {
      throw LedgerError(error.code, "\(id): \(error.message)")
    }
  }

  private static func state(_ row: Row) throws(LedgerError) -> ReplyState {
    guard let state = ReplyState(name: row["state"], detail: row["state_detail"]) else {
      throw LedgerError(.corrupt, "a reply is in a state that this version does not know; run audit")
    }
    return state
  }

  static func summaries(
    _ condition: String = "", _ arguments: StatementArguments = [], in transaction: Transaction
  ) throws -> [ReplySummary] {
    var verdicts: [Int64: [String: Int]] = [:]
    try transaction.forEachRow(
      """
      SELECT w.reply AS reply, coalesce(w.verdict, 'open') AS verdict, count(*) AS number
      FROM reply_row w JOIN reply r ON r.id = w.reply \(condition) GROUP BY 1, 2
      """, arguments
    ) { verdicts[$0["reply"], default: [:]][$0["verdict"]] = $0["number"] }
    return try transaction.rows("SELECT r.* FROM reply r \(condition) ORDER BY r.id", arguments).map { row in
      let id: Int64 = row["id"]
      let object: String? = row["object"]
      let counts = verdicts[id] ?? [:]
      return ReplySummary(
        id: ReplyID(rawValue: id), authority: AuthorityID(unchecked: row["authority"]),
        recipient: RecipientID(unchecked: row["recipient"]), school: SchoolID(rawValue: row["school"]),
        kind: try row.value("kind"), state: try state(row),
        source: try ReplySource(
          packed: transaction.open(
            row.bytes("sealed_source"), with: transaction.keys.sources, "reply", "sealed_source", "\(id)")),
        object: object.flatMap(ObjectName.init(rawValue:)),
        repeatOf: (row["repeat_of"] as Int64?).map(ReplyID.init(rawValue:)), claimedAt: row.instant("claimed_at"),
        fetchedAt: row.optionalInstant("fetched_at"), matchedAt: row.optionalInstant("matched_at"),
        isRemovedAtSource: (row["removed_at"] as Int64?) != nil, rows: counts.values.reduce(0, +), verdicts: counts)
    }
  }
}

extension Ledger {
  /// What the Replies station finds in the ledger and leaves there.
  package var replies: RepliesLedger { RepliesLedger(store: store) }
}
