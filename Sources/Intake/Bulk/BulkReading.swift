// A large file of the usual form, read by its classes of rows: every rule is asked once for all rows of which it says the
// same. What it says equals what `examine` says; a file for which that is not sure is left to `examine`.

package import Leavers
import Ledger
package import Profiles
import Synchronization
package import Tabular

/// The beginning of such a file: its headings, and how each column is looked at.
package struct BulkReading: Sendable {
  /// The headings are looked for in so many bytes.
  package static let headBytes = 1 << 16

  /// Where the first pupil's row begins in the file.
  package let start: Int
  /// Cells of a row.
  package let width: Int
  package let delimiter: CSVDialect.Delimiter
  /// The number of the first pupil's row, as in a spreadsheet.
  package let firstNumber: Int

  let examiner: Examiner
  let scan: ExportScan
  let columns: ExportColumns
  let map: HeaderMap
  let reader: RowReader
  let registry: BulkRegistry
  /// The bytes up to the first pupil's row.
  let head: [UInt8]
  /// What words may mean, thought of once for all rows.
  let advice: SharedAdvice

  /// Nil where the file is for `examine`. `head` are the first bytes of the file, `headBytes` of them if there are so many.
  package init?(
    head: [UInt8], named name: String?, school: School, configuration: Configuration, day: CalendarDate,
    demands: BulkDemands
  ) {
    guard let map = configuration.headerMaps[school.mis], !TransferScan.isXML(head), !ExportScan.isPacked(head),
      let end = head.lastIndex(of: 0x0A)
    else { return nil }
    // The last line may be cut.
    let whole = Array(head[...end])
    let format = CSVSurvey.format(of: whole)
    guard format.encoding == .utf8, case .success(let scan) = ExportScan.scan(whole),
      let columns = ExportColumns.find(in: scan.records, map: map)
    else { return nil }
    var chosen = (columns: columns, map: map)
    if let lead = CareersLeadMap(configuration, beside: map) { chosen = lead.choice(for: scan.records, columns) }
    let headings = Array(scan.records.prefix(through: chosen.columns.headerIndex))
    guard let header = headings.last, headings.allSatisfy({ !$0.hasLineBreaks && $0.tooLong.isEmpty }),
      let start = Self.lineEnd(whole, after: header.end)
    else { return nil }
    examiner = Examiner(
      bytes: [], name: name, isFromDesk: false, school: school, configuration: configuration, day: day, roll: Roll(),
      decided: SchoolWords(), baselines: SheetBaselines())
    let context = {
      var context = RuleContext(school: school, configuration: configuration, day: day)
      context.words = chosen.map.values
      return context
    }()
    guard
      let uses = BulkColumns.columns(
        chosen.columns, demands, hasPostcodeTable: configuration.postcodes != nil, in: context)
    else { return nil }
    self.start = start
    width = chosen.columns.names.count
    delimiter = format.delimiter
    firstNumber = header.number + 1
    self.columns = chosen.columns
    self.map = chosen.map
    self.scan = ExportScan(source: scan.source, records: headings)
    self.head = Array(whole[..<start])
    reader = RowReader(columns: chosen.columns, context: context, hasUnnamedColumn: false)
    advice = SharedAdvice(WordAdvice(configuration, in: context))
    registry = BulkRegistry(columns: uses, reader: reader, demands: demands, postcodes: configuration.postcodes)
  }

  /// Where the line after a place begins.
  private static func lineEnd(_ bytes: [UInt8], after place: Int) -> Int? {
    var place = place
    if bytes.element(at: place) == 0x0D { place += 1 }
    return bytes.element(at: place) == 0x0A ? place + 1 : nil
  }

  /// Larger files are refused, in words.
  package static var mostBytes: Int { ExportScan.limits.bytes }

  /// One for each thread.
  package func worker() -> BulkWorker { BulkWorker(registry) }

  /// After the first pass; nil where the file is for `examine` after all.
  package func examined(_ rows: consuming BulkRows) -> BulkExamination? {
    var rows = rows
    guard rows.count > 0, firstNumber - 1 + rows.count <= ExportScan.limits.rows, registry.hasPlainColumns else {
      return nil
    }
    let classes = registry.classes
    // Without a row that names this school, those that name another decide.
    guard let repeats = BulkRepeats(&rows, classes, firstNumber: firstNumber) else { return nil }
    return BulkExamination(reading: self, classes: classes, classOf: rows.classes, repeats: repeats)
  }
}

/// What words may mean, for one thread at a time.
final class SharedAdvice: Sendable {
  private let advice: Mutex<WordAdvice>

  init(_ advice: WordAdvice) { self.advice = Mutex(advice) }

  func withLock<Value: Sendable>(_ body: (inout WordAdvice) -> Value) -> Value { advice.withLock { body(&$0) } }
}
