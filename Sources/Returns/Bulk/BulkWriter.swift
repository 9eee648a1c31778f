// Writes rows by their forms, and reads back what was written. One a thread.

import Glibc
import Leavers
import Profiles
package import Tabular

/// Writes rows of batches into returns.
package struct BulkWriter: ~Copyable {
  private let scopes: BulkScopes
  /// The value of a number in the table at a place.
  private let valueOf: (Int, UInt32) -> String
  /// By the number of the column, then of the value.
  private var memory: [[Memory]]

  /// What is written for a value.
  private struct Memory {
    var text: [UInt8] = []
    var written: [UInt8] = []
    var isKnown = false
  }

  package init(_ scopes: BulkScopes, valueOf: @escaping (Int, UInt32) -> String) {
    self.scopes = scopes
    self.valueOf = valueOf
    memory = Array(repeating: [], count: scopes.valueNumbers)
  }

  /// Writes a row of a batch. False where a value says more than it may, or nothing that can be written.
  ///
  /// - Parameter number: the number of a cell's value in the table at a place.
  package mutating func write(
    _ form: BulkRowForm, row: Int, of batch: borrowing CSVBatch, to output: inout OutputBytes,
    number: (Int, CSVBatch.Cell) -> UInt32
  ) -> Bool {
    for place in 0..<form.pieces.count {
      let piece = form.pieces[place]
      switch piece.kind {
      case .bytes:
        form.bytes.withUnsafeBytes { bytes in
          output.append(
            UnsafeRawBufferPointer(
              start: bytes.baseAddress.unsafelyUnwrapped + Int(piece.start), count: Int(piece.count)))
        }
      case .cell, .upper, .lower: write(batch.cell(row, Int(piece.column)), piece.kind, form, to: &output)
      case .value:
        let value = form.values[Int(piece.start)]
        let known = Int(number(value.place, batch.cell(row, Int(piece.column))))
        guard isKnown(value, known) else { return false }
        memory[value.number][known].written.withUnsafeBytes { output.append($0) }
      }
    }
    return true
  }

  /// A cell of a usual shape holds no quotation mark, no line break, and ASCII only.
  private func write(
    _ cell: CSVBatch.Cell, _ kind: BulkRowForm.Piece.Kind, _ form: BulkRowForm, to output: inout OutputBytes
  ) {
    let isQuoted = form.isAlwaysQuoted || memchr(cell.start, Int32(form.delimiter), cell.count) != nil
    if isQuoted { output.append(0x22) }
    switch kind {
    case .upper: for byte in cell.bytes { output.append(Self.isSmall(byte) ? byte & 0xDF : byte) }
    case .lower: for byte in cell.bytes { output.append(Self.isCapital(byte) ? byte | 0x20 : byte) }
    default: output.append(cell.bytes)
    }
    if isQuoted { output.append(0x22) }
  }

  @inline(__always)
  private static func isSmall(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") }
  @inline(__always)
  private static func isCapital(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") }

  /// Whether it is known what is written for a value, after it was asked.
  private mutating func isKnown(_ value: BulkRowForm.Value, _ number: Int) -> Bool {
    if number < memory[value.number].count, memory[value.number][number].isKnown { return true }
    guard number != 0, let text = scopes.text(value, valueOf(value.place, UInt32(number))) else { return false }
    while memory[value.number].count <= number { memory[value.number].append(Memory()) }
    let scope = scopes.scopes[value.scope]
    memory[value.number][number] = Memory(
      text: text,
      written: BulkRowForm.written(text, scope.dialect, isAlone: scope.profile.columns.count == 1),
      isKnown: true)
    return true
  }

  // MARK: The self-check

  /// Reads back what was written of a batch into one return and compares it, cell by cell, with what the rows say.
  package mutating func isAsMeant(
    _ output: borrowing OutputBytes, _ rows: [(row: Int, form: BulkRowForm)], of batch: borrowing CSVBatch,
    number: (Int, CSVBatch.Cell) -> UInt32
  ) -> Bool {
    guard let first = rows.first else { return output.count == 0 }
    var reader = CSVReader(format: CSVFormat(scopes.scopes[first.form.scope].dialect))
    do throws(CSVError) {
      try output.withBytes { (bytes: UnsafeRawBufferPointer) throws(CSVError) -> Void in try reader.feed(bytes) }
      reader.end()
      var index = 0
      while try reader.next() {
        guard index < rows.count else { return false }
        let (row, form) = rows[index]
        index += 1
        for value in form.values
        where !isKnown(value, Int(number(value.place, batch.cell(row, column(of: value, form))))) {
          return false
        }
        let isSame = reader.rowSatisfies { says($0, form, row, batch, number) }
        guard isSame else { return false }
      }
      return index == rows.count
    } catch {
      return false
    }
  }

  private func column(of value: BulkRowForm.Value, _ form: BulkRowForm) -> Int { Int(form.cells[value.column].column) }

  private func says(
    _ read: borrowing CSVRow, _ form: BulkRowForm, _ row: Int, _ batch: borrowing CSVBatch,
    _ number: (Int, CSVBatch.Cell) -> UInt32
  ) -> Bool {
    guard read.count == form.cells.count else { return false }
    return form.cells.withUnsafeBufferPointer { cells in
      for place in cells.indices {
        guard isSame(read, place, cells[place], form, row, batch, number) else { return false }
      }
      return true
    }
  }

  private func isSame(
    _ read: borrowing CSVRow, _ place: Int, _ piece: BulkRowForm.Piece, _ form: BulkRowForm, _ row: Int,
    _ batch: borrowing CSVBatch, _ number: (Int, CSVBatch.Cell) -> UInt32
  ) -> Bool {
    switch piece.kind {
    case .bytes:
      return form.texts.withUnsafeBytes { texts in
        read.isEqual(
          place, to: UnsafeRawBufferPointer(rebasing: texts[Int(piece.start)..<Int(piece.start + piece.count)]))
      }
    case .cell: return read.isEqual(place, to: batch.cell(row, Int(piece.column)).bytes)
    case .upper, .lower:
      let cell = batch.cell(row, Int(piece.column)).bytes
      return withUnsafeTemporaryAllocation(byteCount: max(1, cell.count), alignment: 1) { meant in
        for index in 0..<cell.count {
          let byte = cell[index]
          meant[index] =
            piece.kind == .upper ? (Self.isSmall(byte) ? byte & 0xDF : byte) : Self.isCapital(byte) ? byte | 0x20 : byte
        }
        return read.isEqual(place, to: UnsafeRawBufferPointer(start: meant.baseAddress, count: cell.count))
      }
    case .value:
      let value = form.values[Int(piece.start)]
      let known = Int(number(value.place, batch.cell(row, Int(piece.column))))
      return memory[value.number][known].text.withUnsafeBytes { read.isEqual(place, to: $0) }
    }
  }
}
