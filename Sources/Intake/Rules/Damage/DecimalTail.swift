// Damage: the decimal point that a spreadsheet or a program adds to a whole number. Pure.

/// `1000000043.0`: the number is whole, and nothing is lost.
enum DecimalTail {
  /// The text without `.0` at its end, where digits stand before it.
  static func removed(_ text: String) -> String {
    guard text.hasSuffix(".0") || text.hasSuffix(".00") else { return text }
    let head = text.prefix { $0 != "." }
    let isNumber = !head.isEmpty && head.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return isNumber && head.utf8.count >= text.utf8.count - 3 ? String(head) : text
  }
}
