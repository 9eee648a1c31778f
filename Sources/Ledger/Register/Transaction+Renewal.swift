// Going through the rows of a school again because the register changed: an export of rows that were read before, which the
// Returns station decides like any other, by the decisions of now.

import Crypto
import GRDB
import Leavers

extension Transaction {
  /// The entries of a school that are in force and by which nothing has been gone through yet, with their pupils.
  func entriesWithoutEffect(of school: SchoolID) throws -> [(pupil: PupilID, entry: RegisterEntry)] {
    try rows(
      """
      SELECT * FROM register_entry d
      WHERE school = ? AND decided_on <= ? AND NOT EXISTS (SELECT 1 FROM register_effect x WHERE x.entry = d.id)
      ORDER BY id
      """, [school.rawValue, today.description]
    ).map { (PupilID(rawValue: $0["pupil"]), try Self.registerEntry($0)) }
  }

  /// Goes through the rows of the school's newest decided export again, and through those of the pupils' cohorts that it
  /// does not have; nil where nothing of the pupils ever was exported, or an export is being read or decided: what that one
  /// comes to is not known yet.
  func renew(_ school: SchoolID, consents: Bool) throws -> RegisterRenewal? {
    guard try exports("e.school = ? AND e.state IN ('stored', 'read')", [school.rawValue]).isEmpty else { return nil }
    let due = try entriesWithoutEffect(of: school)
    let newest = try exports("e.school = ? AND e.state = 'decided'", [school.rawValue]).last
    let matter = try due.filter { due in
      guard consents || due.entry.decision.topic != .tracking, let newest else { return false }
      return try !wasDecided(newest, under: due.entry, about: due.pupil)
    }
    var renewal: RegisterRenewal?
    if let newest, !matter.isEmpty {
      let others = try cohorts(of: matter.map(\.pupil), notIn: newest)
      let isInNewest = try matter.contains { try exports(of: $0.pupil).contains(newest.id) }
      if isInNewest || !others.isEmpty {
        renewal = try renew(newest, with: others, because: due.map(\.entry.id))
      }
    }
    for (pupil, entry) in due {
      // One whose day has come since it was entered.
      try stopQueued(holding: pupil)
      if entry.decision == .deceased { try closeQuestion(about: pupil, by: Self.service) }
      try run(
        "INSERT INTO register_effect (entry, export, at) VALUES (?, ?, ?)",
        [entry.id.rawValue, renewal?.export.rawValue, now.milliseconds])
    }
    return renewal
  }

  /// Whether an export with the pupil was read after an entry was recorded and in force: it was decided under it already.
  private func wasDecided(_ export: ExportSummary, under entry: RegisterEntry, about pupil: PupilID) throws -> Bool {
    let row = try row(
      """
      SELECT e.read_at AS read_at FROM export e JOIN register_entry d ON d.id = ? AND d.recorded_at < e.read_at
      WHERE e.id = ? AND EXISTS (
        SELECT 1 FROM export_row r WHERE r.pupil = d.pupil AND r.export = e.id AND r.generation = e.generation)
      """, [entry.id.rawValue, export.id.rawValue])
    return row.map { entry.decidedOn <= LondonTime.day(of: $0.instant("read_at")) } ?? false
  }

  private static let service = Person(name: "leaverlink", known: "service")

  /// The decided exports that have a row of a pupil.
  private func exports(of pupil: PupilID) throws -> Set<ExportID> {
    Set(
      try rows(
        """
        SELECT DISTINCT r.export FROM export_row r JOIN export e ON e.id = r.export AND e.generation = r.generation
        WHERE r.pupil = ? AND e.state = 'decided'
        """, [pupil.rawValue]
      ).map { ExportID(rawValue: $0[0]) })
  }

  /// Of the pupils' cohorts those of which an export has no rows, each with the newest decided export that has.
  private func cohorts(of pupils: [PupilID], notIn newest: ExportSummary) throws -> [(Cohort, ExportSummary)] {
    var cohorts: Set<Cohort> = []
    for pupil in pupils {
      guard
        let row = try row(
          "SELECT cohort_stage, cohort_year FROM pupil WHERE id = ? AND cohort_stage IS NOT NULL", [pupil.rawValue]),
        let stage = Cohort.Stage(rawValue: row["cohort_stage"])
      else { continue }
      cohorts.insert(Cohort(stage: stage, leavingYear: row["cohort_year"]))
    }
    return try cohorts.sorted().compactMap { cohort in
      guard let export = try newestExport(of: newest.school, with: cohort), export.id != newest.id else { return nil }
      return (cohort, export)
    }
  }

  private func newestExport(of school: SchoolID, with cohort: Cohort) throws -> ExportSummary? {
    let id = try integer(
      """
      SELECT max(e.id) FROM pupil p JOIN export_row r ON r.pupil = p.id
      JOIN export e ON e.id = r.export AND e.generation = r.generation
      WHERE p.school = ? AND p.cohort_stage = ? AND p.cohort_year = ? AND e.state = 'decided'
      """, [school.rawValue, cohort.stage.rawValue, cohort.leavingYear])
    return try id.map { try export(ExportID(rawValue: $0)) }
  }

  // MARK: Writing

  private func renew(
    _ newest: ExportSummary, with others: [(Cohort, ExportSummary)], because entries: [RegisterEntryID]
  ) throws -> RegisterRenewal {
    let id = ExportID(rawValue: (try integer("SELECT max(id) FROM export") ?? 0) + 1)
    guard let old = try row("SELECT * FROM export WHERE id = ?", [newest.id.rawValue]) else {
      throw LedgerError(.notFound, "there is no export \(newest.id)")
    }
    let source = try open(
      old.bytes("sealed_source"), with: keys.sources, "export", "sealed_source", newest.id.description)
    try run(
      """
      INSERT INTO export (id, school, state, object, path_lookup, sealed_source, sealed_owner, fingerprint, observed_at, mis,
        generation, stored_at, extent, series, renews)
      VALUES (?, ?, 'stored', ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)
      """,
      [
        id.rawValue, newest.school.rawValue, newest.object.rawValue, Blob(old.bytes("path_lookup")),
        try seal(source, with: keys.sources, "export", "sealed_source", id.description),
        try sealOwner(owner(of: newest.id), of: id), old["fingerprint"] as String, old["observed_at"] as Int64,
        newest.mis, now.milliseconds, old["extent"] as String?,
        // What is compared with the rows of a list or a sheet is not compared with the system's exports.
        old["series"] as String?, newest.id.rawValue,
      ])
    var copy = RowCopy(self, to: id)
    try copy.copy(newest, nil)
    for (cohort, export) in others { try copy.copy(export, cohort) }
    try run(
      """
      INSERT INTO finding (export, generation, ordinal, code, severity, row_number, column_number, field, authority)
      SELECT ?, 1, ordinal, code, severity, row_number, column_number, field, authority FROM finding
      WHERE export = ? AND generation = ?
      """, [id.rawValue, newest.id.rawValue, newest.generation])
    var summary: Blob?
    if let sealed = old.optionalBytes("sealed_summary") {
      let bytes = try open(sealed, with: keys.sources, "export", "sealed_summary", newest.id.description)
      summary = try seal(bytes, with: keys.sources, "export", "sealed_summary", id.description)
    }
    // Nothing of it goes back to the desk, neither now nor once it is decided: nobody put it in.
    try run(
      """
      UPDATE export SET state = 'read', rows_read = ?1, blank_rows = ?2, sealed_summary = ?3, read_at = ?4,
        handed_back_at = ?4, fates_handed_back_at = ?4 WHERE id = ?5
      """, [copy.count, newest.blankRows, summary, now.milliseconds, id.rawValue])
    let superseded = try supersedeHeldRows(olderThan: id, of: newest.school)
    let list = entries.map(\.description).joined(separator: ", ")
    try append(
      .registerRenewed, subject: id.description,
      "\(id) of school \(newest.school): \(copy.count) rows of \(newest.id) are gone through again, because the register changed (\(list)); \(superseded) held fates of older exports superseded"
    )
    return RegisterRenewal(export: id, renews: newest.id, school: newest.school, entries: entries)
  }
}

/// Copies rows of exports into another, each sealed anew for its place there. Rows of the first keep their numbers.
private struct RowCopy {
  private let transaction: Transaction
  private let export: ExportID
  private(set) var count = 0
  private var last = 0

  init(_ transaction: Transaction, to export: ExportID) {
    self.transaction = transaction
    self.export = export
  }

  /// Copies all rows, or those of the pupils of a cohort. Rows of which the key was destroyed are nobody's any more.
  mutating func copy(_ from: ExportSummary, _ cohort: Cohort?) throws {
    let offset = last
    let rows = try transaction.rows(
      """
      SELECT r.*, p.key AS pupil_key FROM export_row r LEFT JOIN pupil p ON p.id = r.pupil
      WHERE r.export = ?1 AND r.generation = ?2
        AND (?3 IS NULL OR p.cohort_stage = ?3 AND p.cohort_year = ?4)
      ORDER BY r.row_number
      """, [from.id.rawValue, from.generation, cohort?.stage.rawValue, cohort?.leavingYear])
    for row in rows {
      let number: Int = row["row_number"]
      let bytes: [UInt8]
      let key: SymmetricKey
      do {
        key = try (row["pupil_key"] as Int64?).map { try transaction.key($0) } ?? transaction.key(of: from.object)
        bytes = try transaction.open(
          row.bytes("sealed"), with: key, "export_row", "sealed",
          ExportRow.address(export: from.id, generation: from.generation, row: number))
      } catch let error as LedgerError where error.code == .objectDestroyed {
        continue
      }
      try transaction.run(
        """
        INSERT INTO export_row (export, generation, row_number, pupil, cohort_stage, cohort_year, verdict, hold_reason,
          merged_into, sharing, sealed, carried_from)
        VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
          export.rawValue, number + offset, row["pupil"] as Int64?, row["cohort_stage"] as Int?,
          row["cohort_year"] as Int?, row["verdict"] as String, row["hold_reason"] as String?,
          (row["merged_into"] as Int?).map { $0 + offset }, row["sharing"] as String?,
          try transaction.seal(
            bytes, with: key, "export_row", "sealed",
            ExportRow.address(export: export, generation: 1, row: number + offset)),
          from.id.rawValue,
        ])
      // The words of the row stand with it: those that nobody decided wait for a person as before.
      try transaction.run(
        """
        INSERT INTO word_use (export, generation, row_number, word, decision, is_open, filled)
        SELECT ?, 1, ?, word, decision, is_open, filled FROM word_use
        WHERE export = ? AND generation = ? AND row_number = ?
        """, [export.rawValue, number + offset, from.id.rawValue, from.generation, number])
      count += 1
      last = max(last, number + offset)
    }
  }
}
