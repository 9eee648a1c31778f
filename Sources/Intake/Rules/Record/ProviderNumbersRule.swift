// Rule: the name of a provider to its numbers, by the register or by what a person said that the name means. Pure.

import Leavers
import Profiles

/// A provider that is named and has no number in the row.
///
/// Only a whole name or alias of exactly one open place gives its numbers, and only where a register or a person here
/// vouches for them. A name that is shortened, or that several places have, is a question for a person.
enum ProviderNumbersRule {
  struct Outcome {
    var remarks: [Remark] = []
    /// The name as a word, where a person decided what it means or has to.
    var word: RowWord?
  }

  /// Fills in what is sure. `words` are those that the row is known to have: a name that one of them gave is decided.
  static func check(_ record: inout LeaverRecord, besides words: [RowWord], in context: RuleContext) -> Outcome {
    guard let name = record[.providerName], record[.providerUKPRN] == nil, record[.providerLAESTAB] == nil,
      !words.contains(where: { $0.field == .providerName || $0.filled.contains(.providerName) }),
      let word = WordRule.word(name)
    else { return Outcome() }
    if let confirmation = context.decided.confirmation(of: word, in: .providerName) {
      return decided(confirmation, word, &record, context)
    }
    guard !context.providers.isEmpty else { return Outcome() }
    let open = RowWord(field: .providerName, word: word, isOpen: true)
    switch context.providers.provider(named: name) {
    case .none: return Outcome()
    case .one(let provider, by: .name):
      guard !provider.isClosed, provider.evidence != .illustrative else { return Outcome() }
      record[.providerUKPRN] = provider.ukprn?.rawValue
      record[.providerLAESTAB] = provider.laestab?.rawValue
      let numbers = [
        provider.ukprn.map { "UKPRN \($0.rawValue)" }, provider.laestab.map { "DfE number \($0.rawValue)" },
      ]
      .compactMap(\.self)
      return numbers.isEmpty
        ? Outcome() : Outcome(remarks: [Remark(.providerNumbered, numbers.joined(separator: ", "))])
    case .one: return Outcome(remarks: [Remark(.providerUndecided, "the name is shortened")], word: open)
    // `ProviderFitRule` says it of the record.
    case .several: return Outcome(word: open)
    }
  }

  private static func decided(
    _ confirmation: WordConfirmation, _ word: SchoolWord, _ record: inout LeaverRecord, _ context: RuleContext
  ) -> Outcome {
    let day = LondonTime.day(of: confirmation.at)
    var standing = RowWord(field: .providerName, word: word, confirmation: confirmation.number, isOpen: false)
    switch confirmation.decision {
    case .nothing: return Outcome(word: standing)
    case .ask: return Outcome(remarks: [Remark(.wordToAsk, "decided on \(day)")], word: standing)
    case .means(let meaning):
      if let reason = context.wordReader.outdated(meaning).first {
        let open = RowWord(field: .providerName, word: word, confirmation: confirmation.number, isOpen: true)
        let detail = "what was decided on \(day) no longer holds, since \(reason)"
        return Outcome(remarks: [Remark(.providerUndecided, detail)], word: open)
      }
      let values = meaning.values(context.providers, ownSchool: context.school.own)
      for field in WordRule.provider {
        guard let value = values[field] else { continue }
        record[field] = value
        standing.filled.insert(field)
      }
      return Outcome(remarks: [Remark(.wordConfirmed, "decided on \(day)")], word: standing)
    }
  }
}
