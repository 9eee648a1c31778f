// Why a CSV file cannot be read or written: what, where, and what to do. Pure; carries no cell's text.

/// A file that cannot be read as rows, or rows that cannot be written.
package struct CSVError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong; open, so that further codes break nobody.
  package struct Code: Hashable, Sendable, CustomStringConvertible {
    private let name: String
    private init(_ name: String) { self.name = name }
    package var description: String { name }

    /// A quote was opened and never closed; `line` is where it was opened.
    package static let unclosedQuote = Code("unclosed-quote")
    /// A byte 0 in the text: the file is not text, or is damaged.
    package static let nulByte = Code("nul-byte")
    /// The bytes are not text in the encoding.
    package static let undecodable = Code("undecodable")
    package static let tooManyBytes = Code("too-many-bytes")
    package static let tooManyRows = Code("too-many-rows")
    package static let tooManyColumns = Code("too-many-columns")
    package static let cellTooLong = Code("cell-too-long")
    /// The file has no row at all, where one was needed for the header.
    package static let noHeader = Code("no-header")
    /// Writing: a character that the encoding does not have.
    package static let unencodable = Code("unencodable")
    /// Writing: a row without cells, or a header of another length than its rows.
    package static let noCells = Code("no-cells")
  }

  package let code: Code
  /// The line of the file, from 1; 0 where no line can be named.
  package let line: Int
  /// The record's number, from 1, where one is known.
  package let row: Int?
  /// The cell's number within the row, from 1, where one is known.
  package let column: Int?
  /// What is wrong, where, and what to do; no part of a cell.
  package let message: String

  package init(_ code: Code, line: Int, row: Int? = nil, column: Int? = nil, message: String) {
    self.code = code
    self.line = line
    self.row = row
    self.column = column
    self.message = message
  }

  package var description: String { message }
}
