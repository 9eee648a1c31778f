// What was read of a Common Transfer File as a table, with what is wrong beside each pupil. Pure.

import Leavers
import Tabular

/// Writes the checked file of a Common Transfer File, which itself is not edited.
enum CheckedTransferFile {
  /// The pupil's number in the file: findings name it as the row.
  static let numberHeading = "Number in CTF"

  /// The table; nil where the file cannot be read again. Its headings are those of the school's own reports, so that the
  /// table can be corrected and put back.
  static func table(of export: [UInt8], layout: TransferLayout, rows: [ExaminedRow], report: RowReport) -> [UInt8]? {
    guard case .success(let (scan, _)) = TransferScan.open(export) else { return nil }
    let byNumber = Dictionary(rows.map { ($0.rowNumber, $0) }, uniquingKeysWith: { first, _ in first })
    var table = [[numberHeading] + layout.headings + [CheckedFile.resultHeading, CheckedFile.errorsHeading]]
    for record in scan.records.dropFirst() {
      let row = byNumber[record.number]
      table.append(
        ["\(record.number)"] + record.cells + [row.map(report.verdict) ?? "", row.map(report.errors) ?? ""])
    }
    return try? CSVWriter.bytes(of: table, in: FindingsFile.dialect)
  }
}
