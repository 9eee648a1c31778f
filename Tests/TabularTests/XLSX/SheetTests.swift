// Sheets as they may be written: places, types, strings, namespaces.

import Testing

@testable import Tabular

@Suite struct SheetTests {
  @Test func placesAreKept() throws {
    let rows =
      "<row r=\"3\"><c r=\"C3\"><v>1</v></c><c r=\"E3\"><v>2</v></c></row><row r=\"4\"/>"
      + "<row r=\"5\"><c r=\"B5\" s=\"0\"/></row><row r=\"7\"><c r=\"AB7\"><v>3</v></c><c r=\"AC7\" s=\"0\"/></row>"
    let sheet = try readSheet(WorkbookBuilder(rows: rows).bytes)
    #expect(sheet.rows.map(\.number) == [3, 7])
    #expect(sheet.rows[0].texts == ["", "", "1", "", "2"])
    #expect(sheet.rows[1].texts == Array(repeating: "", count: 27) + ["3"])
    #expect(sheet.rows[0].cells.map(\.kind) == [.blank, .blank, .number, .blank, .number])
  }

  @Test func placesThatAreNotWrittenAreCounted() throws {
    let rows =
      "<row><c><v>1</v></c><c/><c><v>2</v></c></row><row r=\"4\"><c r=\"B4\"><v>3</v></c><c><v>4</v></c></row>"
      + "<row><c><v>5</v></c></row>"
    let sheet = try readSheet(WorkbookBuilder(rows: rows).bytes)
    #expect(sheet.rows.map(\.number) == [1, 4, 5])
    #expect(sheet.rows.map(\.texts) == [["1", "", "2"], ["", "3", "4"], ["5"]])
  }

  @Test(arguments: [
    "<row r=\"2\"><c r=\"A2\"/></row><row r=\"2\"/>", "<row r=\"2\"/><row r=\"1\"/>", "<row r=\"0\"/>",
    "<row r=\"x\"/>", "<row r=\"1048577\"/>", "<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>",
    "<row r=\"1\"><c r=\"A1\"/><c r=\"A1\"/></row>", "<row r=\"1\"><c r=\"A2\"/></row>",
    "<row r=\"1\"><c r=\"XFE1\"/></row>", "<row r=\"1\"><c r=\"AAAA1\"/></row>", "<row r=\"1\"><c r=\"1\"/></row>",
    "<row r=\"1\"><c r=\"A\"/></row>", "<row r=\"1\"><c r=\"XFD1\"/><c/></row>",
    "<row r=\"1\"><c r=\"A99999999999999999999\"/></row>", "<row r=\"1\"><c r=\"AAAAAAAAAAAAAAAAAAAAAAAA1\"/></row>",
  ])
  func placesThatCannotBe(rows: String) throws {
    #expect(readingError(WorkbookBuilder(rows: rows).bytes)?.code == .badReference)
  }

  @Test func whatTheSheetSaysOfItsSizeIsNotLookedAt() throws {
    for size in ["A1", "A1:ZZZ999", "B7:C9", "nonsense"] {
      let builder = WorkbookBuilder(
        rows: "<row r=\"2\"><c r=\"D2\"><v>1</v></c></row>", before: "<dimension ref=\"\(size)\"/>")
      #expect(try builder.rows() == [["", "", "", "1"]])
    }
  }

  @Test func sharedStrings() throws {
    let strings = [
      "<t>plain</t>", "<r><rPr><b/></rPr><t>bold</t></r><r><t xml:space=\"preserve\"> and </t></r><r><t>not</t></r>",
      "<t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh><phoneticPr fontId=\"1\"/>", "<t>  trimmed \n</t>",
      "<t xml:space=\"preserve\">  kept </t>", "<t/>", "", "<t>a_x000D__x000A_b_x005F_x0041_</t>",
      "<t>_xD83D__xDE00_ _xD83D_ _x0000_ _x00e9_ _xZZZZ_ _x12</t>", "<t>&lt;&amp;&#233;<![CDATA[<x>]]></t>",
    ]
    let cells = strings.indices.map { "<c t=\"s\"><v>\($0)</v></c>" }.joined()
    let row = try readSheet(WorkbookBuilder(rows: "<row>\(cells)</row>", strings: strings).bytes).rows[0]
    #expect(
      row.texts == [
        "plain", "bold and not", "東京", "trimmed", "  kept ", "", "", "a\r\nb_x0041_",
        "😀 _xD83D_ _x0000_ é _xZZZZ_ _x12", "<&é<x>",
      ])
    #expect(row.cells.allSatisfy { $0.kind == .text && $0.number == nil })
  }

  @Test func stringsInTheCell() throws {
    let cells =
      "<c t=\"inlineStr\"><is><t>in</t></is></c><c t=\"inlineStr\"><is><r><t>a</t></r><r><t>b</t></r></is></c>"
      + "<c t=\"str\"><f>A1</f><v>for_x0041_mula</v></c><c t=\"str\"><f>A1</f><v></v></c><c t=\"str\"><v>0012</v></c>"
    let row = try readSheet(WorkbookBuilder(rows: "<row>\(cells)</row>").bytes).rows[0]
    #expect(row.texts == ["in", "ab", "forAmula", "", "0012"])
    #expect(row.cells.allSatisfy { $0.kind == .text && !$0.lacksValue })
    #expect(row.cells.map(\.isFormula) == [false, false, true, true, false])
  }

  @Test func formulasWithAndWithoutValues() throws {
    let cells =
      "<c><f>B1</f><v>7</v></c><c><f>B1</f></c><c><f>B1</f><v/></c><c t=\"b\"><f>B1</f><v>1</v></c>"
      + "<c t=\"e\"><f>B1</f><v>#VALUE!</v></c><c><f t=\"shared\" si=\"0\"/><v>8</v></c><c t=\"str\"><f>B1</f></c>"
    let sheet = try readSheet(WorkbookBuilder(rows: "<row>\(cells)</row>").bytes)
    let row = try #require(sheet.rows.first)
    #expect(row.texts == ["7", "", "", "TRUE", "#VALUE!", "8", ""])
    #expect(row.cells.map(\.kind) == [.number, .blank, .blank, .boolean, .error, .number, .blank])
    #expect(row.cells.map(\.lacksValue) == [false, true, true, false, false, false, true])
    #expect(!row.cells.contains { !$0.isFormula })
    #expect(sheet.formulasWithoutValue == 3)
  }

  @Test func booleansAndErrors() throws {
    let cells =
      "<c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"b\"><v>true</v></c><c t=\"e\"><v>#N/A</v></c><c t=\"b\"/>"
      + "<c t=\"n\"><v> 5 </v></c>"
    let row = try readSheet(WorkbookBuilder(rows: "<row>\(cells)</row>").bytes).rows[0]
    #expect(row.texts == ["TRUE", "FALSE", "TRUE", "#N/A", "", "5"])
    #expect(row.cells.map(\.kind) == [.boolean, .boolean, .boolean, .error, .blank, .number])
  }

  @Test func datesAsText() throws {
    let texts = [
      "2009-09-01", "2009-09-01T00:00:00", "2009-09-01T08:05:00.250Z", "2009-09-01T08:05", "2009-09-01T08:05:09+01:00",
      "1 Sept", "2009-09-01Tx", "2009-09-01T08:05:09x",
    ]
    let cells = texts.map { "<c t=\"d\"><v>\($0)</v></c>" }.joined()
    let row = try readSheet(WorkbookBuilder(rows: "<row>\(cells)</row>").bytes).rows[0]
    #expect(
      row.texts == [
        "2009-09-01", "2009-09-01", "2009-09-01 08:05:00", "2009-09-01 08:05:00", "2009-09-01 08:05:09", "1 Sept",
        "2009-09-01Tx", "2009-09-01T08:05:09x",
      ])
    #expect(row.cells.map(\.kind) == [.date, .date, .date, .date, .date, .text, .text, .text])
  }

  @Test(arguments: [
    ("<c><v>secret</v></c>", WorkbookError.Code.badValue), ("<c><v>1e999</v></c>", .badValue),
    ("<c><v>0x10</v></c>", .badValue), ("<c><v>nan</v></c>", .badValue), ("<c><v>1-2</v></c>", .badValue),
    ("<c t=\"b\"><v>secret</v></c>", .badValue), ("<c t=\"secret\"><v>1</v></c>", .badValue),
    ("<c t=\"s\"><v>1</v></c>", .badSharedString), ("<c t=\"s\"><v>-1</v></c>", .badSharedString),
    ("<c t=\"s\"><v>secret</v></c>", .badSharedString), ("<c s=\"9\"><v>1</v></c>", .badStyle),
    ("<c s=\"-1\"><v>1</v></c>", .badStyle),
  ])
  func valuesThatCannotBe(cell: String, code: WorkbookError.Code) throws {
    let builder = WorkbookBuilder(rows: "<row r=\"12\"><c/><c/>\(cell)</row>", strings: ["<t>secret</t>"])
    let error = try #require(readingError(builder.bytes))
    #expect(error.code == code)
    #expect(error.sheet == 1 && error.row == 12 && error.column == 3)
    #expect(error.message.hasPrefix("sheet 1, cell C12: "))
    #expect(!error.message.contains("secret"))
  }

  @Test func merges() throws {
    let builder = WorkbookBuilder(
      rows: "<row><c><v>1</v></c></row>",
      after: "<mergeCells count=\"2\"><mergeCell ref=\"A1:D1\"/><mergeCell ref=\"B3:B9\"/></mergeCells>")
    #expect(try readSheet(builder.bytes).merges.map(\.description) == ["A1:D1", "B3:B9"])
    for wrong in ["D1:A1", "B9:B3", "A1:", "", "A1:B2:C3"] {
      let builder = WorkbookBuilder(after: "<mergeCells><mergeCell ref=\"\(wrong)\"/></mergeCells>")
      #expect(readingError(builder.bytes)?.code == .badReference)
    }
  }

  @Test func prefixes() throws {
    var builder = WorkbookBuilder(strings: ["<t>text</t>"])
    builder["xl/worksheets/sheet1.xml"] =
      "<x:worksheet xmlns:x=\"\(WorkbookBuilder.main)\"><x:sheetData><x:row r=\"2\"><x:c t=\"s\"><x:v>0</x:v></x:c>"
      + "</x:row></x:sheetData></x:worksheet>"
    #expect(try builder.rows() == [["text"]])
  }

  @Test func strictNamespacesAndAbsoluteTargets() throws {
    var builder = WorkbookBuilder()
    let strict = "http://purl.oclc.org/ooxml"
    builder.zip.entries.removeAll()
    builder["_rels/.rels"] =
      "<Relationships xmlns=\"\(WorkbookBuilder.package)\"><Relationship Id=\"a\" "
      + "Type=\"\(strict)/officeDocument/relationships/officeDocument\" Target=\"/book/main.xml\"/></Relationships>"
    builder["book/main.xml"] =
      "<workbook xmlns=\"\(strict)/spreadsheetml/main\" xmlns:r=\"\(strict)/officeDocument/relationships\" "
      + "conformance=\"strict\"><workbookPr dateCompatibility=\"0\"/>"
      + "<sheets><sheet name=\"One\" sheetId=\"1\" r:id=\"b\"/></sheets></workbook>"
    builder["book/_rels/main.xml.rels"] =
      "<Relationships xmlns=\"\(WorkbookBuilder.package)\"><Relationship Id=\"b\" "
      + "Type=\"\(strict)/officeDocument/relationships/worksheet\" Target=\"../pages/a%20b.xml\"/></Relationships>"
    builder["pages/a b.xml"] =
      "<worksheet xmlns=\"\(strict)/spreadsheetml/main\"><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"
    #expect(try builder.rows() == [["1"]])
  }

  @Test func elementsOfOthersArePassedOver() throws {
    let other = "xmlns:o=\"urn:other\""
    let builder = WorkbookBuilder(
      rows: "<o:row \(other)><c><v>9</v></c></o:row><row><o:c \(other)><v>9</v></o:c><c><o:v \(other)>9</o:v><v>1</v>"
        + "<extLst><ext><v>9</v></ext></extLst></c></row>",
      before: "<o:sheetData \(other)><row><c><v>9</v></c></row></o:sheetData>",
      after: "<extLst><ext><sheetData><row><c><v>9</v></c></row></sheetData></ext></extLst>")
    #expect(try builder.rows() == [["1"]])
  }

  @Test func aWorkbookWithoutTablesAndRelationsOfItsOwn() throws {
    var builder = WorkbookBuilder(rows: "<row><c s=\"4\"><v>1</v></c></row>")
    builder["xl/_rels/workbook.xml.rels"] = WorkbookBuilder.relations([("r1", "worksheet", "/xl/worksheets/sheet1.xml")]
    )
    builder.zip.entries.removeAll {
      ["_rels/.rels", "[Content_Types].xml", "xl/styles.xml", "xl/sharedStrings.xml"].contains($0.name)
    }
    // Without a table of formats a number of one means nothing.
    #expect(try builder.rows() == [["1"]])
  }

  @Test func partsThatAreNotThereOrNotWhatTheyAreListedAs() throws {
    func code(_ change: (inout WorkbookBuilder) -> Void) -> WorkbookError.Code? {
      var builder = WorkbookBuilder(rows: "<row><c><v>1</v></c></row>")
      change(&builder)
      return readingError(builder.bytes)?.code
    }
    #expect(code { _ in } == nil)
    #expect(code { $0.zip.entries.removeAll { $0.name == "xl/worksheets/sheet1.xml" } } == .missingPart)
    #expect(code { $0.zip.entries.removeAll { $0.name == "xl/styles.xml" } } == .missingPart)
    #expect(code { $0.zip.entries.removeAll { $0.name == "xl/workbook.xml" } } == .missingPart)
    #expect(code { $0["xl/worksheets/sheet1.xml"] = "<html/>" } == .badStructure)
    #expect(code { $0["xl/worksheets/sheet1.xml"] = "<worksheet/>" } == .badStructure)
    #expect(code { $0["xl/sharedStrings.xml"] = "<worksheet/>" } == .badStructure)
    #expect(code { $0["xl/workbook.xml"] = "<workbook/>" } == .noSheets)
    #expect(
      code {
        $0["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData/><sheetData/></worksheet>"
      } == .badStructure)
    // Upwards beyond the root, though what comes after it exists.
    for (target, found) in [("../xl/worksheets/sheet1.xml", nil), ("../../xl/worksheets/sheet1.xml", "missing-part")] {
      let relations = WorkbookBuilder.relations([("r1", "worksheet", target)])
      #expect(code { $0["xl/_rels/workbook.xml.rels"] = relations }?.description == found)
    }
    #expect(
      code { $0["xl/_rels/workbook.xml.rels"] = WorkbookBuilder.relations([("r1", "chartsheet", "c.xml")]) }
        == .notAWorksheet)
  }

  @Test func descriptionsHoldNoCell() throws {
    let builder = WorkbookBuilder(rows: "<row><c t=\"str\"><v>secret</v></c></row>")
    let row = try readSheet(builder.bytes).rows[0]
    #expect(!"\(row.cells[0]) \(String(reflecting: row.cells[0]))".contains("secret"))
  }
}
