// How alike two headings are. Pure.

import Leavers

/// The likeness of two headings: the greater, the more alike.
enum HeadingLikeness: Sendable, Hashable, Comparable {
  /// They have so many of a hundred words in common.
  case words(Int)
  /// They are spelled so many letters apart.
  case spelling(Int)
  /// They are the same but for case, spaces and punctuation.
  case same

  /// The likeness of two headings; nil where they are not alike. A person's word that one of the two has alone, such as
  /// `parent`, and other digits make them unlike.
  static func between(_ left: HeadingWords, _ right: HeadingWords) -> HeadingLikeness? {
    if left.key.isEmpty || right.key.isEmpty { return nil }
    if left.key == right.key { return .same }
    guard left.digits == right.digits else { return nil }
    let apart = left.words.symmetricDifference(right.words)
    if left.words == right.words { return .words(100) }
    // Two words that are known, and not the same, are no slip of the keyboard: `Former UPN`, `Former ULN`.
    let sides = [left.words.subtracting(right.words), right.words.subtracting(left.words)]
    if sides.allSatisfy({ !$0.isDisjoint(with: HeadingWords.distinguishing) }) { return nil }
    let bound = EditDistance.bound(min(left.key.utf8.count, right.key.utf8.count))
    if let edits = EditDistance.between(Array(left.key.utf8), Array(right.key.utf8), atMost: bound) {
      return .spelling(edits)
    }
    guard apart.isDisjoint(with: HeadingWords.distinguishing) else { return nil }
    let shared = left.words.intersection(right.words).count
    let percent = 100 * shared / left.words.union(right.words).count
    return percent >= 50 ? .words(percent) : nil
  }

  private var rank: Int {
    switch self {
    case .words(let percent): percent
    case .spelling(let edits): 200 - edits
    case .same: 300
    }
  }

  static func < (left: HeadingLikeness, right: HeadingLikeness) -> Bool { left.rank < right.rank }
}
