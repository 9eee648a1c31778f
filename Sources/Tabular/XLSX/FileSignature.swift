// What a file is by its first bytes and its directory, when it is no zip archive. Pure.

/// Tells people who hand in another file what they handed in.
enum FileSignature {
  private static let compoundFile: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

  /// Why bytes that do not begin like a zip archive are no workbook; nil where they do begin like one.
  static func refusal(of bytes: [UInt8]) -> WorkbookError? {
    if bytes.isEmpty {
      return WorkbookError(.empty, message: "the file is empty; save the workbook again")
    }
    if bytes.starts(with: compoundFile) { return refusalOfCompoundFile(bytes) }
    // "PK", a local entry or the end of an archive without entries.
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06]) { return nil }
    return WorkbookError(
      .notAWorkbook,
      message:
        "the file is no Excel workbook, whatever its name says: it may be text or a web page; open it in a spreadsheet "
        + "program and save it as .xlsx, or export CSV")
  }

  /// A compound file holds streams by name: an encrypted workbook is one, and every `.xls` is.
  private static func refusalOfCompoundFile(_ bytes: [UInt8]) -> WorkbookError {
    if holds("EncryptedPackage", bytes) {
      return WorkbookError(
        .encrypted, message: "the workbook is protected by a password; save it without one and hand it in again")
    }
    if holds("Workbook", bytes) || holds("Book", bytes) {
      return WorkbookError(
        .oldExcel, message: "the workbook is in the format of Excel before 2007 (.xls); save it as .xlsx")
    }
    if holds("WordDocument", bytes) || holds("PowerPoint Document", bytes) {
      return WorkbookError(
        .otherOffice, message: "the file is a document of another Office program, no workbook; hand in the workbook")
    }
    return WorkbookError(
      .notAWorkbook, message: "the file is an old Office file without a workbook in it; save the workbook as .xlsx")
  }

  /// Whether the directory of a compound file names a stream. Its entries are 128 bytes at multiples of 128, and begin
  /// with the name in UTF-16 and a zero; byte 66 is the type, 2 for a stream.
  private static func holds(_ stream: String, _ bytes: [UInt8]) -> Bool {
    var name: [UInt8] = []
    for unit in stream.utf16 { name.append(contentsOf: [UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)]) }
    name.append(contentsOf: [0, 0])
    for start in stride(from: 512, through: bytes.count - 128, by: 128) {
      if bytes[start + 66] == 2, bytes[start..<start + name.count].elementsEqual(name) { return true }
    }
    return false
  }
}
