// Whether bytes are UTF-8, chunk by chunk, without making a string of them. Pure.

/// Checks bytes for UTF-8 as they come; a character may be cut by the end of a chunk.
struct UTF8Check {
  /// Offset of the first byte of the first sequence that is not UTF-8, over all chunks; nil while all is well.
  private(set) var firstInvalid: Int?
  /// Bytes seen so far.
  private(set) var count = 0
  /// Whether all bytes so far are ASCII.
  private(set) var isASCII = true

  private var needed = 0
  private var lower: UInt8 = 0x80
  private var upper: UInt8 = 0xBF
  private var sequenceStart = 0

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    defer { count += bytes.count }
    guard firstInvalid == nil else { return }
    var index = 0
    while index < bytes.count {
      if needed == 0 {
        // Eight ASCII bytes at a time.
        while index + 8 <= bytes.count,
          bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
          index += 8
        }
        guard index < bytes.count else { return }
      }
      let byte = bytes[index]
      if needed == 0 {
        if byte >= 0x80 {
          isASCII = false
          sequenceStart = count + index
          (lower, upper) = (0x80, 0xBF)
          switch byte {
          case 0xC2...0xDF: needed = 1
          case 0xE0: (needed, lower) = (2, 0xA0)
          case 0xED: (needed, upper) = (2, 0x9F)
          case 0xE1...0xEF: needed = 2
          case 0xF0: (needed, lower) = (3, 0x90)
          case 0xF4: (needed, upper) = (3, 0x8F)
          case 0xF1...0xF3: needed = 3
          default:
            firstInvalid = sequenceStart
            return
          }
        }
      } else {
        guard byte >= lower, byte <= upper else {
          firstInvalid = sequenceStart
          return
        }
        (lower, upper) = (0x80, 0xBF)
        needed -= 1
      }
      index += 1
    }
  }

  /// The end of the text: a character that was begun and not ended is wrong.
  mutating func finish() {
    if needed > 0, firstInvalid == nil { firstInvalid = sequenceStart }
  }

  /// Offset of the first sequence that is not UTF-8; nil where all bytes are.
  static func firstInvalid(_ bytes: UnsafeRawBufferPointer) -> Int? {
    var check = UTF8Check()
    check.append(bytes)
    check.finish()
    return check.firstInvalid
  }
}
