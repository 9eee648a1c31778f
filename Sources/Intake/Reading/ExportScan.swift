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
  /// Cells, from 0, that are blank here although a person may see something in them.
  var unclear: [Int: UnclearCell] = [:]
}

/// Why a cell is blank here although a person may see something in it.
enum UnclearCell: Sendable, Equatable {
  /// It has a formula, and the file does not hold its value.
  case formula
  /// It is merged with another cell, which has the content.
  case merged
  /// It stands several times, and nobody can tell which is the newest.
  case undated
}

/// All records of an export and how it is written.
struct ExportScan: Sendable {
  enum Source: Sendable {
    case text(CSVFormat)
    case sheet(SheetSource)
    case transferFile(TransferSource)
  }

  let source: Source
  let records: [ScannedRecord]

  var isSheet: Bool {
    if case .sheet = source { true } else { false }
  }

  /// The kind of file that it is, whatever its name says.
  var kind: NamedKind {
    switch source {
    case .text: .text
    case .sheet: .workbook
    case .transferFile: .transferFile
    }
  }

  /// What would divide cells, if the lines of a text were rows. In a sheet that could be either, by where its text was
  /// copied from.
  var delimiters: [UInt8] {
    switch source {
    case .text(let format): [format.delimiter.rawValue]
    case .sheet: [CSVDialect.Delimiter.comma.rawValue, CSVDialect.Delimiter.tab.rawValue]
    case .transferFile: []
    }
  }

  /// More cells than any report of leavers has mean that the file is something else. A long cell does not: the reader
  /// lets it pass, and it is blanked here.
  static let limits = CSVLimits(bytes: 1 << 30, rows: 2_000_000, columns: 512, cellBytes: 1 << 30)

  /// A cell may have so many bytes, without its quotation marks; a longer one is blanked and told.
  static let cellLimit = 1 << 15

  /// Reads a file, or says in one finding why it cannot be read.
  static func scan(
    _ bytes: [UInt8], delimiter: CSVDialect.Delimiter? = nil, limits: CSVLimits = limits
  ) -> Result<ExportScan, UnreadableExport> {
    if bytes.isEmpty { return .failure(UnreadableExport(Remark(.emptyFile))) }
    if let kind = knownKind(bytes) { return .failure(UnreadableExport(Remark(.unreadKind, "it is \(kind)"))) }
    var format = CSVSurvey.format(of: bytes)
    if let delimiter { format.delimiter = delimiter }
    var records: [ScannedRecord] = []
    do {
      try CSVReader.forEachRow(of: bytes, format: format, limits: limits) { row in records.append(record(row)) }
    } catch let error as CSVError {
      return .failure(UnreadableExport(remark(error, limits)))
    } catch {
      // The closure throws nothing and the reader its own error only.
      return .failure(UnreadableExport(Remark(.notText)))
    }
    if records.isEmpty { return .failure(UnreadableExport(Remark(.emptyFile))) }
    return .success(ExportScan(source: .text(format), records: records))
  }

  private static func record(_ row: borrowing CSVRow) -> ScannedRecord {
    let length = row.withRawBytes { $0.count }
    let (cells, tooLong) = cells(of: row, length: length)
    return ScannedRecord(
      number: row.number, line: row.line, cells: cells, tooLong: tooLong,
      hasLineBreaks: row.withRawBytes { hasLineBreaks($0) }, end: row.offset + length, misquotedCell: row.misquotedCell)
  }

  static func hasLineBreaks(_ bytes: UnsafeRawBufferPointer) -> Bool {
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

  private static func remark(_ error: CSVError, _ limits: CSVLimits) -> Remark {
    switch error.code {
    case .unclosedQuote: Remark(.openQuote, "on line \(error.line)")
    case .nulByte, .undecodable: Remark(.notText, "on line \(error.line)")
    case .tooManyBytes: Remark(.tooLarge, "at most \(limits.bytes) bytes are taken in")
    case .tooManyRows: Remark(.tooManyRows, "at most \(limits.rows) are taken in")
    case .tooManyColumns: Remark(.beyondLimits, "line \(error.line) has more than \(limits.columns) cells")
    default: Remark(.beyondLimits, error.code.description)
    }
  }

  /// Whether the first bytes are those of a zip archive or of an old Office file: a workbook, or something else packed.
  static func isPacked(_ bytes: [UInt8]) -> Bool {
    [[0x50, 0x4B, 0x03, 0x04], [0x50, 0x4B, 0x05, 0x06], [0xD0, 0xCF, 0x11, 0xE0]].contains { bytes.starts(with: $0) }
  }

  /// What the first bytes say when the name says CSV and the file is something else.
  private static func knownKind(_ bytes: [UInt8]) -> String? {
    let kinds: [([UInt8], String)] = [
      (Array("%PDF".utf8), "a PDF"), (Array("{\\rtf".utf8), "a text document (rtf)"),
    ]
    if let kind = kinds.first(where: { bytes.starts(with: $0.0) })?.1 { return kind }
    // Some systems write a web page and call it .xls. No report begins with a tag.
    let beginning = String(decoding: bytes.prefix(64), as: UTF8.self).trimmedOfBlanks.lowercased()
    let tags = ["<html", "<!doctype", "<table", "<?xml", "<meta", "<head", "<style"]
    return tags.contains { beginning.hasPrefix($0) } ? "a web page or XML, whatever its name says" : nil
  }
}

/// Why an export cannot be taken in: the one fatal finding.
struct UnreadableExport: Error, Sendable, Equatable {
  let remark: Remark
  init(_ remark: Remark) { self.remark = remark }
}
