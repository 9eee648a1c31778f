// Which sheet of a workbook the records are from, and what else there is to say of the workbook. A value.

/// The sheet that was taken.
struct SheetSource: Sendable {
  /// Something to say of the workbook as a whole. `sheetName` may be personal: it is shown on the desk only.
  struct Note: Sendable {
    let remark: Remark
    let sheetName: String?
  }

  /// The sheet's place, from 1, hidden ones counted.
  let number: Int
  let notes: [Note]
  /// The last column, from 1, that has content or is merged with one that has.
  let lastColumn: Int
  /// Rows below the headings that are hidden.
  let hiddenRows: Int
  /// Columns, from 0, with values of formulas that nobody calculated since the workbook was written.
  let uncalculated: Set<Int>
  /// What a checked workbook of ours carries out of sight; nil in any other.
  let reference: String?

  /// What stands for the encoding of a text in the summary of a reading.
  static let encoding = "xlsx"
}
