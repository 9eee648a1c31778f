// Zip archives made by hand, so that they can be wrong in one place.

import CZip
import Testing

/// Writes an archive byte by byte. What an entry says of itself can differ from what it is.
struct ZipBuilder {
  struct Entry {
    var name: String
    /// The bytes as they lie in the archive.
    var packed: [UInt8]
    var method: UInt16
    var flags: UInt16 = 0
    var checksum: UInt32
    var size: UInt32

    /// An entry that is stored as it is.
    init(_ name: String, _ content: [UInt8]) {
      self.name = name
      packed = content
      method = 0
      checksum = ZipBuilder.checksum(content)
      size = UInt32(content.count)
    }

    init(_ name: String, _ content: String) { self.init(name, Array(content.utf8)) }

    /// The same entry, deflated.
    func deflated() throws -> Entry {
      var result = self
      result.packed = try ZipBuilder.deflate(packed)
      result.method = 8
      return result
    }
  }

  var entries: [Entry] = []
  /// How many entries the end of the archive says there are; the true number unless given.
  var count: UInt16?

  subscript(name: String) -> Entry {
    get { entries.first { $0.name == name } ?? Entry(name, []) }
    set {
      if let index = entries.firstIndex(where: { $0.name == name }) {
        entries[index] = newValue
      } else {
        entries.append(newValue)
      }
    }
  }

  var bytes: [UInt8] {
    var result: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let name = Array(entry.name.utf8)
      let common =
        Self.little(20, 2) + Self.little(Int(entry.flags), 2) + Self.little(Int(entry.method), 2) + Self.little(0, 2)
        + Self.little(0x5C21, 2) + Self.little(Int(entry.checksum), 4) + Self.little(entry.packed.count, 4)
        + Self.little(Int(entry.size), 4) + Self.little(name.count, 2) + Self.little(0, 2)
      directory +=
        [0x50, 0x4B, 1, 2] + Self.little(20, 2) + common + Self.little(0, 10) + Self.little(result.count, 4) + name
      result += [0x50, 0x4B, 3, 4] + common + name + entry.packed
    }
    let start = result.count
    let said = Self.little(Int(count ?? UInt16(entries.count)), 2)
    result += directory + [0x50, 0x4B, 5, 6] + Self.little(0, 4) + said + said
    result += Self.little(directory.count, 4) + Self.little(start, 4) + Self.little(0, 2)
    return result
  }

  private static func little(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 < 8 ? number >> (8 * $0) : 0) }
  }

  /// CRC-32, as zip has it.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }

  /// What libzip makes of bytes when it deflates them: the raw stream, out of an archive in memory.
  static func deflate(_ content: [UInt8]) throws -> [UInt8] {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, content.count), alignment: 1)
    defer { copy.deallocate() }
    copy.copyBytes(from: content)
    let memory = try #require(zip_source_buffer_create(nil, 0, 0, nil))
    zip_source_keep(memory)
    let writing = try #require(zip_open_from_source(memory, ZIP_CREATE | ZIP_TRUNCATE, nil))
    let source = try #require(zip_source_buffer(writing, copy.baseAddress, UInt64(content.count), 0))
    #expect(zip_file_add(writing, "x", source, 0) == 0)
    #expect(zip_close(writing) == 0)
    let reading = try #require(zip_open_from_source(memory, ZIP_RDONLY, nil))
    defer { zip_discard(reading) }
    var stat = zip_stat_t()
    #expect(zip_stat_index(reading, 0, 0, &stat) == 0)
    #expect(stat.comp_method == UInt16(ZIP_CM_DEFLATE))
    let file = try #require(zip_fopen_index(reading, 0, UInt32(ZIP_FL_COMPRESSED)))
    defer { zip_fclose(file) }
    var packed = [UInt8](repeating: 0, count: Int(stat.comp_size))
    #expect(zip_fread(file, &packed, UInt64(packed.count)) == Int64(packed.count))
    return packed
  }
}
