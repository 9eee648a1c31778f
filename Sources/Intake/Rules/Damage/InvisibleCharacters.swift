// Damage: no-break spaces and characters that cannot be seen, which web pages and documents leave in cells. Pure.

import Leavers

/// Characters that look like a space or like nothing and are neither space nor letter.
enum InvisibleCharacters {
  /// How many of them a text holds. Ordinary spaces, tabs and line breaks do not count.
  static func count(in text: String) -> Int {
    text.unicodeScalars.count { $0.value > 0x7F && Blank.isBlank($0) }
  }

  /// What is said of them.
  static func remark(_ count: Int) -> Remark {
    Remark(.invisibleCharacters, count == 1 ? "1 character" : "\(count) characters")
  }
}
