// The common first step of every identifier: the bytes of a cell without blanks, in upper case.
// Pure; no allocation, since it runs for every cell of an export.

/// The text of an identifier as it arrived, made plain: every kind of space and invisible character is left out (at the
/// ends and inside), and ASCII letters are upper case.
///
/// Spreadsheets bring no-break spaces, zero-width characters and byte order marks along with the digits, so they are
/// left out wherever they stand. Holds the first 32 characters; `count` tells how many there were.
struct IdentifierText {
  /// Characters kept in `bytes`.
  static let capacity = 32

  private var bytes = InlineArray<32, UInt8>(repeating: 0)

  /// Number of characters (Unicode scalars) after the blanks were left out; may exceed `capacity`.
  private(set) var count = 0

  /// Position, from 1, of the first character that is not ASCII, if any. Such a character is kept as `0`.
  private(set) var firstForeign: Int?

  /// Reads UTF-8; a byte that is not valid UTF-8 counts as one foreign character.
  init(_ source: UnsafeRawBufferPointer) {
    var index = 0
    while index < source.count {
      let byte = source[index]
      if byte < 0x80 {
        index += 1
        if Blank.isBlank(ascii: byte) { continue }
        append(byte >= 0x61 && byte <= 0x7A ? byte & 0xDF : byte)
      } else {
        let (scalar, length) = Blank.scalar(in: source, at: index)
        index += length
        if let scalar, Blank.isBlank(scalar) { continue }
        if firstForeign == nil { firstForeign = count + 1 }
        append(0)
      }
    }
  }

  private mutating func append(_ byte: UInt8) {
    if count < Self.capacity { bytes[count] = byte }
    count += 1
  }

  /// The character at a position from 0; `0` beyond the end.
  subscript(position: Int) -> UInt8 {
    position >= 0 && position < min(count, Self.capacity) ? bytes[position] : 0
  }

  var isEmpty: Bool { count == 0 }

  /// The position, from 1, of the first character that is not a digit, within the first `length` characters.
  func firstNonDigit(length: Int) -> Int? {
    for position in 0..<min(length, count) where !self[position].isDigit { return position + 1 }
    return nil
  }

  /// Whether a spreadsheet wrote a long number in scientific notation (`9.27631E+09`), which loses digits for good.
  var isScientificNotation: Bool {
    guard count >= 4, count <= Self.capacity, self[0].isDigit else { return false }
    var seenExponent = false
    for position in 0..<count {
      switch self[position] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): continue
      case UInt8(ascii: "."), UInt8(ascii: ","): if seenExponent { return false }
      case UInt8(ascii: "E"):
        if seenExponent { return false }
        seenExponent = true
      case UInt8(ascii: "+"), UInt8(ascii: "-"):
        if self[position - 1] != UInt8(ascii: "E") { return false }
      default: return false
      }
    }
    return seenExponent && self[count - 1].isDigit
  }

  /// The number that the digits from `start` up to, not including, `end` form.
  func number(_ start: Int, _ end: Int) -> UInt64 {
    var value: UInt64 = 0
    for position in start..<end { value = value * 10 + UInt64(self[position] &- UInt8(ascii: "0")) }
    return value
  }
}

extension UInt8 {
  /// Whether this ASCII byte is a decimal digit.
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  /// Whether this ASCII byte is a capital letter.
  var isCapital: Bool { self >= 0x41 && self <= 0x5A }
}

extension String {
  /// The string's UTF-8 as raw bytes, for initialisers that take a cell's bytes.
  func withRawUTF8<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
    var copy = self
    return copy.withUTF8 { body(UnsafeRawBufferPointer($0)) }
  }

  /// A number in decimal, with zeros before it up to `width` digits.
  init(_ value: some BinaryInteger, width: Int) {
    let digits = String(value)
    self = String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
  }
}
