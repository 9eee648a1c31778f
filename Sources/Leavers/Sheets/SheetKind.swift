// What sheets there are: workbooks on the desk with a row for each thing that a person decides. Pure.

/// A sheet whose rows, put back on the desk, are a person's answers rather than an export of leavers.
package enum SheetKind: String, Sendable, Hashable, CaseIterable {
  /// Which of the returns that wait may go.
  case release
  /// What became of leavers who are missing from a full export.
  case questions
  /// What persons decided about a pupil: sharing refused, deceased, and what else the register holds.
  case register
  /// What words mean that stand where codes should.
  case words
  /// Whether pupils whom the school's own weights name are at risk of NEET.
  case risk

  /// The heading of the hidden column with the row keys. It tells the sheet also after it was saved as CSV, or by another
  /// program: no other file has such a heading.
  package var keyHeading: String { "leaverlink \(rawValue)" }

  /// The heading of that column in a sheet of pupils, which is an export when it comes back.
  package static let pupilsHeading = "leaverlink pupils"
}

/// The hidden keys of rows, as text.
package enum RowKeyText {
  /// What each begins with: a spreadsheet that opens a CSV takes twenty digits, or `12e456`, for a number and writes another.
  private static let mark: Character = "k"
  private static let digits = 20

  /// The key of hexadecimal digits.
  package static func of(digits: String) -> String { "\(mark)\(digits)" }

  /// A key as it stands in a cell. Sheets that were handed out before keys had their mark are understood.
  package static func read(_ cell: String) -> String {
    let text = cell.lowercased()
    return text.count == digits && text.allSatisfy(\.isHexDigit) ? of(digits: text) : text
  }
}
