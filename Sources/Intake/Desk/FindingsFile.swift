// The findings of an export as a table for the data manager. Pure.

import Leavers
import Tabular

/// Writes the findings file: UTF-8 with a byte order mark, so that a spreadsheet shows names right.
enum FindingsFile {
  static let header = ["row", "column", "severity", "code", "what", "what to do", "value", "repaired to"]
  static let dialect = CSVDialect(byteOrderMark: true, formulas: .neutralised)

  /// The bytes of the table. A clean export gives the header alone.
  static func bytes(of findings: [ExportFinding], mis: MISProduct? = nil) -> [UInt8] {
    var writer = CSVWriter(dialect)
    for cells in [header] + findings.map({ cells(of: $0, mis) }) {
      do throws(CSVError) {
        try writer.write(cells)
      } catch {
        // Only a NUL can be refused here, and the reader takes none; a row that cannot be shown still says so.
        continue
      }
    }
    return writer.bytes
  }

  private static func cells(of finding: ExportFinding, _ mis: MISProduct?) -> [String] {
    [
      finding.row.map(String.init) ?? "", finding.column ?? "", finding.severity.rawValue, finding.code.rawValue,
      finding.what, finding.remedyForDesk(in: mis), finding.value?.exposed ?? "", finding.after?.exposed ?? "",
    ]
  }
}
