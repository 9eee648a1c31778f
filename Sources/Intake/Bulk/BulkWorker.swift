// The first pass of the hot path: each row to the number of its class and what tells it from all others. One a thread.

import Glibc
import Leavers
package import Tabular

/// What the first pass keeps of each row, in the order of the file.
package struct BulkRows: Sendable {
  /// The number of the row's class.
  var classes: [UInt32] = []
  /// The UPN, or, where there is none, `noUPN` and a number of the postcode.
  var upns: [UInt64] = []
  /// The ULN; 0 where there is none.
  var ulns: [UInt64] = []
  /// Names and date of birth, and the same with the names the other way round; 0 where one is missing.
  var persons: [UInt64] = []
  var swapped: [UInt64] = []

  static let noUPN: UInt64 = 1 << 63

  package init() {}

  package var count: Int { classes.count }

  package mutating func append(_ other: BulkRows) {
    classes += other.classes
    upns += other.upns
    ulns += other.ulns
    persons += other.persons
    swapped += other.swapped
  }

  package mutating func reserve(_ count: Int) {
    classes.reserveCapacity(count)
    upns.reserveCapacity(count)
    ulns.reserveCapacity(count)
    persons.reserveCapacity(count)
    swapped.reserveCapacity(count)
  }
}

/// Looks at the cells of rows.
package struct BulkWorker: ~Copyable {
  private let registry: BulkRegistry
  private let columns: [BulkColumn]
  private let known: BulkValues
  private var signatures = ValueTable()
  private let knownAuthorities: [Bool]
  private let codes: UnsafeMutablePointer<UInt32>
  private let values: UnsafeMutablePointer<UInt32>
  // Places among the columns.
  private let upn, uln, surname, forename, birth, postcode, preferredSurname, preferredForename: Int?

  init(_ registry: BulkRegistry) {
    self.registry = registry
    columns = registry.columns
    known = BulkValues(registry)
    knownAuthorities = (0..<1000).map { UPNRule.isKnown(authority: $0) }
    // A table reads eight bytes at a time.
    codes = .allocate(capacity: registry.columns.count + 2)
    codes.initialize(repeating: 0, count: registry.columns.count + 2)
    values = .allocate(capacity: registry.columns.count)
    func place(_ field: Field) -> Int? { registry.columns.firstIndex { $0.field == field } }
    upn = place(.upn)
    uln = place(.uln)
    surname = place(.legalSurname)
    forename = place(.legalForename)
    birth = place(.dateOfBirth)
    postcode = place(.postcode)
    preferredSurname = place(.preferredSurname)
    preferredForename = place(.preferredForename)
  }

  deinit {
    codes.deallocate()
    values.deallocate()
  }

  /// Looks at all rows of a batch; false where the file is not for the hot path.
  package mutating func survey(_ batch: borrowing CSVBatch, into rows: inout BulkRows) -> Bool {
    for row in 0..<batch.count {
      // In a longer row a cell may be too long.
      if batch.range(row).count > ExportScan.cellLimit { return false }
      var upnNumber: UInt64?
      for place in 0..<columns.count {
        let cell = batch.cell(row, columns[place].index)
        var code = CellShape.other
        if case .shape(let kind) = columns[place].use, !cell.isEscaped, cell.count <= columns[place].longest {
          switch kind {
          case .upn: code = shape(ofUPN: cell.bytes, &upnNumber)
          case .uln: code = cell.count == 0 ? CellShape.blank : shape(ofULN: cell.bytes)
          case .name: code = CellShape.name(cell.bytes)
          case .text: code = CellShape.text(cell.bytes)
          case .email: code = CellShape.email(cell.bytes)
          case .postcode:
            code =
              cell.count == 0
              ? CellShape.blank : Postcode.isUsualForm(cell.bytes) ? CellShape.kept : CellShape.other
          case .phone:
            code =
              cell.count == 0
              ? CellShape.blank : PhoneNumber.isUsualForm(cell.bytes) ? CellShape.kept : CellShape.other
          }
        }
        if code == CellShape.other {
          guard let entry = known.entry(place, cell) else { return false }
          code = entry.code
          values[place] = entry.value
        }
        codes[place] = code
      }
      guard finish(batch, row, upnNumber, &rows) else { return false }
    }
    return true
  }

  private func shape(ofUPN bytes: UnsafeRawBufferPointer, _ number: inout UInt64?) -> UInt32 {
    if bytes.isEmpty { return CellShape.blank }
    switch UPN.usualForm(bytes) {
    case .permanent(let upn):
      guard knownAuthorities[UPN.UsualForm.authority(of: upn)] else { return CellShape.other }
      number = upn
      return CellShape.kept
    case .wrongCheckLetter: return CellShape.wrongCheckLetter
    case nil: return CellShape.other
    }
  }

  private func shape(ofULN bytes: UnsafeRawBufferPointer) -> UInt32 {
    ULN.usualForm(bytes) == nil ? CellShape.other : CellShape.kept
  }

  // MARK: The row

  private mutating func finish(
    _ batch: borrowing CSVBatch, _ row: Int, _ usualUPN: UInt64?, _ rows: inout BulkRows
  ) -> Bool {
    // A total, a repeated heading or a blank row may look like a pupil of whom little is known.
    if mayBePassedOver, PassedOverRow(record(batch, row), columns: registry.reader.columns) != nil {
      return false
    }
    let length = columns.count * MemoryLayout<UInt32>.size
    if let known = signatures.find(codes, length) {
      rows.classes.append(known.value)
    } else {
      let signature = Array(UnsafeBufferPointer(start: codes, count: columns.count))
      guard let new = registry.rowClass(signature, record(batch, row)) else { return false }
      signatures.add(codes, length, ValueTable.Entry(value: new))
      rows.classes.append(new)
    }
    if isSwapped(batch, row) { return false }
    rows.ulns.append(ulnNumber(batch, row))
    rows.upns.append(usualUPN ?? upnNumber(batch, row) ?? BulkRows.noUPN | postcodeNumber(batch, row) >> 1)
    let (person, swapped) = personNumbers(batch, row)
    rows.persons.append(person)
    rows.swapped.append(swapped)
    return true
  }

  /// Whether the date of birth is none that is sure, or few cells are filled.
  private var mayBePassedOver: Bool {
    guard let birth, codes[birth] >= BulkRegistry.firstBucket else { return true }
    var filled = 0
    for place in 0..<columns.count where codes[place] != CellShape.blank { filled += 1 }
    return filled <= 3
  }

  /// Whether the preferred names say the legal ones the other way round: `SwappedNames` asks about that.
  private func isSwapped(_ batch: borrowing CSVBatch, _ row: Int) -> Bool {
    guard let preferredSurname, let preferredForename, let surname, let forename,
      let other = nameNumber(preferredSurname, batch, row), let one = nameNumber(preferredForename, batch, row),
      one != other
    else { return false }
    return nameNumber(surname, batch, row) == one && nameNumber(forename, batch, row) == other
  }

  /// The row as the rules read it. It stands for its class, and has the number 1.
  private func record(_ batch: borrowing CSVBatch, _ row: Int) -> ScannedRecord {
    ScannedRecord(
      number: 1, line: 1, cells: batch.strings(row), tooLong: [], hasLineBreaks: false, end: 0,
      misquotedCell: nil)
  }

  /// The canonical value of a cell that is looked at by value.
  private func value(_ place: Int) -> String? {
    codes[place] < CellShape.first || values[place] == 0 ? nil : registry.value(place, values[place])
  }

  private func ulnNumber(_ batch: borrowing CSVBatch, _ row: Int) -> UInt64 {
    guard let uln else { return 0 }
    if codes[uln] == CellShape.kept { return ULN.usualForm(batch.cell(row, columns[uln].index).bytes) ?? 0 }
    return value(uln).flatMap { UInt64($0) } ?? 0
  }

  private func upnNumber(_ batch: borrowing CSVBatch, _ row: Int) -> UInt64? {
    upn.flatMap { value($0) }.flatMap { try? UPN($0) }?.number
  }

  private func postcodeNumber(_ batch: borrowing CSVBatch, _ row: Int) -> UInt64 {
    guard let postcode, codes[postcode] != CellShape.blank else { return 0 }
    if codes[postcode] == CellShape.kept {
      let cell = batch.cell(row, columns[postcode].index)
      return ValueTable.hash(cell.start, cell.count) | 2
    }
    guard values[postcode] != 0 else { return 0 }
    var text = Array(registry.value(postcode, values[postcode]).utf8)
    let count = text.count
    text += Array(repeating: 0, count: 8)
    return text.withUnsafeBytes { ValueTable.hash($0.baseAddress.unsafelyUnwrapped, count) } | 2
  }

  private func personNumbers(_ batch: borrowing CSVBatch, _ row: Int) -> (UInt64, UInt64) {
    guard let surname, let forename, let birth, codes[birth] != CellShape.blank, values[birth] != 0,
      let first = nameNumber(surname, batch, row), let second = nameNumber(forename, batch, row)
    else { return (0, 0) }
    let person = PersonNumber.of(first, second, birth: values[birth])
    return (person, first == second ? 0 : PersonNumber.of(second, first, birth: values[birth]))
  }

  private func nameNumber(_ place: Int, _ batch: borrowing CSVBatch, _ row: Int) -> UInt64? {
    switch codes[place] {
    case CellShape.blank: return nil
    case CellShape.kept, CellShape.oddName: return PersonNumber.ofLetters(batch.cell(row, columns[place].index).bytes)
    default: return value(place).map { PersonNumber.of($0) }
    }
  }
}
