// Rule for the sharing answer: what is not understood is kept as such, neither as yes nor as blank. Pure.

import Leavers

/// The Youth Support Services Agreement indicator.
enum SharingRule {
  /// The value of an answer that is there and not understood. It may be a refusal, so that it is no blank, for which the
  /// school's own decision would stand; it is no answer of `Sharing`, so that a person decides.
  static let notUnderstood = "?"

  static func check(_ text: String) -> CellOutcome {
    if let sharing = Sharing(cell: text.trimmedOfBlanks) { return .kept(sharing.rawValue) }
    // Systems that print code and meaning: "UNS - Unsought", "NO (refused)". Only the first word decides, and only
    // where it is one of the four answers.
    let word = text.trimmedOfBlanks.prefix { $0.isLetter }
    let rest = text.trimmedOfBlanks.dropFirst(word.count).drop { $0 == " " }
    if rest.first == "-" || rest.first == ":" || rest.first == "(" || rest.first == "\u{2013}",
      let sharing = Sharing(cell: String(word))
    {
      return .kept(sharing.rawValue)
    }
    return .kept(notUnderstood, Remark(.sharingUnknown))
  }
}
