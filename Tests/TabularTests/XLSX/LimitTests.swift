// Every limit: what lies just within it is read, what lies beyond is an error of its own.

import Testing

@testable import Tabular

@Suite struct LimitTests {
  /// Expects that a workbook is read with a limit and refused with one less.
  private func expect(
    _ builder: WorkbookBuilder, _ limit: WritableKeyPath<WorkbookLimits, Int>, _ enough: Int,
    _ code: WorkbookError.Code,
    _ location: SourceLocation = #_sourceLocation
  ) {
    var limits = WorkbookLimits()
    limits[keyPath: limit] = enough
    #expect(readingError(builder.bytes, limits: limits) == nil, sourceLocation: location)
    limits[keyPath: limit] = enough - 1
    let error = readingError(builder.bytes, limits: limits)
    #expect(error?.code == code, sourceLocation: location)
    #expect(error?.message.contains("\(enough - 1)") == true, sourceLocation: location)
    #expect(error?.message.contains("secret") == false, sourceLocation: location)
  }

  @Test func fileAndParts() {
    let builder = WorkbookBuilder(rows: "<row><c><v>1</v></c></row>")
    let sizes = builder.zip.entries.map(\.packed.count)
    expect(builder, \.bytes, builder.bytes.count, .tooManyBytes)
    expect(builder, \.entries, builder.zip.entries.count, .tooManyEntries)
    expect(builder, \.entryBytes, sizes.max() ?? 0, .entryTooLarge)
    expect(builder, \.totalBytes, sizes.reduce(0, +), .totalTooLarge)
  }

  @Test func ratio() throws {
    var builder = WorkbookBuilder(before: String(repeating: " ", count: 100_000))
    let entry = try builder.zip["xl/worksheets/sheet1.xml"].deflated()
    builder.zip["xl/worksheets/sheet1.xml"] = entry
    var limits = WorkbookLimits(ratioFreeBytes: 0)
    limits.ratio = Int(entry.size) / entry.packed.count + 1
    #expect(readingError(builder.bytes, limits: limits) == nil)
    limits.ratio -= 1
    #expect(readingError(builder.bytes, limits: limits)?.code == .ratioTooHigh)
    limits.ratioFreeBytes = Int(entry.size)
    #expect(readingError(builder.bytes, limits: limits) == nil)
  }

  @Test func rowsColumnsCells() {
    let rows = (1...5).map { _ in "<row><c/><c t=\"inlineStr\"><is><t>secret</t></is></c><c/></row>" }.joined()
    expect(WorkbookBuilder(rows: rows + "<row/><row><c/></row>"), \.rows, 5, .tooManyRows)
    // Cells for the eye only are cells to read, and no columns.
    expect(WorkbookBuilder(rows: rows), \.columns, 2, .tooManyColumns)
    expect(WorkbookBuilder(rows: rows), \.cells, 15, .tooManyCells)
  }

  @Test(arguments: [
    "<c t=\"str\"><v>secret~</v></c>", "<c t=\"inlineStr\"><is><t>secret~</t></is></c>",
    "<c t=\"inlineStr\"><is><r><t>secret</t></r><r><t>~</t></r></is></c>",
    "<c t=\"inlineStr\"><is><t>secret<x/>~</t></is></c>", "<c t=\"str\"><v>secret<x/>~</v></c>",
  ])
  func cellBytes(cell: String) {
    let long = cell.replacing("~", with: String(repeating: "x", count: 94))
    expect(WorkbookBuilder(rows: "<row>\(long)</row>"), \.cellBytes, 100, .cellTooLong)
  }

  @Test func cellBytesBeyondWhatTheParserIsAllowed() {
    let text = String(repeating: "x", count: 200_000)
    for part in ["<c t=\"str\"><v>\(text)</v></c>", "<c t=\"inlineStr\"><is><t>\(text)</t></is></c>"] {
      let error = readingError(WorkbookBuilder(rows: "<row r=\"1\"/><row r=\"2\">\(part)</row>").bytes)
      #expect(error?.code == .cellTooLong)
      #expect(error?.row == 2)
    }
  }

  @Test func sharedStrings() {
    let builder = WorkbookBuilder(strings: ["<t>secret</t>", "<t>12345678</t>", "<t>12</t>"])
    expect(builder, \.sharedStrings, 3, .tooManySharedStrings)
    expect(builder, \.sharedStringBytes, 16, .sharedStringsTooLarge)
    expect(builder, \.cellBytes, 8, .cellTooLong)
  }

  @Test func stylesMergesSheets() {
    let formats = (0..<100).map { _ in "0" }
    expect(WorkbookBuilder(styles: formats), \.styles, 128, .tooManyStyles)
    let merges = "<mergeCells><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"A2:B2\"/></mergeCells>"
    expect(WorkbookBuilder(after: merges), \.merges, 2, .tooManyMerges)
    var builder = WorkbookBuilder()
    builder["xl/workbook.xml"] = builder["xl/workbook.xml"].replacing(
      "</sheets>", with: "<sheet name=\"Two\" sheetId=\"2\" r:id=\"r9\"/></sheets>")
    expect(builder, \.sheets, 2, .tooManySheets)
  }

  @Test func depth() {
    let deep = String(repeating: "<a>", count: 20) + String(repeating: "</a>", count: 20)
    expect(WorkbookBuilder(after: deep), \.xmlDepth, 21, .tooDeep)
    let deeper = String(repeating: "<a>", count: 100_000)
    #expect(readingError(WorkbookBuilder(after: deeper).bytes)?.code == .tooDeep)
  }

  @Test func markup() {
    let attributes = (0..<300).map { " a\($0)=\"\"" }.joined()
    #expect(readingError(WorkbookBuilder(before: "<a\(attributes)/>").bytes)?.code == .tooMuchMarkup)
    let comment = "<!--" + String(repeating: "x", count: 1_000_000) + "-->"
    #expect(readingError(WorkbookBuilder(before: comment).bytes)?.code == .tooMuchMarkup)
    let spaces = (0..<300).map { " xmlns:a\($0)=\"urn:\($0)\"" }.joined()
    #expect(readingError(WorkbookBuilder(before: "<a\(spaces)/>").bytes)?.code == .tooMuchMarkup)
  }

  @Test func doctypes() throws {
    let bomb =
      "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"secret\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/"
      + "passwd\">]>"
    for part in [
      "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml",
      "xl/worksheets/sheet1.xml",
    ] {
      var builder = WorkbookBuilder(rows: "<row><c t=\"str\"><v>1</v></c></row>")
      builder[part] = bomb + builder[part].replacing("<v>1</v>", with: "<v>&b;&c;</v>")
      let error = try #require(readingError(builder.bytes))
      #expect(error.code == .doctype)
      #expect(!error.message.contains("secret"))
    }
  }
}
