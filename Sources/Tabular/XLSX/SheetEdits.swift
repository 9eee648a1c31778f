// What is to be written into a sheet of a workbook. A value; does not print.

/// Texts and colours for the cells of one sheet. Rows and columns from 1.
package struct SheetEdits: Sendable {
  /// What colour a cell gets.
  package enum Colour: UInt8, Hashable, Sendable, CaseIterable {
    /// Light amber.
    case doubtful
    /// Light red.
    case wrong
  }

  /// What is to be written into one row.
  package struct Row: Sendable {
    /// Column → text, in place of what the cell holds. Never a formula, however it begins. An empty text empties a cell.
    package var texts: [Int: String]
    /// Column → colour. A cell of the row that is not named here loses a colour that an earlier edit gave it.
    package var colours: [Int: Colour]

    package init(texts: [Int: String] = [:], colours: [Int: Colour] = [:]) {
      self.texts = texts
      self.colours = colours
    }
  }

  /// Row → what is to be written into it.
  package var rows: [Int: Row]
  /// The row whose texts look like the cells to their left: the headings.
  package var headerRow: Int?

  package init(rows: [Int: Row] = [:], headerRow: Int? = nil) {
    self.rows = rows
    self.headerRow = headerRow
  }
}

extension SheetEdits: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Counts only: the texts may name headings and rows of pupils.
  package var description: String { "SheetEdits(\(rows.count) rows)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
