// Workbooks changed at random: read, or refused with an error, but never a crash and never a hang.

import Testing

@testable import Tabular

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

@Suite struct MutationTests {
  /// How long the long test goes on; without `FUZZ_SECONDS` it does not run.
  private static let seconds = getenv("FUZZ_SECONDS").flatMap { Int(String(cString: $0)) } ?? 0

  private static let fixtures = [
    "openpyxl.xlsx", "xlsxwriter.xlsx", "libreoffice.xlsx", "polars.xlsx", "xlsxwriter-1904.xlsx", "encrypted.xlsx",
    "libreoffice.xls", "libreoffice.ods",
  ]

  /// One to eight changes: a bit, a byte, a stretch copied elsewhere, removed or doubled, an end cut off.
  private func mutated(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var result = bytes
    for _ in 0..<Int.random(in: 1...8, using: &generator) where !result.isEmpty {
      let place = Int.random(in: result.indices, using: &generator)
      let end = min(result.count, place + Int.random(in: 1...64, using: &generator))
      switch Int.random(in: 0..<8, using: &generator) {
      case 0, 1: result[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 2: result[place] = UInt8.random(in: .min ... .max, using: &generator)
      case 3: result[place] = [0, 0xFF, 0x7F, 0x80, 0x3C, 0x3E, 0x22, 0x26].randomElement(using: &generator) ?? 0
      case 4:
        let target = Int.random(in: 0...(result.count - (end - place)), using: &generator)
        result.replaceSubrange(target..<(target + end - place), with: Array(result[place..<end]))
      case 5: result.removeSubrange(place..<end)
      case 6: result.insert(contentsOf: Array(result[place..<end]), at: place)
      default:
        if Int.random(in: 0..<4, using: &generator) == 0 { result.removeSubrange(place...) }
      }
    }
    return result
  }

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
    builder.zip.entries[index] = ZipBuilder.Entry(entry.name, mutated(entry.packed, &generator))
    return builder.bytes
  }

  @Test(arguments: fixtures)
  func archivesChangedAtRandom(name: String) throws {
    let bytes = try Fixture.bytes(name)
    var generator = SeededGenerator(seed: 2026)
    for _ in 0..<100 { read(mutated(bytes, &generator)) }
  }

  @Test func partsChangedAtRandom() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<500 { read(mutatedInside(&generator)) }
  }

  @Test(.enabled(if: seconds > 0))
  func aLongTime() throws {
    var seed: UInt64 = UInt64(ContinuousClock.now.duration(to: .now).components.attoseconds) ^ UInt64(getpid()) << 20
    let files = try Self.fixtures.map { try Fixture.bytes($0) }
    let end = ContinuousClock.now.advanced(by: .seconds(Self.seconds))
    var count = 0
    var slowest = Duration.zero
    while ContinuousClock.now < end {
      seed += 1
      var generator = SeededGenerator(seed: seed)
      let bytes =
        seed % 2 == 0
        ? mutatedInside(&generator) : mutated(files[Int(seed / 2 % UInt64(files.count))], &generator)
      let time = ContinuousClock().measure { read(bytes) }
      slowest = max(slowest, time)
      #expect(time < .seconds(10), "seed \(seed)")
      count += 1
    }
    print("\(count) workbooks changed at random, up to seed \(seed); the slowest took \(slowest)")
  }
}
