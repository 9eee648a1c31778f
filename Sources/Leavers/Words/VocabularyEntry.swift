// One row of the vocabulary: words that people write and a code that they may mean. Pure.

/// How much a piece of evidence says for a code.
package enum WordStrength: Int, CaseIterable, Comparable, Sendable, Codable {
  case weak = 1
  case fair = 2
  case strong = 3

  package var text: String {
    switch self {
    case .weak: "weak"
    case .fair: "fair"
    case .strong: "strong"
    }
  }

  package init?(_ text: String) {
    guard let found = Self.allCases.first(where: { $0.text == text }) else { return nil }
    self = found
  }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// One step less, never below weak.
  var lowered: Self { Self(rawValue: rawValue - 1) ?? .weak }
  /// One step more, never above strong.
  var raised: Self { Self(rawValue: rawValue + 1) ?? .strong }
}

/// What words do to the words around them, where they stand for no code themselves.
package enum WordMark: String, CaseIterable, Sendable {
  /// The school that writes: `here`.
  case ownSchool = "own-school"
  /// Some other place that is not named: `another school`.
  case elsewhere
  /// What follows is not so, up to the end of what is said: `not going to`.
  case negation
  /// What stands before it, or around it, is not so: `fell through`.
  case undone
  /// Nothing in the text is certain: `maybe`.
  case doubt
  /// Wished or tried for, not yet had: `applied to`. Says nothing of what somebody does now.
  case seeking
  /// A choice between two: `or`.
  case or
  /// Something is said anew: `but`.
  case turn
  /// What follows is no subject: `with`.
  case aside
  /// What follows is a town and no provider: `in`.
  case place
  /// Says nothing: `going to`. Also for words that only look like others: `staying with nan`.
  case filler
}

/// One row of the vocabulary.
package struct VocabularyEntry: Hashable, Sendable {
  /// Where the row counts, by the place that the text names.
  package enum Place: String, CaseIterable, Sendable {
    case any
    /// The school's own.
    case own
    /// Another, named or not.
    case other
    /// None.
    case unnamed
  }

  /// What the words stand for.
  package enum Sense: Hashable, Sendable {
    case code(set: String, code: String, Place, WordStrength)
    case mark(WordMark)
  }

  /// The words, folded as those of cells are. A last word that ends in `*` stands for all that begin so.
  package let words: [String]
  package let sense: Sense
  package let note: String

  package init(words: [String], sense: Sense, note: String = "") {
    self.words = words
    self.sense = sense
    self.note = note
  }

  /// The words of a pattern as they stand in the table; nil where there are none, or a `*` stands elsewhere than at the end.
  package static func words(_ pattern: String) -> [String]? {
    let stem = pattern.trimmedOfBlanks
    let isPrefix = stem.hasSuffix("*")
    guard !stem.dropLast(isPrefix ? 1 : 0).contains("*"), let word = SchoolWord(String(stem.dropLast(isPrefix ? 1 : 0)))
    else { return nil }
    var words = word.tokens.map(\.text)
    if isPrefix { words[words.count - 1] += "*" }
    return words
  }
}
