// Suggests codes and providers for what people write. Pure and deterministic; it decides nothing.

/// Suggests what a school's words may mean: by the vocabulary, the provider register and the code sets of one day.
///
/// Everything suggested waits for a person's confirmation. A code that is not in force in its set is never suggested.
/// What the text denies is not suggested; what it doubts, misspells or names beside something else is suggested less.
package struct WordSuggester: Sendable {
  private let vocabulary: VocabularyIndex
  private let register: ProviderRegister
  private let codes: CodeTables
  private let day: CalendarDate
  private let exactCodes: ExactCodes
  private let nameWords: Set<String>
  private let nearNames: NearTokens
  private let nearVocabulary: NearTokens
  /// The place of each code in its table, by field: what breaks a tie.
  private let order: [Field: [String: Int]]

  package init(vocabulary: WordVocabulary, register: ProviderRegister, codes: CodeTables, on day: CalendarDate) {
    var order: [Field: [String: Int]] = [:]
    for field in WordMeaning.codedFields {
      guard case .code(let id) = field.type, let set = codes[id] else { continue }
      order[field] = Dictionary(
        set.current(on: day).enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    }
    self.vocabulary = VocabularyIndex(vocabulary)
    self.register = register
    self.codes = codes
    self.day = day
    self.order = order
    exactCodes = ExactCodes(codes, on: day)
    nameWords = register.words
    nearNames = NearTokens(nameWords)
    nearVocabulary = NearTokens(self.vocabulary.correctable)
  }

  /// What a word of a school may mean, for the fields asked for.
  ///
  /// - Parameter map: the school's confirmed meanings; a word that was confirmed with or without its question mark is
  ///   suggested for the other.
  package func suggestions(
    for word: SchoolWord, of school: OwnSchool, in fields: [Field] = WordMeaning.codedFields,
    remembering map: WordMap = WordMap()
  ) -> WordSuggestions {
    let names = NameFinder(
      register: register, school: school, vocabulary: vocabulary, nameWords: nameWords, nearNames: nearNames,
      nearVocabulary: nearVocabulary)
    let scan = WordScan(word, index: vocabulary, names: names)
    let fields = fields.filter { order[$0] != nil }
    let evidence = WordEvidence(scan, index: vocabulary, school: school, fields: fields) { order[$0]?[$1] != nil }
    let isNegated = scan.pieces.contains { $0.isNegated }
    let isDoubted = word.isDoubted || scan.pieces.contains { scan.marks($0).contains(.doubt) }

    var cases = evidence.cases
    soften(&cases, scan, isNegated: isNegated, isDoubted: isDoubted)
    let course = course(scan)
    var all = exact(word, fields) + remembered(word, fields, map)
    for one in cases where !all.contains(where: { Self.same($0, one) }) {
      all.append(
        WordSuggestion(
          field: one.field, code: one.code, provider: one.provider,
          course: one.code.map { ProviderKind.hasSubject(one.field, $0) } == false ? nil : course,
          strength: one.strength, reasons: one.reasons))
    }
    let covered = Dictionary(
      cases.map { one in
        (Key(one), one.pieces.reduce(0) { $0 + scan.pieces[$1].tokens.count })
      }, uniquingKeysWith: max)
    let rank = Dictionary(fields.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    all.sort { left, right in
      func value(_ one: WordSuggestion) -> (Int, Int, Int, Int, String) {
        (
          rank[one.field] ?? 0, -one.strength.rawValue, -(covered[Key(one)] ?? 99),
          one.code.flatMap { order[one.field]?[$0] } ?? .max, Self.text(one.provider)
        )
      }
      return value(left) < value(right)
    }
    return WordSuggestions(word: word, all: all, isNegated: isNegated, isDoubted: isDoubted)
  }

  // MARK: What is known without guessing

  private func exact(_ word: SchoolWord, _ fields: [Field]) -> [WordSuggestion] {
    fields.compactMap { field in
      guard let entry = exactCodes.entry(word, in: field) else { return nil }
      return WordSuggestion(
        field: field, code: entry.code, strength: .strong,
        reasons: ["the text is this code or its label"] + Self.doubts(entry))
    }
  }

  private func remembered(_ word: SchoolWord, _ fields: [Field], _ map: WordMap) -> [WordSuggestion] {
    guard let other = word.otherKey, let confirmed = map[other] else { return [] }
    return fields.compactMap { field in
      guard let code = confirmed.meaning[field], order[field]?[code] != nil else { return nil }
      return WordSuggestion(
        field: field, code: code, provider: confirmed.meaning.provider, course: confirmed.meaning.course,
        strength: .fair,
        reasons: [
          "the same word \(word.isDoubted ? "without" : "with") a question mark was confirmed so by \(confirmed.by)"
        ])
    }
  }

  // MARK: What makes it less likely

  private func soften(_ cases: inout [WordEvidence.Case], _ scan: WordScan, isNegated: Bool, isDoubted: Bool) {
    let before = cases
    for index in cases.indices {
      let one = before[index]
      let hasRival = before.contains { other in
        other.field == one.field && other.code != one.code && other.code != nil
          && other.pieces.isDisjoint(with: one.pieces)
          && (other.strength > .weak || other.alternative != one.alternative)
      }
      if hasRival { lower(&cases[index], "the text names more than one thing") }
      if isNegated { lower(&cases[index], "the text denies something else") }
      // What is said by the very words of doubt (`not sure`: undecided) is not doubted by them.
      let isDoubtItself = one.pieces.contains { scan.marks(scan.pieces[$0]).contains(.doubt) }
      if isDoubted, !isDoubtItself { lower(&cases[index], "the text doubts it") }
      if let code = one.code, case .code(let id) = one.field.type,
        let entry = codes.entry(code, in: id, on: day)?.entry
      {
        cases[index].reasons += Self.doubts(entry)
      }
    }
  }

  private static func doubts(_ entry: CodeEntry) -> [String] {
    entry.needsConfirmation ? ["the code needs confirming with the authority"] : []
  }

  private func lower(_ one: inout WordEvidence.Case, _ reason: String) {
    one.strength = one.strength.lowered
    one.reasons.append(reason)
  }

  // MARK: The subject

  /// The words that nothing else explains, of a text that names a place or a kind of destination; not what follows `with` or `in`.
  private func course(_ scan: WordScan) -> String? {
    guard scan.pieces.contains(where: { scan.isEvidence($0) && !$0.isNegated }),
      !scan.pieces.contains(where: { $0.isNegated })
    else { return nil }
    var parts: [String] = []
    for segment in Set(scan.pieces.map(\.segment)).sorted() {
      let pieces = scan.pieces.filter { $0.segment == segment }
      let said = pieces.prefix { scan.marks($0).isDisjoint(with: [.aside, .place]) }
      func isUnknown(_ piece: WordScan.Piece) -> Bool { if case .unknown = piece.what { true } else { false } }
      guard let first = said.firstIndex(where: isUnknown), let last = said.lastIndex(where: isUnknown) else { continue }
      let subject = said[first...last].filter { isUnknown($0) || scan.marks($0) == [.filler] }
      parts.append(
        subject.flatMap { scan.tokens[$0.tokens] }.map(\.text).joined(separator: " "))
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  // MARK: Order

  private struct Key: Hashable {
    var field: Field
    var code: String?
    var provider: WordProvider?

    init(_ one: WordEvidence.Case) { (field, code, provider) = (one.field, one.code, one.provider) }
    init(_ one: WordSuggestion) { (field, code, provider) = (one.field, one.code, one.provider) }
  }

  private static func same(_ suggestion: WordSuggestion, _ one: WordEvidence.Case) -> Bool {
    suggestion.field == one.field && suggestion.code == one.code
      && (suggestion.provider == nil || suggestion.provider == one.provider)
  }

  private static func text(_ provider: WordProvider?) -> String {
    switch provider {
    case .ownSchool: ""
    case .listed(let id): id.rawValue
    case .named(let name): name
    case nil: "~"
    }
  }
}
