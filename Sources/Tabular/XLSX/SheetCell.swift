// A cell of a sheet. Pure.

/// A cell with what a spreadsheet knows of it.
package struct SheetCell: Hashable, Sendable {
  package enum Kind: UInt8, Hashable, Sendable {
    /// Without content; also a formula whose value the file does not hold.
    case blank
    case text
    case number
    /// A day, a day with a time, or a time.
    case date
    /// `TRUE` or `FALSE`.
    case boolean
    /// An error of a formula, such as `#N/A`.
    case error
  }

  package let kind: Kind
  /// What a person would find in a CSV export: dates as ISO 8601, numbers without exponent.
  package let text: String
  /// The number behind a number or a date; nil for other kinds, and for a date that the file holds as text.
  package let number: Double?
  /// The code of the cell's number format, such as `dd/mm/yyyy`; `General` where it has none.
  package let formatCode: String
  /// Whether a formula gave the content, when the workbook was last calculated.
  package let isFormula: Bool
  /// Whether the cell has a formula and the file does not hold its value: it was written by a program that does not
  /// calculate, and has to be opened and saved in a spreadsheet program.
  package let lacksValue: Bool
}

extension SheetCell: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Without the text, which may be personal data.
  package var description: String { "SheetCell(\(kind))" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// Where a cell's content lies in its row.
struct SheetCellRecord {
  var kind = SheetCell.Kind.blank
  var isFormula = false
  var lacksValue = false
  /// The number of the shared string that the content is; below zero where it lies in the row.
  var shared: Int32 = -1
  var style: Int32 = 0
  /// The text, in the row's bytes.
  var start: Int32 = 0
  var end: Int32 = 0
  /// The number as the file has it, in the row's bytes; empty where there is none.
  var rawStart: Int32 = 0
  var rawEnd: Int32 = 0

  var hasContent: Bool { kind != .blank || lacksValue }
}
