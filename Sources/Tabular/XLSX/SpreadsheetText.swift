// Texts as a workbook can hold them. Pure.

/// Makes of any text one that XML can hold and that reads back the same.
enum SpreadsheetText {
  /// Characters that Excel takes in a cell.
  static let longest = 32_767

  /// What XML cannot hold, and a carriage return, which XML would change, is written as Excel writes it: `_x000D_`. What
  /// looks like that by itself gets `_x005F_` for its underscore. NUL, which a workbook cannot hold at all, becomes
  /// U+FFFD.
  static func escaped(_ text: String) -> String {
    let utf8 = Array(text.utf8)
    guard utf8.contains(where: { $0 == UInt8(ascii: "_") || ($0 < 0x20 && $0 != 0x09 && $0 != 0x0A) || $0 == 0xEF })
    else { return text }
    var result = String.UnicodeScalarView()
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch scalar.value {
      case 0: result.append("\u{FFFD}")
      case 1..<0x20 where scalar != "\t" && scalar != "\n", 0xFFFE, 0xFFFF:
        result.append(contentsOf: escape(scalar).unicodeScalars)
      case 0x5F where looksLikeEscape(scalars, at: index): result.append(contentsOf: "_x005F_".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// For the places that know no escapes, such as the title: a blank instead of what XML cannot hold.
  static func cleaned(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      result.append(scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF ? " " : scalar)
    }
    return String(result)
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "_x" + String(repeating: "0", count: 4 - digits.count) + digits + "_"
  }

  private static func looksLikeEscape(_ scalars: [Unicode.Scalar], at place: Int) -> Bool {
    guard place + 6 < scalars.count, scalars[place + 1] == "x", scalars[place + 6] == "_" else { return false }
    return scalars[place + 2..<place + 6].allSatisfy { $0.properties.isASCIIHexDigit }
  }
}
