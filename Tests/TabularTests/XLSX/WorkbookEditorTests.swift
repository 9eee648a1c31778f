// Writing into a sheet: what was asked for is there, all else is as it was.

import CZip
import Testing

@testable import Tabular

@Suite("Workbook editor") struct WorkbookEditorTests {
  private func edit(_ bytes: [UInt8], sheet: Int = 1, _ rows: [Int: SheetEdits.Row], header: Int? = nil) throws
    -> [UInt8]
  {
    try WorkbookEditor.edit(bytes, sheet: sheet, SheetEdits(rows: rows, headerRow: header)).bytes
  }

  private func part(_ name: String, of bytes: [UInt8]) throws -> String {
    let stream = try #require(try ZipArchive(bytes, limits: WorkbookLimits()).stream(name, .mimeType))
    return String(decoding: try stream.rest(), as: UTF8.self)
  }

  /// Name, checksum, packed size and method of each entry.
  private func entries(_ bytes: [UInt8]) throws -> [String: [UInt64]] {
    var copy = bytes
    return try copy.withUnsafeMutableBytes { buffer in
      let source = try #require(zip_source_buffer_create(buffer.baseAddress, UInt64(buffer.count), 0, nil))
      let archive = try #require(zip_open_from_source(source, ZIP_RDONLY, nil))
      defer { zip_discard(archive) }
      var result: [String: [UInt64]] = [:]
      for index in 0..<UInt64(zip_get_num_entries(archive, 0)) {
        var stat = zip_stat_t()
        #expect(zip_stat_index(archive, index, 0, &stat) == 0)
        result[String(cString: stat.name)] = [index, UInt64(stat.crc), stat.comp_size, UInt64(stat.comp_method)]
      }
      return result
    }
  }

  @Test(arguments: [
    ("openpyxl.xlsx", 1), ("xlsxwriter.xlsx", 1), ("xlsxwriter-1904.xlsx", 1), ("polars.xlsx", 1),
    ("libreoffice.xlsx", 1), ("Students (14).xlsx", 2),
  ])
  func everyProgramsWorkbook(_ name: String, _ number: Int) throws {
    let bytes = try Fixture.bytes(name)
    let before = try readSheet(bytes, number)
    var rows: [Int: SheetEdits.Row] = [:]
    for row in before.rows {
      rows[row.number] = .init(
        texts: [30: "=1+1 <&> \"x\"\n\u{7}_x0041_ é", 31: ""], colours: [2: .wrong, 3: .doubtful])
    }
    let edited = try WorkbookEditor.edit(bytes, sheet: number, SheetEdits(rows: rows))
    #expect(!edited.isMacroEnabled)
    #expect("\(edited)" == "WorkbookEditor.Edited(\(edited.bytes.count) bytes)")
    let after = try readSheet(edited.bytes, number)
    #expect(after.rows.map(\.number) == before.rows.map(\.number))
    for (old, new) in zip(before.rows, after.rows) {
      #expect(new.isHidden == old.isHidden)
      for (index, cell) in old.cells.enumerated() { #expect(new.cells[index] == cell) }
      #expect(new.cells.count == 30)
      #expect(new.cells[29].text == "=1+1 <&> \"x\"\n\u{FFFD}_x0041_ é")
      #expect(new.cells[29].kind == .text && !new.cells[29].isFormula)
    }
    #expect(after.merges == before.merges)
    // Entries that are not concerned are copied as they are packed, in their order.
    let (old, new) = (try entries(bytes), try entries(edited.bytes))
    #expect(Set(old.keys) == Set(new.keys))
    let changed = Set(old.keys.filter { old[$0] != new[$0] })
    #expect(changed == ["xl/worksheets/sheet\(number).xml", "xl/styles.xml"])
    #expect(changed.allSatisfy { old[$0]?.first == new[$0]?.first })
    // The same input gives the same bytes.
    #expect(try WorkbookEditor.edit(bytes, sheet: number, SheetEdits(rows: rows)).bytes == edited.bytes)
  }

  @Test func onlyWhatIsConcerned() throws {
    let builder = WorkbookBuilder(
      rows:
        "<!-- <row> --><row r=\"2\" spans=\"1:2\" ht=\"20\"><c r=\"A2\"><v>1</v></c><c r=\"C2\" t='str'><v>x</v></c></row>"
        + "<row r=\"3\"><c r=\"A3\"><f>A2</f></c></row><row r=\"5\"/>", before: "<dimension ref=\"A2:C3\"/>",
      after: "<extLst><x:row xmlns:x=\"y\"/></extLst>")
    let result = try edit(
      builder.bytes, [2: .init(texts: [5: "five", 2: "two"]), 3: .init(texts: [5: ""]), 5: .init(texts: [1: ""])])
    #expect(
      try part("xl/worksheets/sheet1.xml", of: result)
        == "<worksheet xmlns=\"\(WorkbookBuilder.main)\"><dimension ref=\"A2:E5\"/><sheetData>"
        + "<!-- <row> --><row r=\"2\" ht=\"20\"><c r=\"A2\"><v>1</v></c>"
        + "<c r=\"B2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">two</t></is></c><c r=\"C2\" t='str'><v>x</v></c>"
        + "<c r=\"E2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">five</t></is></c></row>"
        + "<row r=\"3\"><c r=\"A3\"><f>A2</f></c></row><row r=\"5\"/></sheetData>"
        + "<extLst><x:row xmlns:x=\"y\"/></extLst></worksheet>")
    #expect(try part("xl/styles.xml", of: result) == builder["xl/styles.xml"], "nothing was coloured")
  }

  @Test func prefixesAndMissingReferences() throws {
    var builder = WorkbookBuilder()
    builder["xl/worksheets/sheet1.xml"] =
      "<x:worksheet xmlns:x=\"\(WorkbookBuilder.main)\"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row>"
      + "<x:row><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    let result = try edit(builder.bytes, [2: .init(texts: [3: "three"])])
    #expect(try readSheet(result).rows.map(\.texts) == [["1"], ["2", "", "three"]])
    #expect(try part("xl/worksheets/sheet1.xml", of: result).contains("<x:c r=\"C2\" t=\"inlineStr\"><x:is><x:t xml"))
  }

  // MARK: Colours

  private static let fills =
    "<fills count=\"1\"><fill><patternFill patternType=\"none\"/></fill></fills>"

  private func coloured(_ rows: String, before: String = "") -> WorkbookBuilder {
    var builder = WorkbookBuilder(rows: rows, styles: ["dd/mm/yyyy"], before: before)
    builder["xl/styles.xml"] = builder["xl/styles.xml"].replacing(
      "<cellXfs>", with: Self.fills + "<cellXfs count=\"2\">")
    return builder
  }

  @Test func colourKeepsTheFormat() throws {
    let builder = coloured(
      "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>40238</v></c><c r=\"B1\"><v>1</v></c><c r=\"C1\" s=\"1\"/></row>",
      before: "<cols><col min=\"4\" max=\"5\" width=\"9\" style=\"1\"/></cols>")
    let result = try edit(
      builder.bytes, [1: .init(colours: [1: .wrong, 2: .doubtful, 3: .wrong, 5: .wrong, 6: .wrong])])
    #expect(try readSheet(result).rows[0].cells.map(\.text) == ["2010-03-01", "1"])
    let sheet = try part("xl/worksheets/sheet1.xml", of: result)
    #expect(
      sheet.contains(
        "<c r=\"A1\" s=\"2\"><v>40238</v></c><c r=\"B1\" s=\"3\"><v>1</v></c><c r=\"C1\" s=\"2\"/><c r=\"E1\" s=\"2\"/>"
          + "<c r=\"F1\" s=\"4\"/></row>"))
    let styles = try part("xl/styles.xml", of: result)
    #expect(styles.contains("<fills count=\"3\">"))
    #expect(
      styles.contains(
        "<cellXfs count=\"5\"><xf numFmtId=\"0\"/><xf numFmtId=\"200\"/>"
          + "<xf numFmtId=\"200\" fillId=\"2\" applyFill=\"1\"/><xf numFmtId=\"0\" fillId=\"1\" applyFill=\"1\"/>"
          + "<xf numFmtId=\"0\" fillId=\"2\" applyFill=\"1\"/></cellXfs>"))
  }

  @Test func aCorrectedCellLosesItsColour() throws {
    let builder = coloured("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>40238</v></c><c r=\"B1\"><v>1</v></c></row>")
    let wrong = try edit(builder.bytes, [1: .init(colours: [1: .wrong, 2: .doubtful])])
    let again = try edit(wrong, [1: .init(colours: [2: .doubtful])])
    #expect(
      try part("xl/worksheets/sheet1.xml", of: again).contains(
        "<c r=\"A1\" s=\"4\"><v>40238</v></c><c r=\"B1\" s=\"3\">"))
    #expect(
      try part("xl/styles.xml", of: again).contains("<xf numFmtId=\"200\" fillId=\"0\" applyFill=\"1\"/></cellXfs>"))
    #expect(try readSheet(again).rows[0].cells.map(\.text) == ["2010-03-01", "1"])
  }

  @Test func withoutAUsableTableNothingIsColoured() throws {
    // The builder's own table has no fills.
    let builder = WorkbookBuilder(rows: "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", styles: ["0"])
    let result = try edit(builder.bytes, [1: .init(texts: [3: "t"], colours: [1: .wrong, 2: .wrong])])
    #expect(try readSheet(result).rows[0].texts == ["1", "", "t"])
    #expect(try part("xl/worksheets/sheet1.xml", of: result).contains("<c r=\"A1\"><v>1</v></c><c r=\"C1\" t="))
  }

  @Test func headingsLookLikeTheirNeighbour() throws {
    let builder = coloured(
      "<row r=\"1\"><c r=\"A1\" s=\"1\" t=\"str\"><v>h</v></c></row><row r=\"2\"><c s=\"1\"><v>2</v></c></row>")
    let result = try edit(builder.bytes, [1: .init(texts: [2: "r"]), 2: .init(texts: [2: "x"])], header: 1)
    let sheet = try part("xl/worksheets/sheet1.xml", of: result)
    #expect(sheet.contains("<c r=\"B1\" s=\"1\" t=\"inlineStr\">"))
    #expect(sheet.contains("<c r=\"B2\" t=\"inlineStr\">"))
  }

  @Test func replacedCellsKeepTheirFormat() throws {
    let builder = coloured("<row r=\"1\"><c r=\"A1\" s=\"1\" t=\"str\"><v>old</v></c><c r=\"B1\"><v>1</v></c></row>")
    let result = try edit(builder.bytes, [1: .init(texts: [1: "new", 2: ""])])
    #expect(try readSheet(result).rows[0].texts == ["new"])
    #expect(try part("xl/worksheets/sheet1.xml", of: result).contains("<c r=\"A1\" s=\"1\" t=\"inlineStr\">"))
    #expect(try part("xl/worksheets/sheet1.xml", of: result).contains("<c r=\"B1\"/></row>"))
  }

  // MARK: What cannot be

  @Test func longTextsAreCutToWhatACellHolds() throws {
    let builder = WorkbookBuilder(rows: "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")
    let text = String(repeating: "\u{1F600}", count: 20_000)
    let result = try edit(builder.bytes, [1: .init(texts: [2: text])])
    let cell = try #require(try readSheet(result).rows[0].cells.last)
    #expect(cell.text.hasSuffix("\u{1F600} [more]"))
    #expect((InlineText.limit - 1...InlineText.limit).contains(cell.text.utf16.count))
  }

  @Test func macrosAreToldByTheType() throws {
    var builder = WorkbookBuilder(rows: "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")
    builder["[Content_Types].xml"] =
      "<Types><Override ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/></Types>"
    #expect(try WorkbookEditor.edit(builder.bytes, sheet: 1, SheetEdits()).isMacroEnabled)
  }

  private func code(_ body: () throws -> Void) -> WorkbookError.Code? {
    do {
      try body()
      return nil
    } catch {
      return (error as? WorkbookError)?.code
    }
  }

  @Test func notEditable() throws {
    var builder = WorkbookBuilder(rows: "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")
    #expect(code { _ = try edit(builder.bytes, sheet: 2, [:]) } == .notEditable)
    // A row that the sheet does not have, so that the text is not there when it is read back.
    #expect(code { _ = try edit(builder.bytes, [7: .init(texts: [1: "x"])]) } == .notEditable)
    let xml = builder["xl/worksheets/sheet1.xml"]
    builder["xl/worksheets/sheet1.xml"] = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + xml
    #expect(try readSheet(builder.bytes).rows.count == 1)
    #expect(code { _ = try edit(builder.bytes, [1: .init(texts: [2: "x"])]) } == .notEditable)
    builder["xl/worksheets/sheet1.xml"] = xml.replacing("r=\"A1\"", with: "r=\"&#65;1\"")
    #expect(try readSheet(builder.bytes).rows.count == 1)
    #expect(code { _ = try edit(builder.bytes, [1: .init(texts: [2: "x"])]) } == .notEditable)
    #expect(code { _ = try edit(Array("no workbook".utf8), [:]) } == .notAWorkbook)
  }

  @Test func scannerPassesOverWhatIsNoTag() {
    var scanner = MarkupScanner(
      Array("\u{FEFF}<?xml version='1.0'?><a b='<c>' d=\"/\"><![CDATA[<e>]]><!-- <f> --><g /></a >".utf8))
    var names: [String] = []
    while let tag = scanner.next() {
      names.append(String(decoding: scanner.bytes[tag.name], as: UTF8.self) + " \(tag.kind)")
      if names.count == 1 {
        #expect(scanner.value("b", of: tag).map { String(decoding: $0, as: UTF8.self) } == "<c>")
        #expect(scanner.value("d", of: tag).map { String(decoding: $0, as: UTF8.self) } == "/")
        #expect(
          String(decoding: scanner.rewritten(tag, "b", nil), as: UTF8.self) == "<a d=\"/\">")
        #expect(String(decoding: scanner.rewritten(tag, "z", [0x31]), as: UTF8.self) == "<a b='<c>' d=\"/\" z=\"1\">")
      }
    }
    #expect(names == ["a start", "g empty", "a end"])
  }
}
