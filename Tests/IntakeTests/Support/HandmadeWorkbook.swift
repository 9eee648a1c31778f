// Small workbooks made by hand, for what no fixture has.

@testable import Intake

/// A workbook of some sheets, stored without packing.
struct HandmadeWorkbook {
  enum Cell: ExpressibleByStringLiteral {
    case blank
    case text(String)
    case number(String, style: Int)
    case error(String)
    /// With its value, or without.
    case formula(String?)

    init(stringLiteral value: String) { self = value.isEmpty ? .blank : .text(value) }

    static func number(_ text: String) -> Cell { .number(text, style: 0) }
  }

  struct Sheet {
    var name: String
    var state = "visible"
    var rows: [[Cell]]
    var merges: [String] = []
    /// Rows, from 1.
    var hidden: Set<Int> = []
    /// Instead of the whole part.
    var xml: String?
  }

  var sheets: [Sheet]
  var calculatesOnOpening = false
  /// What stands in each part besides; a part of the same name is replaced.
  var parts: [(name: String, text: String)] = []

  init(_ sheets: [Sheet]) { self.sheets = sheets }

  /// One sheet of good pupils, with a change: heading → cell, in the pupil with a number.
  init(pupils: Int, _ changes: [Int: [String: Cell]] = [:]) {
    self.init([Sheet(name: "Students", rows: Self.rows(pupils: pupils, changes))])
  }

  static func rows(pupils: Int, from first: Int = 0, _ changes: [Int: [String: Cell]] = [:]) -> [[Cell]] {
    [Fixture.columns.map { .text($0) }]
      + (first..<first + pupils).map { number in
        Fixture.columns.map { heading in
          changes[number]?[heading] ?? Cell(stringLiteral: Fixture.row(number)[heading] ?? "")
        }
      }
  }

  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  var bytes: [UInt8] { Self.zip(entries) }

  /// The parts of the archive.
  var entries: [(name: String, bytes: [UInt8])] {
    let numbers = sheets.indices.map { $0 + 1 }
    var all: [(name: String, text: String)] = [
      (
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
      ),
      ("_rels/.rels", Self.relations([("r1", "officeDocument", "xl/workbook.xml")])),
      (
        "xl/workbook.xml",
        "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.office)\"><sheets>"
          + numbers.map {
            "<sheet name=\"\(sheets[$0 - 1].name)\" sheetId=\"\($0)\" state=\"\(sheets[$0 - 1].state)\" r:id=\"r\($0)\"/>"
          }.joined() + "</sheets>" + (calculatesOnOpening ? "<calcPr fullCalcOnLoad=\"1\"/>" : "") + "</workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        Self.relations(
          numbers.map { ("r\($0)", "worksheet", "worksheets/sheet\($0).xml") } + [("s", "styles", "styles.xml")])
      ),
      (
        "xl/styles.xml",
        "<styleSheet xmlns=\"\(Self.main)\"><numFmts count=\"2\"><numFmt numFmtId=\"200\" formatCode=\"dd/mm/yyyy\"/>"
          + "<numFmt numFmtId=\"201\" formatCode=\"0000000\"/></numFmts>"
          + "<fills count=\"1\"><fill><patternFill patternType=\"none\"/></fill></fills><cellXfs count=\"3\">"
          + "<xf numFmtId=\"0\" fillId=\"0\"/><xf numFmtId=\"200\" fillId=\"0\"/><xf numFmtId=\"201\" fillId=\"0\"/>"
          + "</cellXfs></styleSheet>"
      ),
    ]
    for number in numbers { all.append(("xl/worksheets/sheet\(number).xml", Self.xml(sheets[number - 1]))) }
    for part in parts {
      all.removeAll { $0.name == part.name }
      all.append(part)
    }
    return all.map { ($0.name, Array($0.text.utf8)) }
  }

  private static func relations(_ list: [(id: String, kind: String, target: String)]) -> String {
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
      + list.map { "<Relationship Id=\"\($0.id)\" Type=\"\(office)/\($0.kind)\" Target=\"\($0.target)\"/>" }.joined()
      + "</Relationships>"
  }

  private static func xml(_ sheet: Sheet) -> String {
    if let xml = sheet.xml { return xml }
    let rows = sheet.rows.enumerated().map { index, cells in
      "<row r=\"\(index + 1)\"\(sheet.hidden.contains(index + 1) ? " hidden=\"1\"" : "")>"
        + cells.enumerated().map { Self.xml($1, "\(letters($0))\(index + 1)") }.joined() + "</row>"
    }
    let merges = sheet.merges.map { "<mergeCell ref=\"\($0)\"/>" }.joined()
    return "<worksheet xmlns=\"\(main)\"><sheetData>\(rows.joined())</sheetData>"
      + (merges.isEmpty ? "" : "<mergeCells>\(merges)</mergeCells>") + "</worksheet>"
  }

  private static func xml(_ cell: Cell, _ place: String) -> String {
    switch cell {
    case .blank: ""
    case .text(let text):
      "<c r=\"\(place)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"
        + text.replacing("&", with: "&amp;").replacing("<", with: "&lt;") + "</t></is></c>"
    case .number(let text, let style): "<c r=\"\(place)\" s=\"\(style)\"><v>\(text)</v></c>"
    case .error(let text): "<c r=\"\(place)\" t=\"e\"><v>\(text)</v></c>"
    case .formula(let value): "<c r=\"\(place)\"><f>A1</f>\(value.map { "<v>\($0)</v>" } ?? "")</c>"
    }
  }

  private static func letters(_ column: Int) -> String {
    (column >= 26 ? letters(column / 26 - 1) : "") + String(Character(Unicode.Scalar(UInt8(65 + column % 26))))
  }

  // MARK: The archive

  static func zip(_ entries: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var result: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let name = Array(entry.name.utf8)
      let common =
        little(20, 2) + little(0, 6) + little(0x5C21, 2) + little(checksum(entry.bytes), 4)
        + little(entry.bytes.count, 4) + little(entry.bytes.count, 4) + little(name.count, 2) + little(0, 2)
      directory += [0x50, 0x4B, 1, 2] + little(20, 2) + common + little(0, 10) + little(result.count, 4) + name
      result += [0x50, 0x4B, 3, 4] + common + name + entry.bytes
    }
    let start = result.count
    result += directory + [0x50, 0x4B, 5, 6] + little(0, 4) + little(entries.count, 2) + little(entries.count, 2)
    return result + little(directory.count, 4) + little(start, 4) + little(0, 2)
  }

  private static func little(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> (8 * $0)) : 0 }
  }

  private static func checksum(_ bytes: [UInt8]) -> Int {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return Int(~crc)
  }
}
