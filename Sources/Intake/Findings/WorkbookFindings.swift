// Which finding an error of the workbook reader is. Pure.

import Leavers
import Tabular

/// Errors of workbooks as findings: each has one of its own.
enum WorkbookFindings {
  static let codes: [WorkbookError.Code: FindingCode] = [
    .empty: .emptyFile, .notAWorkbook: .noWorkbook, .encrypted: .encryptedWorkbook, .oldExcel: .oldWorkbook,
    .binaryWorkbook: .binaryWorkbook, .openDocument: .openDocument, .otherOffice: .otherOffice, .otherZip: .otherZip,
    .truncated: .workbookCutOff, .damaged: .workbookDamaged, .badChecksum: .workbookChecksum,
    .duplicateEntry: .workbookPartTwice, .unsafeEntryName: .workbookPartName, .encryptedEntry: .workbookPartLocked,
    .unsupportedCompression: .workbookPacking, .badXML: .workbookXML, .doctype: .workbookDoctype,
    .badStructure: .workbookStructure, .missingPart: .workbookPartMissing, .noSheets: .workbookWithoutSheets,
    .notAWorksheet: .workbookWithoutCells, .badReference: .workbookReference, .badValue: .workbookValue,
    .badStyle: .workbookFormat, .badSharedString: .workbookText, .notEditable: .checkedAsText,
    .tooManyBytes: .workbookBytes, .tooManyEntries: .workbookParts, .entryTooLarge: .workbookPartSize,
    .totalTooLarge: .workbookUnpacked, .ratioTooHigh: .workbookRatio, .tooManySheets: .workbookSheets,
    .tooManyRows: .workbookRows, .tooManyColumns: .workbookColumns, .tooManyCells: .workbookCells,
    .cellTooLong: .workbookCellLength, .tooManySharedStrings: .workbookTexts, .sharedStringsTooLarge: .workbookTextSize,
    .tooManyStyles: .workbookFormats, .tooManyMerges: .workbookMerges, .tooDeep: .workbookDepth,
    .tooMuchMarkup: .workbookMarkup,
  ]

  /// The finding, with what the error says of the place; the error's own remedy is left to the finding.
  static func remark(_ error: WorkbookError) -> Remark {
    let what = error.message.split(separator: ";", maxSplits: 1).first.map(String.init) ?? ""
    return Remark(codes[error.code] ?? .workbookDamaged, what)
  }
}
