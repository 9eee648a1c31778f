// What became of one export's rows, for its school's desk. Reads the ledger's database, changes nothing.

import GRDB
package import Leavers

extension OverviewLedger {
  /// What was decided of an export's rows, by authority, kind and cohort; which are held or withheld and why; which go to
  /// no authority.
  ///
  /// Throws `notFound`, and `conflict` before the export is decided.
  package func decisions(of export: ExportID) async throws(LedgerError) -> ExportDecisions {
    try await store.read { transaction in
      let summary = try transaction.export(export)
      guard summary.state == .decided else {
        throw LedgerError(.conflict, "\(export) is \(summary.state.rawValue): nothing is decided of it yet")
      }
      return ExportDecisions(
        lines: try Self.lines(of: summary, in: transaction), kept: try Self.kept(of: export, in: transaction),
        unrouted: try Self.unrouted(
          among: "SELECT school, id FROM export WHERE id = \(export.rawValue)", in: transaction
        )
        .map(\.row))
    }
  }

  /// A row counts to its pupil's own cohort, which was fixed when he or she was first seen.
  private static func lines(
    of export: ExportSummary, in transaction: Transaction
  ) throws -> [ExportDecisions.Line] {
    struct Key: Hashable {
      let position: Int
      let cohort: Cohort?
    }
    var scopes: [Int: (authority: AuthorityID, kind: ReturnKind)] = [:]
    for row in try transaction.rows("SELECT * FROM export_scope WHERE export = ?", [export.id.rawValue]) {
      scopes[row["position"]] = (AuthorityID(unchecked: row["authority"]), try row.value("kind"))
    }
    var counts: [Key: [FateKind: Int]] = [:]
    var floors: [Key: Int] = [:]
    try transaction.forEachRow(
      """
      WITH cohorts AS (
        SELECT r.row_number AS row_number, coalesce(p.cohort_stage, r.cohort_stage) AS stage,
          coalesce(p.cohort_year, r.cohort_year) AS year
        FROM export_row r LEFT JOIN pupil p ON p.id = r.pupil WHERE r.export = ?1 AND r.generation = ?2)
      SELECT f.position AS position, c.stage AS stage, c.year AS year, f.fate AS fate,
        f.fate = 'sent' AND f.disclosure = 'floor' AS is_floor, count(*) AS number
      FROM fate f JOIN cohorts c ON c.row_number = f.row_number WHERE f.export = ?1 GROUP BY 1, 2, 3, 4, 5
      UNION ALL
      SELECT s.position, c.stage, c.year, 'not-routed', 0, count(*)
      FROM export_scope s JOIN routing_exclusion x ON x.export = s.export AND (x.mask >> s.position) & 1
      JOIN cohorts c ON c.row_number = x.row_number WHERE s.export = ?1 GROUP BY 1, 2, 3
      """, [export.id.rawValue, export.generation]
    ) { row in
      var cohort: Cohort?
      if let stage = (row["stage"] as Int?).flatMap({ Cohort.Stage(rawValue: $0) }), let year = row["year"] as Int? {
        cohort = Cohort(stage: stage, leavingYear: year)
      }
      let key = Key(position: row["position"], cohort: cohort)
      let number: Int = row["number"]
      counts[key, default: [:]][try row.value("fate"), default: 0] += number
      if (row["is_floor"] as Int) != 0 { floors[key, default: 0] += number }
    }
    return counts.sorted { left, right in
      if left.key.position != right.key.position { return left.key.position < right.key.position }
      guard let a = left.key.cohort, let b = right.key.cohort else { return right.key.cohort == nil }
      return a < b
    }.compactMap { key, counts in
      scopes[key.position].map {
        ExportDecisions.Line(
          authority: $0.authority, kind: $0.kind, cohort: key.cohort, counts: counts, floor: floors[key] ?? 0)
      }
    }
  }

  private static func kept(of export: ExportID, in transaction: Transaction) throws -> [ExportDecisions.Kept] {
    try keptRows(of: export, in: transaction).map { row in
      let why: ExportDecisions.Reason?
      switch row.fate {
      case .held: why = HoldReason(rawValue: row.reason).map { .held($0) }
      default: why = WithholdReason(rawValue: row.reason).map { .withheld($0) }
      }
      guard let why else {
        throw LedgerError(
          .corrupt, "a row of \(export) is kept back for “\(row.reason)”, which this version does not know; run audit")
      }
      return ExportDecisions.Kept(row: row.row, authority: row.authority, kind: row.kind, why: why)
    }
  }
}
