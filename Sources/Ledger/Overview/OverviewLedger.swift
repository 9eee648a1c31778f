// The facade for status, show and log: how it stands and what happened. Reads the ledger's database, changes nothing.

import GRDB
package import Leavers

/// How it stands and what happened. Nothing of it holds personal data.
package struct OverviewLedger: Sendable {
  let store: LedgerStore

  /// Each school's newest decided export, by school and id.
  static let newestOfEachSchool = "SELECT school, max(id) AS id FROM export WHERE state = 'decided' GROUP BY school"

  /// The same as a common table expression.
  static let newestDecided = "newest AS (\(newestOfEachSchool))"

  // MARK: Status

  /// The authorities that the ledger knows of, by id.
  package func authorities() async throws(LedgerError) -> [AuthorityOverview] {
    try await store.read { transaction in
      let returns = try Self.counts("SELECT authority, state, count(*) FROM return GROUP BY 1, 2", in: transaction)
      var fates = try Self.counts(
        """
        WITH \(Self.newestDecided)
        SELECT s.authority, f.fate, count(*) FROM newest n JOIN export_scope s ON s.export = n.id
        JOIN fate f ON f.export = s.export AND f.position = s.position GROUP BY 1, 2
        """, in: transaction)
      let excluded = try Self.counts(
        """
        WITH \(Self.newestDecided)
        SELECT s.authority, 'not-routed', count(*) FROM newest n JOIN export_scope s ON s.export = n.id
        JOIN routing_exclusion x ON x.export = s.export AND (x.mask >> s.position) & 1 GROUP BY 1
        """, in: transaction)
      for (authority, counts) in excluded { fates[authority, default: [:]].merge(counts) { $1 } }
      let delivered = try Self.instants(
        """
        SELECT r.authority, max(c.at) FROM receipt c JOIN return r ON r.id = c.return_id
        WHERE c.state IN ('sent', 'delivered') GROUP BY 1
        """, in: transaction)
      let replied = try Self.instants(
        "SELECT authority, max(fetched_at) FROM reply WHERE fetched_at IS NOT NULL GROUP BY 1", in: transaction)
      let cases = try Self.counts(
        "SELECT authority, 'open', count(*) FROM work_case WHERE state = 'open' GROUP BY 1", in: transaction)
      let known = try transaction.rows(
        """
        SELECT authority FROM return UNION SELECT authority FROM export_scope UNION SELECT authority FROM reply
        ORDER BY 1
        """)
      return try known.map { row in
        let authority: String = row[0]
        var rows: [FateKind: Int] = [:]
        for (name, count) in fates[authority] ?? [:] { rows[try Self.fate(name)] = count }
        return AuthorityOverview(
          authority: AuthorityID(unchecked: authority), returns: returns[authority] ?? [:], rows: rows,
          lastDelivered: delivered[authority], lastReply: replied[authority], openCases: cases[authority]?["open"] ?? 0)
      }
    }
  }

  private static func fate(_ name: String) throws(LedgerError) -> FateKind {
    guard let fate = FateKind(rawValue: name) else {
      throw LedgerError(.corrupt, "a row has the fate “\(name)”, which this version does not know; run audit")
    }
    return fate
  }

  /// Counts by the first column, then by the second.
  private static func counts(
    _ sql: String, _ arguments: StatementArguments = [], in transaction: Transaction
  ) throws -> [String: [String: Int]] {
    var result: [String: [String: Int]] = [:]
    try transaction.forEachRow(sql, arguments) { result[$0[0], default: [:]][$0[1]] = $0[2] }
    return result
  }

  private static func instants(_ sql: String, in transaction: Transaction) throws -> [String: Timestamp] {
    var result: [String: Timestamp] = [:]
    try transaction.forEachRow(sql) { result[$0[0]] = Timestamp(milliseconds: $0[1]) }
    return result
  }

  /// All schools that were ever registered, by id.
  package func schools() async throws(LedgerError) -> [SchoolOverview] {
    try await store.read { transaction in
      let pupils = try Self.counts("SELECT school, '', count(*) FROM pupil GROUP BY 1", in: transaction)
      let exports = try Self.counts("SELECT school, '', count(*) FROM export GROUP BY 1", in: transaction)
      let newest = try transaction.exports("e.id IN (SELECT max(id) FROM export GROUP BY school)")
      return try transaction.rows("SELECT * FROM school ORDER BY id").map { row in
        let id = SchoolID(rawValue: row["id"])
        return SchoolOverview(
          school: id, name: row["name"], controller: ControllerID(unchecked: row["controller"]),
          pupils: pupils[id.rawValue]?[""] ?? 0, exports: exports[id.rawValue]?[""] ?? 0,
          newest: newest.first { $0.school == id })
      }
    }
  }

  // MARK: Rows

  /// What became of the rows of an export, for each authority and kind in its scope, in the order of the scope.
  ///
  /// Throws `notFound`.
  package func conservation(export: ExportID) async throws(LedgerError) -> [ConservationLine] {
    try await store.read { transaction in
      let rowsRead = try transaction.export(export).rowsRead
      let counts = try Self.counts(
        """
        SELECT CAST(position AS TEXT), fate, count(*) FROM fate WHERE export = ?1 GROUP BY 1, 2
        UNION ALL
        SELECT CAST(s.position AS TEXT), 'not-routed', count(*) FROM export_scope s
        JOIN routing_exclusion x ON x.export = s.export AND (x.mask >> s.position) & 1
        WHERE s.export = ?1 GROUP BY 1
        """, [export.rawValue], in: transaction)
      return try transaction.rows(
        "SELECT * FROM export_scope WHERE export = ? ORDER BY position", [export.rawValue]
      ).map { row in
        var line: [FateKind: Int] = [:]
        for kind in FateKind.allCases { line[kind] = 0 }
        for (name, count) in counts[String(row["position"] as Int)] ?? [:] { line[try Self.fate(name)] = count }
        return ConservationLine(
          authority: AuthorityID(unchecked: row["authority"]), kind: try row.value("kind"),
          isDecided: (row["decided_at"] as Int64?) != nil, rowsRead: rowsRead, counts: line)
      }
    }
  }

  /// The rows of each school's newest decided export that no authority has in scope: excluded by routing, and nowhere
  /// more than not of the kind; or of no cohort, so that no authority hears of them. For a person to look at. In order.
  package func unroutedRows() async throws(LedgerError) -> [(export: ExportID, row: Int)] {
    try await store.read { try Self.unrouted(in: $0) }
  }

  /// `exports`: a query of schools and ids of the exports whose rows are asked for.
  static func unrouted(
    among exports: String = newestOfEachSchool, in transaction: Transaction
  ) throws -> [(export: ExportID, row: Int)] {
    // A kind that is not the row's own says nothing of where the row belongs: any other fate says that it is in scope.
    try transaction.rows(
      """
      WITH newest AS (\(exports)),
      scoped AS (
        SELECT n.id, (SELECT count(*) FROM export_scope s WHERE s.export = n.id) AS positions FROM newest n)
      SELECT x.export AS export, x.row_number AS row_number FROM scoped c JOIN routing_exclusion x ON x.export = c.id
      EXCEPT
      SELECT f.export, f.row_number FROM scoped c JOIN fate f ON f.export = c.id WHERE f.fate <> 'not-in-kind'
      UNION
      SELECT f.export, f.row_number FROM scoped c JOIN fate f ON f.export = c.id
      WHERE f.fate = 'not-in-kind' AND f.reason = 'no-cohort' AND NOT EXISTS (
        SELECT 1 FROM export_scope s
        JOIN fate o ON o.export = s.export AND o.position = s.position AND o.row_number = f.row_number
        WHERE s.export = f.export AND (o.fate <> 'not-in-kind' OR o.reason <> 'no-cohort'))
      UNION
      SELECT r.export, r.row_number FROM scoped c JOIN export e ON e.id = c.id
      JOIN export_row r ON r.export = c.id AND r.generation = e.generation WHERE c.positions = 0
      ORDER BY 1, 2
      """
    ).map { (ExportID(rawValue: $0["export"]), $0["row_number"]) }
  }

  // MARK: Log

  /// The events that come after a number, in order: from the beginning after 0.
  package func log(after sequence: Int64, limit: Int) async throws(LedgerError) -> [LogEntry] {
    try await store.read { transaction in
      try Self.entries("WHERE sequence > ? ORDER BY sequence LIMIT ?", [sequence, limit], in: transaction)
    }
  }

  /// The newest events, in order.
  package func log(last limit: Int) async throws(LedgerError) -> [LogEntry] {
    try await store.read { transaction in
      Array(try Self.entries("ORDER BY sequence DESC LIMIT ?", [limit], in: transaction).reversed())
    }
  }

  /// The number of the newest event: while it stays, nothing was written to the ledger.
  package func newestEvent() async throws(LedgerError) -> Int64 {
    try await store.read { try $0.integer("SELECT max(sequence) FROM event") ?? 0 }
  }

  /// All events about one thing (`R34`, `E12`, `A5`, a recipient's id), in order.
  package func history(of subject: String) async throws(LedgerError) -> [LogEntry] {
    try await store.read { transaction in
      try Self.entries("WHERE subject = ? ORDER BY sequence", [subject], in: transaction)
    }
  }

  private static func entries(
    _ condition: String, _ arguments: StatementArguments, in transaction: Transaction
  ) throws -> [LogEntry] {
    try transaction.rows("SELECT sequence, at, kind, subject, sealed FROM event \(condition)", arguments).map { row in
      let sequence: Int64 = row["sequence"]
      var details = try transaction.payload(sequence: sequence, sealed: row.bytes("sealed"))
      let text = details.removeValue(forKey: "text") ?? ""
      EventNote.remove(from: &details)
      return LogEntry(
        sequence: sequence, at: row.instant("at"), kind: EventKind(rawValue: row["kind"]), subject: row["subject"],
        text: text, details: Redacted(details))
    }
  }
}

extension Ledger {
  /// How it stands, what is to be done, what happened.
  package var overview: OverviewLedger { OverviewLedger(store: store) }
}
