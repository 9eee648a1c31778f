// An archive with other bytes for some of its entries. Over libzip; no I/O.

import CZip

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Replaces entries of an archive. All others are copied as they are packed, in their order.
enum ZipRewriter {
  /// The archive with other bytes for the entries named; case does not matter. The same input gives the same bytes: what
  /// is replaced bears the earliest date that a zip archive knows, 1 January 1980.
  static func replace(_ entries: [(name: String, bytes: [UInt8])], in archive: [UInt8]) throws(WorkbookError) -> [UInt8]
  {
    let memory = try source(archive)
    // Opening takes the source over; this keeps it beyond the archive's end, to be read from.
    zip_source_keep(memory)
    defer { zip_source_free(memory) }
    guard let zip = zip_open_from_source(memory, 0, nil) else {
      zip_source_free(memory)
      throw failed
    }
    do throws(WorkbookError) {
      for entry in entries { try replace(entry.name, entry.bytes, in: zip) }
      guard zip_close(zip) == 0 else { throw failed }
    } catch {
      zip_discard(zip)
      throw error
    }
    return try content(of: memory)
  }

  private static func replace(_ name: String, _ bytes: [UInt8], in zip: OpaquePointer) throws(WorkbookError) {
    let index = zip_name_locate(zip, name, UInt32(ZIP_FL_NOCASE))
    guard index >= 0 else { throw failed }
    let source = try source(bytes)
    guard zip_file_replace(zip, UInt64(index), source, 0) == 0 else {
      zip_source_free(source)
      throw failed
    }
    // MS-DOS date and time: day 1, month 1, year 0 after 1980.
    guard zip_file_set_dostime(zip, UInt64(index), 0, 0x21, 0) == 0,
      zip_set_file_compression(zip, UInt64(index), ZIP_CM_DEFLATE, 6) == 0
    else { throw failed }
  }

  /// A copy of bytes that libzip frees by itself: it shares the archive's with what it writes, and frees them with that,
  /// whether they are its own or not (1.7.3).
  private static func source(_ bytes: [UInt8]) throws(WorkbookError) -> OpaquePointer {
    guard let block = malloc(max(1, bytes.count)) else { throw failed }
    UnsafeMutableRawBufferPointer(start: block, count: bytes.count).copyBytes(from: bytes)
    guard let source = zip_source_buffer_create(block, UInt64(bytes.count), 1, nil) else {
      free(block)
      throw failed
    }
    return source
  }

  private static func content(of source: OpaquePointer) throws(WorkbookError) -> [UInt8] {
    guard zip_source_open(source) == 0 else { throw failed }
    defer { zip_source_close(source) }
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = zip_source_read(source, &buffer, UInt64(buffer.count))
      guard got >= 0 else { throw failed }
      if got == 0 { return result }
      result += buffer[..<Int(got)]
    }
  }

  private static let failed = WorkbookError(
    .notEditable, message: "the workbook's archive cannot be written anew; save the workbook again")
}
