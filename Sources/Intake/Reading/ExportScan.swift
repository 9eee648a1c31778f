// Bytes of an export to records of strings, with the place of each record in the bytes. Pure.

import Glibc
import Leavers
import Tabular

/// One record of an export.
struct ScannedRecord: Sendable {
  /// From 1; the header and blank lines count, as in a spreadsheet.
  let number: Int
  /// The line of the file on which it begins, from 1; line breaks inside cells count.
  let line: Int
  let cells: [String]
  /// The cells, from 0, that were longer than `ExportScan.cellLimit` and are blank here.
  let tooLong: [Int]
  /// Whether there is a line break inside a cell.
  let hasLineBreaks: Bool
  /// Offset of the end of the record in the file (of its UTF-8 form, where the file is UTF-16), before the line end.
  let end: Int
  /// The first cell, from 0, with text after its closing quotation mark.
  let misquotedCell: Int?
}

/// All records of an export and how it is written.
struct ExportScan: Sendable {
  let format: CSVFormat
  let records: [ScannedRecord]

  /// More cells than any report of leavers has mean that the file is something else. A long cell does not: the reader
  /// lets it pass, and it is blanked here.
  static let limits = CSVLimits(bytes: 1 << 30, rows: 2_000_000, columns: 512, cellBytes: 1 << 30)

  /// A cell may have so many bytes, without its quotation marks; a longer one is blanked and told.
  static let cellLimit = 1 << 15

  /// Reads a file, or says in one finding why it cannot be read.
  static func scan(_ bytes: [UInt8], delimiter: CSVDialect.Delimiter? = nil) -> Result<ExportScan, UnreadableExport> {
    if bytes.isEmpty { return .failure(UnreadableExport(Remark(.emptyFile))) }
    if let kind = knownKind(bytes) { return .failure(UnreadableExport(Remark(.unreadKind, "it is \(kind)"))) }
    var format = CSVSurvey.format(of: bytes)
    if let delimiter { format.delimiter = delimiter }
    var records: [ScannedRecord] = []
    do {
      try CSVReader.forEachRow(of: bytes, format: format, limits: limits) { row in records.append(record(row)) }
    } catch let error as CSVError {
      return .failure(UnreadableExport(remark(error)))
    } catch {
      // The closure throws nothing and the reader its own error only.
      return .failure(UnreadableExport(Remark(.notText)))
    }
    if records.isEmpty { return .failure(UnreadableExport(Remark(.emptyFile))) }
    return .success(ExportScan(format: format, records: records))
  }

  private static func record(_ row: borrowing CSVRow) -> ScannedRecord {
    let length = row.withRawBytes { $0.count }
    let (cells, tooLong) = cells(of: row, length: length)
    return ScannedRecord(
      number: row.number, line: row.line, cells: cells, tooLong: tooLong,
      hasLineBreaks: row.withRawBytes { hasLineBreaks($0) }, end: row.offset + length, misquotedCell: row.misquotedCell)
  }

  private static func hasLineBreaks(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let start = bytes.baseAddress else { return false }
    return memchr(start, 0x0A, bytes.count) != nil || memchr(start, 0x0D, bytes.count) != nil
  }

  /// The texts of the cells, and which of them are blank for their length. One of several lines keeps its text: whether
  /// it swallowed other rows is decided by that, and it does not go further.
  private static func cells(of row: borrowing CSVRow, length: Int) -> (cells: [String], tooLong: [Int]) {
    if length <= cellLimit { return (row.strings, []) }
    var cells: [String] = []
    var tooLong: [Int] = []
    for index in 0..<row.count {
      let isTooLong = row.withBytes(index) { $0.count > cellLimit && !hasLineBreaks($0) } == true
      if isTooLong { tooLong.append(index) }
      cells.append(isTooLong ? "" : row.string(index) ?? "")
    }
    return (cells, tooLong)
  }

  private static func remark(_ error: CSVError) -> Remark {
    switch error.code {
    case .unclosedQuote: Remark(.openQuote, "on line \(error.line)")
    case .nulByte, .undecodable: Remark(.notText, "on line \(error.line)")
    case .tooManyColumns: Remark(.beyondLimits, "line \(error.line) has more than \(limits.columns) cells")
    default: Remark(.beyondLimits, error.code.description)
    }
  }

  /// What the first bytes say when the name says CSV and the file is something else.
  private static func knownKind(_ bytes: [UInt8]) -> String? {
    let kinds: [([UInt8], String)] = [
      ([0x50, 0x4B, 0x03, 0x04], "a workbook (xlsx) or another packed file"),
      ([0xD0, 0xCF, 0x11, 0xE0], "an old workbook (xls) or an encrypted one"),
      (Array("%PDF".utf8), "a PDF"), (Array("{\\rtf".utf8), "a text document (rtf)"),
    ]
    return kinds.first { bytes.starts(with: $0.0) }?.1
  }
}

/// Why an export cannot be taken in: the one fatal finding.
struct UnreadableExport: Error, Sendable, Equatable {
  let remark: Remark
  init(_ remark: Remark) { self.remark = remark }
}
