// Whether a cell of several lines holds other rows, because a quotation mark was closed too late. Pure.

import Leavers
import Tabular

/// A cell whose text is, or may be, other rows of the export: who they are about would vanish, and what they say would
/// be disclosed as the text of one cell.
struct SwallowedRows: Equatable {
  /// The record's number in the export.
  let row: Int
  /// The cell's number, from 1.
  let column: Int
  /// The lines of the file, from 1, on which the quotation mark is opened and closed.
  let lines: ClosedRange<Int>

  /// An address has no more line breaks than this, nor is any text of several lines longer, in bytes.
  static let mostLineBreaks = 8
  static let mostBytes = 2_000
  /// A line with fewer cells is text with a comma or two, however few the headings are.
  private static let fewestCells = 3

  /// The first such cell of an export, titles and headings included: a mark opened there swallows rows as well.
  static func first(in scan: ExportScan, _ columns: ExportColumns) -> SwallowedRows? {
    for record in scan.records where record.hasLineBreaks {
      var line = record.line
      for (index, cell) in record.cells.enumerated() {
        var last = line
        for delimiter in scan.delimiters {
          let parts = lineLengths(cell, delimiter)
          last = line + parts.count - 1
          if parts.count > 1, isSuspect(cell, parts, at: index, of: record, columns) {
            return SwallowedRows(row: record.number, column: index + 1, lines: line...last)
          }
        }
        line = last
      }
    }
    return nil
  }

  private static func isSuspect(
    _ cell: String, _ lines: [Int], at index: Int, of record: ScannedRecord, _ columns: ExportColumns
  ) -> Bool {
    let width = columns.width
    // A row closed by the next one's quotation mark leaves too many cells: opened up, they are that many whole rows.
    if record.cells.count > width, record.cells.count - 1 + lines.reduce(0, +) >= width * lines.count { return true }
    let longest = lines.max() ?? 0
    // The messages that we ourselves put there stand one a line, with commas in them, and may be many.
    if columns.isOwn(index) { return longest >= width }
    return lines.count - 1 > mostLineBreaks || cell.utf8.count > mostBytes
      || longest >= fewestCells && longest * 2 >= width
  }

  /// How many cells each line of a text would have as a row. CR, LF and CRLF end a line, as in the reader.
  private static func lineLengths(_ text: String, _ delimiter: UInt8) -> [Int] {
    var lines = [1]
    var afterCR = false
    for byte in text.utf8 {
      switch byte {
      case 0x0A where afterCR: break
      case 0x0A, 0x0D: lines.append(1)
      case delimiter: lines[lines.count - 1] += 1
      default: break
      }
      afterCR = byte == 0x0D
    }
    return lines
  }
}
