// What counts as a blank in a cell: every space of Unicode and the characters that cannot be seen. Pure.

/// Spaces and invisible characters that spreadsheets and web pages leave in cells.
package enum Blank {
  /// Whether an ASCII byte is a space, a tab or a line break.
  static func isBlank(ascii byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

  /// Whether a character takes space or none at all, but shows nothing: Unicode's spaces, the no-break space, zero-width
  /// characters, direction marks, the soft hyphen and the byte order mark.
  package static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0xAD, 0x1680, 0x180E, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x2064, 0x3000,
      0xFEFF:
      true
    default: false
    }
  }

  /// The part of a cell between the blanks at its ends.
  static func trimmed(_ source: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var start = 0
    while start < source.count {
      let (scalar, length) = scalar(in: source, at: start)
      guard let scalar, isBlank(scalar) else { break }
      start += length
    }
    var end = source.count
    while end > start {
      var first = end - 1
      while first > start, end - first < 4, source[first] & 0xC0 == 0x80 { first -= 1 }
      let (scalar, length) = scalar(in: source, at: first)
      guard let scalar, first + length == end, isBlank(scalar) else { break }
      end = first
    }
    return UnsafeRawBufferPointer(rebasing: source[start..<end])
  }

  /// The character at `index` of UTF-8 bytes and its length; nil and 1 where the bytes are not valid UTF-8.
  static func scalar(in source: UnsafeRawBufferPointer, at index: Int) -> (Unicode.Scalar?, Int) {
    let first = source[index]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length: Int
    var value: UInt32
    switch first {
    case 0xC2...0xDF: (length, value) = (2, UInt32(first & 0x1F))
    case 0xE0...0xEF: (length, value) = (3, UInt32(first & 0x0F))
    case 0xF0...0xF4: (length, value) = (4, UInt32(first & 0x07))
    default: return (nil, 1)
    }
    guard index + length <= source.count else { return (nil, 1) }
    for offset in 1..<length {
      let byte = source[index + offset]
      guard byte & 0xC0 == 0x80 else { return (nil, 1) }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    let minimum: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard value >= minimum, let scalar = Unicode.Scalar(value) else { return (nil, 1) }
    return (scalar, length)
  }
}

extension String {
  /// The text without blanks (of any kind, `Blank`) at its ends.
  package var trimmedOfBlanks: String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !Blank.isBlank($0) }),
      let last = scalars.lastIndex(where: { !Blank.isBlank($0) })
    else { return "" }
    return String(scalars[first...last])
  }
}
