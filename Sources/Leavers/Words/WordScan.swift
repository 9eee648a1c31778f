// A text cut into phrases of the vocabulary, names of providers, and the rest. Pure.

/// What stands in a text, piece by piece.
struct WordScan {
  enum What {
    /// A phrase of the vocabulary.
    case phrase
    case provider([Provider], ProviderMatch.Basis)
    case ownSchool
    case unknown
  }

  struct Piece {
    var tokens: Range<Int>
    var what: What
    /// The phrase of the vocabulary, by its index; a provider can be called by one (`army`).
    var phrase: Int?
    /// Words that were read as others than they are.
    var typos: Int
    /// Which part of the text it stands in; a new one begins at a dash, a comma, a `but`.
    var segment = 0
    /// Which of several things the text leaves open: `college / 6th form`.
    var alternative = 0
    /// Whether the text says that it is not so.
    var isNegated = false
    /// Whether it is wished or tried for.
    var isSought = false
  }

  private(set) var pieces: [Piece] = []
  let tokens: [SchoolWord.Token]
  private let index: VocabularyIndex

  /// A provider's name of more words than these is not looked for.
  private static let longestName = 9
  /// Texts are cut off here; a cell of more words is no answer but a letter.
  private static let mostTokens = 48

  init(_ word: SchoolWord, index: VocabularyIndex, names: NameFinder) {
    self.index = index
    tokens = Array(word.tokens.prefix(Self.mostTokens))
    let forms = tokens.map { names.forms(of: $0.text) }
    var position = 0
    while position < tokens.count {
      var end = position + 1
      while end < tokens.count, tokens[end].before < .slash { end += 1 }
      let phrase = index.longest(forms, from: position, until: end)
      let name = names.longest(forms, from: position, until: min(end, position + Self.longestName))
      let piece: Piece
      if let name, name.length > phrase?.length ?? 0 || (name.length == phrase?.length && name.isWholeName) {
        piece = Piece(
          tokens: position..<position + name.length, what: name.what,
          phrase: name.length == phrase?.length ? phrase?.phrase : nil, typos: name.typos)
      } else if let phrase {
        piece = Piece(
          tokens: position..<position + phrase.length, what: .phrase, phrase: phrase.phrase, typos: phrase.typos)
      } else {
        piece = Piece(tokens: position..<position + 1, what: .unknown, typos: 0)
      }
      pieces.append(piece)
      position = piece.tokens.upperBound
    }
    divide()
    dropTowns()
    deny()
  }

  func marks(_ piece: Piece) -> Set<WordMark> {
    if case .phrase = piece.what, let phrase = piece.phrase { index.phrases[phrase].marks } else { [] }
  }

  /// Whether a piece says something that can be denied: a code, a place.
  func isEvidence(_ piece: Piece) -> Bool {
    switch piece.what {
    case .phrase:
      guard let phrase = piece.phrase.map({ index.phrases[$0] }) else { return false }
      if !phrase.marks.isDisjoint(with: [.negation, .undone, .seeking, .doubt]) { return false }
      return !phrase.codes.isEmpty || !phrase.marks.isDisjoint(with: [.ownSchool, .elsewhere])
    case .provider, .ownSchool: return true
    case .unknown: return false
    }
  }

  /// Numbers the segments and alternatives.
  private mutating func divide() {
    var (segment, alternative) = (0, 0)
    for index in pieces.indices {
      let before = tokens[pieces[index].tokens.lowerBound].before
      let marks = marks(pieces[index])
      if index > 0, before == .stop || marks.contains(.turn) { segment += 1 }
      if index > 0, before == .slash || marks.contains(.or) { alternative += 1 }
      pieces[index].segment = segment
      pieces[index].alternative = alternative
    }
  }

  /// A shortened name of one word is no provider where it may be a town or a subject: after `in`, beside words that nobody
  /// knows, or where another provider is named in full.
  private mutating func dropTowns() {
    for index in pieces.indices {
      guard case .provider(_, .shortName) = pieces[index].what, pieces[index].tokens.count == 1 else { continue }
      let (segment, alternative) = (pieces[index].segment, pieces[index].alternative)
      let isNamed = pieces.contains {
        if case .provider(_, let basis) = $0.what {
          basis != .shortName && $0.alternative == alternative
        } else {
          false
        }
      }
      let afterPlace = index > 0 && marks(pieces[index - 1]).contains(.place)
      let besideUnknown = pieces.contains {
        if case .unknown = $0.what { $0.segment == segment } else { false }
      }
      if isNamed || afterPlace || besideUnknown { pieces[index].what = .unknown }
    }
  }

  /// Finds out what is denied and what only sought.
  private mutating func deny() {
    for index in pieces.indices {
      let marks = marks(pieces[index])
      if marks.contains(.undone) {
        for target in targets(of: index, around: true) { pieces[target].isNegated = true }
      } else if marks.contains(.negation) {
        for target in targets(of: index, around: false) { pieces[target].isNegated = true }
      }
      if marks.contains(.seeking) {
        for target in targets(of: index, around: false) { pieces[target].isSought = true }
      }
    }
  }

  /// What a word that denies is about: what follows in its segment (or all of it), else what stands before it there, else
  /// the last segment before that says anything.
  private func targets(of mark: Int, around: Bool) -> [Int] {
    let segment = pieces[mark].segment
    let evidence = pieces.indices.filter { isEvidence(pieces[$0]) }
    let inside = evidence.filter { pieces[$0].segment == segment }
    if around, !inside.isEmpty { return inside }
    let after = inside.filter { $0 > mark }
    if !after.isEmpty { return after }
    if !inside.isEmpty { return inside }
    guard let last = evidence.last(where: { pieces[$0].segment < segment }) else { return [] }
    return evidence.filter { pieces[$0].segment == pieces[last].segment }
  }
}
