// Rows of strings to the bytes of a CSV file; the same rows and dialect give the same bytes. Pure.

/// Writes rows in a dialect.
package struct CSVWriter: Sendable {
  package let dialect: CSVDialect
  /// The bytes written so far, the byte order mark included.
  package private(set) var bytes: [UInt8]
  /// Rows written so far.
  package private(set) var rows = 0

  package init(_ dialect: CSVDialect = .standard) {
    self.dialect = dialect
    bytes = dialect.byteOrderMark ? dialect.encoding.byteOrderMark : []
  }

  /// Writes one row. Fails on a row without cells, on a character that the encoding does not have, and on the character
  /// NUL, which no reader takes; then nothing of the row is written.
  package mutating func write(_ cells: [String]) throws(CSVError) {
    guard !cells.isEmpty else {
      throw CSVError(.noCells, line: 0, row: rows + 1, message: "row \(rows + 1) has no cells")
    }
    let start = bytes.count
    let ascii = dialect.encoding.isASCIICompatible
    for (index, cell) in cells.enumerated() {
      if index > 0 { appendASCII(dialect.delimiter.rawValue, single: ascii) }
      do throws(CSVError) {
        try write(cell, column: index + 1, alone: cells.count == 1)
      } catch {
        bytes.removeSubrange(start...)
        throw error
      }
    }
    for byte in dialect.newline.bytes { appendASCII(byte, single: ascii) }
    rows += 1
  }

  /// The bytes of a whole file.
  package static func bytes(of rows: some Sequence<[String]>, in dialect: CSVDialect = .standard) throws(CSVError)
    -> [UInt8]
  {
    var writer = CSVWriter(dialect)
    for row in rows { try writer.write(row) }
    return writer.bytes
  }

  /// A cell as a person's spreadsheet can safely open it: with an apostrophe before what it would take for a formula.
  package static func neutralised(_ cell: String) -> String {
    switch cell.utf8.first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D: "'" + cell
    default: cell
    }
  }

  private mutating func appendASCII(_ byte: UInt8, single: Bool) {
    switch dialect.encoding {
    case .utf8, .windows1252: bytes.append(byte)
    case .utf16LittleEndian: bytes.append(contentsOf: [byte, 0])
    case .utf16BigEndian: bytes.append(contentsOf: [0, byte])
    }
  }

  private mutating func write(_ text: String, column: Int, alone: Bool) throws(CSVError) {
    let cell = dialect.formulas == .neutralised ? Self.neutralised(text) : text
    var needsQuotes = dialect.quoting == .always || (alone && cell.isEmpty)
    var hasQuotes = false
    for (offset, byte) in cell.utf8.enumerated() {
      switch byte {
      case 0x22: (needsQuotes, hasQuotes) = (true, true)
      case 0x0A, 0x0D, dialect.delimiter.rawValue: needsQuotes = true
      case 0:
        throw CSVError(
          .nulByte, line: 0, row: rows + 1, column: column,
          message: "row \(rows + 1), column \(column): the cell holds the character NUL; remove it")
      // U+FEFF at the beginning of a file would be taken for a byte order mark.
      case 0xEF where offset == 0 && bytes.isEmpty: needsQuotes = true
      default: continue
      }
    }
    let single = dialect.encoding.isASCIICompatible
    if needsQuotes { appendASCII(0x22, single: single) }
    do throws(TextEncodingError) {
      try dialect.encoding.encode(hasQuotes ? Self.doubled(cell) : cell, into: &bytes)
    } catch {
      throw CSVError(
        .unencodable, line: 0, row: rows + 1, column: column,
        message:
          "row \(rows + 1), column \(column): character \(Self.position(cell, dialect.encoding)) does not exist in "
          + "\(dialect.encoding); use encoding utf-8 for this file")
    }
    if needsQuotes { appendASCII(0x22, single: single) }
  }

  /// The text with every quote written twice. By code points: a quote before a combining accent is one `Character`.
  private static func doubled(_ cell: String) -> String {
    var result = String()
    result.reserveCapacity(cell.utf8.count + 8)
    for scalar in cell.unicodeScalars {
      if scalar == "\"" { result.unicodeScalars.append(scalar) }
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  /// The place, from 1, of the first character of a cell that the encoding does not have.
  private static func position(_ cell: String, _ encoding: TextEncoding) -> Int {
    do throws(TextEncodingError) {
      _ = try encoding.encode(cell)
      return 0
    } catch {
      return error.position
    }
  }
}

extension CSVWriter: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Counts only: the bytes may be personal data.
  package var description: String { "CSVWriter(\(rows) rows, \(bytes.count) bytes)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
