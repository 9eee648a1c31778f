// Rule for coded fields, against dated code sets on the day of the export. Pure.

import Leavers

/// A field whose value is a code of a set: code, alias, code with its meaning beside it, the meaning alone, or a word of the
/// school that a person gave a meaning.
enum CodeRule {
  static func check(_ text: String, _ field: Field, set id: String, in context: RuleContext) -> CellOutcome {
    guard let set = context.codes[id] else {
      // A configuration is checked before it is used; without its list nothing can be said to be of the list.
      return .leftOut(.codeUnknown, "the list \(id) is not configured")
    }
    let text = CellText.plain(text)
    let found = lookUp(text, in: set, on: context.day)
    switch found {
    case .current(let entry):
      return .kept(entry.code)
    case .expired(let entry) where entry.isLegacy:
      // What an older list called so is a word like any other today: "College" is no certain 121, and a person may have
      // said that the pupil must be asked.
      if entry.label.lowercased() == text.lowercased(), let word = WordRule.check(text, field, in: context) {
        return word
      }
      return legacy(entry, field, in: set, context)
    case .expired(let entry): return .leftOut(.codeNotInForce, entry.until.map { "it ended on \($0)" })
    case .notYet(let entry): return .leftOut(.codeNotInForce, entry.from.map { "it begins on \($0)" })
    case .unknown: return WordRule.check(text, field, in: context) ?? .leftOut(.codeUnknown, hint(set))
    }
  }

  /// What a cell says of a set: `210`, `210.0`, `N - No SEN`, `No special educational need`.
  static func lookUp(_ text: String, in set: CodeSet, on day: CalendarDate) -> CodeSet.Lookup {
    let whole = set.entry(text, on: day)
    if whole != .unknown { return whole }
    if text.hasSuffix(".0") {
      let number = set.entry(String(text.dropLast(2)), on: day)
      if number != .unknown { return number }
    }
    // By meaning, current before legacy: "Undecided" is in both generations.
    let named = set.entries.filter { $0.label.lowercased() == text.lowercased() }
    if let entry = named.first(where: { $0.isCurrent(on: day) }) ?? named.first {
      return set.entry(entry.code, on: day)
    }
    for divider in [" - ", " \u{2013} ", ": ", " ("] {
      guard let range = text.firstRange(of: divider) else { continue }
      let code = set.entry(String(text[..<range.lowerBound]), on: day)
      if code != .unknown { return code }
    }
    return .unknown
  }

  /// A code of an older generation. The list's own successor is used where there is exactly one and the whole column
  /// follows the older list; a number is never turned into another by arithmetic.
  private static func legacy(
    _ entry: CodeEntry, _ field: Field, in set: CodeSet, _ context: RuleContext
  ) -> CellOutcome {
    if context.survey.mixedGenerations.contains(field) { return .leftOut(.codeTwoGenerations) }
    guard let successor = entry.successor else { return .leftOut(.codeLegacyAmbiguous) }
    guard case .current(let current) = set.entry(successor, on: context.day) else {
      return .leftOut(.codeNotInForce)
    }
    return .kept(
      current.code,
      Remark(.codeLegacyConverted, "\(entry.code) (\(entry.label)) became \(current.code) (\(current.label))"))
  }

  private static func hint(_ set: CodeSet) -> String {
    let codes = set.entries.filter { !$0.isLegacy }.map(\.code)
    guard !codes.isEmpty else { return "the list is \(set.id)" }
    return codes.count <= 14
      ? "the codes of \(set.id) are \(codes.joined(separator: ", "))" : "\(set.id) has \(codes.count) codes"
  }
}
