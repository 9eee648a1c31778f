// What the workers of the hot path have in common: every value of a column by number, and every class of row, judged by the
// rules once. Safe for many threads.

import Leavers
import Profiles
import Synchronization
import Tabular

/// Rows of which the rules say the same.
struct BulkClass: Sendable {
  /// A row of the class, and what was read of it.
  let record: ScannedRecord
  let reading: RowReading
  /// What its rows say in each decisive field but names, date of birth and postcode, as a number; 0 for nothing.
  let decisive: [UInt32]
  /// The column of each code, as `BulkColumns.columns` orders them.
  let signature: [UInt32]
}

/// Values and classes, by number.
final class BulkRegistry: Sendable {
  /// A column with more values, or a file with more classes, is not for the hot path.
  static let mostValues = 1 << 16
  static let mostClasses = 20_000
  /// Codes from here on stand for what is asked of a date of birth, or for the authority of a postcode.
  static let firstBucket: UInt32 = 1 << 30

  let columns: [BulkColumn]
  let reader: RowReader
  private let demands: BulkDemands
  private let postcodes: PostcodeTable?
  private let state: Mutex<State>

  private struct State {
    struct Column {
      /// By bytes: two ways to write an accent are equal as texts, and not the same in a return.
      var entries: [[UInt8]: ValueTable.Entry] = [:]
      var texts: [String] = []
      /// Canonical values, from 1.
      var values: [String] = []
      var numbers: [[UInt8]: UInt32] = [:]
    }
    var columns: [Column]
    var classNumbers: [[UInt32]: UInt32] = [:]
    var classes: [BulkClass] = []
    var buckets: [UInt64: UInt32] = [:]
    var decisive: [String: UInt32] = [:]
  }

  init(columns: [BulkColumn], reader: RowReader, demands: BulkDemands, postcodes: PostcodeTable?) {
    self.columns = columns
    self.reader = reader
    self.demands = demands
    self.postcodes = postcodes
    state = Mutex(State(columns: columns.map { _ in .init() }))
  }

  // MARK: Values

  /// What stands for a cell that is looked at by value; nil where the file is not for the hot path.
  func entry(_ place: Int, _ text: String) -> ValueTable.Entry? {
    state.withLock { state in
      let bytes = Array(text.utf8)
      if let known = state.columns[place].entries[bytes] { return known }
      guard state.columns[place].texts.count < Self.mostValues else { return nil }
      let column = columns[place]
      let outcome = Rules.check(text, field: column.field, in: reader.context)
      guard isUsual(outcome, text, column.field) else { return nil }
      var value: UInt32 = 0
      if let canonical = outcome.value {
        let canonicalBytes = Array(canonical.utf8)
        value = state.columns[place].numbers[canonicalBytes] ?? 0
        if value == 0 {
          state.columns[place].values.append(canonical)
          value = UInt32(state.columns[place].values.count)
          state.columns[place].numbers[canonicalBytes] = value
        }
      }
      let own = CellShape.first + UInt32(state.columns[place].texts.count)
      let code = code(outcome, column, own, &state.buckets)
      let entry = ValueTable.Entry(value: value, code: code)
      state.columns[place].texts.append(text)
      state.columns[place].entries[bytes] = entry
      return entry
    }
  }

  /// What needs other rows, a person or the whole column to be decided is not for the hot path.
  private func isUsual(_ outcome: CellOutcome, _ text: String, _ field: Field) -> Bool {
    if outcome.proposal != nil || outcome.word != nil || outcome.hold == .cellsOutOfPlace { return false }
    if outcome.remarks.contains(where: { $0.code == .laestabOther }) { return false }
    if field == .formerUPN, outcome.value != nil { return false }
    return field.type != .date || !ColumnSurvey.mayBeSerial(text)
  }

  private func code(
    _ outcome: CellOutcome, _ column: BulkColumn, _ own: UInt32, _ buckets: inout [UInt64: UInt32]
  ) -> UInt32 {
    guard outcome.remarks.isEmpty, outcome.hold == nil, outcome.companions.isEmpty else { return own }
    func bucket(_ bits: UInt64) -> UInt32 {
      if let known = buckets[bits] { return known }
      let number = Self.firstBucket | UInt32(buckets.count)
      buckets[bits] = number
      return number
    }
    switch column.use {
    case .joint, .shape: return own
    case .single:
      guard let value = outcome.value else { return CellShape.blank }
      return demands.isAlwaysWritten(column.field, value) ? CellShape.kept : own
    case .birth:
      guard let value = outcome.value else { return CellShape.blank }
      guard let date = CalendarDate(iso: value), demands.isAlwaysWritten(column.field, value) else { return own }
      return bucket(BulkColumns.bucket(date, on: reader.context.day))
    case .area:
      guard let value = outcome.value else { return CellShape.blank }
      guard let postcode = try? Postcode(value), demands.isAlwaysWritten(column.field, value) else { return own }
      let area = postcode.isPlaceholder ? nil : postcodes?[postcode]
      return bucket(1 << 63 | (area.flatMap { UInt64($0.rawValue) } ?? 0xFFFF))
    }
  }

  /// A canonical value by its number, which is not 0.
  func value(_ place: Int, _ number: UInt32) -> String {
    state.withLock { $0.columns[place].values[Int(number) - 1] }
  }

  // MARK: Classes

  /// The number of the class with a signature, of which a row is at hand; nil where the file is not for the hot path.
  func rowClass(_ signature: [UInt32], _ record: @autoclosure () -> ScannedRecord) -> UInt32? {
    state.withLock { state in
      if let known = state.classNumbers[signature] { return known }
      guard state.classes.count < Self.mostClasses else { return nil }
      let record = record()
      guard PassedOverRow(record, columns: reader.columns) == nil else { return nil }
      let reading = reader.read(record)
      guard reading.proposals.isEmpty, reading.words.isEmpty, reading.hold != .cellsOutOfPlace else { return nil }
      let number = UInt32(state.classes.count)
      let decisive = Repeats.decisive.map { field -> UInt32 in
        // Rows of a group have the same names and date of birth; postcodes are as many as the rows.
        guard let value = reading.record[field], field.type != .name, field != .dateOfBirth, field != .postcode else {
          return 0
        }
        let key = "\(field.rawValue) \(value)"
        if let known = state.decisive[key] { return known }
        let new = UInt32(state.decisive.count + 1)
        state.decisive[key] = new
        return new
      }
      state.classes.append(
        BulkClass(record: record, reading: reading, decisive: decisive, signature: signature))
      state.classNumbers[signature] = number
      return number
    }
  }

  /// All classes, once every row was seen.
  var classes: [BulkClass] { state.withLock { $0.classes } }

  // MARK: Whole columns

  /// Whether a look at whole columns finds nothing that changes how cells are read: what it asks, it asks of each value.
  var hasPlainColumns: Bool {
    let texts = state.withLock { $0.columns.map(\.texts) }
    let width = reader.columns.names.count
    let longest = texts.map(\.count).max() ?? 0
    let rows = (0..<longest).map { number in
      var cells = Array(repeating: "", count: width)
      for (place, column) in columns.enumerated() {
        if let text = texts[place].element(at: number) { cells[column.index] = text }
      }
      return ScannedRecord(
        number: number, line: number, cells: cells, tooLong: [], hasLineBreaks: false, end: 0, misquotedCell: nil)
    }
    return ColumnSurvey.of(rows, columns: reader.columns, in: reader.context) == ColumnSurvey()
  }
}
