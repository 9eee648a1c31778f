// Mapped rows to the bytes of a return; the same rows and profile give the same bytes. Pure.

import Leavers
package import Profiles
package import Tabular

/// Writes the file of one return.
package struct ReturnRenderer: Sendable {
  package let profile: ReturnProfile

  package init(profile: ReturnProfile) { self.profile = profile }

  package var header: [String] { profile.columns.map(\.name) }

  /// The whole file: header, then the rows by their number in the export.
  package func bytes(of rows: [MappedRow]) throws(CSVError) -> [UInt8] {
    var writer = CSVWriter(profile.dialect)
    try writer.write(header)
    for row in rows.sorted(by: { $0.rowNumber < $1.rowNumber }) { try writer.write(row.cells) }
    return writer.bytes
  }

  /// What tells a row from what was sent before: header and row as they stand in the file, so that a changed format is
  /// a changed row.
  package func identity(of row: MappedRow) throws(CSVError) -> [UInt8] {
    try CSVWriter.bytes(of: [header, row.cells], in: profile.dialect)
  }
}
