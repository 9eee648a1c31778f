// Why a workbook cannot be written: what, where, and what to do. Pure; carries no cell's text, no heading or name.

/// A draft that no workbook can hold, or a workbook that could not be made.
package struct WorkbookWritingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong; open, so that further codes break nobody.
  package struct Code: Hashable, Sendable, CustomStringConvertible {
    private let name: String
    private init(_ name: String) { self.name = name }
    package var description: String { name }

    // The draft.

    package static let noVisibleSheet = Code("no-visible-sheet")
    package static let badSheetName = Code("bad-sheet-name")
    package static let duplicateSheetName = Code("duplicate-sheet-name")
    package static let noColumns = Code("no-columns")
    package static let tooManyColumns = Code("too-many-columns")
    package static let tooManyRows = Code("too-many-rows")
    /// A row with more cells than the sheet has columns.
    package static let rowTooLong = Code("row-too-long")
    package static let textTooLong = Code("text-too-long")
    /// Infinite, or not a number.
    package static let badNumber = Code("bad-number")
    /// A list of allowed answers with an empty one, or one twice.
    package static let badAnswers = Code("bad-answers")
    /// A column's width that is no number from 0 to 255.
    package static let badWidth = Code("bad-width")

    // The making.

    /// The directory for temporary files cannot be written to.
    package static let noDirectory = Code("no-directory")
    /// The library or the system refused, mostly for want of space or memory.
    package static let writing = Code("writing")
  }

  package let code: Code
  /// The sheet's place in the draft, from 1, where the error lies in one.
  package let sheet: Int?
  /// The row's number in the spreadsheet, from 1; the heading is row 1.
  package let row: Int?
  /// The column's number, from 1.
  package let column: Int?
  /// What is wrong, where, and what to do; no part of a cell.
  package let message: String

  package init(_ code: Code, sheet: Int? = nil, row: Int? = nil, column: Int? = nil, message: String) {
    self.code = code
    self.sheet = sheet
    self.row = row
    self.column = column
    self.message = message
  }

  package var description: String { message }
}
