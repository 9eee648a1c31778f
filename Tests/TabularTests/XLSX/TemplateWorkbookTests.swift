// What a template may hold where rows go, and what of it is never written over.

import Testing

@testable import Tabular

struct TemplateWorkbookTests {
  private static func workbook(_ sheet: String, table: String? = nil, styles: String? = nil, types: String? = nil)
    -> [UInt8]
  {
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    let relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    var parts: [(String, String)] = [
      (
        "_rels/.rels",
        "\(head)<Relationships xmlns=\"\(relations)\"><Relationship Id=\"r1\" Type=\"\(office)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
      ),
      (
        "xl/workbook.xml",
        "\(head)<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        "\(head)<Relationships xmlns=\"\(relations)\"><Relationship Id=\"r1\" Type=\"\(office)/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
          + (styles == nil ? "" : "<Relationship Id=\"r2\" Type=\"\(office)/styles\" Target=\"styles.xml\"/>")
          + "</Relationships>"
      ),
      ("xl/worksheets/sheet1.xml", "\(head)<worksheet xmlns=\"\(main)\">\(sheet)</worksheet>"),
    ]
    if let styles { parts.append(("xl/styles.xml", "\(head)<styleSheet xmlns=\"\(main)\">\(styles)</styleSheet>")) }
    if let table {
      parts.append(("xl/tables/table1.xml", "\(head)<table xmlns=\"\(main)\" \(table)/>"))
      parts.append(
        (
          "xl/worksheets/_rels/sheet1.xml.rels",
          "\(head)<Relationships xmlns=\"\(relations)\"><Relationship Id=\"r1\" Type=\"\(office)/table\" Target=\"../tables/table1.xml\"/></Relationships>"
        ))
    }
    if let types { parts.append(("[Content_Types].xml", types)) }
    return ZipBuilder(entries: parts.map { ZipBuilder.Entry($0.0, $0.1) }).bytes
  }

  private static func text(_ place: String, _ text: String) -> String {
    "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
  }

  private let place: SheetPlace
  init() throws { place = try #require(SheetPlace("Data!A2")) }

  private func said(
    _ workbook: [UInt8], rows: Int = 1, sample: Bool = true, single: String? = nil
  ) throws -> String? {
    do {
      _ = try TemplateWorkbook(workbook).filled(
        at: place, columns: 2, rows: Array(repeating: [.text("a"), .text("b")], count: rows), replacesSample: sample,
        cells: try single.map { [(try #require(SheetPlace($0)), CellDraft.Content.text("x"))] } ?? [])
      return nil
    } catch let error as WorkbookError {
      return error.message
    }
  }

  private func part(_ workbook: [UInt8], _ name: String) throws -> String {
    let bytes = try #require(try WorkbookReader(workbook).bytes(of: name, .workbook))
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func aFormulaIsNeverWrittenOver() throws {
    let sheet =
      "<sheetData><row r=\"1\">\(Self.text("A1", "H"))<c r=\"D1\"><f>1+1</f><v>2</v></c></row>"
      + "<row r=\"2\">\(Self.text("A2", "S"))<c r=\"B2\" t=\"str\"><f>A2&amp;1</f><v>S1</v></c></row></sheetData>"
    #expect(try said(Self.workbook(sheet))?.contains("B2 of the sample row holds a formula") == true)
    let plain = "<sheetData><row r=\"1\">\(Self.text("A1", "H"))<c r=\"D1\"><f>1+1</f><v>2</v></c></row></sheetData>"
    #expect(try said(Self.workbook(plain), single: "Data!D1")?.contains("D1 holds a formula") == true)
    #expect(try said(Self.workbook(plain), single: "Data!A1") == nil)
  }

  @Test func singleCellsAreWhereTheyAreSeen() throws {
    let sheet =
      "<sheetData><row r=\"1\">\(Self.text("A1", "H"))</row></sheetData><mergeCells><mergeCell ref=\"D1:F1\"/></mergeCells>"
    let workbook = Self.workbook(sheet)
    #expect(try said(workbook, single: "Data!D1") == nil)
    #expect(try said(workbook, single: "Data!E1")?.contains("merged cells D1:F1") == true)
    #expect(try said(workbook, single: "Data!B2")?.contains("where rows go") == true)
    #expect(try said(workbook, single: "Elsewhere!B2")?.contains("no sheet") == true)
    let merged = "<sheetData/><mergeCells><mergeCell ref=\"B3:C3\"/></mergeCells>"
    #expect(try said(Self.workbook(merged), rows: 2)?.contains("B3:C3 are merged") == true)
    #expect(try said(Self.workbook(merged), rows: 1) == nil)
  }

  @Test func withoutRowsASampleGoesAndNothingElse() throws {
    let sheet =
      "<sheetData><row r=\"2\">\(Self.text("A2", "S"))\(Self.text("B2", "S"))\(Self.text("F2", "Note"))</row></sheetData>"
    let filled = try TemplateWorkbook(Self.workbook(sheet)).filled(
      at: place, columns: 2, rows: [], replacesSample: true, cells: [])
    let xml = try part(filled, "xl/worksheets/sheet1.xml")
    #expect(xml.contains("Note") && !xml.contains(">S<"))
  }

  @Test func aTableGrowsOverItsOwnColumnsOnly() throws {
    let sheet =
      "<sheetData><row r=\"1\">\(Self.text("A1", "H"))</row><row r=\"4\">\(Self.text("C4", "Total"))</row></sheetData>"
    func grown(_ reference: String, rows: Int) throws -> String {
      let workbook = Self.workbook(sheet, table: "ref=\"\(reference)\"")
      let filled = try TemplateWorkbook(workbook).filled(
        at: place, columns: 2, rows: Array(repeating: [.text("a"), .text("b")], count: rows), replacesSample: false,
        cells: [])
      return try part(filled, "xl/tables/table1.xml")
    }
    #expect(try grown("A1:B2", rows: 3).contains("ref=\"A1:B4\""))
    #expect(try grown("A1:B9", rows: 3).contains("ref=\"A1:B9\""))
    // Not a table of these columns.
    #expect(try grown("A1:A2", rows: 3).contains("ref=\"A1:A2\""))
    let wide = Self.workbook(sheet, table: "ref=\"A1:C2\"")
    #expect(try said(wide, rows: 3, sample: false)?.contains("C4 holds something, where the table grows to") == true)
  }

  @Test(arguments: [false, true])
  func aDayShowsTheDayFirst(_ hasNumbers: Bool) throws {
    let styles =
      (hasNumbers ? "<numFmts count=\"1\"><numFmt numFmtId=\"170\" formatCode=\"0.0\"/></numFmts>" : "")
      + "<fills count=\"1\"><fill/></fills><cellXfs count=\"1\"><xf numFmtId=\"0\"/></cellXfs>"
    let filled = try TemplateWorkbook(Self.workbook("<sheetData/>", styles: styles)).filled(
      at: place, columns: 1, rows: [[.date(year: 2010, month: 3, day: 2)]], replacesSample: false, cells: [])
    let table = try part(filled, "xl/styles.xml")
    #expect(table.contains("formatCode=\"dd/mm/yyyy\"") && table.contains("numFmts count=\"\(hasNumbers ? 2 : 1)\""))
    var reader = try WorkbookReader(filled)
    var sheet = try reader.read(reader.sheets[0])
    #expect(try sheet.next())
    let cell = sheet.withRow { $0.cell(0) }
    #expect(cell?.text == "2010-03-02" && cell?.kind == .date)
  }

  @Test func whatExcelWouldNotOpenIsRefused() throws {
    let types = "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml"
    let template = Self.workbook("<sheetData/>", types: "<Types>\(types)</Types>")
    #expect(throws: WorkbookError.self) { _ = try TemplateWorkbook(template) }
  }

  @Test func serialNumbersOfBothSystems() {
    #expect(DateSystem.from1900.serial(year: 1900, month: 3, day: 1) == 61)
    #expect(DateSystem.from1900.serial(year: 2010, month: 3, day: 2) == 40239)
    #expect(DateSystem.from1904.serial(year: 2010, month: 3, day: 2) == 38777)
    #expect(DateSystem.from1900.serial(year: 1900, month: 2, day: 28) == nil)
    #expect(DateSystem.from1904.serial(year: 1903, month: 12, day: 31) == nil)
    #expect(DateSystem.from1904.serial(year: 1904, month: 1, day: 1) == 0)
  }

  @Test func placesAsPeopleNameThem() {
    #expect(SheetPlace("'It''s data'!$B$7")?.sheet == "It's data")
    #expect(SheetPlace("Data!b7")?.cell == CellReference(row: 7, column: 2))
    for text in ["B7", "Data!", "!B7", "Data!7B", "Data!A0", "Data!XFE1"] {
      #expect(SheetPlace(text) == nil, "\(text)")
    }
  }
}
