// Rule for yes and no: what is unclear is left out, but protection is taken to be there. Pure.

import Leavers

/// Protected address, free school meals, looked after.
enum FlagRule {
  /// The canonical values.
  static let yes = "Y"
  static let no = "N"

  private static let yesWords: Set<String> = ["y", "yes", "true", "t", "1", "1.0"]
  private static let noWords: Set<String> = ["n", "no", "false", "f", "0", "0.0"]

  static func check(_ text: String, _ field: Field) -> CellOutcome {
    let word = CellText.plain(text).lowercased()
    if word.isEmpty { return .blank }
    if yesWords.contains(word) { return .kept(yes) }
    if noWords.contains(word) { return .kept(no) }
    return field == .protectedAddress ? .kept(yes, Remark(.protectionUnclear)) : .leftOut(.flagUnknown)
  }
}
