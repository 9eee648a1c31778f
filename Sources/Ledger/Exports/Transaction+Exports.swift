// Exports as rows of the database: how they are read, and what reading one changes in pupils and older exports.

import GRDB
import Leavers

extension Transaction {
  func pathLookup(_ path: String, _ school: SchoolID) -> [UInt8] { keys.digest("path", school.rawValue, path) }

  func keep(_ observation: SourceObservation, of export: ExportID, school: SchoolID, at: Timestamp) throws {
    let lookup = pathLookup(observation.path, school)
    try run(
      """
      INSERT INTO observation (school, path_lookup, sealed_path, fingerprint, export, observed_at, lies_there)
      VALUES (?, ?, ?, ?, ?, ?, 1)
      ON CONFLICT (school, path_lookup) DO UPDATE SET sealed_path = excluded.sealed_path,
        fingerprint = excluded.fingerprint, export = excluded.export, observed_at = excluded.observed_at, lies_there = 1
      """,
      [
        school.rawValue, Blob(lookup),
        try seal(
          Array(observation.path.utf8), with: keys.sources, "observation", "sealed_path", Hex.text(lookup)),
        observation.fingerprint, export.rawValue, at.milliseconds,
      ])
  }

  /// The export that said already what a file says now, and whether a newer one stands over it; nil where the file is
  /// news. See `recordStored`.
  func exportThatSaid(
    _ object: ObjectName, _ observation: SourceObservation, school: SchoolID
  ) throws -> (export: ExportID, isNewest: Bool)? {
    // The newest of its series: a sheet that somebody put back in between does not make the system's export news. What is
    // not read yet may be of any series; what could not be read may be readable by the configuration of now.
    let newest = try row(
      """
      SELECT e.id AS id FROM export e
      WHERE e.school = ?1 AND e.object = ?2 AND e.state <> 'unreadable' AND NOT EXISTS (
        SELECT 1 FROM export n
        WHERE n.school = e.school AND n.id > e.id AND n.state <> 'unreadable'
          AND coalesce(n.series, 'export') = CASE n.state WHEN 'stored' THEN coalesce(n.series, 'export')
            ELSE coalesce(e.series, 'export') END)
      ORDER BY e.id DESC LIMIT 1
      """, [school.rawValue, object.rawValue])
    if let newest { return (ExportID(rawValue: newest["id"]), true) }
    let equal = try rows(
      """
      SELECT id, fingerprint, observed_at FROM export
      WHERE school = ? AND object = ? AND state <> 'unreadable' ORDER BY id DESC
      """, [school.rawValue, object.rawValue])
    let older = equal.first { row in
      guard let modified = SourceObservation.modified(inFingerprint: row["fingerprint"]) else { return false }
      // A clock that was ahead when it was written must not make repeats of what is written until that day comes.
      let observed = (row["observed_at"] as Int64).multipliedReportingOverflow(by: 1_000_000)
      return observation.modified <= (observed.overflow ? modified : min(modified, observed.partialValue))
    }
    return older.map { (ExportID(rawValue: $0["id"]), false) }
  }

  /// `condition` is over the export `e`; oldest first.
  func exports(_ condition: String, _ arguments: StatementArguments = []) throws -> [ExportSummary] {
    try rows(
      """
      SELECT e.*, o.sha256, o.size, (
        SELECT count(*) FROM export_row r
        WHERE r.export = e.id AND r.generation = e.generation AND r.carried_from IS NOT NULL) AS rows_carried
      FROM export e JOIN object o ON o.name = e.object
      WHERE \(condition) ORDER BY e.id
      """, arguments
    ).map(Self.export)
  }

  private static func export(_ row: Row) throws -> ExportSummary {
    let code: String? = row["unreadable_code"]
    return ExportSummary(
      id: ExportID(rawValue: row["id"]), school: SchoolID(rawValue: row["school"]), state: try row.value("state"),
      object: try row.value("object"), sha256: row["sha256"], size: row["size"],
      observedAt: row.instant("observed_at"), generation: row["generation"],
      rowsRead: (row["rows_read"] as Int?) ?? 0, rowsCarried: row["rows_carried"],
      blankRows: (row["blank_rows"] as Int?) ?? 0, mis: row["mis"],
      extent: try row.optionalValue("extent"),
      unreadable: code.map {
        ExportSummary.Unreadable(code: FindingCode(rawValue: $0), message: (row["unreadable_why"] as String?) ?? "")
      }, handedBackAt: row.optionalInstant("handed_back_at"),
      fatesHandedBackAt: row.optionalInstant("fates_handed_back_at"),
      corrects: (row["corrects"] as Int64?).map { ExportID(rawValue: $0) })
  }

  /// Throws `notFound`.
  func export(_ id: ExportID) throws -> ExportSummary {
    guard let export = try exports("e.id = ?", [id.rawValue]).first else {
      throw LedgerError(.notFound, "there is no export \(id)")
    }
    return export
  }

  /// The export where it is in the state that a step needs, and in the generation. Throws `illegalTransition`, or
  /// `conflict` where somebody has begun to read it anew.
  func export(_ id: ExportID, in state: ExportState, to step: String, generation: Int? = nil) throws -> ExportSummary {
    let export = try export(id)
    guard export.state == state else {
      throw LedgerError(
        .illegalTransition, "\(id) is \(export.state.rawValue), not \(state.rawValue): cannot \(step) it")
    }
    guard generation == nil || export.generation == generation else {
      throw LedgerError(
        .conflict,
        "\(id) is being read in generation \(export.generation), not \(generation ?? 0): that reading was given up")
    }
    return export
  }

  /// The newest answer on sharing of each pupil that an export itself has. Where rows of one pupil differ, the one that
  /// shares least stands. Content that an export said before may be an old file: it takes back no refusal that came since.
  func renewSharing(from export: ExportID, generation: Int) throws {
    let isSaidAgain = try exists(
      """
      SELECT 1 FROM export e JOIN export o ON o.school = e.school AND o.object = e.object AND o.id < e.id
      WHERE e.id = ? AND o.state <> 'unreadable'
      """, [export.rawValue])
    try run(
      """
      UPDATE pupil SET sharing_export = ?1, sharing = (
        SELECT r.sharing FROM export_row r
        WHERE r.pupil = pupil.id AND r.export = ?1 AND r.generation = ?2 AND r.sharing IS NOT NULL
          AND r.carried_from IS NULL
        ORDER BY CASE r.sharing WHEN 'NO' THEN 0 WHEN 'UNS' THEN 1 WHEN 'SNR' THEN 2 ELSE 3 END LIMIT 1)
      WHERE id IN (
          SELECT pupil FROM export_row
          WHERE export = ?1 AND generation = ?2 AND sharing IS NOT NULL AND carried_from IS NULL)
        AND (sharing_export IS NULL OR sharing_export <= ?1)
        AND (NOT ?3 OR sharing IS NULL OR sharing NOT IN ('NO', 'UNS') OR EXISTS (
          SELECT 1 FROM export_row r
          WHERE r.pupil = pupil.id AND r.export = ?1 AND r.generation = ?2 AND r.sharing IN ('NO', 'UNS')))
      """, [export.rawValue, generation, isSaidAgain])
  }

  /// Held fates of older exports whose pupil is in this one are superseded by it. Gives how many.
  func supersedeHeldRows(olderThan export: ExportID, of school: SchoolID) throws -> Int {
    try run(
      """
      UPDATE fate SET fate = 'superseded', superseded_by = ?1
      WHERE fate = 'held' AND export IN (SELECT id FROM export WHERE school = ?2 AND id < ?1) AND EXISTS (
        SELECT 1 FROM export_row old
        JOIN export e ON e.id = old.export AND e.generation = old.generation
        JOIN export_row new ON new.pupil = old.pupil AND new.export = ?1
        JOIN export n ON n.id = new.export AND n.generation = new.generation
        WHERE old.export = fate.export AND old.row_number = fate.row_number)
      """, [export.rawValue, school.rawValue])
    return changes
  }
}

extension LeaverRecord {
  /// The record under the pupil's standing answer on sharing, which the exports gave.
  ///
  /// - Parameter standing: the column `pupil.sharing`.
  func under(standing: String?) -> LeaverRecord {
    guard let refusal = standing.flatMap(Sharing.init(rawValue:)), refusal.disclosure == .floor else { return self }
    return under(refusal: refusal)
  }
}

extension ReadingSummary {
  var pairs: [(String, String)] {
    [
      ("encoding", encoding), ("delimiter", delimiter), ("errors", "\(errors)"), ("warnings", "\(warnings)"),
      ("notes", "\(notes)"),
    ] + columns.map { ("column", $0) }
  }

  init(
    rowsRead: Int, blankRows: Int, pairs: [(name: String, value: String)], extent: ExportExtent?, series: ExportSeries
  ) {
    let first = Dictionary(pairs.map { ($0.name, $0.value) }) { old, _ in old }
    func count(_ name: String) -> Int { first[name].flatMap { Int($0) } ?? 0 }
    self.init(
      rowsRead: rowsRead, blankRows: blankRows, columns: pairs.filter { $0.name == "column" }.map(\.value),
      encoding: first["encoding"] ?? "", delimiter: first["delimiter"] ?? "", errors: count("errors"),
      warnings: count("warnings"), notes: count("notes"), extent: extent, series: series)
  }
}
