// Which record holds the headings, and what each column means. Pure.

import Leavers
import Profiles

/// The headings of an export and the fields that they stand for.
struct ExportColumns: Sendable {
  /// Place of the header among the scanned records.
  let headerIndex: Int
  /// The headings as they stand in the file, without blanks at their ends.
  let names: [String]
  /// The field of each column; nil for one that is not known or that repeats another.
  let fields: [Field?]
  /// Columns, from 0, that nobody knows.
  let unknown: [Int]
  /// Columns, from 0, that mean what an earlier one means.
  let repeated: [Int]
  /// Field → those columns: where the first is blank, the next that is filled stands for it (`Telephone`, `Mobile`).
  let alternatives: [Field: [Int]]
  /// Field → column, from 0.
  let positions: [Field: Int]
  /// Part of an address → column, from 0.
  let parts: [AddressPart: Int]
  /// Number of columns up to the last one with a heading.
  let width: Int
  /// The column, from 0, with the row keys of a sheet of our own.
  let keyColumn: Int?

  /// How far down the headings are looked for: reports print a title, the school and a date above them.
  static let headerDepth = 10

  /// The columns that `CheckedFile` adds: whoever corrects that file and hands it in again is not told about them.
  static let ownHeadings: Set<String> = Set(
    [CheckedFile.resultHeading, CheckedFile.errorsHeading, CheckedTransferFile.numberHeading].map(HeaderMap.key))

  /// What tells whom a row is about: headings without any of it are none.
  private static let telling: Set<Field> = [.upn, .legalSurname, .uln, .admissionNumber]

  /// Finds the header among the first records: the first with a heading for an identifier or surname and one more.
  static func find(in records: [ScannedRecord], map: HeaderMap) -> ExportColumns? {
    for (index, record) in records.prefix(headerDepth).enumerated() {
      // A sheet of our own has our own headings, whatever the school's system calls them.
      let map = record.cells.contains(where: isKeyHeading) ? PupilsSheet.map : map
      let fields = Set(record.cells.compactMap { map.field(for: $0) })
      if fields.count >= 2, !fields.isDisjoint(with: telling) {
        return ExportColumns(headerIndex: index, record: record, part: map.part) { map.field(for: $1) }
      }
    }
    return nil
  }

  private static func isKeyHeading(_ cell: String) -> Bool {
    HeaderMap.key(cell) == HeaderMap.key(SheetKind.pupilsHeading)
  }

  /// Columns whose fields are known without a header map, under the first record.
  init(header: ScannedRecord, fields: [Field]) {
    self.init(headerIndex: 0, record: header, part: { _ in nil }) { index, _ in fields.element(at: index) }
  }

  private init(
    headerIndex: Int, record: ScannedRecord, part: (String) -> AddressPart?, meaning: (Int, String) -> Field?
  ) {
    self.headerIndex = headerIndex
    names = record.cells.map(\.trimmedOfBlanks)
    keyColumn = names.firstIndex(where: Self.isKeyHeading)
    width = (names.lastIndex { !$0.isEmpty } ?? -1) + 1
    var fields: [Field?] = []
    var positions: [Field: Int] = [:]
    var unknown: [Int] = []
    var repeated: [Int] = []
    var alternatives: [Field: [Int]] = [:]
    var parts: [AddressPart: Int] = [:]
    for (index, name) in names.enumerated() {
      guard let field = meaning(index, name) else {
        fields.append(nil)
        if let part = part(name), parts[part] == nil {
          parts[part] = index
          continue
        }
        if !name.isEmpty, index != keyColumn, !Self.ownHeadings.contains(HeaderMap.key(name)) { unknown.append(index) }
        continue
      }
      if let earlier = positions[field], field.type == .name, Self.isLegal(name), !Self.isLegal(names[earlier]) {
        // "Surname" beside "Legal Surname" is the preferred one.
        fields[earlier] = nil
        repeated.append(earlier)
        alternatives[field, default: []].append(earlier)
        positions[field] = index
        fields.append(field)
      } else if positions[field] == nil {
        positions[field] = index
        fields.append(field)
      } else {
        fields.append(nil)
        repeated.append(index)
        alternatives[field, default: []].append(index)
      }
    }
    self.fields = fields
    self.positions = positions
    self.unknown = unknown
    self.repeated = repeated
    self.alternatives = alternatives
    self.parts = parts
  }

  private static func isLegal(_ heading: String) -> Bool { HeaderMap.key(heading).hasPrefix("legal") }

  /// The identity columns that are missing: without them nobody can be told apart.
  var missingIdentity: [Field] { [.legalSurname, .legalForename, .dateOfBirth].filter { positions[$0] == nil } }

  /// The field of each column, of those as well that mean what an earlier one means.
  var allFields: [Field] {
    fields.indices.compactMap { index in
      fields[index] ?? alternatives.first { $0.value.contains(index) }?.key
    }
  }

  /// The fields that the export has a column for, or parts of which one is made.
  var present: Set<Field> { Set(positions.keys).union(parts.isEmpty ? [] : [.addressLine1]) }

  /// How many fields and parts of an address there is a column for.
  var known: Int { positions.count + parts.count }

  /// Canonical names of the columns for the record of the reading, `?` for those not kept.
  var canonicalNames: [String] {
    let parts = Set(parts.values)
    return fields.prefix(width).enumerated().map { index, field in
      (parts.contains(index) ? .addressLine1 : field)?.rawValue ?? "?"
    }
  }

  /// Whether a column, from 0, is one that `CheckedFile` added.
  func isOwn(_ index: Int) -> Bool {
    names.element(at: index).map { Self.ownHeadings.contains(HeaderMap.key($0)) } == true
  }

  /// Whether they are those of the table that is handed back for a Common Transfer File.
  var isOfTransferFile: Bool {
    names.contains { HeaderMap.key($0) == HeaderMap.key(CheckedTransferFile.numberHeading) }
  }

  /// The two columns, from 0, that an earlier checked file added, side by side. One of them alone, or a heading of the
  /// same name elsewhere, may be the school's own.
  var ownPair: (result: Int, errors: Int)? {
    let keys = names.map { HeaderMap.key($0) }
    let (result, errors) = (HeaderMap.key(CheckedFile.resultHeading), HeaderMap.key(CheckedFile.errorsHeading))
    for index in keys.indices.dropFirst() where keys[index - 1] == result && keys[index] == errors {
      return (index - 1, index)
    }
    return nil
  }

  /// Whether a record repeats the headings.
  func isHeader(_ record: ScannedRecord) -> Bool {
    var same = 0
    for (index, cell) in record.cells.enumerated() {
      let text = cell.trimmedOfBlanks
      if text.isEmpty { continue }
      guard index < names.count, HeaderMap.key(text) == HeaderMap.key(names[index]) else { return false }
      same += 1
    }
    return same >= 2
  }
}
