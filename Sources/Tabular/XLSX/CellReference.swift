// Cells as people name them: `B7`, `Leavers!B7`. Pure.

/// A cell of a sheet. Row and column from 1.
package struct CellReference: Hashable, Sendable, CustomStringConvertible {
  package let row: Int
  package let column: Int

  package init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }

  /// From `B7` or `$B$7`, in any case.
  package init?(_ text: String) {
    guard let place = SheetRange.cell(text.uppercased().utf8.filter { $0 != UInt8(ascii: "$") }) else { return nil }
    (row, column) = place
  }

  package var description: String { "\(SheetRange.letters(column))\(row)" }
}

/// A cell of a workbook.
package struct SheetPlace: Hashable, Sendable {
  package let sheet: String
  package let cell: CellReference

  /// From `Leavers!B7`, or `'Leaver data'!B7` with an apostrophe in the name written twice.
  package init?(_ text: String) {
    guard let mark = text.lastIndex(of: "!"), let cell = CellReference(String(text[text.index(after: mark)...])) else {
      return nil
    }
    var sheet = String(text[..<mark])
    if sheet.count >= 2, sheet.hasPrefix("'"), sheet.hasSuffix("'") {
      sheet = String(sheet.dropFirst().dropLast()).replacing("''", with: "'")
    }
    guard !sheet.isEmpty else { return nil }
    self.sheet = sheet
    self.cell = cell
  }
}
