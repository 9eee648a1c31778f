// What becomes of a word in a cell: exact, confirmed, or undecided by us. Pure.

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

/// Reads the words of cells: by the code sets of one day and the provider register.
package struct WordReader: Sendable {
  private let codes: CodeTables
  private let register: ProviderRegister
  private let day: CalendarDate
  private let exact: ExactCodes

  package init(codes: CodeTables, register: ProviderRegister, on day: CalendarDate) {
    self.codes = codes
    self.register = register
    self.day = day
    exact = ExactCodes(codes, on: day)
  }

  /// What a word in a column of a field stands for. No guess: a person confirmed it, or the text is a code or the label of
  /// exactly one, or it is undecided by us.
  ///
  /// `field` is that of the column; a field without codes has no exact values.
  package func reading(of word: SchoolWord, in field: Field, by map: WordMap) -> WordReading {
    if let confirmed = map[word.key] {
      let reasons = outdated(confirmed.meaning)
      return reasons.isEmpty ? .confirmed(confirmed) : .outdated(confirmed, because: reasons)
    }
    guard let entry = exact.entry(word, in: field) else { return .undecided }
    var meaning = WordMeaning()
    meaning[field] = entry.code
    return .exact(meaning)
  }

  /// Why a meaning can no longer be used: codes out of force, a provider that is not in the register any more.
  package func outdated(_ meaning: WordMeaning) -> [String] {
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

/// Texts that are a code in force on one day, or the label of exactly one.
struct ExactCodes: Sendable {
  private var sets: [Field: CodeSet] = [:]
  /// By the key of the label; those that several codes share are left out.
  private var labels: [Field: [String: CodeEntry]] = [:]
  private let day: CalendarDate

  init(_ codes: CodeTables, on day: CalendarDate) {
    self.day = day
    for field in WordMeaning.codedFields {
      guard case .code(let id) = field.type, let set = codes[id] else { continue }
      sets[field] = set
      let byKey = Dictionary(grouping: set.current(on: day)) { SchoolWord($0.label)?.key ?? "" }
      labels[field] = byKey.compactMapValues { $0.count == 1 ? $0.first : nil }
    }
  }

  /// The entry that a word names. One that is doubted names none: no code and no label has a question mark.
  func entry(_ word: SchoolWord, in field: Field) -> CodeEntry? {
    guard let set = sets[field] else { return nil }
    if case .current(let entry) = set.entry(word.text, on: day) { return entry }
    return labels[field]?[word.key]
  }
}
