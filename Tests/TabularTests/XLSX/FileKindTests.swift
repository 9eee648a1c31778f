// Files that are no workbook: each is told for what it is.

import Testing

@testable import Tabular

@Suite struct FileKindTests {
  /// A compound file whose directory names these streams.
  private func compoundFile(_ streams: [String]) -> [UInt8] {
    var bytes: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    bytes += [UInt8](repeating: 0, count: 1024 - bytes.count)
    for stream in ["Root Entry"] + streams {
      var entry = stream.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
      let length = UInt8(entry.count + 2)
      entry += [UInt8](repeating: 0, count: 64 - entry.count)
      entry += [length, 0, stream == "Root Entry" ? 5 : 2]
      bytes += entry + [UInt8](repeating: 0, count: 128 - entry.count)
    }
    return bytes
  }

  private func zip(_ entries: [(String, String)]) -> [UInt8] {
    ZipBuilder(entries: entries.map { ZipBuilder.Entry($0.0, $0.1) }).bytes
  }

  private func code(_ bytes: [UInt8]) -> WorkbookError.Code? { readingError(bytes)?.code }

  @Test func compoundFiles() {
    #expect(code(compoundFile(["EncryptionInfo", "EncryptedPackage"])) == .encrypted)
    #expect(code(compoundFile(["Workbook"])) == .oldExcel)
    #expect(code(compoundFile(["Book"])) == .oldExcel)
    #expect(code(compoundFile(["WordDocument"])) == .otherOffice)
    #expect(code(compoundFile(["NotAWorkbook"])) == .notAWorkbook)
    #expect(code(compoundFile([])) == .notAWorkbook)
    // Cut off anywhere: another code at most, never a crash.
    let whole = compoundFile(["EncryptedPackage"])
    for count in 8..<whole.count { #expect(code(Array(whole[..<count])) == .notAWorkbook) }
  }

  @Test func otherBytes() {
    #expect(code([]) == .empty)
    #expect(code(Array("UPN,Surname\r\n".utf8)) == .notAWorkbook)
    #expect(code(Array("<html><table>".utf8)) == .notAWorkbook)
    #expect(code([0x50]) == .notAWorkbook)
    #expect(code([0x50, 0x4B, 3, 4]) == .truncated)
  }

  @Test func otherArchives() {
    let relations = { (target: String) in ("_rels/.rels", WorkbookBuilder.relations([("a", "officeDocument", target)]))
    }
    #expect(code(zip([("mimetype", "application/vnd.oasis.opendocument.spreadsheet")])) == .openDocument)
    #expect(code(zip([relations("xl/workbook.bin"), ("xl/workbook.bin", "x")])) == .binaryWorkbook)
    #expect(code(zip([("xl/workbook.bin", "x")])) == .binaryWorkbook)
    #expect(code(zip([relations("word/document.xml"), ("word/document.xml", "x")])) == .otherOffice)
    #expect(code(zip([("ppt/presentation.xml", "x")])) == .otherOffice)
    #expect(code(zip([("students.csv", "x")])) == .otherZip)
    #expect(code(zip([("book.xlsx", "x")])) == .otherZip)
    #expect(code(zip([])) == .otherZip)
    #expect(code(zip([("[Content_Types].xml", "x")])) == .missingPart)
  }

  @Test func messagesSayWhatToDo() throws {
    for bytes in [compoundFile(["EncryptedPackage"]), compoundFile(["Workbook"]), [], zip([("xl/workbook.bin", "x")])] {
      let message = try #require(readingError(bytes)?.message)
      #expect(message.contains("save"))
    }
  }
}
