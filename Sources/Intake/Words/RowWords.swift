// The words of rows that a school said before: read anew by the decisions of now, and inherited by newer rows. Pure.

import Leavers
import Ledger

/// What becomes of words in rows that stand since an export before.
enum RowWords {
  /// An entry of the roll with its words as they are decided now; nil where nothing was decided since.
  ///
  /// So that nobody need export again: a word that was open when its row was read has its meaning from the decision on.
  static func renewed(_ entry: RollEntry, in context: RuleContext) -> RollEntry? {
    let stale = entry.words.contains { word in
      let newest = context.decided.confirmation(of: word.word, in: word.field)?.number
      return newest != nil && newest != word.confirmation
    }
    guard stale else { return nil }
    var record = entry.record
    var words: [RowWord] = []
    for old in entry.words {
      for field in old.filled { record[field] = nil }
      if old.field == .providerName {
        record[.providerName] = old.word.text
        words += ProviderNumbersRule.check(&record, besides: words, in: context).word.map { [$0] } ?? []
      } else if let outcome = WordRule.check(old.word.text, old.field, in: context), let word = outcome.word {
        record[old.field] = outcome.value
        words.append(WordRule.fill(&record, outcome.companions, by: word))
      }
    }
    if CohortCodeRule.isTooEarly(record, entry.cohort, context) { record[.activity] = nil }
    return RollEntry(
      pupil: entry.pupil, record: record, cohort: entry.cohort, verdict: entry.verdict, export: entry.export,
      words: words, leftOn: entry.leftOn)
  }

  /// The words of a row after it was completed by what its school said before: its own, and of the entry those by which
  /// the row has a value now, or lacks one.
  static func inherited(
    _ own: [RowWord], from entry: RollEntry, given: LeaverRecord, completed: LeaverRecord, unread: Set<Field>
  ) -> [RowWord] {
    own
      + entry.words.compactMap { word in
        guard given[word.field] == nil, !unread.contains(word.field), completed[word.field] == entry.record[word.field],
          !own.contains(where: { $0.field == word.field })
        else { return nil }
        var taken = word
        taken.filled = word.filled.filter { given[$0] == nil && completed[$0] == entry.record[$0] }
        return taken
      }
  }
}
