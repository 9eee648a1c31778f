// Archives that are damaged or made to harm.

import Testing

@testable import Tabular

@Suite struct ZipDamageTests {
  private static let sheet = "xl/worksheets/sheet1.xml"

  private var builder: WorkbookBuilder {
    WorkbookBuilder(rows: "<row><c t=\"s\"><v>0</v></c></row>", strings: ["<t>secret</t>"])
  }

  private func code(_ change: (inout ZipBuilder) throws -> Void) throws -> WorkbookError.Code? {
    var zip = builder.zip
    try change(&zip)
    return readingError(zip.bytes)?.code
  }

  @Test func soundStoredAndDeflated() throws {
    #expect(try code { _ in } == nil)
    #expect(try code { zip in zip.entries = try zip.entries.map { try $0.deflated() } } == nil)
  }

  @Test func checksums() throws {
    #expect(try code { $0[Self.sheet].checksum ^= 1 } == .badChecksum)
    #expect(try code { $0["xl/sharedStrings.xml"].checksum ^= 1 } == .badChecksum)
    #expect(try code { $0["xl/workbook.xml"].checksum ^= 1 } == .badChecksum)
    #expect(
      try code {
        $0[Self.sheet] = try $0[Self.sheet].deflated()
        $0[Self.sheet].checksum ^= 1
      } == .badChecksum)
  }

  @Test func sizesThatAreNotTrue() throws {
    // An entry that goes on beyond the size that was held against the limits.
    #expect(
      try code {
        $0[Self.sheet] = try $0[Self.sheet].deflated()
        $0[Self.sheet].size -= 10
      } == .damaged)
    #expect(
      try code {
        $0[Self.sheet] = try $0[Self.sheet].deflated()
        $0[Self.sheet].size += 10
      } == .damaged)
    #expect(
      try code {
        var entry = try $0[Self.sheet].deflated()
        entry.packed.removeLast(20)
        $0[Self.sheet] = entry
      } != nil)
  }

  @Test func namesThatStandTwice() throws {
    #expect(try code { $0.entries.append(ZipBuilder.Entry(Self.sheet, "<worksheet/>")) } == .duplicateEntry)
    #expect(try code { $0.entries.append(ZipBuilder.Entry("XL/Worksheets/SHEET1.xml", "x")) } == .duplicateEntry)
    #expect(try code { $0.entries.append(ZipBuilder.Entry("docProps/app.xml", "x")) } == nil)
  }

  @Test(arguments: ["../evil", "xl/../../evil", "/etc/passwd", "xl\\workbook.xml", "C:evil", "xl/./a", "a\nb", "xl/.."])
  func namesThatLeadOut(name: String) throws {
    #expect(try code { $0.entries.append(ZipBuilder.Entry(name, "x")) } == .unsafeEntryName)
    var zip = builder.zip
    zip.entries.append(ZipBuilder.Entry(name, "x"))
    #expect(readingError(zip.bytes)?.message.contains(name) == false)
  }

  @Test func locksAndStrangePacking() throws {
    #expect(try code { $0[Self.sheet].flags = 1 } == .encryptedEntry)
    #expect(try code { $0[Self.sheet].method = 12 } == .unsupportedCompression)
    #expect(try code { $0[Self.sheet].method = 98 } == .unsupportedCompression)
  }

  @Test func cutAnywhere() {
    let bytes = builder.bytes
    for count in 4..<bytes.count {
      let code = readingError(Array(bytes[..<count]))?.code
      #expect(code == .truncated || code == .damaged)
    }
    // Excel itself opens a file with something behind its end.
    #expect(readingError(bytes + [0, 1, 2]) == nil || readingError(bytes + [0, 1, 2])?.code == .damaged)
  }

  @Test func deflatedBombs() throws {
    // Five megabytes that pack to some thousand bytes.
    let bomb = "<worksheet><sheetData>" + String(repeating: " ", count: 5_000_000) + "</sheetData></worksheet>"
    #expect(try code { $0[Self.sheet] = try ZipBuilder.Entry(Self.sheet, bomb).deflated() } == .ratioTooHigh)
    // One that says it is small is found out when it grows.
    #expect(
      try code {
        $0[Self.sheet] = try ZipBuilder.Entry(Self.sheet, bomb).deflated()
        $0[Self.sheet].size = 1000
      } == .damaged)
  }

  @Test func entriesBySaying() throws {
    #expect(try code { $0.count = 0xFFFE } == .tooManyEntries)
    // A second end that names 2⁴⁰ entries.
    var bytes = builder.bytes
    let end = Array(bytes.suffix(22))
    bytes.removeLast(22)
    let place = bytes.count
    var large = [UInt8](repeating: 0, count: 56)
    large.replaceSubrange(0..<12, with: [0x50, 0x4B, 6, 6, 44, 0, 0, 0, 0, 0, 0, 0])
    large[29] = 1
    large[37] = 1
    var locator = [UInt8](repeating: 0, count: 20)
    locator.replaceSubrange(0..<4, with: [0x50, 0x4B, 6, 7])
    for index in 0..<4 { locator[8 + index] = UInt8(truncatingIfNeeded: place >> (8 * index)) }
    #expect(readingError(bytes + large + locator + end)?.code == .tooManyEntries)
  }
}
