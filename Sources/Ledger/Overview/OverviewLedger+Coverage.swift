// What the year's returns are about, in numbers that were kept when they were decided. Opens no record.

import GRDB
package import Leavers

extension OverviewLedger {
  /// What the newest export that was measured comes to, for each school, authority, kind and cohort from a leaving year
  /// on. The school's own export goes before a list or a sheet of a few: an answer from these renews it.
  ///
  /// A row may be held from every authority that it could be for: of those held, no more count than the measure has of
  /// rows that are surely this authority's and did not go. They are looked up by their own index: there are few of them
  /// among the fates of an export.
  package func coverage(since leavingYear: Int) async throws(LedgerError) -> [CohortCoverage] {
    try await store.read { transaction in
      let rows = try transaction.rows(
        """
        WITH measured AS (
          SELECT m.*, e.school, ROW_NUMBER() OVER (
              PARTITION BY e.school, m.authority, m.kind, m.cohort
              ORDER BY coalesce(e.series, 'export') = 'export' DESC, m.export DESC) AS place
          FROM scope_measure m JOIN export e ON e.id = m.export
          WHERE CAST(substr(m.cohort, 5) AS INTEGER) >= ?),
        held AS (
          SELECT f.export, s.authority, s.kind,
            'Y' || coalesce(p.cohort_stage, r.cohort_stage) || '-' || coalesce(p.cohort_year, r.cohort_year) AS cohort,
            count(DISTINCT coalesce(r.pupil, -r.row_number)) AS pupils
          FROM fate f INDEXED BY fate_held JOIN export e ON e.id = f.export
          JOIN export_scope s ON s.export = f.export AND s.position = f.position
          JOIN export_row r ON r.export = f.export AND r.generation = e.generation AND r.row_number = f.row_number
          LEFT JOIN pupil p ON p.id = r.pupil
          WHERE f.fate = 'held' AND f.export IN (SELECT export FROM measured WHERE place = 1)
          GROUP BY 1, 2, 3, 4)
        SELECT m.*, min(coalesce(h.pupils, 0), m.row_count - m.leavers) AS held,
          (SELECT r.state FROM return r
            WHERE r.school = m.school AND r.authority = m.authority AND r.kind = m.kind AND r.cohort = m.cohort
              AND r.state NOT IN ('drafted', 'withdrawn', 'superseded')
            ORDER BY r.sequence DESC LIMIT 1) IN \(Self.there) AS newest_there,
          EXISTS (
            SELECT 1 FROM return r
            WHERE r.school = m.school AND r.authority = m.authority AND r.kind = m.kind AND r.cohort = m.cohort
              AND (r.state IN \(Self.there) OR r.earlier = 'reached' AND r.state <> 'rejected')) AS any_there
        FROM measured m LEFT JOIN held h
          ON h.export = m.export AND h.authority = m.authority AND h.kind = m.kind AND h.cohort = m.cohort
        WHERE m.place = 1
        ORDER BY m.school, m.authority, m.kind, m.cohort
        """, [leavingYear])
      return try rows.map { row in
        let text: String = row["cohort"]
        guard let cohort = Cohort(text) else {
          throw LedgerError(.corrupt, "the measures hold a cohort that is none; run leaverlink audit")
        }
        let isNewest = (row["newest_there"] as Bool?) ?? false
        return CohortCoverage(
          school: try row.value("school"), authority: try row.value("authority"), kind: try row.value("kind"),
          cohort: cohort, leavers: row["leavers"], without: row["no_destination"], held: row["held"],
          delivered: isNewest ? .newest : row["any_there"] ? .older : .nothing)
      }
    }
  }

  /// The states in which the authority has a return and has not said no.
  private static let there = "('sent', 'delivered', 'collected', 'accepted')"
}
