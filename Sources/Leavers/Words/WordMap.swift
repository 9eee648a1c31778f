// The memory of what a school's words mean. Pure; who keeps it is not its business.

/// The confirmed meanings of one school's words, by key.
///
/// `here` means another place in each school and nothing is shared across controllers, so each school has a map of its
/// own. Nothing comes in but by a person's confirmation.
package struct WordMap: Hashable, Sendable {
  private var meanings: [String: ConfirmedMeaning]

  /// From what was kept, by the key of each word.
  package init(_ meanings: [String: ConfirmedMeaning] = [:]) { self.meanings = meanings }

  /// The keys, sorted.
  package var keys: [String] { meanings.keys.sorted() }
  package var count: Int { meanings.count }
  package subscript(key: String) -> ConfirmedMeaning? { meanings[key] }

  /// Remembers what a person said, in place of what was said before, which is returned.
  @discardableResult
  package mutating func confirm(_ word: SchoolWord, as confirmed: ConfirmedMeaning) -> ConfirmedMeaning? {
    meanings.updateValue(confirmed, forKey: word.key)
  }

  /// Forgets a word; it is undecided again.
  @discardableResult
  package mutating func forget(_ word: SchoolWord) -> ConfirmedMeaning? { meanings.removeValue(forKey: word.key) }

  /// What a word in a column of a field stands for. No guess: the text is a code or the label of exactly one, or a person
  /// confirmed it, or it is undecided by us.
  ///
  /// `field` is that of the column; a field without codes has no exact values.
  package func reading(
    of word: SchoolWord, in field: Field, codes: CodeTables, register: ProviderRegister, on day: CalendarDate
  ) -> WordReading {
    if let confirmed = meanings[word.key] {
      let reasons = Self.outdated(confirmed.meaning, codes, register, day)
      return reasons.isEmpty ? .confirmed(confirmed) : .outdated(confirmed, because: reasons)
    }
    if case .code(let id) = field.type, WordMeaning.codedFields.contains(field), let set = codes[id],
      let entry = ExactCode.entry(word, in: set, on: day)
    {
      var meaning = WordMeaning()
      meaning[field] = entry.code
      return .exact(meaning)
    }
    return .undecided
  }

  /// Why a meaning can no longer be used: codes out of force, a provider that is not in the register any more.
  private static func outdated(
    _ meaning: WordMeaning, _ codes: CodeTables, _ register: ProviderRegister, _ day: CalendarDate
  ) -> [String] {
    var reasons: [String] = []
    for field in WordMeaning.codedFields {
      guard let code = meaning[field], case .code(let id) = field.type else { continue }
      switch codes.entry(code, in: id, on: day) {
      case .current: break
      case .expired: reasons.append("\(code) is no longer in force in \(id)")
      case .notYet: reasons.append("\(code) is not yet in force in \(id)")
      case .unknown, nil: reasons.append("\(code) is not in \(id)")
      }
    }
    if case .listed(let id) = meaning.provider, register[id] == nil {
      reasons.append("the provider \(id) is no longer in the register")
    }
    return reasons
  }
}

/// What becomes of a word.
package enum WordReading: Hashable, Sendable {
  /// A code of the column's field, or its label.
  case exact(WordMeaning)
  case confirmed(ConfirmedMeaning)
  /// Confirmed once, and what it stands for is no longer there: a person looks again.
  case outdated(ConfirmedMeaning, because: [String])
  /// Nobody has said what it means. The pupil goes on without it and is listed as undecided by us.
  case undecided

  /// What may be used; nil where a person must look first.
  package var meaning: WordMeaning? {
    switch self {
    case .exact(let meaning): meaning
    case .confirmed(let confirmed): confirmed.meaning
    case .outdated, .undecided: nil
    }
  }
}

/// Text that is a code, or the label of exactly one.
enum ExactCode {
  /// The entry in force that a word names; nil for one that is doubted, or that names more than one.
  static func entry(_ word: SchoolWord, in set: CodeSet, on day: CalendarDate) -> CodeEntry? {
    if word.isDoubted { return nil }
    if case .current(let entry) = set.entry(word.text, on: day) { return entry }
    let named = set.current(on: day).filter { SchoolWord($0.label)?.key == word.key }
    return named.count == 1 ? named.first : nil
  }
}
