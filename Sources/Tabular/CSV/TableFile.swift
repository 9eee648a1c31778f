// A small file as header and rows of strings, whole in memory. Pure.

/// A CSV file with a header, whole in memory: code tables, acknowledgements, surveys. For exports of any size,
/// `CSVReader`.
package struct TableFile: Sendable {
  package let format: CSVFormat
  /// The header's cells without blanks at their ends.
  package let header: [String]
  /// The line on which the header begins, from 1.
  package let headerLine: Int
  package let rows: [TableRow]
  private let columns: [String: Int]

  /// Reads a file. Its format is found out unless given; then the bytes must be text in the encoding given.
  package init(_ bytes: [UInt8], format given: CSVFormat? = nil, limits: CSVLimits = CSVLimits()) throws(CSVError) {
    let format = given ?? CSVSurvey.format(of: bytes)
    if format.encoding == .utf8, let position = bytes.withUnsafeBytes(UTF8Check.firstInvalid) {
      let line = Self.line(of: position, in: bytes)
      throw CSVError(
        .undecodable, line: line, message: "line \(line): the text is not utf-8; save the file as CSV UTF-8")
    }
    var header: (cells: [String], line: Int)?
    var rows: [TableRow] = []
    do {
      try CSVReader.forEachRow(of: bytes, format: format, limits: limits) { row in
        if header == nil {
          header = (row.strings.map(Self.trimmed), row.line)
        } else {
          rows.append(
            TableRow(number: row.number, line: row.line, cells: row.strings, misquotedCell: row.misquotedCell))
        }
      }
    } catch let error as CSVError {
      throw error
    } catch {
      // The closure above throws nothing; the reader throws its own error only.
      throw CSVError(.undecodable, line: 0, message: "the file cannot be read")
    }
    guard let header else {
      throw CSVError(.noHeader, line: 0, message: "the file is empty; its first row must name the columns")
    }
    self.format = format
    self.header = header.cells
    headerLine = header.line
    self.rows = rows
    columns = Dictionary(
      header.cells.enumerated().map { ($1.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The place, from 0, of the first column with this name; case does not matter.
  package func column(_ name: String) -> Int? { columns[Self.trimmed(name).lowercased()] }

  /// The names that stand in the header more than once.
  package var repeatedColumns: [String] {
    var seen: Set<String> = []
    return header.filter { !$0.isEmpty && !seen.insert($0.lowercased()).inserted }
  }

  /// The content of a row's cell by the column's name; nil where there is no such column or the row is too short.
  package func cell(_ row: TableRow, _ name: String) -> String? {
    column(name).flatMap { row.cells.indices.contains($0) ? row.cells[$0] : nil }
  }

  /// The rows that have more or fewer cells than the header.
  package var raggedRows: [TableRow] { rows.filter { $0.cells.count != header.count } }

  private static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    func isBlank(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isWhitespace || scalar == "\u{FEFF}" || scalar == "\u{200B}"
    }
    guard let first = scalars.firstIndex(where: { !isBlank($0) }), let last = scalars.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(scalars[first...last])
  }

  private static func line(of position: Int, in bytes: [UInt8]) -> Int {
    var line = 1
    for index in 0..<position where bytes[index] == 0x0A || (bytes[index] == 0x0D && bytes[index + 1] != 0x0A) {
      line += 1
    }
    return line
  }
}

/// One row of a `TableFile`.
package struct TableRow: Hashable, Sendable {
  /// The record's number, from 1; the header and blank lines count, as in a spreadsheet.
  package let number: Int
  /// The line on which it begins, from 1.
  package let line: Int
  package let cells: [String]
  /// The first cell, from 0, with text after its closing quote; nil where there is none.
  package let misquotedCell: Int?

  /// Whether all cells are empty or blank.
  package var isBlank: Bool { cells.allSatisfy { $0.unicodeScalars.allSatisfy(\.properties.isWhitespace) } }
}

extension TableFile: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Counts only: cells may be personal data.
  package var description: String { "TableFile(\(header.count) columns, \(rows.count) rows)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

extension TableRow: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Counts only: cells may be personal data.
  package var description: String { "TableRow(row \(number), \(cells.count) cells)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
