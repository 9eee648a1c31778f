// A sheet as the workbook lists it. Pure.

/// One sheet of a workbook.
package struct WorkbookSheet: Hashable, Sendable {
  package enum Visibility: String, Hashable, Sendable {
    case visible
    case hidden
    /// Hidden so that the menus do not offer to show it.
    case veryHidden
  }

  /// The name on the sheet's tab.
  package let name: String
  /// The sheet's place, from 1, hidden ones counted.
  package let number: Int
  package let visibility: Visibility
  /// Whether it is the one that was open when the workbook was saved.
  package let isActive: Bool
  /// Whether it has cells; a chart or a dialog has none and cannot be read.
  package let isWorksheet: Bool
  /// The name of its part in the archive; nil where the workbook names none.
  let entry: String?
}
