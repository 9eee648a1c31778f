// Leavers who were in one full export of a school and are not in the next: questions for a person, never a conclusion.

import GRDB
package import Leavers

/// Leavers of a cohort who are not in an export that is said to hold all.
package struct MissingLeavers: Sendable, Hashable {
  package let export: ExportID
  /// The export that they were in.
  package let base: ExportID
  package let cohort: Cohort
  /// How many, of how many in the export that they were in.
  package let share: Share
  /// Whether a person is asked about each; else they are too many, and the export itself is in doubt.
  package let isAsked: Bool

  /// In words, without personal data.
  package var words: String {
    "\(share.number) of the \(share.whole) leavers of \(cohort) in \(base) are not in \(export), which is said to hold all: "
      + (isAsked
        ? "a person is asked about each"
        : "too many to ask about each before a person has released a return of it")
  }
}

extension Transaction {
  /// The pupils of a cohort who were in the full export before and are not in this one; nil where there is none to
  /// compare with. Those who died are not missed. An export that is in doubt itself is compared with by none.
  func missing(
    from export: ExportSummary, _ cohort: Cohort
  ) throws -> (base: ExportID, whole: Int, pupils: [PupilID])? {
    let base = try integer(
      """
      SELECT max(x.export) FROM export_extent x JOIN export e ON e.id = x.export
      WHERE e.school = ?1 AND x.export < ?2 AND x.extent = 'full' AND e.state = 'decided'
        AND NOT EXISTS (
          SELECT 1 FROM missing_wait w WHERE w.export = x.export AND w.cohort = ?3 AND w.released_at IS NULL)
        AND EXISTS (
          SELECT 1 FROM export_row r JOIN pupil p ON p.id = r.pupil
          WHERE r.export = x.export AND r.generation = e.generation AND p.cohort_stage = ?4 AND p.cohort_year = ?5)
      """,
      [
        export.school.rawValue, export.id.rawValue, cohort.description, cohort.stage.rawValue, cohort.leavingYear,
      ])
    guard let base else { return nil }
    let before = try pupils(of: ExportID(rawValue: base))
    let present = try pupils(of: export.id)
    let standings = try standings(of: export.school)
    let whole = before.filter { $0.value == cohort && standings[$0.key]?.isDeceased != true }
    return (
      ExportID(rawValue: base), whole.count, whole.keys.filter { present[$0] == nil }.sorted()
    )
  }

  /// The pupils in an export with their cohorts; those without one are left out.
  private func pupils(of export: ExportID) throws -> [PupilID: Cohort] {
    var pupils: [PupilID: Cohort] = [:]
    try forEachRow(
      """
      SELECT DISTINCT p.id AS id, p.cohort_stage AS stage, p.cohort_year AS year
      FROM export_row r JOIN export e ON e.id = r.export AND e.generation = r.generation JOIN pupil p ON p.id = r.pupil
      WHERE r.export = ? AND p.cohort_stage IS NOT NULL
      """, [export.rawValue]
    ) { row in
      guard let stage = Cohort.Stage(rawValue: row["stage"]) else { return }
      pupils[PupilID(rawValue: row["id"])] = Cohort(stage: stage, leavingYear: row["year"])
    }
    return pupils
  }

  /// When an export is decided: notes what it was said to be, closes the questions about those who are in it again, and
  /// asks about those who are missing.
  func askForMissing(in export: ExportSummary, extent: ExportExtent, policy: BrakePolicy) throws -> [MissingLeavers] {
    try closeQuestions(by: export)
    try run(
      "INSERT INTO export_extent (export, extent) VALUES (?, ?)", [export.id.rawValue, extent.rawValue])
    guard extent == .full else { return [] }
    var found: [MissingLeavers] = []
    for cohort in Set(try pupils(of: export.id).values).sorted() {
      guard let (base, whole, pupils) = try missing(from: export, cohort), !pupils.isEmpty else { continue }
      let isAsked = !policy.isTooMany(pupils.count, of: whole)
      let missing = MissingLeavers(
        export: export.id, base: base, cohort: cohort, share: Share(pupils.count, of: whole), isAsked: isAsked)
      if isAsked {
        try ask(pupils, missing, school: export.school)
      } else {
        try run(
          "INSERT INTO missing_wait (export, cohort, base, missing, whole) VALUES (?, ?, ?, ?, ?)",
          [export.id.rawValue, cohort.description, base.rawValue, pupils.count, whole])
      }
      try append(.leaversMissing, subject: export.id.description, missing.words)
      found.append(missing)
    }
    return found
  }

  /// A person let the numbers of a return go: now those who are missing from its export are asked about.
  func askAfterRelease(of summary: ReturnSummary) throws {
    guard
      let row = try row(
        "SELECT * FROM missing_wait WHERE export = ? AND cohort = ? AND released_at IS NULL",
        [summary.export.rawValue, summary.cohort.description])
    else { return }
    let base = ExportID(rawValue: row["base"])
    let (before, present) = (try pupils(of: base), try pupils(of: summary.export))
    // Who has come back in a newer export is not asked about.
    let newer = try exports(
      "e.school = ? AND e.id > ? AND e.state = 'decided'",
      [
        summary.school.rawValue, summary.export.rawValue,
      ])
    let since = try newer.reduce(into: Set<PupilID>()) { try $0.formUnion(pupils(of: $1.id).keys) }
    let absent = before.filter { $0.value == summary.cohort && present[$0.key] == nil && !since.contains($0.key) }.keys
    let missing = MissingLeavers(
      export: summary.export, base: base, cohort: summary.cohort, share: Share(row["missing"], of: row["whole"]),
      isAsked: true)
    try run(
      "UPDATE missing_wait SET released_at = ? WHERE export = ? AND cohort = ?",
      [now.milliseconds, summary.export.rawValue, summary.cohort.description])
    try ask(absent.sorted(), missing, school: summary.school)
    try append(.leaversMissing, subject: summary.export.description, missing.words)
  }

  /// One question a pupil is open at a time.
  private func ask(_ pupils: [PupilID], _ missing: MissingLeavers, school: SchoolID) throws {
    for pupil in pupils where try !standing(of: pupil).isDeceased {
      try run(
        """
        INSERT INTO leaver_question (school, pupil, cohort, base, export, asked_at) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (pupil) WHERE answered_at IS NULL DO NOTHING
        """,
        [
          school.rawValue, pupil.rawValue, missing.cohort.description, missing.base.rawValue, missing.export.rawValue,
          now.milliseconds,
        ])
    }
  }

  private func closeQuestions(by export: ExportSummary) throws {
    try run(
      """
      UPDATE leaver_question SET answered_at = ?1, came_back = ?2
      WHERE answered_at IS NULL AND school = ?3 AND EXISTS (
        SELECT 1 FROM export_row r WHERE r.export = ?2 AND r.generation = ?4 AND r.pupil = leaver_question.pupil
          AND r.carried_from IS NULL)
      """, [now.milliseconds, export.id.rawValue, export.school.rawValue, export.generation])
    guard changes > 0 else { return }
    let count = changes
    try append(
      .leaversMissing, subject: export.id.description,
      "\(count) leaver\(count == 1 ? "" : "s") asked about \(count == 1 ? "is" : "are") in \(export.id) again: nobody need answer"
    )
  }
}

extension EventKind {
  /// Leavers are missing from a full export, or there again.
  package static let leaversMissing = EventKind(rawValue: "leavers-missing")
  /// A person said what became of a missing leaver.
  package static let questionAnswered = EventKind(rawValue: "question-answered")
}
