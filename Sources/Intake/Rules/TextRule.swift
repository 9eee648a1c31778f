// Rule for free text: one line, without formulas. Pure.

import Leavers

/// Addresses, providers, courses, contact names and all else that has no form of its own.
enum TextRule {
  static func check(_ text: String, _ field: Field) -> CellOutcome {
    let plain = CellText.plain(text, lineBreak: isAddress(field) ? ", " : " ")
    if plain.isEmpty { return .blank }
    if CellText.beginsLikeFormula(plain) { return .leftOut(.formulaText) }
    var outcome = CellOutcome.kept(plain)
    if CellText.isDamaged(plain) { outcome.remarks.append(Remark(.damagedCharacters)) }
    return outcome
  }

  private static func isAddress(_ field: Field) -> Bool {
    switch field {
    case .addressLine1, .addressLine2, .addressLine3, .town, .county, .parentAddress: true
    default: false
    }
  }
}
