// The export in its own layout with two more columns: what is wrong stands beside each row. Pure.

import Leavers
import Ledger
import Tabular

/// Writes the checked file: every byte of the export as it was, and two cells more at the end of each record. Where it is
/// a checked file that came back, what the two cells of the earlier check say is replaced.
struct CheckedFile {
  static let resultHeading = "Validation results"
  static let errorsHeading = "Errors"

  /// The bytes of the checked file; nil where the export's bytes are no text of its encoding.
  static func bytes(of export: [UInt8], layout: ExportLayout, rows: [ExaminedRow], report: RowReport) -> [UInt8]? {
    let encoding = layout.format.encoding
    let isUTF16 = encoding == .utf16LittleEndian || encoding == .utf16BigEndian
    guard isUTF16 else { return spliced(export, layout, rows, report, encoding) }
    // Offsets count the UTF-8 form; written back, the text gives the same UTF-16 bytes.
    do throws(TextEncodingError) {
      let text = try encoding.decode(export)
      guard let result = spliced(Array(text.utf8), layout, rows, report, .utf8) else { return nil }
      return try encoding.encode(String(decoding: result, as: UTF8.self))
    } catch {
      return nil
    }
  }

  private static func spliced(
    _ bytes: [UInt8], _ layout: ExportLayout, _ rows: [ExaminedRow], _ report: RowReport,
    _ encoding: TextEncoding
  ) -> [UInt8]? {
    let delimiter = layout.format.delimiter
    let width = layout.ownPair?.result ?? layout.records.map(\.cellCount).max() ?? 0
    var earlier: [Int: Range<Int>] = [:]
    if let pair = layout.ownPair {
      guard let places = try? places(of: pair, in: bytes, layout.format, encoding) else { return nil }
      earlier = places
    }
    let byNumber = Dictionary(rows.map { ($0.rowNumber, $0) }, uniquingKeysWith: { first, _ in first })
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 4)
    var copied = 0
    func copy(to end: Int) -> Bool {
      guard end <= bytes.count, end >= copied else { return false }
      result.append(contentsOf: bytes[copied..<end])
      copied = end
      return true
    }
    for record in layout.records where record.number >= layout.headerNumber {
      let cells: (String, String)
      if record.number == layout.headerNumber {
        cells = (resultHeading, errorsHeading)
      } else if let row = byNumber[record.number] {
        cells = (report.verdict(row), report.errors(row))
      } else {
        // A blank row or a total keeps two blank cells, so that the columns stay where they are.
        cells = ("", "")
      }
      let old = earlier[record.number]
      guard copy(to: old?.lowerBound ?? record.end) else { return nil }
      if old == nil {
        for _ in 0...(width - record.cellCount) { result.append(delimiter.rawValue) }
      }
      append(cells.0, delimiter, encoding, to: &result)
      result.append(delimiter.rawValue)
      append(cells.1, delimiter, encoding, to: &result)
      if let old { copied = old.upperBound }
    }
    result.append(contentsOf: bytes[copied...])
    return result
  }

  /// Record → where the two cells of an earlier check lie in it, what divides them included; only the first of them in a
  /// record that ends with it.
  private static func places(
    of pair: (result: Int, errors: Int), in bytes: [UInt8], _ format: CSVFormat, _ encoding: TextEncoding
  ) throws -> [Int: Range<Int>] {
    var format = format
    format.encoding = encoding
    var places: [Int: Range<Int>] = [:]
    try CSVReader.forEachRow(of: bytes, format: format, limits: ExportScan.limits) { row in
      guard let result = row.place(pair.result) else { return }
      places[row.number] = result.lowerBound..<(row.place(pair.errors) ?? result).upperBound
    }
    return places
  }

  /// Adds a text as a cell.
  static func append(
    _ text: String, _ delimiter: CSVDialect.Delimiter, _ encoding: TextEncoding, to bytes: inout [UInt8]
  ) {
    let safe = CSVWriter.neutralised(text)
    let needsQuotes = safe.utf8.contains { $0 == 0x22 || $0 == 0x0A || $0 == 0x0D || $0 == delimiter.rawValue }
    let cell =
      needsQuotes
      ? "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" : safe
    for scalar in cell.unicodeScalars {
      do throws(TextEncodingError) {
        try encoding.encode(String(scalar), into: &bytes)
      } catch {
        // Our own words are ASCII and the headings came from this very encoding; anything else is not worth a file.
        bytes.append(UInt8(ascii: "?"))
      }
    }
  }
}
