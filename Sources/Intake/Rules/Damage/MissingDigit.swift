// Damage: a number that lost a digit. Pure.

import Leavers

/// What probably happened to a number with a digit too few.
enum MissingDigit {
  /// Why a ULN of nine digits cannot be completed, in words; nil where it has another length.
  static func cause(_ flaw: ULN.Flaw) -> String? {
    guard flaw == .wrongLength(9) else { return nil }
    return "nine digits, and no ULN begins with 0, so no spreadsheet took it away: a digit was left out or cut off"
  }

  /// The school's own number where the text is the establishment's four digits, or what is left of them without the
  /// zeros that they begin with.
  static func isOwnEstablishment(_ text: String, _ own: LAESTAB) -> Bool {
    let digits = text.trimmedOfBlanks
    guard (1...4).contains(digits.utf8.count), let number = Int(digits), number > 0, let wanted = Int(own.establishment)
    else { return false }
    return number == wanted
  }
}
