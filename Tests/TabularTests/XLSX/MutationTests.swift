// Workbooks changed at random: read, or refused with an error, but never a crash and never a hang. The long run is that
// of the whole way of an export, in Tests/IntakeTests/Mutation.

import MutationSupport
import Testing

@testable import Tabular

@Suite struct MutationTests {
  private static let fixtures = [
    "openpyxl.xlsx", "xlsxwriter.xlsx", "libreoffice.xlsx", "polars.xlsx", "xlsxwriter-1904.xlsx", "encrypted.xlsx",
    "libreoffice.xls", "libreoffice.ods",
  ]

  private let mutator = Mutator()

  /// Reads all sheets; an error must be one of the reader's own, with words and without markup. The limits are such that
  /// no change can make a long task of a small file.
  private func read(_ bytes: [UInt8]) {
    let limits = WorkbookLimits(entryBytes: 1 << 22, totalBytes: 1 << 24)
    do throws(WorkbookError) {
      var workbook = try WorkbookReader(bytes, limits: limits)
      for sheet in workbook.sheets where sheet.isWorksheet {
        do throws(WorkbookError) {
          var reader = try workbook.read(sheet)
          while try reader.next() {
            reader.withRow { row in
              for index in 0..<row.count { _ = row.cell(index) }
            }
          }
        } catch {
          #expect(!error.message.isEmpty && !error.message.contains("<"))
        }
      }
    } catch {
      #expect(!error.message.isEmpty && !error.message.contains("<"))
    }
  }

  /// A workbook whose parts are stored as they are and whose checksums are right, so that changes reach what is behind
  /// the archive.
  private func mutatedInside(_ generator: inout SeededGenerator) -> [UInt8] {
    var builder = WorkbookBuilder(
      rows: "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>40057.5</v></c></row>"
        + "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><r><t>a_x000D_b</t></r></is></c><c r=\"C3\" s=\"2\"><f>A1</f>"
        + "<v>1.5E-7</v></c><c r=\"D3\" t=\"b\"><v>1</v></c><c r=\"E3\" t=\"e\"><v>#N/A</v></c></row>",
      styles: ["dd/mm/yyyy", "[h]:mm", "000\\/0000"],
      strings: ["<t xml:space=\"preserve\"> one </t>", "<r><t>two</t></r><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh>"],
      workbook: "<workbookPr date1904=\"1\"/>", after: "<mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>")
    let index = Int.random(in: builder.zip.entries.indices, using: &generator)
    let entry = builder.zip.entries[index]
    builder.zip.entries[index] = ZipBuilder.Entry(entry.name, mutator.changed(entry.packed, &generator))
    return builder.bytes
  }

  @Test(arguments: fixtures)
  func archivesChangedAtRandom(name: String) throws {
    let bytes = try Fixture.bytes(name)
    var generator = SeededGenerator(seed: 2026)
    for _ in 0..<100 { read(mutator.changed(bytes, &generator)) }
  }

  @Test func partsChangedAtRandom() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<500 { read(mutatedInside(&generator)) }
  }
}
