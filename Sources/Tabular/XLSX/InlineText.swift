// A text as it stands in a sheet's XML. Pure.

/// Texts of our own for cells: inline, never a formula, at most as long as a cell may be.
enum InlineText {
  /// Excel allows so many UTF-16 units in a cell, and repairs a workbook with longer ones by taking them out.
  static let limit = 32_767
  private static let more = " [more]"

  /// The text that a reader will find: cut to what a cell holds, characters that XML does not have replaced.
  static func fitted(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: result.append(scalar)
      case 0x0D: result.append("\n")
      default: result.append("\u{FFFD}")
      }
    }
    guard String(result).utf16.count > limit else { return String(result) }
    var units = 0
    var cut = String.UnicodeScalarView()
    for scalar in result {
      units += scalar.value > 0xFFFF ? 2 : 1
      if units > limit - more.utf16.count { break }
      cut.append(scalar)
    }
    return String(cut) + more
  }

  /// The fitted text with the signs of XML escaped, and what Excel would take for an escape of its own (`_x0041_`).
  static func escaped(_ text: String) -> String {
    let scalars = Array(fitted(text).unicodeScalars)
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "_" where isEscape(scalars[index...].prefix(7)): result += "_x005F_"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func isEscape(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    guard scalars.count == 7, let first = scalars.first, let last = scalars.last, first == "_", last == "_" else {
      return false
    }
    let inner = Array(scalars)[1...5]
    return inner.first == "x" && inner.dropFirst().allSatisfy { $0.properties.isASCIIHexDigit }
  }
}
