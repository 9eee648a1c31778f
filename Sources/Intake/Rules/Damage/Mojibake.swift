// Damage: text in UTF-8 that was read as Windows-1252, so that each accented letter became two signs. Pure.

import Tabular

/// `ZoÃ«` for `Zoë`.
enum Mojibake {
  /// Text saved wrongly twice is mended twice; more often nobody saves it.
  private static let mostRounds = 2

  /// The text as it was; nil where it is sound, or where not all of it comes back. The proof is the encoding itself: the
  /// signs of the whole text, as bytes of Windows-1252, are UTF-8 again and nothing but letters and marks that names and
  /// addresses have.
  static func repaired(_ text: String) -> String? {
    var result = text
    for _ in 0..<mostRounds {
      guard let before = undone(result) else { break }
      result = before
    }
    return result == text || CellText.isDamaged(result) ? nil : result
  }

  private static func undone(_ text: String) -> String? {
    guard text.unicodeScalars.contains(where: { isLead($0.value) }) else { return nil }
    do throws(TextEncodingError) {
      let bytes = try TextEncoding.windows1252.encode(text)
      let before = try TextEncoding.utf8.decode(bytes)
      return before.unicodeScalars.allSatisfy(isExpected) ? before : nil
    } catch {
      return nil
    }
  }

  /// What the first byte of an accented letter, a typographic sign or this damage itself looks like: C2 to C5, E2.
  private static func isLead(_ value: UInt32) -> Bool { (0xC2...0xC5).contains(value) || value == 0xE2 }

  /// ASCII, Latin letters with accents, dashes and quotation marks, the euro and trade mark signs, and what the second
  /// of two rounds consists of.
  private static func isExpected(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x80, 0xA0...0x17F, 0x192, 0x2C6, 0x2DC, 0x2010...0x203A, 0x20AC, 0x2122: true
    case 0x80...0x9F: true
    default: false
    }
  }
}
