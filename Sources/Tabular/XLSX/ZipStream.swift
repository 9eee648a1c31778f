// One entry of the archive, unpacked piece by piece. Over libzip; no I/O.

import CZip

/// The unpacked bytes of an entry. The last read, which gives nothing, has held them against the entry's checksum.
final class ZipStream {
  private let file: OpaquePointer
  /// Held so that the archive outlives the entry.
  private let archive: ZipArchive
  private let entry: ZipEntry
  private let part: WorkbookPart
  private var count = 0
  /// Why the last `read` gave nil.
  private(set) var failure: WorkbookError?

  init(_ file: OpaquePointer, of archive: ZipArchive, entry: ZipEntry, part: WorkbookPart) {
    self.file = file
    self.archive = archive
    self.entry = entry
    self.part = part
  }

  deinit { zip_fclose(file) }

  /// Fills a buffer and says with how many bytes; 0 at the end, nil where reading failed.
  func read(_ buffer: UnsafeMutableRawBufferPointer) -> Int? {
    let got = zip_fread(file, buffer.baseAddress, UInt64(buffer.count))
    guard got >= 0 else {
      failure = reason
      return nil
    }
    count += Int(got)
    // The limits were held against the size that the directory tells; an entry that goes on beyond it passes them.
    guard count <= entry.size, got > 0 || count == entry.size || buffer.isEmpty else {
      failure = part.error(.damaged, "it is not as long as the archive says; open the workbook and save it again")
      return nil
    }
    return Int(got)
  }

  private var reason: WorkbookError {
    switch zip_error_code_zip(zip_file_get_error(file)) {
    case ZIP_ER_CRC:
      part.error(.badChecksum, "its bytes do not fit its checksum, so it was damaged; copy or save the workbook again")
    case ZIP_ER_EOF, ZIP_ER_READ:
      part.error(.truncated, "its end is missing; copy or save the workbook again")
    default:
      part.error(.damaged, "it cannot be unpacked, so it was damaged; copy or save the workbook again")
    }
  }

  /// All bytes that are left.
  func rest() throws(WorkbookError) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(entry.size)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      guard let got = buffer.withUnsafeMutableBytes({ read($0) }) else {
        throw failure ?? part.error(.damaged, "it cannot be unpacked; copy or save the workbook again")
      }
      if got == 0 { return result }
      result += buffer[..<got]
    }
  }

  /// The bytes of a small entry, as far as `limit`.
  func beginning(_ limit: Int) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: limit)
    let got = result.withUnsafeMutableBytes { read($0) }
    return Array(result.prefix(got ?? 0))
  }
}
