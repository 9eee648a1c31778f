// Names of providers, and of the school itself, within a text. Pure.

/// Finds names of the register in tokens, with spelling mistakes allowed.
struct NameFinder {
  struct Found {
    var what: WordScan.What
    var length: Int
    var typos: Int
    /// A name or alias, not one that was shortened.
    var isWholeName: Bool
  }

  let register: ProviderRegister
  let school: OwnSchool
  let vocabulary: VocabularyIndex
  /// Words of names, and of the vocabulary.
  let nameWords: Set<String>
  let nearNames: NearTokens
  let nearVocabulary: NearTokens

  /// A word of a name may be as short as this and yet mistyped, if another word of the name is right.
  private static let shortestMistyped = 4

  /// The school's own name, and that without the words that say what kind of place it is.
  private let ownKey: String
  private let ownShort: [String]

  init(
    register: ProviderRegister, school: OwnSchool, vocabulary: VocabularyIndex, nameWords: Set<String>,
    nearNames: NearTokens, nearVocabulary: NearTokens
  ) {
    self.register = register
    self.school = school
    self.vocabulary = vocabulary
    self.nameWords = nameWords
    self.nearNames = nearNames
    self.nearVocabulary = nearVocabulary
    let tokens = ProviderName.tokens(school.name)
    ownKey = ProviderName.joined(tokens)
    ownShort = ProviderName.shortened(tokens)
  }

  /// How a token may be read: as it is and, if it is no known word, as the nearest known ones, those of the vocabulary
  /// first. A word of the vocabulary is never taken for a name misspelt.
  func forms(of token: String) -> [String] {
    let uniform = ProviderName.uniform(token)
    if vocabulary.knows(token) || nameWords.contains(uniform) { return [token] }
    let words = nearVocabulary.nearest(to: token, most: 3)
    let names = nearNames.nearest(to: token, most: 4, shortest: Self.shortestMistyped)
    let least = min(words?.distance ?? .max, names?.distance ?? .max)
    var forms = [token]
    if let words, words.distance == least { forms += words.tokens }
    if let names, names.distance == least { forms += names.tokens.filter { !forms.contains($0) } }
    return forms
  }

  /// The longest name that begins at a token.
  func longest(_ forms: [[String]], from start: Int, until end: Int) -> Found? {
    var best: Found?
    for length in stride(from: end - start, to: 0, by: -1) {
      for (tokens, typos) in readings(forms[start..<start + length]) {
        if typos > 0, length == 1, forms[start][0].utf8.count <= Self.shortestMistyped { continue }
        guard let found = find(tokens, typos) else { continue }
        if best.map({ typos < $0.typos }) ?? true { best = found }
      }
      if best != nil { return best }
    }
    return nil
  }

  /// The ways to read some tokens: each as it is, or one of them otherwise.
  private func readings(_ forms: ArraySlice<[String]>) -> [(tokens: [String], typos: Int)] {
    let plain = forms.map { $0[0] }
    var readings = [(tokens: plain, typos: 0)]
    for (position, form) in forms.enumerated() {
      for other in form.dropFirst() {
        var tokens = plain
        tokens[position] = other
        readings.append((tokens, 1))
      }
    }
    return readings
  }

  private func find(_ tokens: [String], _ typos: Int) -> Found? {
    if tokens.first == "the" || tokens.last == "the" { return nil }
    let key = ProviderName.joined(tokens)
    if key == ownKey { return own(tokens.count, typos, true) }
    let match = register.provider(key: key)
    if match == .none {
      return ownShort.contains(key) && saysMoreThanTheVocabulary(tokens) ? own(tokens.count, typos, false) : nil
    }
    if match.providers.contains(where: { $0.laestab == school.laestab }) { return own(tokens.count, typos, true) }
    switch match {
    case .one(_, let basis), .several(_, let basis):
      if basis == .shortName, !saysMoreThanTheVocabulary(tokens) { return nil }
      return Found(
        what: .provider(match.providers, basis), length: tokens.count, typos: typos, isWholeName: basis != .shortName)
    case .none: return nil
    }
  }

  private func own(_ length: Int, _ typos: Int, _ whole: Bool) -> Found {
    Found(what: .ownSchool, length: length, typos: typos, isWholeName: whole)
  }

  /// A shortened name is looked for only if it is not made of words that mean something themselves, and long enough.
  private func saysMoreThanTheVocabulary(_ tokens: [String]) -> Bool {
    tokens.contains { !vocabulary.knows($0) && $0.utf8.count >= 4 }
  }
}
