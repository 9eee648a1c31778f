// What the year's returns are about, in numbers that were kept when they were decided. Opens no record.

import GRDB
package import Leavers

extension OverviewLedger {
  /// What the newest export that was measured comes to, for each school, authority, kind and cohort from a leaving year
  /// on. The school's own export goes before a list or a sheet of a few: an answer from these renews it.
  package func coverage(since leavingYear: Int) async throws(LedgerError) -> [CohortCoverage] {
    try await store.read { transaction in
      let rows = try transaction.rows(
        """
        WITH measured AS (
          SELECT e.school, m.authority, m.kind, m.cohort, m.leavers, m.no_destination, ROW_NUMBER() OVER (
              PARTITION BY e.school, m.authority, m.kind, m.cohort
              ORDER BY coalesce(e.series, 'export') = 'export' DESC, m.export DESC) AS place
          FROM scope_measure m JOIN export e ON e.id = m.export
          WHERE CAST(substr(m.cohort, 5) AS INTEGER) >= ?)
        SELECT m.*,
          EXISTS (
            SELECT 1 FROM return r WHERE r.school = m.school AND r.authority = m.authority AND r.kind = m.kind
              AND r.cohort = m.cohort AND r.state IN ('sent', 'delivered', 'collected', 'accepted')) AS delivered
        FROM measured m WHERE m.place = 1
        ORDER BY m.school, m.authority, m.kind, m.cohort
        """, [leavingYear])
      return try rows.map { row in
        let text: String = row["cohort"]
        guard let cohort = Cohort(text) else {
          throw LedgerError(.corrupt, "the measures hold a cohort that is none; run leaverlink audit")
        }
        return CohortCoverage(
          school: try row.value("school"), authority: try row.value("authority"), kind: try row.value("kind"),
          cohort: cohort, leavers: row["leavers"], without: row["no_destination"], isDelivered: row["delivered"])
      }
    }
  }
}
