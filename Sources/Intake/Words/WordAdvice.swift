// What a word may mean, in words for the person who decides: for the checked file and the sheet of words. Pure.

import Leavers
import Profiles

/// Suggests what words may mean, each word once.
struct WordAdvice {
  /// So many suggestions are shown.
  static let most = 3

  private struct Key: Hashable {
    let field: Field
    let word: String
  }

  private let configuration: Configuration
  private let context: RuleContext
  /// Made when the first word needs it: it takes a register of fifty thousand names apart.
  private var suggester: WordSuggester?
  private var known: [Key: [WordSuggestion]] = [:]

  init(_ configuration: Configuration, in context: RuleContext) {
    self.configuration = configuration
    self.context = context
  }

  /// What a word in a column of a field may mean, the likeliest first. Of a provider's name: which provider.
  mutating func suggestions(for word: SchoolWord, in field: Field) -> [WordSuggestion] {
    let key = Key(field: field, word: word.key)
    if let known = known[key] { return known }
    let suggester =
      self.suggester
      ?? WordSuggester(
        vocabulary: configuration.vocabulary, register: context.providers, codes: context.codes, on: context.day)
    self.suggester = suggester
    let isName = field == .providerName
    let found = suggester.suggestions(
      for: word, of: context.school.own, in: isName ? [.intendedDestination, .activity] : [field],
      remembering: context.decided.map(of: field))
    let best = Array((isName ? Self.providers(found.all) : found.all).prefix(Self.most))
    known[key] = best
    return best
  }

  /// Each provider once, without the codes that follow from it.
  private static func providers(_ all: [WordSuggestion]) -> [WordSuggestion] {
    var seen: Set<WordProvider> = []
    return all.compactMap { one in
      guard let provider = one.provider, seen.insert(provider).inserted else { return nil }
      var named = one
      (named.field, named.code, named.course) = (.providerName, nil, nil)
      return named
    }
  }

  /// The name of a row's provider as an open word, where the register does not have it and has one almost like it.
  mutating func misspeltProvider(_ record: LeaverRecord, besides words: [RowWord]) -> RowWord? {
    guard !context.providers.isEmpty, let name = record[.providerName], record[.providerUKPRN] == nil,
      record[.providerLAESTAB] == nil,
      !words.contains(where: { $0.field == .providerName || $0.filled.contains(.providerName) }),
      let word = WordRule.word(name), context.providers.provider(named: name) == .none,
      !suggestions(for: word, in: .providerName).isEmpty
    else { return nil }
    return RowWord(field: .providerName, word: word, isOpen: true)
  }

  /// Findings about words that are open, with what they may mean.
  mutating func advised(_ findings: [ExportFinding], by words: [RowWord]) -> [ExportFinding] {
    guard words.contains(where: \.isOpen) else { return findings }
    var findings = findings
    for index in findings.indices where Self.aboutWords.contains(findings[index].code) {
      guard let word = words.first(where: { $0.isOpen && $0.field == findings[index].field }) else { continue }
      let best = suggestions(for: word.word, in: word.field)
      guard !best.isEmpty else { continue }
      let text = best.map { "\(self.text($0))." }.joined(separator: " Or: ")
      findings[index].advice = Redacted("Perhaps: \(text)")
    }
    return findings
  }

  private static let aboutWords: Set<FindingCode> = [.wordUndecided, .providerUndecided, .providerUnclear]

  /// A suggestion in words: `121 - Full-time education, Hugh Baird College, course bricks (strong: its reasons)`.
  func text(_ one: WordSuggestion) -> String {
    var parts: [String] = []
    if let code = one.code { parts.append(AnswerWords(context).code(code, one.field)) }
    if let provider = one.provider { parts.append(AnswerWords(context).provider(provider)) }
    if let course = one.course { parts.append("course \(course)") }
    return "\(parts.joined(separator: ", ")) (\(one.strength.text): \(one.reasons.joined(separator: "; ")))"
  }
}
