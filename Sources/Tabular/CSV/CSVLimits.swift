// How much a CSV file may hold before it is refused. Pure.

/// Limits of a file; each has an error of its own. What passes them is refused, never cut.
package struct CSVLimits: Hashable, Sendable {
  /// Bytes of the file.
  package var bytes: Int
  /// Records, the header included.
  package var rows: Int
  /// Cells of one record.
  package var columns: Int
  /// Bytes of one cell, as UTF-8 or Windows-1252, quotes included.
  package var cellBytes: Int

  package init(
    bytes: Int = 1 << 31, rows: Int = 5_000_000, columns: Int = 1024, cellBytes: Int = 1 << 16
  ) {
    self.bytes = bytes
    self.rows = rows
    self.columns = columns
    self.cellBytes = cellBytes
  }
}
