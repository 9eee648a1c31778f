// The pure core of intake: bytes of an export, its school, the configuration and the day to an examination.

package import Leavers
import Ledger
import Linkage
package import Profiles
import Tabular

/// Examines an export: the same bytes, configuration and day give the same examination.
///
/// CSV, workbooks and Common Transfer Files are told apart by their bytes.
///
/// - Parameters:
///   - name: the file's name where it has one, to say so where the two differ.
///   - day: the day in London on which the export was observed; codes and cohorts are judged by it.
///   - isFromDesk: whether a person put it on the desk of a school whose system exports elsewhere.
///   - roll: what the school said before.
///   - isRollComplete: whether the roll is all that the ledger knows, be it nothing; not so where there is no ledger.
///   - decided: what the school's people said that its words mean.
///   - baselines: what the sheet that the bytes may be showed; `missingBaselines` of an examination says which are needed.
///   - elsewhere: the UPNs that other schools of the same controller have too.
package func examine(
  _ bytes: [UInt8], named name: String? = nil, school: School, configuration: Configuration, day: CalendarDate,
  isFromDesk: Bool = false, roll: Roll = Roll(), isRollComplete: Bool = false,
  decided: SchoolWords = SchoolWords(), baselines: SheetBaselines = SheetBaselines(), elsewhere: Set<String> = []
) -> Examination {
  Examiner(
    bytes: bytes, name: name, isFromDesk: isFromDesk, school: school, configuration: configuration, day: day,
    roll: roll, decided: decided, baselines: baselines, isRollComplete: isRollComplete, elsewhere: elsewhere
  ).run()
}

/// The school that an export says it is about: the one LAESTAB that all rows with one have. Nil where there is no such
/// column, or where rows differ. Every header map is tried, since the school decides which one holds.
package func schoolOf(_ bytes: [UInt8], configuration: Configuration) -> LAESTAB? {
  for map in configuration.headerMaps.sorted(by: { $0.key < $1.key }).map(\.value) {
    guard case .success(let (scan, columns)) = Examiner.open(bytes, map: map),
      let position = columns.positions[.laestab]
    else { continue }
    let named = scan.records.dropFirst(columns.headerIndex + 1).compactMap { record in
      record.cells.element(at: position).flatMap { try? LAESTAB($0) }
    }
    if let first = named.first, named.allSatisfy({ $0 == first }) { return first }
  }
  return nil
}

/// One examination in its steps.
struct Examiner {
  let bytes: [UInt8]
  let name: String?
  let isFromDesk: Bool
  let school: School
  let configuration: Configuration
  let day: CalendarDate
  let roll: Roll
  let decided: SchoolWords
  var baselines = SheetBaselines()
  var isRollComplete = false
  var elsewhere: Set<String> = []

  func run() -> Examination {
    guard let map = configuration.headerMaps[school.mis] else {
      return Examination(refusing: Remark(.noHeader, "the header map \(school.mis) is not configured"))
    }
    let lead = CareersLeadMap(configuration, beside: map)
    var opened = Self.open(bytes, map: map)
    if let lead, case .failure(let unreadable) = opened, unreadable.remark.code == .noHeader {
      let other = Self.open(bytes, map: lead.map)
      if case .success = other { opened = other }
    }
    switch opened {
    case .failure(let unreadable): return Examination(refusing: unreadable.remark)
    case .success(let (scan, columns)):
      guard let choice = lead?.choice(for: scan.records, columns) else { return examine(scan, columns, map) }
      return examine(scan, choice.columns, choice.map)
    }
  }

  /// Records and headings, of a workbook or of text. Titles above the headings mislead about the delimiter, so that others are tried where no
  /// headings are found.
  static func open(_ bytes: [UInt8], map: HeaderMap) -> Result<(ExportScan, ExportColumns), UnreadableExport> {
    let expected = map.columns.filter { [.upn, .legalSurname, .legalForename, .dateOfBirth].contains($0.field) }
      .map(\.header)
    let noHeader = Remark(
      .noHeader, "looked for headings of \(map.name), such as \(expected.prefix(6).joined(separator: ", "))")
    if TransferScan.isXML(bytes) { return TransferScan.open(bytes) }
    if ExportScan.isPacked(bytes) { return WorkbookScan.open(bytes, map: map, noHeader: noHeader) }
    let scan: ExportScan
    switch ExportScan.scan(bytes) {
    case .failure(let unreadable): return .failure(unreadable)
    case .success(let success): scan = success
    }
    if let columns = ExportColumns.find(in: scan.records, map: map) { return .success((scan, columns)) }
    for delimiter in CSVDialect.Delimiter.allCases where [delimiter.rawValue] != scan.delimiters {
      if case .success(let other) = ExportScan.scan(bytes, delimiter: delimiter),
        let columns = ExportColumns.find(in: other.records, map: map)
      {
        return .success((other, columns))
      }
    }
    return .failure(UnreadableExport(noHeader))
  }

  private func examine(_ scan: ExportScan, _ columns: ExportColumns, _ map: HeaderMap) -> Examination {
    var summary = ExaminationSummary()
    switch scan.source {
    case .text(let format):
      summary.encoding = format.encoding.rawValue
      summary.delimiter = String(Character(Unicode.Scalar(format.delimiter.rawValue)))
    case .sheet(let sheet):
      summary.encoding = SheetSource.encoding
      summary.delimiter = "\(sheet.number)"
    case .transferFile: summary.encoding = TransferSource.encoding
    }
    summary.columns = columns.canonicalNames
    if let swallowed = SwallowedRows.first(in: scan, columns) {
      return Examination(refusing: Self.finding(swallowed, scan, columns), summary: summary)
    }
    // A pupil who is known is told by any identifier.
    let isTold =
      !roll.isEmpty
      && (columns.keyColumn != nil || [Field.upn, .uln, .admissionNumber].contains { columns.positions[$0] != nil })
    if !columns.missingIdentity.isEmpty, !isTold {
      let names = columns.missingIdentity.map { field in Self.heading(of: field, in: map) }
      return Examination(refusing: Remark(.identityColumnsMissing, names.joined(separator: ", ")), summary: summary)
    }
    var pupils: [ScannedRecord] = []
    var passed: [PassedOverRow] = []
    for record in scan.records.dropFirst(columns.headerIndex + 1) {
      if let kind = PassedOverRow(record, columns: columns) { passed.append(kind) } else { pupils.append(record) }
    }
    summary.blankRows = passed.count
    if pupils.isEmpty { return Examination(refusing: Remark(.noRows), summary: summary) }

    var context = RuleContext(school: school, configuration: configuration, day: day, decided: decided)
    context.words = map.values
    context.survey = ColumnSurvey.of(pupils, columns: columns, isSheet: scan.isSheet, in: context)
    let beyond = pupils.count { RowReader.reachesBeyond($0, columns) }
    let reader = RowReader(columns: columns, context: context, hasUnnamedColumn: beyond * 2 > pupils.count)
    var readings = pupils.map(reader.read)
    if let foreign = otherSchool(readings) { return Examination(refusing: foreign, summary: summary) }
    let keys = rowKeys(of: pupils, columns)
    if let keys, isOfAnotherSchool(keys) {
      return Examination(refusing: Remark(.sheetOfOtherSchool), summary: summary)
    }
    Repairs.apply(&readings, in: context)
    let repeats = Repeats(&readings)
    let swapped = SwappedNames.remarks(readings)
    let (roll, renewed) = roll.renewed(in: context)
    var joined: Set<PupilID> = []
    var advice = WordAdvice(configuration, in: context)
    let rows = readings.indices.map { index in
      row(
        readings[index], keys?[index], repeats.verdicts[index],
        (repeats.remarks[index] ?? []) + (swapped[index] ?? []), reader, roll, context, &joined, &advice)
    }
    let origin = origin(of: scan, columns, map)
    (summary.series, summary.extent) = (origin.series, extent(of: origin))
    let carried = carried(
      roll, besides: joined, of: rows, and: renewed, in: extent(of: origin),
      after: scan.records.last?.number ?? 0)
    var wholeFile = fileFindings(
      scan, columns, map, passed, cohorts: Set(rows.compactMap(\.cohort)), unnamed: reader.hasUnnamedColumn)
    if !carried.isEmpty { wholeFile.append(ExportFinding(Remark(.pupilsCarried, "\(carried.count)"), row: nil)) }
    wholeFile = adjusted(wholeFile)
    let details = wholeFile + rows.flatMap(\.details)
    summary.rowsRead = rows.count
    summary.carried = carried.count
    for row in rows {
      switch row.verdict {
      case .clear: summary.clear += 1
      case .held: summary.held += 1
      case .merged: summary.merged += 1
      }
    }
    for finding in details { summary.count(finding) }
    let layout = CheckedLayout(scan, columns, map)
    var examination = Examination(rows: rows, carried: carried, details: details, summary: summary, layout: layout)
    examination.missingBaselines = missingBaselines(keys)
    return examination
  }

  // MARK: Rows

  func row(
    _ reading: RowReading, _ key: PupilRowKey?, _ verdict: Repeats.Verdict, _ remarks: [(remark: Remark, field: Field)],
    _ reader: RowReader, _ roll: Roll, _ context: RuleContext, _ joined: inout Set<PupilID>,
    _ advice: inout WordAdvice
  ) -> ExaminedRow {
    var details = reading.findings
    var words = reading.words
    details += remarks.map { reader.finding($0.remark, $0.field, row: reading.number) }
    var record = reading.record
    let found = find(record, key, in: roll)
    if let key, !key.key.isEmpty, tellsKeys, !roll.knows(key.key) {
      details.append(reader.finding(Remark(.rowKeyUnknown), nil, row: reading.number))
    }
    if let found {
      joined.insert(found.entry.pupil)
      if case .merged = verdict {
      } else {
        var texts: [Field: String] = [:]
        for finding in reading.findings {
          guard let field = finding.field, let text = finding.value?.exposed.trimmedOfBlanks, !text.isEmpty else {
            continue
          }
          texts[field] = text
        }
        var unread = Set(texts.keys)
        if let shown = baselines[key?.shown]?.entry(of: found.entry.pupil) {
          SheetBaseline(shown: shown.record, columns: reader.present).takeOut(
            of: &record, &words, unread: &unread, texts: texts, known: found.entry.record)
        }
        let given = record
        details += RollRules.remarks(record, found, in: context).map {
          reader.finding($0.remark, $0.field, row: reading.number)
        }
        // Whoever is in an export again has not left on the day that was said.
        var known = found.entry.record
        if let leftOn = found.entry.leftOn, known.date(.leavingDate) == leftOn { known[.leavingDate] = nil }
        RollCompletion(present: reader.present).complete(&record, from: known, unread: unread)
        words = RowWords.inherited(
          words, from: found.entry, given: given, completed: record, unread: unread)
      }
    }
    let cohort = found?.entry.cohort ?? YearGroupRule.cohort(record, on: day)
    func names(_ fields: [Field]) -> String {
      fields.map { field in reader.columns.positions[field].map { reader.columns.names[$0] } ?? field.rawValue }
        .joined(separator: ", ")
    }
    func about(_ verdict: RowVerdict) -> ExaminedRow {
      ExaminedRow(
        rowNumber: reading.number, record: record, cohort: cohort, verdict: verdict,
        details: Self.sorted(adjusted(advice.advised(details, by: words))),
        pupil: found?.way == .rowKey ? found?.entry.pupil : nil, words: words)
    }
    if case .merged(let first, let differing) = verdict {
      let remark =
        differing.isEmpty
        ? Remark(.repeatMerged, "see row \(first)")
        : Remark(.repeatDiffers, "it differs from row \(first) in \(names(differing))")
      details.append(reader.finding(remark, nil, row: reading.number))
      return about(.merged(into: first))
    }
    if let upn = record[.upn], elsewhere.contains(upn) {
      details.append(reader.finding(Remark(.seenElsewhere), .upn, row: reading.number))
    }
    if verdict == .first {
      // What could not be read here but was given by another row no longer holds the pupil.
      let mended = details.filter { Self.isMended($0, by: record) }
      details.removeAll { finding in mended.contains(finding) }
      details += mended.map { old in
        reader.finding(Remark(.repeatMends), old.field, row: reading.number, value: old.value?.exposed)
      }
      // What another row says in a code need not be understood here.
      words.removeAll { $0.isOpen && $0.field != .providerName && record[$0.field] != nil }
    }
    var hold = reading.hold
    if case .contradicts(let others, let fields) = verdict {
      let remark = Remark(.repeatContradicts, "it and \(Repeats.rows(others)) differ in \(names(fields))")
      details.append(reader.finding(remark, fields.first, row: reading.number))
      hold = hold ?? .contradictoryRepeat
    }
    let provider = ProviderNumbersRule.check(&record, besides: words, in: context)
    details += provider.remarks.map { reader.finding($0, .providerName, row: reading.number) }
    if let word = provider.word { words.append(word) }
    if let word = advice.misspeltProvider(record, besides: words) {
      details.append(
        reader.finding(
          Remark(.providerUndecided, "the register has one that is called almost so"), .providerName,
          row: reading.number))
      words.append(word)
    }
    let whole = RecordRules.check(
      &record, cohort: cohort, columns: reader.present, said: reading.said, in: context)
    details += whole.remarks.map { reader.finding($0.remark, $0.field, row: reading.number) }
    if let reason = hold ?? whole.hold { return about(.held(reason)) }
    return about(.clear)
  }

  /// Whether another row of the pupil gave what an error says is missing. That it names this school does not explain why
  /// the first one names another; and an answer on sharing that is not understood is none.
  private static func isMended(_ finding: ExportFinding, by record: LeaverRecord) -> Bool {
    guard finding.severity == .error, finding.code != .laestabOther, let field = finding.field,
      let value = record[field]
    else { return false }
    return field != .sharing || value != SharingRule.notUnderstood
  }

  /// The findings with the severities that the school set.
  private func adjusted(_ findings: [ExportFinding]) -> [ExportFinding] {
    school.findings.isEmpty ? findings : findings.map { $0.adjusted(by: school.findings) }
  }

  /// By column, what concerns the whole row last; graver ones first within a cell.
  private static func sorted(_ findings: [ExportFinding]) -> [ExportFinding] {
    findings.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      let places = (a.columnNumber ?? .max, b.columnNumber ?? .max)
      if places.0 != places.1 { return places.0 < places.1 }
      if a.severity != b.severity { return a.severity > b.severity }
      return left.offset < right.offset
    }.map(\.element)
  }

  // MARK: The file as a whole

  /// What is to be said of a file in which every record below the headings is a pupil.
  func wholeFile(
    _ scan: ExportScan, _ columns: ExportColumns, _ map: HeaderMap, cohorts: Set<Cohort>
  ) -> [ExportFinding] {
    adjusted(fileFindings(scan, columns, map, [], cohorts: cohorts, unnamed: false))
  }

  private func fileFindings(
    _ scan: ExportScan, _ columns: ExportColumns, _ map: HeaderMap, _ passed: [PassedOverRow], cohorts: Set<Cohort>,
    unnamed: Bool
  ) -> [ExportFinding] {
    var findings: [ExportFinding] = []
    func say(_ code: FindingCode, _ detail: String? = nil) {
      findings.append(ExportFinding(Remark(code, detail), row: nil))
    }
    func say(_ code: FindingCode, column: Int, _ detail: String? = nil) {
      findings.append(
        ExportFinding(Remark(code, detail), row: nil, columnNumber: column + 1, column: columns.names[column]))
    }
    let header = scan.records[columns.headerIndex]
    for cell in header.tooLong {
      let place = "row \(header.number), column \(cell + 1)"
      say(.cellTooLong, "\(place); at most \(ExportScan.cellLimit) bytes are taken in")
    }
    if columns.keyColumn == nil { saidOfColumns() }
    func saidOfColumns() {
      let required = RequiredColumns.missing(
        in: columns.present, cohorts: cohorts, school: school, configuration: configuration)
      for missing in required {
        let name = map.columns.first { $0.field == missing.field }?.header ?? FieldWords.name(missing.field)
        say(.requiredColumnMissing, "\(name), for \(RecipeNeeds.list(missing.authorities))")
      }
      if columns.positions[.upn] == nil, !required.contains(where: { $0.field == .upn }) { say(.noUPNColumn) }
      if columns.positions[.sharing] == nil, scan.kind != .transferFile { say(.noSharingColumn) }
      if columns.positions[.yearGroup] == nil { say(.noYearGroupColumn) }
    }
    for column in columns.repeated { say(.repeatedColumn, column: column) }
    let absent = KnownHeadings(
      entries: map.columns.filter { columns.positions[$0.field] == nil }
        .map { KnownHeadings.Entry($0.header, $0.field, map: map.name) })
    for column in columns.unknown {
      let nearest = absent.nearest(to: columns.names[column])?.entry.heading
      say(.unknownColumn, column: column, nearest.map { "did you mean \"\($0)\"?" })
    }
    if unnamed { say(.unknownColumn, "it stands to the right of the last heading and has none itself") }
    if columns.headerIndex > 0 { say(.linesBeforeHeader, "\(columns.headerIndex)") }
    let blankAndTotals = passed.count { $0 != .header }
    if blankAndTotals > 0 { say(.rowsPassedOver, "\(blankAndTotals)") }
    let headers = passed.count { $0 == .header }
    if headers > 0 { say(.repeatedHeader, "\(headers) times") }
    switch scan.source {
    case .text(let format):
      if format.encoding != .utf8 { say(.otherEncoding, "it was read as \(format.encoding)") }
      switch format.delimiter {
      case .comma: break
      case .semicolon: say(.otherDelimiter, "they are divided by semicolons")
      case .tab: say(.otherDelimiter, "they are divided by tabs")
      case .bar: say(.otherDelimiter, "they are divided by bars")
      }
    case .sheet(let sheet):
      findings += sheet.notes.map { ExportFinding($0.remark, row: nil, value: $0.sheetName) }
      if sheet.hiddenRows > 0 { say(.hiddenRows, sheet.hiddenRows == 1 ? "1 row" : "\(sheet.hiddenRows) rows") }
      for (column, field) in columns.fields.enumerated() where field != nil && sheet.uncalculated.contains(column) {
        say(.formulasNotCalculated, column: column)
      }
    case .transferFile(let file): findings += file.findings
    }
    if let kind = name.flatMap({ NamedKind($0) }), kind != scan.kind { say(.otherThanName, scan.kind.words) }
    return findings
  }

  private static func finding(
    _ swallowed: SwallowedRows, _ scan: ExportScan, _ columns: ExportColumns
  ) -> ExportFinding {
    // A heading that itself swallowed rows is not shown.
    let isBelow = swallowed.row > scan.records[columns.headerIndex].number
    let place = "row \(swallowed.row), column \(swallowed.column)"
    let lines = "lines \(swallowed.lines.lowerBound) to \(swallowed.lines.upperBound)"
    return ExportFinding(
      scan.isSheet ? Remark(.rowsInCell, place) : Remark(.swallowedRows, "\(place), \(lines)"),
      row: swallowed.row, columnNumber: swallowed.column,
      column: isBelow ? columns.names.element(at: swallowed.column - 1) : nil)
  }

  private static func heading(of field: Field, in map: HeaderMap) -> String {
    map.columns.first { $0.field == field }?.header ?? field.rawValue
  }
}
