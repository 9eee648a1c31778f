// What a number format makes of a number, as far as it changes what the number means. Pure.

/// A number format of a workbook, by its code, such as `dd/mm/yyyy` or `0000000`.
///
/// Only what matters to data is applied: dates, and zeros at the front, without which an identifier or a phone number is
/// another. Rounding, percent, currency and thousands are for the eye: the number is given as it is.
struct NumberFormat: Hashable, Sendable {
  enum Meaning: Hashable, Sendable {
    case general
    case date
    /// Hours, minutes and seconds, and no day.
    case time
    /// Hours, minutes or seconds counted on beyond a day, a minute, as in `[h]:mm`.
    case elapsed
    case zeros(ZeroPattern)
  }

  let code: String
  let meaning: Meaning

  static let general = NumberFormat("General")

  init(_ code: String) {
    self.code = code
    // Some programs write the word of their own language, which has letters that dates have.
    meaning = ["general", "standard"].contains(code.lowercased()) ? .general : Self.meaning(of: code)
  }

  private static func meaning(of code: String) -> Meaning {
    var scanner = Scanner()
    let scalars = Array(code.unicodeScalars)
    var index = 0
    scan: while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      switch scalar {
      case ";":
        scanner.sections += 1
        // What the first section says goes for the numbers that matter here, those above zero.
        break scan
      case "\"":
        while index < scalars.count, scalars[index] != "\"" {
          scanner.literal(scalars[index])
          index += 1
        }
        index += 1
      case "\\":
        if index < scalars.count { scanner.literal(scalars[index]) }
        index += 1
      case "_", "*":
        // A blank as wide as the next character, or the next character as often as there is room: for the eye.
        index += 1
      case "[":
        let end = scalars[index...].firstIndex(of: "]") ?? scalars.endIndex
        scanner.bracket(scalars[index..<end])
        index = end + 1
      default: scanner.plain(scalar)
      }
    }
    return scanner.meaning
  }

  /// The built-in formats that files name by number only. Others than these are shown as General.
  static let builtIn: [Int: String] = [
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0",
    48: "##0.0E+0", 49: "@",
  ]
}

/// What the first section of a format's code was found to hold.
private struct Scanner {
  var sections = 1
  private var hasDay = false
  private var hasClock = false
  private var isElapsed = false
  private var months = 0
  private var longestMonths = 0
  private var pattern = ZeroPattern()
  private var hasPattern = true

  mutating func literal(_ scalar: Unicode.Scalar) {
    months = 0
    pattern.items.append(.literal(scalar))
  }

  mutating func bracket(_ content: ArraySlice<Unicode.Scalar>) {
    months = 0
    let text = String(String.UnicodeScalarView(content)).lowercased()
    if !text.isEmpty, Set(text).count == 1, let letter = text.first, "hms".contains(letter) {
      isElapsed = true
      hasPattern = false
    } else if let sign = text.first, "<>=".contains(sign) {
      // A condition: which section goes for a number depends on the number.
      hasPattern = false
    }
  }

  mutating func plain(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "m", "M":
      months += 1
      longestMonths = max(longestMonths, months)
      return
    case "d", "D", "y", "Y": hasDay = true
    case "h", "H", "s", "S": hasClock = true
    case "0": pattern.items.append(.zero)
    case "#": pattern.items.append(.digit)
    case " ", "-", "+", "(", ")", ":", "'", "$", "£", "€": pattern.items.append(.literal(scalar))
    default: hasPattern = false
    }
    months = 0
  }

  var meaning: NumberFormat.Meaning {
    if isElapsed { return .elapsed }
    // `m` is minutes beside hours or seconds, and months else; three and more are always months.
    if hasDay || longestMonths > 2 { return .date }
    if hasClock { return .time }
    if longestMonths > 0 { return .date }
    return hasPattern && pattern.zeros > 1 ? .zeros(pattern) : .general
  }
}
