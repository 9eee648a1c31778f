// Damage: the apostrophe with which a spreadsheet is told to leave a cell alone, exported as if it belonged to it. Pure.

import Leavers

/// The apostrophe before a number kept as text: `'0151 496 0001`.
enum TextApostrophe {
  /// The text without the mark; nil where there is none. No identifier, date or code begins with an apostrophe; a name
  /// may (`'Abd`), and so may a text, unless a digit follows.
  static func removed(_ text: String, _ field: Field) -> String? {
    guard let first = text.unicodeScalars.first, first == "'" || first == "\u{2018}" || first == "\u{2019}" else {
      return nil
    }
    let rest = String(text.unicodeScalars.dropFirst()).trimmedOfBlanks
    guard let next = rest.unicodeScalars.first else { return nil }
    switch field.type {
    case .name: return nil
    case .text: return ("0"..."9").contains(next) ? rest : nil
    default: return rest
    }
  }
}
