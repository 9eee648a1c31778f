// Where the records of an export lie in its bytes, as far as the checked file needs to know. Pure.

import Tabular

/// The layout of an export: enough to write two more columns into its own bytes.
struct ExportLayout: Sendable {
  struct Record: Sendable {
    let number: Int
    /// Offset of its end in the file (of its UTF-8 form, where the file is UTF-16), before the line end.
    let end: Int
    let cellCount: Int
  }

  let format: CSVFormat
  /// The record with the headings.
  let headerNumber: Int
  let records: [Record]
}
