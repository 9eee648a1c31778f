// Texts as a workbook holds them: plain, or in runs of several fonts; with escapes for what XML cannot hold.

/// Reads the text of a shared string (`si`) or of a cell that holds its own (`is`).
enum StringItem {
  /// From the start tag of the item: goes to its end tag, and writes its text. Runs are joined; how the text is to be
  /// pronounced (`rPh`) is left out. False where there is more of it than `limit` bytes.
  static func append(
    from reader: inout PartReader, to bytes: inout [UInt8], limit: Int
  ) throws(WorkbookError) -> Bool {
    let depth = reader.xml.depth
    let start = bytes.count
    while try reader.nextChild(of: depth) {
      if reader.xml.isNamed("t") {
        try appendText(from: &reader, to: &bytes, end: start + limit)
      } else if reader.xml.isNamed("r") {
        while try reader.nextChild(of: depth + 1) {
          if reader.xml.isNamed("t") { try appendText(from: &reader, to: &bytes, end: start + limit) }
        }
      }
      if bytes.count - start > limit { return false }
    }
    return true
  }

  /// From the start tag of a `t`: writes its text. Blanks at its ends count only where `xml:space` says so.
  /// Past `end` there is no need for more of it.
  private static func appendText(
    from reader: inout PartReader, to bytes: inout [UInt8], end: Int
  ) throws(WorkbookError) {
    let preserved =
      reader.xml.attribute("space", namespace: "http://www.w3.org/XML/1998/namespace") == "preserve"
    let depth = reader.xml.depth
    let start = bytes.count
    while let event = try reader.next() {
      if event == .end, reader.xml.depth == depth { break }
      if event == .text, reader.xml.depth == depth, bytes.count <= end {
        reader.xml.withText { bytes.append(contentsOf: $0) }
      }
    }
    if bytes.count > end { return }
    if !preserved { trim(&bytes, from: start) }
    decodeEscapes(&bytes, from: start)
  }

  /// Takes blanks and line breaks off both ends of what follows `start`.
  static func trim(_ bytes: inout [UInt8], from start: Int) {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
    while bytes.count > start, let last = bytes.last, isBlank(last) { bytes.removeLast() }
    var first = start
    while first < bytes.count, isBlank(bytes[first]) { first += 1 }
    if first > start { bytes.removeSubrange(start..<first) }
  }

  /// Decodes `_x000D_` and its like in what follows `start`: a UTF-16 unit in four hexadecimal digits, or two of them for
  /// a surrogate pair. What stands for no character, and NUL, stays as it is written.
  static func decodeEscapes(_ bytes: inout [UInt8], from start: Int) {
    guard let first = bytes[start...].firstIndex(of: UInt8(ascii: "_")), bytes.count - first >= 7 else { return }
    var (read, write) = (first, first)
    while read < bytes.count {
      if bytes[read] == UInt8(ascii: "_"), let unit = unit(bytes, at: read) {
        var scalar = Unicode.Scalar(UInt32(unit))
        var length = 7
        if UTF16.isLeadSurrogate(unit), let second = Self.unit(bytes, at: read + 7), UTF16.isTrailSurrogate(second) {
          scalar = Unicode.Scalar(0x10000 + (UInt32(unit & 0x3FF) << 10 | UInt32(second & 0x3FF)))
          length = 14
        }
        if let scalar, scalar.value != 0, let encoded = UTF8.encode(scalar) {
          for byte in encoded {
            bytes[write] = byte
            write += 1
          }
          read += length
          continue
        }
      }
      bytes[write] = bytes[read]
      write += 1
      read += 1
    }
    bytes.removeSubrange(write...)
  }

  private static func unit(_ bytes: [UInt8], at place: Int) -> UInt16? {
    guard place + 7 <= bytes.count, bytes[place] == UInt8(ascii: "_"), bytes[place + 1] == UInt8(ascii: "x"),
      bytes[place + 6] == UInt8(ascii: "_")
    else { return nil }
    var unit: UInt16 = 0
    for byte in bytes[place + 2..<place + 6] {
      switch byte {
      case 0x30...0x39: unit = unit << 4 | UInt16(byte - 0x30)
      case 0x41...0x46: unit = unit << 4 | UInt16(byte - 0x37)
      case 0x61...0x66: unit = unit << 4 | UInt16(byte - 0x57)
      default: return nil
      }
    }
    return unit
  }
}
