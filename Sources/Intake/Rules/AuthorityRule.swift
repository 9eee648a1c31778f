// Rule for the home authority and the authority that placed a child: name, number or GSS code to number. Pure.

import Leavers
import Profiles

/// The authority in which the pupil lives, or that placed the child.
enum AuthorityRule {
  /// The value of a home authority that is there and cannot be read.
  static let notReadable = "?"

  /// Words that say that nobody placed the child.
  private static let nobody: Set<String> = ["no", "n", "false", "0", "not placed"]

  static func check(_ text: String, _ field: Field, in context: RuleContext) -> CellOutcome {
    let plain = CellText.plain(text)
    if plain.isEmpty { return .blank }
    if field == .placedByAuthority, nobody.contains(plain.lowercased()) { return .blank }
    if let code = context.authorities.code(of: plain) { return .kept(code.rawValue) }
    if field == .placedByAuthority { return .held(.placedByAnotherAuthority, .placingAuthorityUnknown) }
    // What a spreadsheet would carry out is not kept even so.
    if CellText.beginsLikeFormula(plain) { return .kept(notReadable, Remark(.homeAuthorityUnknown)) }
    // Kept although it is no code: left out, the postcode alone would decide against what the school meant to say.
    // Routing by residence holds what is no code.
    return .kept(plain, Remark(.homeAuthorityUnknown))
  }
}

/// The names of authorities as people write them, and their numbers.
struct AuthorityNames: Sendable, Equatable {
  private var byName: [String: LACode] = [:]

  /// The region's neighbours, where pupils of its schools live too, by DfE's numbers: their names are right, although
  /// no return goes there.
  private static let neighbours = [
    ("Lancashire", "888"), ("Warrington", "877"), ("Wigan", "359"), ("Cheshire East", "895"),
    ("Cheshire West and Chester", "896"),
  ]

  init(configuration: Configuration) {
    for entry in configuration.codes["lcr-authorities"]?.entries ?? [] {
      guard let code = Self.number(entry.code) else { continue }
      add(entry.label, code)
      if let gss = entry.attributes["gss"] { add(gss, code) }
    }
    for authority in configuration.authorities {
      add(authority.name, authority.laCode)
      add(authority.id.rawValue, authority.laCode)
      add(authority.gss, authority.laCode)
    }
    for (name, number) in Self.neighbours { if let code = Self.number(number) { add(name, code) } }
  }

  private mutating func add(_ name: String, _ code: LACode) {
    let key = Self.key(name)
    if !key.isEmpty, byName[key] == nil { byName[key] = code }
  }

  /// The number of an authority given as a number (any three digits, with or without its name beside it) or by name.
  func code(of text: String) -> LACode? {
    if let code = Self.number(text) { return code }
    if let code = byName[Self.key(text)] { return code }
    // "343 - Sefton", "Sefton (343)": number and name must not contradict each other.
    let parts = text.split(whereSeparator: { " -()/:\u{2013}".contains($0) })
    let numbers = parts.compactMap { Self.number(String($0)) }
    guard numbers.count == 1, let number = numbers.first else { return nil }
    let rest = parts.filter { Self.number(String($0)) == nil }.joined(separator: " ")
    if let named = byName[Self.key(rest)], named != number { return nil }
    return number
  }

  private static func number(_ text: String) -> LACode? {
    let digits = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    return try? LACode(digits)
  }

  /// The name without the words that councils add to it, without case and punctuation.
  private static func key(_ name: String) -> String {
    let added: Set<String> = [
      "council", "city", "borough", "metropolitan", "county", "mbc", "bc", "cc", "of", "the", "la", "local",
      "authority",
    ]
    let words = name.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(String.init)
      .map { $0 == "saint" ? "st" : $0 }
    let kept = words.filter { !added.contains($0) }
    return (kept.isEmpty ? words : kept).joined()
  }
}
