// Rule for names: kept as they are written, doubts said; a formula is no name. Pure.

import Leavers

/// Surnames, forenames, middle names.
enum NameRule {
  /// Words that stand in the place of a name.
  static let notNames: Set<String> = [
    "test", "testing", "unknown", "dummy", "delete", "duplicate", "do not use", "n/a", "tbc", "tba", "xxx", "zzz",
  ]

  static func check(_ text: String, _ field: Field) -> CellOutcome {
    let name = CellText.plain(text)
    if name.isEmpty { return .blank }
    if CellText.beginsLikeFormula(name) { return .leftOut(.formulaName) }
    var outcome = CellOutcome.kept(name)
    if CellText.isDamaged(name) {
      outcome.remarks.append(Remark(.damagedCharacters))
    } else if isOdd(name) {
      outcome.remarks.append(Remark(.oddName))
    } else if field == .legalSurname || field == .legalForename, SwappedNames.isBothInOne(name) {
      outcome.remarks.append(Remark(.namesInOneCell))
    }
    return outcome
  }

  /// Letters of any script, marks on them, spaces, apostrophes, hyphens, full stops and brackets make a name; at least
  /// one letter there must be.
  private static func isOdd(_ name: String) -> Bool {
    if notNames.contains(name.lowercased()) { return true }
    var letters = 0
    for scalar in name.unicodeScalars {
      if scalar.properties.isAlphabetic {
        letters += 1
        continue
      }
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .spacingMark, .modifierLetter, .modifierSymbol: continue
      default: break
      }
      switch scalar {
      case " ", "'", "-", ".", ",", "(", ")", "\u{2019}", "\u{2018}", "`", "\u{B4}", "\u{2010}", "\u{2011}", "\u{2013}":
        continue
      default: return true
      }
    }
    return letters == 0
  }
}
