// Damage: a year of two digits. Pure.

import Leavers

/// `01/03/10`, `1-Mar-10`.
enum TwoDigitYear {
  /// The date in this century; nil where the text has no year of two digits at its end, or the calendar no such day.
  static func reading(_ text: String) -> CalendarDate.Reading? {
    guard let full = expanded(text) else { return nil }
    return try? CalendarDate.parse(full)
  }

  /// The text with `20` before its year: everything after the second divider must begin with exactly two digits.
  static func expanded(_ text: String) -> String? {
    let scalars = Array(text.trimmedOfBlanks.unicodeScalars)
    var dividers = 0
    for (index, scalar) in scalars.enumerated() where "/-. ".unicodeScalars.contains(scalar) {
      dividers += 1
      // Four digits at the front are a year already.
      if dividers == 1, index > 2 { return nil }
      guard dividers == 2 else { continue }
      let tail = scalars[(index + 1)...]
      let digits = tail.prefix { ("0"..."9").contains($0) }
      guard digits.count == 2 else { return nil }
      var result = String.UnicodeScalarView(scalars[...index])
      result.append(contentsOf: "20".unicodeScalars)
      result.append(contentsOf: tail)
      return String(result)
    }
    return nil
  }

  /// The date if the year was written first, as in `10-03-01`: another reading of the same cell.
  static func yearFirst(_ text: String) -> CalendarDate? {
    guard let first = text.trimmedOfBlanks.unicodeScalars.first, ("0"..."9").contains(first) else { return nil }
    return (try? CalendarDate.parse("20" + text.trimmedOfBlanks))?.date
  }
}
