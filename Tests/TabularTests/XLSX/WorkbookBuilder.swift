// Small workbooks made by hand, and what a reader says of them.

import Testing

@testable import Tabular

/// A workbook of one sheet, each part of which can be another.
struct WorkbookBuilder {
  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  static let package = "http://schemas.openxmlformats.org/package/2006/relationships"

  var zip = ZipBuilder()

  /// `rows` is what stands in `sheetData`; `styles` the number format codes of style 1, 2 and so on; `after` follows the
  /// rows.
  init(
    rows: String = "", styles: [String] = [], strings: [String] = [], workbook: String = "", before: String = "",
    after: String = ""
  ) {
    self["[Content_Types].xml"] =
      "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
    self["_rels/.rels"] = Self.relations([("r1", "officeDocument", "xl/workbook.xml")])
    self["xl/workbook.xml"] =
      "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.relations)\">\(workbook)"
      + "<sheets><sheet name=\"One\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    self["xl/_rels/workbook.xml.rels"] = Self.relations([
      ("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "styles", "styles.xml"),
      ("r3", "sharedStrings", "sharedStrings.xml"),
    ])
    let formats = styles.enumerated().map { "<numFmt numFmtId=\"\(200 + $0)\" formatCode=\"\($1)\"/>" }
    let cells = styles.indices.map { "<xf numFmtId=\"\(200 + $0)\"/>" }
    self["xl/styles.xml"] =
      "<styleSheet xmlns=\"\(Self.main)\"><numFmts>\(formats.joined())</numFmts>"
      + "<cellXfs><xf numFmtId=\"0\"/>\(cells.joined())</cellXfs></styleSheet>"
    self["xl/sharedStrings.xml"] =
      "<sst xmlns=\"\(Self.main)\">\(strings.map { "<si>\($0)</si>" }.joined())</sst>"
    self["xl/worksheets/sheet1.xml"] =
      "<worksheet xmlns=\"\(Self.main)\">\(before)<sheetData>\(rows)</sheetData>\(after)</worksheet>"
  }

  /// The text of a part.
  subscript(name: String) -> String {
    get { String(decoding: zip[name].packed, as: UTF8.self) }
    set { zip[name] = ZipBuilder.Entry(name, newValue) }
  }

  static func relations(_ list: [(id: String, kind: String, target: String)]) -> String {
    let entries = list.map {
      "<Relationship Id=\"\($0.id)\" Type=\"\(relations)/\($0.kind)\" Target=\"\($0.target)\"/>"
    }
    return "<Relationships xmlns=\"\(package)\">\(entries.joined())</Relationships>"
  }

  var bytes: [UInt8] { zip.bytes }

  func rows(limits: WorkbookLimits = WorkbookLimits()) throws -> [[String]] {
    try readSheet(bytes, limits: limits).rows.map(\.texts)
  }

  /// The cells of the first row with content.
  func cells() throws -> [SheetCell] { try readSheet(bytes).rows.first?.cells ?? [] }
}

/// What a reader said of one row of a sheet, as an owned value.
struct ReadSheetRow: Equatable {
  var number: Int
  var isHidden: Bool
  var cells: [SheetCell]
  var texts: [String] { cells.map(\.text) }
}

/// What a reader said of a sheet.
struct ReadSheet {
  var rows: [ReadSheetRow] = []
  var merges: [SheetRange] = []
  var formulasWithoutValue = 0
}

/// Reads a sheet, by its number from 1.
func readSheet(_ bytes: [UInt8], _ number: Int = 1, limits: WorkbookLimits = WorkbookLimits()) throws -> ReadSheet {
  var workbook = try WorkbookReader(bytes, limits: limits)
  var reader = try workbook.read(workbook.sheets[number - 1])
  var result = ReadSheet()
  while try reader.next() {
    reader.withRow { row in
      let cells = (0..<row.count).compactMap { row.cell($0) }
      #expect(row.strings == cells.map(\.text))
      #expect((0..<row.count).map { row.kind($0) } == cells.map(\.kind))
      let beyond = row.cell(row.count) == nil && row.string(row.count) == nil && row.kind(row.count) == .blank
      #expect(beyond && row.string(-1) == nil)
      result.rows.append(ReadSheetRow(number: row.number, isHidden: row.isHidden, cells: cells))
    }
  }
  result.merges = reader.merges
  result.formulasWithoutValue = reader.formulasWithoutValue
  return result
}

/// The error that reading a workbook's first sheet gives; nil where there is none.
func readingError(_ bytes: [UInt8], limits: WorkbookLimits = WorkbookLimits()) -> WorkbookError? {
  do {
    _ = try readSheet(bytes, limits: limits)
    return nil
  } catch {
    return error as? WorkbookError
  }
}
