// One record as a view on the reader's buffer: bytes and offsets, strings only when asked for. Pure.

import Glibc

/// Where a cell lies in its row.
struct CSVCell {
  enum Form: UInt8 {
    case plain
    /// In quotes, with none inside: the content is what lies between.
    case quoted
    /// In quotes, with doubled quotes inside, or with text after the closing quote.
    case escaped
  }
  /// Offsets from the row's first byte, quotes included.
  var start: UInt32
  var end: UInt32
  var form: Form
}

/// One record of a CSV file, borrowed from the reader for as long as a closure runs.
package struct CSVRow: ~Copyable {
  /// The record's number, from 1; the header and blank lines count, as in a spreadsheet.
  package let number: Int
  /// The line of the file on which the record begins, from 1; line breaks inside cells count.
  package let line: Int
  /// Offset of the record's first byte in the file (of its UTF-8 form, where the file is UTF-16).
  package let offset: Int
  /// How many cells the record has. Ragged rows have more or fewer than the header.
  package let count: Int
  /// The first cell, from 0, with text after its closing quote (`"O"Brien`), whose content is therefore doubtful: what
  /// stands outside the quotes was kept. Nil where there is none.
  package let misquotedCell: Int?
  /// Windows-1252, else UTF-8.
  let encoding: TextEncoding
  let base: UnsafeRawPointer
  let length: Int
  let cells: UnsafePointer<CSVCell>

  /// The record's own bytes without the line end, as they stand in the file.
  package func withRawBytes<Value, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try body(UnsafeRawBufferPointer(start: base, count: length))
  }

  /// Where a cell lies in the file (in its UTF-8 form, where the file is UTF-16), quotes included; nil where the row has
  /// no such cell. `index` from 0.
  package func place(_ index: Int) -> Range<Int>? {
    guard index >= 0, index < count else { return nil }
    return offset + Int(cells[index].start)..<offset + Int(cells[index].end)
  }

  /// The content of a cell in the file's encoding (UTF-8 or Windows-1252), quotes taken off; nil where the row has no
  /// such cell. `index` from 0.
  package func withBytes<Value, Failure: Error>(
    _ index: Int, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
  ) throws(Failure) -> Value? {
    guard index >= 0, index < count else { return nil }
    let cell = cells[index]
    let (start, end) = (Int(cell.start), Int(cell.end))
    switch cell.form {
    case .plain: return try body(UnsafeRawBufferPointer(start: base + start, count: end - start))
    case .quoted: return try body(UnsafeRawBufferPointer(start: base + start + 1, count: end - start - 2))
    case .escaped:
      let content = unescaped(start, end)
      let result = content.withUnsafeBytes { bytes -> Result<Value, Failure> in
        do throws(Failure) { return .success(try body(bytes)) } catch { return .failure(error) }
      }
      return try result.get()
    }
  }

  /// Whether the content of a cell, as `withBytes` lends it, is these bytes; false where the row has no such cell.
  package func isEqual(_ index: Int, to bytes: UnsafeRawBufferPointer) -> Bool {
    guard index >= 0, index < count else { return false }
    let cell = cells[index]
    let (start, end) = (Int(cell.start), Int(cell.end))
    let content: UnsafeRawBufferPointer
    switch cell.form {
    case .plain: content = UnsafeRawBufferPointer(start: base + start, count: end - start)
    case .quoted: content = UnsafeRawBufferPointer(start: base + start + 1, count: end - start - 2)
    case .escaped: return unescaped(start, end).elementsEqual(bytes)
    }
    guard content.count == bytes.count else { return false }
    guard let one = content.baseAddress, let other = bytes.baseAddress, bytes.count > 0 else { return true }
    return memcmp(one, other, bytes.count) == 0
  }

  /// The content of a cell; nil where the row has no such cell. `index` from 0.
  package func string(_ index: Int) -> String? {
    guard index >= 0, index < count else { return nil }
    let cell = cells[index]
    let (start, end) = (Int(cell.start), Int(cell.end))
    switch cell.form {
    case .plain: return Self.text(UnsafeRawBufferPointer(start: base + start, count: end - start), encoding)
    case .quoted: return Self.text(UnsafeRawBufferPointer(start: base + start + 1, count: end - start - 2), encoding)
    case .escaped: return Self.text(unescaped(start, end), encoding)
    }
  }

  /// All cells.
  package var strings: [String] {
    var result: [String] = []
    result.reserveCapacity(count)
    for index in 0..<count { result.append(string(index) ?? "") }
    return result
  }

  /// Whether all cells are empty or hold nothing but spaces: a line of commas below the data.
  package var isBlank: Bool {
    for index in 0..<count {
      let cell = cells[index]
      for offset in Int(cell.start)..<Int(cell.end) {
        let byte = base.load(fromByteOffset: offset, as: UInt8.self)
        if byte != 0x20 && byte != 0x09 && byte != 0x22 { return false }
      }
    }
    return true
  }

  private static func text(_ bytes: some Collection<UInt8>, _ encoding: TextEncoding) -> String {
    if encoding == .windows1252, bytes.contains(where: { $0 >= 0x80 }) {
      var result = String()
      result.reserveCapacity(bytes.count + 8)
      for byte in bytes { result.unicodeScalars.append(Windows1252.scalar(byte)) }
      return result
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The content of a cell that begins with a quote: doubled quotes made one, the closing quote taken off.
  private func unescaped(_ start: Int, _ end: Int) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(end - start)
    var index = start + 1
    var closed = false
    while index < end {
      let byte = base.load(fromByteOffset: index, as: UInt8.self)
      index += 1
      if byte == 0x22, !closed {
        if index < end, base.load(fromByteOffset: index, as: UInt8.self) == 0x22 {
          index += 1
        } else {
          closed = true
          continue
        }
      }
      result.append(byte)
    }
    return result
  }
}
