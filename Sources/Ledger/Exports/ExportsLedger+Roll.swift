// The roll of a school: what its exports said last of each pupil. Touches the ledger's database.

import GRDB
package import Leavers

extension ExportsLedger {
  /// What the exports of a school before this one said last of each pupil, in the order in which the pupils were first
  /// seen. Where one export had several rows of a pupil that nobody could merge, each is an entry.
  ///
  /// Nobody stands in it whose key was destroyed.
  package func roll(of school: SchoolID, before export: ExportID) async throws(LedgerError) -> [RollEntry] {
    try await store.read { transaction in
      var roll: [RollEntry] = []
      let rows = try transaction.rows(
        """
        SELECT r.*, p.cohort_stage AS own_stage, p.cohort_year AS own_year, p.key AS key,
          p.sharing AS standing
        FROM export_row r
        JOIN export e ON e.id = r.export AND e.generation = r.generation
        JOIN pupil p ON p.id = r.pupil
        WHERE e.school = ?1 AND e.id < ?2 AND e.state IN ('read', 'decided') AND r.verdict <> 'merged'
          AND NOT EXISTS (
            SELECT 1 FROM export_row n JOIN export f ON f.id = n.export AND f.generation = n.generation
            WHERE n.pupil = r.pupil AND n.export > r.export AND n.export < ?2 AND f.state IN ('read', 'decided')
              AND n.verdict <> 'merged')
        ORDER BY r.pupil, r.row_number
        """, [school.rawValue, export.rawValue])
      var words: [ExportID: [Int: [RowWord]]] = [:]
      let missed = try transaction.missed(school)
      for row in rows {
        do {
          let from = ExportID(rawValue: row["export"])
          let ofExport = try words[from] ?? transaction.words(of: from, generation: row["generation"])
          words[from] = ofExport
          var entry = try transaction.rollEntry(row, school, words: ofExport[row["row_number"]] ?? [])
          // A row of after that is the pupil's own, unless it was carried on with just the day that was said.
          if let missed = missed[entry.pupil] {
            let isSince = from >= missed.export
            if !isSince || entry.record.date(.leavingDate) == missed.leftOn { entry.leftOn = missed.leftOn }
            entry.isMissing = !isSince && missed.answer != .wrongFilter
          }
          roll.append(entry)
        } catch let error as LedgerError where error.code == .objectDestroyed {
          continue
        }
      }
      return roll
    }
  }
}

extension Transaction {
  fileprivate func rollEntry(_ row: Row, _ school: SchoolID, words: [RowWord]) throws -> RollEntry {
    let pupil = PupilID(rawValue: row["pupil"])
    let from = ExportID(rawValue: row["export"])
    var record = try Packed.record(
      open(
        row.bytes("sealed"), with: key(row["key"] as Int64), "export_row", "sealed",
        ExportRow.address(export: from, generation: row["generation"], row: row["row_number"])))
    let identity = try identity(of: pupil)
    for field in identity.fields where record[field] == nil { record[field] = identity[field] }
    let (ownStage, rowStage): (Int?, Int?) = (row["own_stage"], row["cohort_stage"])
    let (ownYear, rowYear): (Int?, Int?) = (row["own_year"], row["cohort_year"])
    var cohort: Cohort?
    if let stage = (ownStage ?? rowStage).flatMap(Cohort.Stage.init(rawValue:)), let year = ownYear ?? rowYear {
      cohort = Cohort(stage: stage, leavingYear: year)
    }
    return RollEntry(
      pupil: pupil, key: rowKey(of: pupil, school), record: record.under(standing: row["standing"]), cohort: cohort,
      verdict: try RowVerdict(row), export: from, words: words)
  }
}
