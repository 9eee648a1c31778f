// Workbooks changed at random, the whole way of an export: archives as a whole, and single parts of sound archives.

import MutationSupport
import Testing

@testable import Intake

@Suite("Workbooks changed at random") struct WorkbookMutationTests {
  private static let files = [
    "Students (14).xlsx", "openpyxl.xlsx", "xlsxwriter.xlsx", "libreoffice.xlsx", "polars.xlsx", "xlsxwriter-1904.xlsx",
    "encrypted.xlsx", "libreoffice.xls", "libreoffice.ods",
  ].map { Fixture.bytes(of: "\(WorkbookScanTests.folder)/\($0)") }

  private static let parts: [(name: String, bytes: [UInt8])] = {
    var workbook = HandmadeWorkbook([
      .init(
        name: "Students",
        rows: HandmadeWorkbook.rows(
          pupils: 4,
          [
            0: ["Date of Birth": .number("40238", style: 1), "ULN": .number("1.000000043E9")],
            1: ["Postcode": .error("#N/A"), "Home LA": .formula("343")], 2: ["Home LA": .formula(nil)],
          ]), merges: ["A2:B2", "C4:C5"], hidden: [3]),
      .init(name: "Old", state: "hidden", rows: HandmadeWorkbook.rows(pupils: 1)),
    ])
    workbook.calculatesOnOpening = true
    return workbook.entries
  }()

  private static let mutator = Mutator(words: [
    "<row>", "</row>", "<c r=\"A1\">", "</c>", "<c r=\"ZZZ9999999\" t=\"s\">", "<v>", "</v>", "<f>", "t=\"inlineStr\"",
    "t=\"b\"", "t=\"d\"", "s=\"2\"", "s=\"-1\"", "<is><t>", "&amp;", "&#0;", "&#x1F600;", "_x000D_", "<![CDATA[", "]]>",
    "<!--", "<!DOCTYPE x>", "1E308", "-0", "2958466", "NaN", "r=\"1048577\"", "<mergeCell ref=\"A1:XFD1048576\"/>",
    "xmlns=\"\"", "<sheet name=\"x\" sheetId=\"9\" r:id=\"r1\"/>", "date1904=\"1\"", "<a>", "PK\u{1}\u{2}",
    "PK\u{5}\u{6}",
  ])

  private let run = MutationRun("xlsx") { seed in
    var generator = SeededGenerator(seed: seed)
    var bytes: [UInt8]
    if seed % 4 == 0 {
      bytes = mutator.changed(files[Int(seed / 4 % UInt64(files.count))], &generator)
    } else {
      var parts = parts
      let index = Int.random(in: parts.indices, using: &generator)
      parts[index].bytes = mutator.changed(parts[index].bytes, &generator)
      bytes = HandmadeWorkbook.zip(parts)
    }
    ExportProperties.check(bytes, named: "a.xlsx", seed: seed)
  }

  @Test func aFew() throws { try run.few(120) }

  @Test(.enabled(if: MutationRun.seconds > 0)) func aLongTime() throws { try run.long() }
}
