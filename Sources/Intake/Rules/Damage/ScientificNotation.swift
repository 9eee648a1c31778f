// Damage: a long number that a spreadsheet wrote as a power of ten. Pure.

/// `9.28E+09`: most of its digits are lost. `9.276308686E+09`: none are.
enum ScientificNotation {
  /// The number in plain digits where the text gives all of them; nil where it is not such a number, or where zeros
  /// would have to stand for digits that are lost.
  static func exact(_ text: String) -> String? {
    let parts = text.uppercased().split(separator: "E", omittingEmptySubsequences: false)
    guard parts.count == 2, let exponent = Int(parts[1].hasPrefix("+") ? parts[1].dropFirst() : parts[1]),
      (1...30).contains(exponent), parts[1].utf8.count <= 4
    else { return nil }
    let mantissa = parts[0].split(omittingEmptySubsequences: false, whereSeparator: { $0 == "." || $0 == "," })
    guard mantissa.count == 2, mantissa[0].utf8.count == 1, mantissa[1].utf8.count == exponent else { return nil }
    let digits = mantissa[0] + mantissa[1]
    guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
    return String(digits)
  }
}
