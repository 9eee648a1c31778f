// What a person wrote into a cell instead of a code, in a form in which spellings of one thing are one. Pure.

/// Free text of a cell, such as `6th form here` or `Hugh Baird – bricks`, and its normal form.
///
/// Two words are equal if their keys are. The text may hold personal data (`app w/ uncle`), so a word prints as nothing.
package struct SchoolWord: Hashable, Sendable, RedactedPrinting {
  /// What stands between two pieces of a text.
  enum Break: Int, Comparable, Sendable {
    case space, hyphen
    /// `/`: one thing or another.
    case slash
    /// A dash with a space beside it, a comma, a bracket, a full stop: what follows is said anew.
    case stop

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// One piece of the text: letters and digits, folded.
  struct Token: Hashable, Sendable {
    var text: String
    /// What stands before it; for the first, `stop`.
    var before: Break
  }

  /// As it was written, without blanks at the ends and with one space where there were several.
  package let text: String

  /// The normal form, by which a confirmed meaning is remembered: `hugh baird bricks`, `carmel ?`.
  ///
  /// Case, accents, blanks, hyphens, dashes, brackets, quotes, apostrophes and full stops do not matter; `&` and `+` are
  /// `and`, `w/` is `with`. `/` between words stays, since it divides alternatives. A question mark anywhere becomes one
  /// at the end: what is doubted is another word than what is not. Stable: keys are kept, so this form must not change.
  package let key: String

  /// Whether there is a question mark.
  package let isDoubted: Bool

  let tokens: [Token]

  /// Nil where there is neither letter, digit nor question mark.
  package init?(_ text: String) {
    var reader = TokenReader()
    reader.read(FoldedText.folded(text))
    guard !reader.tokens.isEmpty || reader.isDoubted else { return nil }
    self.text = Self.onOneLine(text)
    isDoubted = reader.isDoubted
    key = Self.key(reader.tokens, doubted: reader.isDoubted)
    // A question mark alone is a word that can be looked up.
    tokens = reader.tokens.isEmpty ? [Token(text: "?", before: .stop)] : reader.tokens
  }

  /// The key that the same text would have without its question mark, or with one; nil where nothing else is there.
  package var otherKey: String? {
    if tokens.first?.text == "?" { return nil }
    return Self.key(tokens, doubted: !isDoubted)
  }

  package static func == (left: Self, right: Self) -> Bool { left.key == right.key }
  package func hash(into hasher: inout Hasher) { hasher.combine(key) }

  private static func key(_ tokens: [Token], doubted: Bool) -> String {
    var key = ""
    for (index, token) in tokens.enumerated() {
      if index > 0 { key += token.before == .slash ? " / " : " " }
      key += token.text
    }
    guard doubted else { return key }
    return key.isEmpty ? "?" : key + " ?"
  }

  private static func onOneLine(_ text: String) -> String {
    var result = ""
    var pending = false
    for scalar in text.unicodeScalars {
      if Blank.isBlank(scalar) {
        pending = true
      } else {
        if pending, !result.isEmpty { result += " " }
        pending = false
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
