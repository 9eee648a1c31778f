// What the rules say of each row of a large file, once for all rows of which they say the same.

package import Leavers
import Ledger
package import Profiles
import Tabular

/// A file after the first pass. Rows are told by their place, from 0.
package struct BulkExamination: Sendable {
  package let reading: BulkReading
  let classes: [BulkClass]
  private let classOf: [UInt32]
  private let repeats: BulkRepeats

  /// What is to be said of rows: all rows with the same key are alike but for what their cells hold, and for the numbers of
  /// other rows.
  package struct Key: Hashable, Sendable {
    package let rowClass: UInt32
    let note: BulkRepeats.Note?
    let isLong: Bool
  }

  init(reading: BulkReading, classes: [BulkClass], classOf: [UInt32], repeats: BulkRepeats) {
    self.reading = reading
    self.classes = classes
    self.classOf = classOf
    self.repeats = repeats
  }

  package var count: Int { classOf.count }
  /// How many classes there are; `Key.rowClass` is below.
  package var classCount: Int { classes.count }

  /// A number for the key of a row, where few numbers are needed: below four times `classCount`. Nil where it has none.
  package func keyNumber(of row: Int) -> Int? {
    guard let group = repeats.group(row) else { return Int(classOf[row]) &* 4 }
    guard repeats.isSamePerson(group) else { return nil }
    return Int(classOf[row]) &* 4 &+ (repeats.isLong(group) ? 2 : 1)
  }

  package func key(of row: Int) -> Key {
    guard let group = repeats.group(row) else { return Key(rowClass: classOf[row], note: nil, isLong: false) }
    return Key(rowClass: classOf[row], note: repeats.note(of: group), isLong: repeats.isLong(group))
  }

  /// The group of rows that something is to be said of because of one another.
  @inline(__always)
  package func group(of row: Int) -> Int? { repeats.group(row) }

  /// How many groups there are.
  package var groupCount: Int { repeats.groupCount }

  /// The numbers of the other rows of a row's group in words; the same for all rows that are not named.
  package func others(of row: Int, in group: Int) -> String { repeats.others(of: row, in: group) }

  /// Whether a row is among those of its group that are named to the others.
  package func isNamed(_ row: Int, in group: Int) -> Bool { repeats.isNamed(row, in: group) }

  /// The words that stand in a prototype for the numbers of other rows.
  package static func placeholder(isLong: Bool) -> String {
    Repeats.rows(isLong ? [.max, .max, .max] : [.max])
  }

  /// What the rules say of a row with this key: of its cells, those of the row that the class was made from.
  package func prototype(_ key: Key) -> ExaminedRow {
    let one = classes[Int(key.rowClass)]
    let others = key.isLong ? [Int.max, .max, .max] : [Int.max]
    var verdict = Repeats.Verdict.alone
    var remarks: [(remark: Remark, field: Field)] = []
    switch key.note {
    case nil: break
    case .samePerson: remarks.append((Remark(.samePersonTwoUPNs, Repeats.rows(others)), .upn))
    case .contradicts(let bits): verdict = .contradicts(others, fields: BulkRepeats.fields(bits))
    }
    var joined: Set<PupilID> = []
    return reading.advice.withLock { advice in
      reading.examiner.row(
        one.reading, nil, verdict, remarks, reading.reader, Roll(), reading.reader.context, &joined, &advice)
    }
  }

  /// The cell of a class's own row.
  package func sample(_ rowClass: UInt32, _ column: Int) -> String? {
    classes[Int(rowClass)].record.cells.element(at: column)
  }

  // MARK: Where values come from

  /// Where a field's value comes from in the rows of a class.
  package func source(of field: Field, in rowClass: UInt32) -> FieldSource {
    guard let place = reading.registry.columns.firstIndex(where: { $0.field == field }) else { return .same }
    let column = reading.registry.columns[place]
    let code = classes[Int(rowClass)].signature[place]
    switch column.use {
    case .joint: return .same
    case .shape: return code == CellShape.kept || code == CellShape.oddName ? .cell(column: column.index) : .same
    case .single: return code == CellShape.kept ? .value(column: column.index, place: place) : .same
    case .birth, .area: return code >= BulkRegistry.firstBucket ? .value(column: column.index, place: place) : .same
    }
  }

  /// Values by number, as `BulkValues` numbers them.
  package func value(_ place: Int, _ number: UInt32) -> String { reading.registry.value(place, number) }

  // MARK: The file

  /// The file without its rows: what is to be said of it as a whole, and how it is laid out. `figures` are those of rows.
  private func examination(cohorts: Set<Cohort>, figures: ExaminationSummary) -> Examination {
    var summary = figures
    summary.rowsRead = count
    summary.columns = reading.columns.canonicalNames
    if case .text(let format) = reading.scan.source {
      summary.encoding = format.encoding.rawValue
      summary.delimiter = String(Character(Unicode.Scalar(format.delimiter.rawValue)))
    }
    let wholeFile = reading.examiner.wholeFile(reading.scan, reading.columns, reading.map, cohorts: cohorts)
    for finding in wholeFile { summary.count(finding) }
    return Examination(
      rows: [], carried: [], details: wholeFile, summary: summary,
      layout: CheckedLayout(reading.scan, reading.columns, reading.map))
  }

  /// How the checked file of an export is called.
  package static func checkedName(of name: String) -> String { DeskNames.checked(of: name) }

  /// The beginning of the checked file: all up to the headings, with the two that are added.
  package var checkedHead: [UInt8]? {
    guard case .text(let layout) = CheckedLayout(reading.scan, reading.columns, reading.map) else { return nil }
    return CheckedFile.bytes(of: reading.head, layout: layout, rows: [], report: RowReport())
  }

  /// The files for the desk beside the checked one: findings first, then the summary.
  ///
  /// - Parameters:
  ///   - listed: the first findings of rows, `Examination.listedFindings` of them if there are so many.
  ///   - taken: when it was taken in, in words.
  package func deskFiles(
    named name: String, _ tally: BulkTally, listed: [ExportFinding], configuration: Configuration, taken: String,
    decisions: ExportDecisions
  ) -> (files: [DeskFile], summary: ExaminationSummary) {
    let school = reading.examiner.school
    let examination = examination(cohorts: tally.cohorts, figures: tally.figures)
    let names = Dictionary(configuration.authorities.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    let all = examination.details.count + tally.findings
    var findings = examination.details + listed
    if all > Examination.listedFindings {
      findings = Examination.cut(findings, of: all)
    }
    let figures = tally.summaryFigures(
      wholeFile: examination.details, authorities: decisions.lines.map(\.authority)
    ) { names[$0] ?? $0.rawValue }
    let checked = DeskNames.checked(of: name)
    let page = SummaryPage(
      of: examination, named: name, checked: checked, school: school, configuration: configuration, taken: taken,
      decisions: decisions, figures: figures)
    let table = FindingsFile.bytes(of: findings, mis: MISProduct(headerMap: school.mis))
    return ([(DeskNames.findings(of: name), table), page.file], examination.summary)
  }
}
