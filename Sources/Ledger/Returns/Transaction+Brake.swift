// The numbers of exports as rows of the database: kept, and compared with. Opens no sealed row.

import GRDB
import Leavers

extension Transaction {
  // MARK: Keeping

  func keep(_ record: BrakeRecord, export: ExportID, _ entry: ScopeEntry) throws {
    for (cohort, measure) in record.measures.sorted(by: { $0.key < $1.key }) {
      guard let detail = measure.detail else { continue }
      try run(
        """
        INSERT INTO scope_measure (export, authority, kind, cohort, leavers, row_count, doubtful, no_destination)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
          export.rawValue, entry.authority.rawValue, entry.kind.rawValue, cohort.description, measure.leavers,
          detail.rows, detail.doubtful, detail.unknown,
        ])
      for field in detail.columns {
        try run(
          "INSERT INTO export_column (export, field) VALUES (?, ?) ON CONFLICT DO NOTHING",
          [export.rawValue, field.rawValue])
      }
    }
    for gone in record.gone {
      let words = gone.words(entry)
      try run(
        "INSERT INTO cohort_gone (export, authority, kind, cohort, last, words) VALUES (?, ?, ?, ?, ?, ?)",
        [
          export.rawValue, entry.authority.rawValue, entry.kind.rawValue, gone.cohort.description, gone.last, words,
        ])
      try append(.cohortGone, subject: export.description, "\(export): \(words)")
    }
  }

  func brake(of id: ReturnID) throws -> [BrakeNote] {
    try rows("SELECT code, words FROM brake_reason WHERE return_id = ? ORDER BY ordinal", [id.rawValue]).map {
      BrakeNote(code: $0["code"], words: $0["words"])
    }
  }

  /// What a return came to when it was decided; nil of one that was made before measures were kept.
  func measure(of summary: ReturnSummary) throws -> BrakeMeasure.Detail? {
    try row(
      "SELECT * FROM scope_measure WHERE export = ? AND authority = ? AND kind = ? AND cohort = ?",
      [
        summary.export.rawValue, summary.authority.rawValue, summary.kind.rawValue, summary.cohort.description,
      ]
    ).map { row in
      BrakeMeasure.Detail(
        rows: row["row_count"], doubtful: row["doubtful"], unknown: row["no_destination"],
        columns: try columns(of: summary.export))
    }
  }

  // MARK: Comparing

  func brakeHistory(
    of export: ExportSummary, _ entry: ScopeEntry, present: Set<Cohort>, extent: ExportExtent
  ) throws -> BrakeHistory {
    let last = try lastAccepted(before: export, entry)
    let here = try cohorts(of: export.id)
    var expected: Set<Cohort> = []
    for (cohort, accepted) in last where !present.contains(cohort) {
      // A younger cohort has taken its place: here, or by a return of before.
      let isOutgrown = here.union(last.keys).contains {
        $0.stage == cohort.stage && $0.leavingYear > cohort.leavingYear
      }
      guard !isOutgrown, try !isUsuallyWithout(cohort, export, entry, here: here, since: accepted.export) else {
        continue
      }
      expected.insert(cohort)
    }
    var missing: [Cohort: Share] = [:]
    if extent == .full {
      for cohort in here {
        guard let found = try self.missing(from: export, cohort) else { continue }
        missing[cohort] = Share(found.pupils.count, of: found.whole)
      }
    }
    return BrakeHistory(last: last, expected: expected, missing: missing)
  }

  /// The newest accepted return of each cohort, of exports before this one.
  private func lastAccepted(before export: ExportSummary, _ entry: ScopeEntry) throws -> [Cohort: BrakeHistory.Last] {
    var last: [Cohort: BrakeHistory.Last] = [:]
    // Bare columns are those of the row that has the maximum.
    for row in try rows(
      """
      SELECT a.id, a.cohort, a.row_count AS file_rows, max(a.export) AS export, m.leavers, m.row_count AS row_count,
        m.doubtful, m.no_destination
      FROM accepted_return a LEFT JOIN scope_measure m
        ON m.export = a.export AND m.authority = a.authority AND m.kind = a.kind AND m.cohort = a.cohort
      WHERE a.school = ? AND a.authority = ? AND a.kind = ? AND a.export < ? GROUP BY a.cohort
      """, [export.school.rawValue, entry.authority.rawValue, entry.kind.rawValue, export.id.rawValue])
    {
      guard let cohort = Cohort(row["cohort"] as String) else { continue }
      let id = ExportID(rawValue: row["export"])
      var measure = BrakeMeasure(leavers: row["file_rows"], detail: nil)
      if let leavers = row["leavers"] as Int? {
        measure = BrakeMeasure(
          leavers: leavers,
          detail: BrakeMeasure.Detail(
            rows: row["row_count"], doubtful: row["doubtful"], unknown: row["no_destination"],
            columns: try columns(of: id)))
      }
      last[cohort] = BrakeHistory.Last(return: ReturnID(rawValue: row["id"]), export: id, measure: measure)
    }
    return last
  }

  private func columns(of export: ExportID) throws -> Set<Field> {
    Set(
      try rows("SELECT field FROM export_column WHERE export = ?", [export.rawValue]).compactMap {
        Field(rawValue: $0["field"])
      })
  }

  /// The cohorts of which an export has rows.
  private func cohorts(of export: ExportID) throws -> Set<Cohort> {
    Set(
      try rows(
        """
        SELECT DISTINCT coalesce(p.cohort_stage, r.cohort_stage) AS stage, coalesce(p.cohort_year, r.cohort_year) AS year
        FROM export_row r JOIN export e ON e.id = r.export AND e.generation = r.generation
        LEFT JOIN pupil p ON p.id = r.pupil WHERE r.export = ?
        """, [export.rawValue]
      ).compactMap { row in
        guard let stage = (row["stage"] as Int?).flatMap({ Cohort.Stage(rawValue: $0) }), let year = row["year"] as Int?
        else { return nil }
        return Cohort(stage: stage, leavingYear: year)
      })
  }

  /// Whether exports of this make, of which returns were accepted, lacked the cohort before: a school may export its
  /// Year 11 and its sixth form by turns, and an authority may have no leaver of it any more.
  private func isUsuallyWithout(
    _ cohort: Cohort, _ export: ExportSummary, _ entry: ScopeEntry, here: Set<Cohort>, since base: ExportID
  ) throws -> Bool {
    let stages = Set(here.map(\.stage))
    let holdsStage = stages.contains(cohort.stage)
    let accepted = try rows(
      """
      SELECT DISTINCT a.export AS export FROM accepted_return a
      WHERE a.school = ? AND a.export < ? AND EXISTS (SELECT 1 FROM scope_measure m WHERE m.export = a.export)
      ORDER BY a.export DESC LIMIT 100
      """, [export.school.rawValue, export.id.rawValue]
    ).map { ExportID(rawValue: $0["export"]) }
    for other in accepted {
      let theirs = Set(try cohorts(of: other).map(\.stage))
      if holdsStage {
        guard other > base, theirs.contains(cohort.stage) else { continue }
        let wasThere = try exists(
          """
          SELECT 1 FROM scope_measure
          WHERE export = ? AND authority = ? AND kind = ? AND cohort = ? AND leavers > 0
          """, [other.rawValue, entry.authority.rawValue, entry.kind.rawValue, cohort.description])
        if !wasThere { return true }
      } else if !theirs.contains(cohort.stage), !theirs.isDisjoint(with: stages) {
        return true
      }
    }
    return false
  }
}

extension EventKind {
  /// Nobody of a cohort that went the last time goes by an export.
  package static let cohortGone = EventKind(rawValue: "cohort-gone")
}
