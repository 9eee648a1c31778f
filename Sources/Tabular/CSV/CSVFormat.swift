// What a file turned out to be: encoding, byte order mark, delimiter, line ends. Pure.

/// How a file is written, as found by `CSVSurvey`.
package struct CSVFormat: Hashable, Sendable {
  package var encoding: TextEncoding
  package var byteOrderMark: Bool
  package var delimiter: CSVDialect.Delimiter
  package var newline: CSVDialect.Newline

  package init(
    encoding: TextEncoding = .utf8, byteOrderMark: Bool = false, delimiter: CSVDialect.Delimiter = .comma,
    newline: CSVDialect.Newline = .crlf
  ) {
    self.encoding = encoding
    self.byteOrderMark = byteOrderMark
    self.delimiter = delimiter
    self.newline = newline
  }

  /// The format of files written in a dialect.
  package init(_ dialect: CSVDialect) {
    self.init(
      encoding: dialect.encoding, byteOrderMark: dialect.byteOrderMark, delimiter: dialect.delimiter,
      newline: dialect.newline)
  }

  /// The dialect to write a file in that looks like this one: to hand a person's file back to them.
  package var dialect: CSVDialect {
    CSVDialect(delimiter: delimiter, newline: newline, encoding: encoding, byteOrderMark: byteOrderMark)
  }
}
