// Rule for characteristics: a list of codes in one cell, each checked on its own. Pure.

import Leavers

/// The characteristics of the young person, several codes in one cell.
enum CharacteristicsRule {
  static func check(_ text: String, in context: RuleContext) -> CellOutcome {
    let plain = CellText.plain(text, lineBreak: ";")
    if plain.isEmpty { return .blank }
    guard let set = context.codes["nccis-characteristics"] else {
      return .leftOut(.codeUnknown, "the list nccis-characteristics is not configured")
    }
    var codes: [String] = []
    var unknown = 0
    for part in plain.split(whereSeparator: { ";,|/".contains($0) }) {
      let word = String(part).trimmedOfBlanks
      if word.isEmpty { continue }
      if case .current(let entry) = CodeRule.lookUp(word, in: set, on: context.day) {
        if !codes.contains(entry.code) { codes.append(entry.code) }
      } else {
        unknown += 1
      }
    }
    var outcome = CellOutcome(value: codes.isEmpty ? nil : codes.joined(separator: ";"))
    if unknown > 0 {
      outcome.remarks.append(Remark(.codeUnknown, unknown == 1 ? "one of the cell's" : "\(unknown) of the cell's"))
    }
    return outcome
  }
}
