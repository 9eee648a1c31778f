// Numbers as a spreadsheet shows them without a format: at most 15 significant digits, never an exponent. Pure.

/// The number of a cell, as text and as value.
enum NumberText {
  /// Digits that a spreadsheet keeps of a number.
  private static let digits = 15

  /// What a look at a number's text told.
  enum Look {
    /// It is what would be written for its value: nothing to do.
    case plain
    /// The same, and a whole number not below zero: digits and nothing else.
    case whole(Int)
    /// It may be a number, and is written in another way.
    case other
    /// It is no number.
    case none
  }

  static func look(_ text: UnsafeBufferPointer<UInt8>) -> Look {
    var index = 0
    if index < text.count, text[index] == UInt8(ascii: "-") { index += 1 }
    let first = index
    var value = 0
    var count = 0
    while index < text.count, case let digit = text[index] &- 0x30, digit < 10 {
      if count < digits { value = value * 10 + Int(digit) }
      count += 1
      index += 1
    }
    let leadingZero = count > 0 && text[first] == 0x30
    if index == text.count, count > 0, count <= digits, !leadingZero || (count == 1 && first == 0) {
      return first == 0 ? .whole(value) : .plain
    }
    // Digits after the point, the last of them no zero.
    if index < text.count, text[index] == UInt8(ascii: "."), count > 0, !leadingZero || count == 1 {
      index += 1
      let point = index
      while index < text.count, text[index] &- 0x30 < 10 { index += 1 }
      if index == text.count, index > point, text[index - 1] != 0x30, count + index - point <= digits { return .plain }
    }
    for byte in text {
      switch byte {
      case 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        continue
      default: return .none
      }
    }
    return text.isEmpty ? .none : .other
  }

  /// The number that a text is; nil where it is none, or is larger than any.
  static func value(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    switch look(text) {
    case .whole(let value): return Double(value)
    case .none: return nil
    case .plain, .other:
      guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else { return nil }
      return value
    }
  }

  /// Writes a number as a spreadsheet shows it under the format General in a cell that is wide enough for it.
  static func append(_ value: Double, to bytes: inout [UInt8]) {
    if value == value.rounded(.towardZero), abs(value) < 1e15 {
      bytes.append(contentsOf: String(Int(value)).utf8)
      return
    }
    // The shortest digits that give the value again, and where the point stands: 0.digits × 10^exponent.
    var significant: [UInt8] = []
    var exponent = 0
    var pointSeen = false
    let text = Array(abs(value).description.utf8)
    var index = 0
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "."): pointSeen = true
      case UInt8(ascii: "e"):
        exponent += Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
        index = text.count
      case let digit:
        if digit != 0x30 || !significant.isEmpty {
          significant.append(digit)
          if !pointSeen { exponent += 1 }
        } else if pointSeen {
          exponent -= 1
        }
      }
      index += 1
    }
    exponent += round(&significant)
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    if exponent <= 0 {
      bytes.append(contentsOf: [0x30, UInt8(ascii: ".")])
      bytes.append(contentsOf: repeatElement(0x30, count: -exponent))
      bytes.append(contentsOf: significant)
    } else if exponent >= significant.count {
      bytes.append(contentsOf: significant)
      bytes.append(contentsOf: repeatElement(0x30, count: exponent - significant.count))
    } else {
      bytes.append(contentsOf: significant[..<exponent])
      bytes.append(UInt8(ascii: "."))
      bytes.append(contentsOf: significant[exponent...])
    }
  }

  /// Rounds digits to as many as a spreadsheet keeps, without zeros at the end; 1 where that made one more before the
  /// point.
  private static func round(_ significant: inout [UInt8]) -> Int {
    var carry = 0
    if significant.count > digits {
      let up = significant[digits] >= 0x35
      significant.removeSubrange(digits...)
      if up {
        while let last = significant.last, last == 0x39 { significant.removeLast() }
        if let last = significant.last {
          significant[significant.count - 1] = last + 1
        } else {
          significant = [0x31]
          carry = 1
        }
      }
    }
    while significant.count > 1, significant.last == 0x30 { significant.removeLast() }
    return carry
  }
}
