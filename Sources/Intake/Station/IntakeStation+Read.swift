// I4 and I5: reads what is stored, from its object.

import Leavers
import Ledger
import Profiles

extension IntakeStation {
  /// Reads what is stored of a school and not read yet; whether anything was.
  func readStored(_ school: School) async throws -> Bool {
    var didWork = false
    for export in try await ledger.exports.inState(.stored, school: school.id) {
      try Task.checkCancellation()
      try await attempt("export \(export.id)", school, export.id) {
        let done = try await self.read(export, school)
        if done { didWork = true }
        return done
      }
    }
    return didWork
  }

  func read(_ export: ExportSummary, _ school: School) async throws -> Bool {
    let examination = try await examination(of: export, school).examination
    if let fatal = examination.fatal {
      try await ledger.exports.markUnreadable(export.id, code: fatal.code, message: "\(fatal.what) \(fatal.remedy)")
      tell(.unreadable(fatal.code), school, export.id)
      try step("I5")
      return true
    }
    let generation = try await ledger.exports.beginReading(export.id)
    try step("I4 begun")
    let drafts = examination.drafts
    var next = 0
    while next < drafts.count {
      let end = min(next + Self.batch, drafts.count)
      try await ledger.exports.append(rows: Array(drafts[next..<end]), export: export.id, generation: generation)
      next = end
      try step("I4")
    }
    try await settleRegister(by: export.id, drafts, school)
    let summary = examination.summary
    try await ledger.exports.finishReading(
      export.id, generation: generation,
      summary: ReadingSummary(
        rowsRead: drafts.count, blankRows: summary.blankRows, columns: summary.columns, encoding: summary.encoding,
        delimiter: summary.delimiter, errors: summary.errors, warnings: summary.warnings, notes: summary.notes,
        extent: summary.extent, series: summary.series),
      findings: examination.listed.map { finding in
        FindingNote(
          code: finding.code, severity: finding.severity, row: finding.row, columnNumber: finding.columnNumber,
          field: finding.field, authority: nil)
      })
    tell(
      .read(rows: summary.rowsRead, held: summary.held, errors: summary.errors, warnings: summary.warnings), school,
      export.id)
    try step("I5")
    return true
  }

  /// Rows in one transaction.
  static let batch = 500

  /// The examination of the stored bytes: the same after each start, since nothing but the object, the configuration,
  /// the day of the observation, and what the school said before and decided about its words goes into it.
  func examination(
    of export: ExportSummary, _ school: School
  ) async throws -> (examination: Examination, bytes: [UInt8], name: String) {
    let path = try await ledger.exports.source(of: export.id)
    let name = path.split(separator: "/").last.map(String.init) ?? "export.csv"
    guard PassedOverFile.isReadable(name) else {
      return (
        Examination(refusing: Remark(.unreadKind, "its name is that of neither a workbook nor a CSV file")), [], name
      )
    }
    let bytes: [UInt8]
    do throws(LedgerError) {
      bytes = try await ledger.objects.read(export.object)
    } catch {
      // A file that is only missing may come back with its disk; a destroyed key never does.
      guard error.code == .objectDestroyed else { throw error }
      return (Examination(refusing: Remark(.bytesMissing)), [], name)
    }
    let day = LondonTime.day(of: export.observedAt)
    let roll = Roll(try await ledger.exports.roll(of: school.id, before: export.id))
    let decided = try await ledger.words.decided(school: school.id)
    let isFromDesk = school.exports != school.deskIn && path.isDirectly(in: school.deskIn)
    func examined(
      _ baselines: SheetBaselines = SheetBaselines(), elsewhere: Set<String> = []
    ) -> Examination {
      examine(
        bytes, named: name, school: school, configuration: configuration, day: day, isFromDesk: isFromDesk, roll: roll,
        isRollComplete: true, decided: decided, baselines: baselines, elsewhere: elsewhere)
    }
    let examination = examined()
    // Only a sheet of ours says what it showed.
    let missing = examination.missingBaselines.filter { $0 < export.id }
    let elsewhere = try await seenElsewhere(examination, school, day)
    if missing.isEmpty {
      return (elsewhere.isEmpty ? examination : examined(elsewhere: elsewhere), bytes, name)
    }
    var rolls: [ExportID: Roll] = [:]
    for shown in missing {
      let next = ExportID(rawValue: shown.rawValue + 1)
      rolls[shown] = Roll(try await ledger.exports.roll(of: school.id, before: next))
    }
    return (examined(SheetBaselines(rolls), elsewhere: elsewhere), bytes, name)
  }

  /// The UPNs of an export that other schools of the same controller have too. Of another controller's pupils nobody here
  /// may hear.
  private func seenElsewhere(
    _ examination: Examination, _ school: School, _ day: CalendarDate
  ) async throws(LedgerError) -> Set<String> {
    let siblings = configuration.schools.filter { $0.controller == school.controller && $0.id != school.id }
    let upns = Set(examination.rows.compactMap { $0.record[.upn] })
    return try await ledger.exports.seen(upns, at: siblings.map(\.id), on: day)
  }
}
