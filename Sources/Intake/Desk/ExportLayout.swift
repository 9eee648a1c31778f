// Where the records of an export lie, as far as the checked file needs to know. Pure.

import Leavers
import Profiles
import Tabular

/// The layout of a text: enough to write two more columns into its own bytes.
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
  /// The two columns, from 0, of an earlier check.
  let ownPair: (result: Int, errors: Int)?
  var isChecked: Bool { ownPair != nil }
}

/// The layout of a sheet: enough to write two more columns beside it.
struct SheetLayout: Sendable {
  /// The sheet's place in the workbook, from 1.
  let sheet: Int
  /// The row with the headings.
  let headerNumber: Int
  /// Number of columns that the export itself has.
  let width: Int
  /// The columns of the verdict and of the messages, from 1: those of an earlier check, else the next two.
  let resultColumn: Int
  let errorsColumn: Int
  /// Whether those are of an earlier check.
  let isChecked: Bool
  /// What a checked workbook of ours carries out of sight; nil in any other.
  let reference: String?
}

/// The headings of the table that stands for a Common Transfer File.
struct TransferLayout: Sendable {
  /// One a column, as the school's own reports call it.
  let headings: [String]
}

/// What the checked file of an export is made of.
enum CheckedLayout: Sendable {
  case text(ExportLayout)
  case sheet(SheetLayout)
  case transferFile(TransferLayout)

  init(_ scan: ExportScan, _ columns: ExportColumns, _ map: HeaderMap) {
    let headerNumber = scan.records[columns.headerIndex].number
    switch scan.source {
    case .text(let format):
      self = .text(
        ExportLayout(
          format: format, headerNumber: headerNumber,
          records: scan.records.map { .init(number: $0.number, end: $0.end, cellCount: $0.cells.count) },
          ownPair: columns.ownPair))
    case .sheet(let sheet):
      let own = columns.ownPair
      self = .sheet(
        SheetLayout(
          sheet: sheet.number, headerNumber: headerNumber, width: sheet.lastColumn,
          resultColumn: own.map { $0.result + 1 } ?? sheet.lastColumn + 1,
          errorsColumn: own.map { $0.errors + 1 } ?? sheet.lastColumn + 2, isChecked: own != nil,
          reference: sheet.reference))
    case .transferFile:
      self = .transferFile(
        TransferLayout(
          headings: columns.allFields.map { field in
            map.columns.first { $0.field == field }?.header ?? FieldWords.name(field)
          }))
    }
  }
}
