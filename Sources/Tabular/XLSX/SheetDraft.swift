// A sheet of a workbook that is to be written. Pure.

/// A sheet: a heading row, which stays in view and is repeated in print, and rows under it.
package struct SheetDraft: Hashable, Sendable {
  /// On the tab: at most 31 characters, none of `[]:*?/\`, no apostrophe at an end.
  package var name: String
  package var columns: [ColumnDraft]
  /// Cells by column; a row may be shorter than the columns, its other cells are blank.
  package var rows: [[CellDraft]]
  /// Whether only cells that are not locked can be changed. There is no password: who must, can lift it.
  package var isProtected: Bool
  /// Whether rows may be added below the last: columns that are not locked can be changed there too.
  package var takesMoreRows: Bool
  /// Whether the headings offer to filter and sort.
  package var hasFilter: Bool
  package var isHidden: Bool

  package init(
    name: String, columns: [ColumnDraft], rows: [[CellDraft]] = [], isProtected: Bool = false,
    takesMoreRows: Bool = false, hasFilter: Bool = true, isHidden: Bool = false
  ) {
    self.name = name
    self.columns = columns
    self.rows = rows
    self.isProtected = isProtected
    self.takesMoreRows = takesMoreRows
    self.hasFilter = hasFilter
    self.isHidden = isHidden
  }

  /// A cell as it is to be written: what the row has, with the style that the column gives where it has none.
  func cell(_ row: Int, _ column: Int) -> CellDraft {
    var cell = column < rows[row].count ? rows[row][column] : .blank
    if cell.style == nil { cell.style = columns[column].isLocked ? .plain : .input }
    return cell
  }
}

extension SheetDraft: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The sheet's size, without its cells, which may be personal data.
  package var description: String { "SheetDraft(\(columns.count) columns, \(rows.count) rows)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
