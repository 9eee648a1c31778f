// What the year's returns are about, in numbers that were kept when they were decided. Opens no record.

import GRDB
package import Leavers

extension OverviewLedger {
  /// What the newest export that was measured comes to, for each school, authority, kind and cohort from a leaving year
  /// on. It has the whole cohort, whatever its series: intake carries those on who are not in a list, a sheet or an export
  /// of a few.
  ///
  /// Who is held is not carried on: a row stays held at the export that held it until a newer one has its pupil. One that
  /// nobody can say whose it is counts where it is in the newest of its series. A row may be held from every authority that
  /// it could be for: of those that an export holds, no more count than its measure has of rows that are surely this
  /// authority's and did not go. They are looked up by their own index: there are few of them among all fates.
  package func coverage(since leavingYear: Int) async throws(LedgerError) -> [CohortCoverage] {
    try await store.read { transaction in
      let rows = try transaction.rows(
        """
        WITH cohorts AS (SELECT * FROM measured_cohort WHERE CAST(substr(cohort, 5) AS INTEGER) >= ?),
        held_rows AS (
          SELECT e.school, f.export, f.position, coalesce(p.cohort_stage, r.cohort_stage) AS stage,
            coalesce(p.cohort_year, r.cohort_year) AS year, count(DISTINCT coalesce(r.pupil, -r.row_number)) AS pupils
          FROM fate f INDEXED BY fate_held JOIN export e ON e.id = f.export
          JOIN export_row r ON r.export = f.export AND r.generation = e.generation AND r.row_number = f.row_number
          LEFT JOIN pupil p ON p.id = r.pupil
          WHERE f.fate = 'held' AND f.export >= (SELECT min(first) FROM cohorts) AND (r.pupil IS NOT NULL OR NOT EXISTS (
            SELECT 1 FROM export n
            WHERE n.school = e.school AND n.id > e.id AND n.state = 'decided'
              AND coalesce(n.series, 'export') = coalesce(e.series, 'export')))
          GROUP BY f.export, f.position, 4, 5),
        held AS (
          SELECT h.school, m.authority, m.kind, m.cohort, sum(min(h.pupils, m.row_count - m.leavers)) AS pupils
          FROM held_rows h JOIN export_scope s ON s.export = h.export AND s.position = h.position
          JOIN scope_measure m ON m.export = h.export AND m.authority = s.authority AND m.kind = s.kind
            AND m.cohort = 'Y' || h.stage || '-' || h.year
          GROUP BY 1, 2, 3, 4)
        SELECT c.*, m.leavers, m.no_destination, coalesce(h.pupils, 0) AS held,
          (SELECT r.state FROM return r
            WHERE r.school = c.school AND r.authority = c.authority AND r.kind = c.kind AND r.cohort = c.cohort
              AND r.state NOT IN ('drafted', 'withdrawn', 'superseded')
            ORDER BY r.sequence DESC LIMIT 1) IN \(Self.there) AS newest_there,
          EXISTS (
            SELECT 1 FROM return r
            WHERE r.school = c.school AND r.authority = c.authority AND r.kind = c.kind AND r.cohort = c.cohort
              AND (r.state IN \(Self.there) OR r.earlier = 'reached' AND r.state <> 'rejected')) AS any_there
        FROM cohorts c JOIN scope_measure m
          ON m.export = c.newest AND m.authority = c.authority AND m.kind = c.kind AND m.cohort = c.cohort
        LEFT JOIN held h
          ON h.school = c.school AND h.authority = c.authority AND h.kind = c.kind AND h.cohort = c.cohort
        ORDER BY c.school, c.authority, c.kind, c.cohort
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
