// The encodings that school and council files come in, and their names in configuration. Pure.

/// An encoding of text as bytes.
package enum TextEncoding: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
  case utf8 = "utf-8"
  /// Microsoft's code page 1252, which Excel on English Windows writes as "CSV".
  case windows1252 = "windows-1252"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"

  package var description: String { rawValue }

  /// By the name in configuration, in any case.
  package init?(name: String) { self.init(rawValue: name.lowercased()) }

  /// The byte order mark; empty for Windows-1252, which has none.
  package var byteOrderMark: [UInt8] {
    switch self {
    case .utf8: [0xEF, 0xBB, 0xBF]
    case .windows1252: []
    case .utf16LittleEndian: [0xFF, 0xFE]
    case .utf16BigEndian: [0xFE, 0xFF]
    }
  }

  /// Whether structure (delimiters, quotes, line ends) stands as the single ASCII bytes.
  var isASCIICompatible: Bool { self == .utf8 || self == .windows1252 }

  /// The text of bytes without a byte order mark. Windows-1252 takes all bytes; in the others a sequence that is none
  /// fails with its position.
  package func decode(_ bytes: UnsafeRawBufferPointer) throws(TextEncodingError) -> String {
    switch self {
    case .utf8:
      if let position = UTF8Check.firstInvalid(bytes) { throw .undecodable(self, position: position) }
      return String(decoding: bytes, as: UTF8.self)
    case .windows1252:
      var result = String()
      result.reserveCapacity(bytes.count + bytes.count / 8)
      for byte in bytes { result.unicodeScalars.append(Windows1252.scalar(byte)) }
      return result
    case .utf16LittleEndian, .utf16BigEndian:
      var transcoder = UTF16Transcoder(bigEndian: self == .utf16BigEndian)
      var utf8: [UInt8] = []
      try transcoder.append(bytes, to: &utf8)
      try transcoder.finish()
      return String(decoding: utf8, as: UTF8.self)
    }
  }

  /// The text of bytes without a byte order mark.
  package func decode(_ bytes: [UInt8]) throws(TextEncodingError) -> String {
    // A closure passed to `withUnsafeBytes` cannot throw a typed error, hence the detour.
    try bytes.withUnsafeBytes { raw -> Result<String, TextEncodingError> in
      do throws(TextEncodingError) { return .success(try decode(raw)) } catch { return .failure(error) }
    }.get()
  }

  /// The bytes of a text, without a byte order mark. A character that Windows-1252 does not have fails with its position.
  package func encode(_ text: String) throws(TextEncodingError) -> [UInt8] {
    var bytes: [UInt8] = []
    try encode(text, into: &bytes)
    return bytes
  }

  /// Appends the bytes of a text. On failure what was appended before the character stays.
  package func encode(_ text: String, into bytes: inout [UInt8]) throws(TextEncodingError) {
    switch self {
    case .utf8: bytes.append(contentsOf: text.utf8)
    case .windows1252:
      for (position, scalar) in text.unicodeScalars.enumerated() {
        guard let byte = Windows1252.byte(scalar) else {
          throw .unencodable(self, position: position + 1, scalar: scalar)
        }
        bytes.append(byte)
      }
    case .utf16LittleEndian:
      for unit in text.utf16 {
        bytes.append(UInt8(truncatingIfNeeded: unit))
        bytes.append(UInt8(truncatingIfNeeded: unit >> 8))
      }
    case .utf16BigEndian:
      for unit in text.utf16 {
        bytes.append(UInt8(truncatingIfNeeded: unit >> 8))
        bytes.append(UInt8(truncatingIfNeeded: unit))
      }
    }
  }
}
