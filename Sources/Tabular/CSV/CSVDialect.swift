// How a file of rows is written as text: delimiter, quotes, line ends, encoding. Pure.

/// The dialect of a CSV file.
package struct CSVDialect: Hashable, Sendable {
  /// What stands between cells.
  package enum Delimiter: UInt8, Hashable, Sendable, CaseIterable {
    case comma = 0x2C
    case semicolon = 0x3B
    case tab = 0x09
    case bar = 0x7C

    /// By its name in configuration, `comma`, `semicolon`, `tab`, `bar`, or by the character itself.
    package init?(name: String) {
      switch name.lowercased() {
      case "comma", ",": self = .comma
      case "semicolon", ";": self = .semicolon
      case "tab", "\t": self = .tab
      case "bar", "|": self = .bar
      default: return nil
      }
    }
  }

  /// When a cell is written in quotes.
  package enum Quoting: String, Hashable, Sendable, CaseIterable {
    /// Only where it must be.
    case minimal
    /// Every cell.
    case always
  }

  /// What ends a row.
  package enum Newline: String, Hashable, Sendable, CaseIterable {
    case crlf
    case lf

    package var bytes: [UInt8] { self == .crlf ? [0x0D, 0x0A] : [0x0A] }
  }

  /// What becomes of a cell that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a
  /// carriage return).
  package enum Formulas: String, Hashable, Sendable, CaseIterable {
    /// Written as it is: for machines.
    case asIs = "as-is"
    /// Written with an apostrophe before it: for people who open the file in a spreadsheet. The reader does not take
    /// the apostrophe off again.
    case neutralised
  }

  package var delimiter: Delimiter
  package var quoting: Quoting
  package var newline: Newline
  package var encoding: TextEncoding
  /// Whether the file begins with a byte order mark. Windows-1252 has none.
  package var byteOrderMark: Bool
  package var formulas: Formulas

  package init(
    delimiter: Delimiter = .comma, quoting: Quoting = .minimal, newline: Newline = .crlf,
    encoding: TextEncoding = .utf8, byteOrderMark: Bool = false, formulas: Formulas = .asIs
  ) {
    self.delimiter = delimiter
    self.quoting = quoting
    self.newline = newline
    self.encoding = encoding
    self.byteOrderMark = byteOrderMark
    self.formulas = formulas
  }

  /// RFC 4180 in UTF-8: commas, quotes where needed, CRLF.
  package static let standard = CSVDialect()
}
