// How much a workbook may hold before it is refused. Pure.

/// Limits of a workbook; each has an error of its own. What passes them is refused, never cut.
package struct WorkbookLimits: Hashable, Sendable {
  /// Bytes of the file.
  package var bytes: Int
  /// Parts of the archive.
  package var entries: Int
  /// Bytes of one part, unpacked.
  package var entryBytes: Int
  /// Bytes of all parts together, unpacked.
  package var totalBytes: Int
  /// How many times its packed size a part may have, once it is larger than `ratioFreeBytes`. Sheets of real schools lie
  /// between 5 and 30; deflate can reach 1032.
  package var ratio: Int
  package var ratioFreeBytes: Int
  package var sheets: Int
  /// Rows of a sheet that have content.
  package var rows: Int
  /// Columns up to the last cell with content.
  package var columns: Int
  /// Cells of a sheet, those without content included.
  package var cells: Int
  /// Bytes of one cell's text as UTF-8. Excel allows 32,767 characters.
  package var cellBytes: Int
  package var sharedStrings: Int
  /// Bytes of all shared strings together.
  package var sharedStringBytes: Int
  /// Cell formats. Excel allows 65,490.
  package var styles: Int
  /// Merged ranges of a sheet.
  package var merges: Int
  /// Elements within one another, in any part.
  package var xmlDepth: Int

  package init(
    bytes: Int = 1 << 26, entries: Int = 4096, entryBytes: Int = 1 << 30, totalBytes: Int = 1 << 31, ratio: Int = 200,
    ratioFreeBytes: Int = 1 << 22, sheets: Int = 1024, rows: Int = 1 << 20, columns: Int = 1024,
    cells: Int = 50_000_000, cellBytes: Int = 1 << 17, sharedStrings: Int = 5_000_000,
    sharedStringBytes: Int = 1 << 28, styles: Int = 1 << 16, merges: Int = 1 << 16, xmlDepth: Int = 64
  ) {
    self.bytes = bytes
    self.entries = entries
    self.entryBytes = entryBytes
    self.totalBytes = totalBytes
    self.ratio = ratio
    self.ratioFreeBytes = ratioFreeBytes
    self.sheets = sheets
    self.rows = rows
    self.columns = columns
    self.cells = cells
    self.cellBytes = cellBytes
    self.sharedStrings = sharedStrings
    self.sharedStringBytes = sharedStringBytes
    self.styles = styles
    self.merges = merges
    self.xmlDepth = xmlDepth
  }

  /// The limits of one part's XML.
  var xml: XMLLimits {
    XMLLimits(bytes: entryBytes, depth: xmlDepth, textBytes: max(cellBytes, 1 << 16))
  }
}
