// The export's own workbook with two more columns, and wrong cells coloured. Pure.

import Leavers
import Ledger
import Tabular

/// Writes the checked file of a workbook.
enum CheckedWorkbook {
  /// The hidden name under which it carries the reference by which it is known when it comes back.
  static let referenceName = "_leaverlink_reference"

  /// The workbook as it was, with what is wrong beside each row of the sheet that was taken.
  static func edited(
    _ export: [UInt8], layout: SheetLayout, rows: [ExaminedRow], report: RowReport
  ) throws(WorkbookError) -> WorkbookEditor.Edited {
    var edits = SheetEdits(headerRow: layout.headerNumber)
    // Headings of an earlier check stay as they are.
    if layout.resultColumn > layout.width {
      edits.rows[layout.headerNumber] = SheetEdits.Row(texts: [
        layout.resultColumn: CheckedFile.resultHeading, layout.errorsColumn: CheckedFile.errorsHeading,
      ])
    }
    for row in rows {
      edits.rows[row.rowNumber] = SheetEdits.Row(
        texts: [layout.resultColumn: report.verdict(row), layout.errorsColumn: report.errors(row)],
        colours: colours(row))
    }
    return try WorkbookEditor.edit(
      export, sheet: layout.sheet, edits, constant: report.reference.map { (referenceName, $0) },
      limits: WorkbookScan.limits)
  }

  /// Which cells of a row are wrong, and which are to be looked at. A note is no reason for a colour.
  private static func colours(_ row: ExaminedRow) -> [Int: SheetEdits.Colour] {
    var colours: [Int: SheetEdits.Colour] = [:]
    for finding in row.details where finding.severity >= .warning {
      guard let column = finding.columnNumber else { continue }
      if finding.severity >= .error {
        colours[column] = .wrong
      } else if colours[column] == nil {
        colours[column] = .doubtful
      }
    }
    return colours
  }

  /// The sheet as CSV with the two columns, for a workbook that cannot be edited; nil where it cannot even be read again.
  /// A spreadsheet takes what begins like a formula for one in CSV, and not in a workbook: such cells are made harmless.
  static func table(of export: [UInt8], layout: SheetLayout, rows: [ExaminedRow], report: RowReport) -> [UInt8]? {
    let byNumber = Dictionary(rows.map { ($0.rowNumber, $0) }, uniquingKeysWith: { first, _ in first })
    var table: [[String]] = []
    do throws(WorkbookError) {
      var workbook = try WorkbookReader(export, limits: WorkbookScan.limits)
      guard workbook.sheets.indices.contains(layout.sheet - 1) else { return nil }
      var reader = try workbook.read(workbook.sheets[layout.sheet - 1])
      while try reader.next() {
        reader.withRow { row in
          guard row.number >= layout.headerNumber else { return }
          var cells = row.strings
          while cells.count < max(layout.width, layout.errorsColumn) { cells.append("") }
          if row.number == layout.headerNumber {
            cells[layout.resultColumn - 1] = CheckedFile.resultHeading
            cells[layout.errorsColumn - 1] = CheckedFile.errorsHeading
          } else if let examined = byNumber[row.number] {
            cells[layout.resultColumn - 1] = report.verdict(examined)
            cells[layout.errorsColumn - 1] = report.errors(examined)
          }
          table.append(cells)
        }
      }
    } catch {
      return nil
    }
    return try? CSVWriter.bytes(of: table, in: FindingsFile.dialect)
  }
}
