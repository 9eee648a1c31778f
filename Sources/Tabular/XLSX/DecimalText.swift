// Whole numbers in a file's markup. Pure.

/// Digits and nothing else.
enum DecimalText {
  /// The number that a text is; nil where it is anything but up to nine digits.
  @inline(__always)
  static func integer(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard !text.isEmpty, text.count <= 9 else { return nil }
    var result = 0
    for byte in text {
      let digit = byte &- 0x30
      guard digit < 10 else { return nil }
      result = result * 10 + Int(digit)
    }
    return result
  }
}
