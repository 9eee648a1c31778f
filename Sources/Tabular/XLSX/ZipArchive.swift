// The archive that a workbook is: its entries, checked before any is opened. Over libzip; no I/O.

import CZip

/// One entry of an archive, as the archive's directory tells it.
struct ZipEntry {
  let index: UInt64
  /// Bytes when unpacked; reading more than these is an error.
  let size: Int
  let packedSize: Int
  let isEncrypted: Bool
  /// Stored or deflated. No workbook is packed in any other way.
  let isReadable: Bool
}

/// A zip archive in memory. One thread at a time uses it: libzip asks for that.
final class ZipArchive {
  let limits: WorkbookLimits
  /// By name, in lower case: names of parts do not differ by case.
  private let entries: [String: ZipEntry]
  private let bytes: UnsafeMutableRawBufferPointer
  private let archive: OpaquePointer

  /// Opens an archive and looks through its directory. The bytes are copied, since libzip keeps a pointer to them.
  init(_ data: [UInt8], limits: WorkbookLimits) throws(WorkbookError) {
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: data.count, alignment: 16)
    bytes.copyBytes(from: data)
    do throws(WorkbookError) {
      try Self.checkCount(data, limits)
      let archive = try Self.open(bytes)
      do throws(WorkbookError) {
        entries = try Self.directory(of: archive, limits)
      } catch {
        zip_discard(archive)
        throw error
      }
      self.archive = archive
    } catch {
      bytes.deallocate()
      throw error
    }
    self.bytes = bytes
    self.limits = limits
  }

  deinit {
    zip_discard(archive)
    bytes.deallocate()
  }

  /// Whether there is an entry; case does not matter.
  func has(_ name: String) -> Bool { entries[name.lowercased()] != nil }

  /// Opens an entry to be unpacked piece by piece; nil where there is none of the name.
  func stream(_ name: String, _ part: WorkbookPart) throws(WorkbookError) -> ZipStream? {
    guard let entry = entries[name.lowercased()] else { return nil }
    guard !entry.isEncrypted else {
      throw part.error(.encryptedEntry, "it is locked with a password in the archive; save the workbook without one")
    }
    guard entry.isReadable else {
      throw part.error(.unsupportedCompression, "it is packed in a way that no spreadsheet program uses; save it again")
    }
    if entry.size > limits.ratioFreeBytes, entry.size / limits.ratio >= max(entry.packedSize, 1) {
      throw part.error(
        .ratioTooHigh,
        "it would grow to more than \(limits.ratio) times its packed size, the limit, as no honest file does; "
          + "open the workbook in a spreadsheet program and save it again")
    }
    guard let file = zip_fopen_index(archive, entry.index, 0) else {
      throw part.error(.damaged, "the archive is damaged there; copy or save the workbook again")
    }
    return ZipStream(file, of: self, entry: entry, part: part)
  }

  // MARK: Opening

  private static func open(_ bytes: UnsafeMutableRawBufferPointer) throws(WorkbookError) -> OpaquePointer {
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let source = zip_source_buffer_create(bytes.baseAddress, UInt64(bytes.count), 0, &error) else {
      throw WorkbookError(.damaged, message: "there is no memory left to read the workbook with; try again later")
    }
    // Without ZIP_CHECKCONS: it refuses archives for differences that real programs write.
    guard let archive = zip_open_from_source(source, Int32(ZIP_RDONLY), &error) else {
      zip_source_free(source)
      throw zip_error_code_zip(&error) == ZIP_ER_NOZIP ? truncated : damaged
    }
    return archive
  }

  private static let truncated = WorkbookError(
    .truncated,
    message: "the file begins like a workbook and its end is missing; copy it again, or save it again")

  private static let damaged = WorkbookError(
    .damaged, message: "the workbook's archive is damaged; copy the file again, or save it again")

  /// Looks at how many entries the archive says it has before libzip makes room for them. Where the archive is not what
  /// it says, libzip finds out.
  private static func checkCount(_ bytes: [UInt8], _ limits: WorkbookLimits) throws(WorkbookError) {
    func number(_ start: Int, _ count: Int) -> UInt64 {
      var result: UInt64 = 0
      for index in (start..<start + count).reversed() { result = result << 8 | UInt64(bytes[index]) }
      return result
    }
    func isRecord(_ third: UInt8, _ fourth: UInt8, at place: Int) -> Bool {
      bytes[place] == 0x50 && bytes[place + 1] == 0x4B && bytes[place + 2] == third && bytes[place + 3] == fourth
    }
    // The directory's end is 22 bytes and a comment of up to 65,535, which goes to the end of the file.
    var end = bytes.count - 22
    while end >= max(0, bytes.count - 22 - 0xFFFF) {
      if isRecord(5, 6, at: end), end + 22 + Int(number(end + 20, 2)) == bytes.count { break }
      end -= 1
    }
    guard end >= 0, isRecord(5, 6, at: end) else { return }
    try check(number(end + 10, 2), limits)
    // A large archive has a second end, and before this one, in 20 bytes, where that lies.
    guard end >= 20, isRecord(6, 7, at: end - 20) else { return }
    let place = number(end - 12, 8)
    guard end >= 56, place <= UInt64(end - 56), isRecord(6, 6, at: Int(place)) else { return }
    try check(number(Int(place) + 32, 8), limits)
  }

  private static func check(_ count: UInt64, _ limits: WorkbookLimits) throws(WorkbookError) {
    guard count <= UInt64(limits.entries) else {
      throw WorkbookError(
        .tooManyEntries,
        message: "the workbook's archive has more than \(limits.entries) parts, the limit; save it again without them")
    }
  }

  /// The entries by name, once all of them were looked at.
  private static func directory(
    of archive: OpaquePointer, _ limits: WorkbookLimits
  ) throws(WorkbookError) -> [String: ZipEntry] {
    let count = UInt64(max(0, zip_get_num_entries(archive, 0)))
    try check(count, limits)
    var result: [String: ZipEntry] = [:]
    var total = 0
    for index in 0..<count {
      var stat = zip_stat_t()
      zip_stat_init(&stat)
      guard zip_stat_index(archive, index, UInt32(ZIP_FL_ENC_RAW), &stat) == 0, let name = stat.name,
        stat.valid & UInt64(ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD)
          == UInt64(ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD)
      else { throw damaged }
      let text = String(cString: name)
      guard isSafe(text) else {
        throw WorkbookError(
          .unsafeEntryName,
          message:
            "part \(index + 1) of the workbook's archive has a name that leads out of it, as no spreadsheet program "
            + "writes it; open the workbook in one and save it again")
      }
      guard stat.size <= UInt64(limits.entryBytes) else {
        throw WorkbookError(
          .entryTooLarge,
          message:
            "part \(index + 1) of the workbook has more than \(limits.entryBytes) bytes, the limit; split the workbook, "
            + "or raise the limit")
      }
      total += Int(stat.size)
      guard total <= limits.totalBytes else {
        throw WorkbookError(
          .totalTooLarge,
          message:
            "the workbook has more than \(limits.totalBytes) bytes unpacked, the limit; split it, or raise the limit")
      }
      let entry = ZipEntry(
        index: index, size: Int(stat.size), packedSize: Int(clamping: stat.comp_size),
        isEncrypted: stat.encryption_method != ZIP_EM_NONE,
        isReadable: Int32(stat.comp_method) == ZIP_CM_STORE || Int32(stat.comp_method) == ZIP_CM_DEFLATE)
      guard result.updateValue(entry, forKey: text.lowercased()) == nil else {
        throw WorkbookError(
          .duplicateEntry,
          message:
            "part \(index + 1) of the workbook's archive has the name of an earlier one, so that programs differ on "
            + "which counts; open the workbook in a spreadsheet program and save it again")
      }
    }
    return result
  }

  /// Whether a name stays within the archive: no way upwards or from the root, no backslash, no drive, nothing invisible.
  private static func isSafe(_ name: String) -> Bool {
    guard !name.isEmpty, !name.hasPrefix("/") else { return false }
    guard name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0 != "\\" && $0 != ":" }) else { return false }
    return !name.split(separator: "/").contains { $0 == ".." || $0 == "." }
  }
}
