// Rule for words that stand in a coded column instead of a code: what a person said that they mean, or undecided by us.
// Pure.

package import Leavers
package import Profiles

/// A school's own word in a column of codes.
///
/// Nothing is guessed: what nobody has said yet leaves the cell blank and goes on the list of words. `Undecided` of the
/// code lists is what a pupil says; that we do not know what a word means is no code at all.
enum WordRule {
  /// A longer text is no word but a letter, in bytes.
  static let longest = 300

  /// What becomes of a text that is no code of its field; nil where it is no word either.
  static func check(_ text: String, _ field: Field, in context: RuleContext) -> CellOutcome? {
    guard SchoolWords.fields.contains(field), let word = word(text) else { return nil }
    guard let confirmation = context.decided.confirmation(of: word, in: field) else {
      if case .exact(let meaning) = context.wordReader.reading(of: word, in: field, by: WordMap()) {
        return CellOutcome(value: meaning[field])
      }
      return open(RowWord(field: field, word: word, isOpen: true))
    }
    func decided(isOpen: Bool = false, filled: Set<Field> = []) -> RowWord {
      RowWord(field: field, word: word, confirmation: confirmation.number, isOpen: isOpen, filled: filled)
    }
    let day = LondonTime.day(of: confirmation.at)
    switch confirmation.decision {
    case .ask:
      return CellOutcome(value: nil, remarks: [Remark(.wordToAsk, "decided on \(day)")], word: decided())
    case .nothing:
      return CellOutcome(
        value: nil, remarks: [Remark(.wordConfirmed, "nothing that is sent, decided on \(day)")], word: decided())
    case .means(let meaning):
      if let reason = context.wordReader.outdated(meaning).first {
        return open(decided(isOpen: true), "what was decided on \(day) no longer holds, since \(reason)")
      }
      var values = meaning.values(context.providers, ownSchool: context.school.own)
      // Each column's codes are its own affair.
      for other in WordMeaning.codedFields where other != field { values[other] = nil }
      let value = values.removeValue(forKey: field)
      return CellOutcome(
        value: value,
        remarks: [Remark(.wordConfirmed, (value.map { "\($0), " } ?? "") + "decided on \(day)")],
        word: decided(filled: Set(values.keys)), companions: values)
    }
  }

  /// The text as a word: something with a letter in it, and no letter to somebody.
  static func word(_ text: String) -> SchoolWord? {
    guard text.utf8.count <= longest, text.unicodeScalars.contains(where: \.properties.isAlphabetic) else { return nil }
    return SchoolWord(text)
  }

  private static func open(_ word: RowWord, _ detail: String? = nil) -> CellOutcome {
    CellOutcome(value: nil, remarks: [Remark(.wordUndecided, detail)], word: word)
  }

  // MARK: What else the decision says

  /// The fields of a provider: a row that names one itself keeps it whole.
  static let provider: Set<Field> = [.providerName, .providerUKPRN, .providerLAESTAB]

  /// Puts what a decision says besides the code into a record, where the record says nothing itself; gives the word with
  /// the fields that were filled.
  static func fill(_ record: inout LeaverRecord, _ companions: [Field: String], by word: RowWord) -> RowWord {
    let namesProvider = provider.contains { record[$0] != nil }
    var word = word
    word.filled = []
    for (field, value) in companions {
      guard record[field] == nil, !(namesProvider && provider.contains(field)) else { continue }
      record[field] = value
      word.filled.insert(field)
    }
    return word
  }
}

extension School {
  /// The school as the words see it: `here`.
  package var own: OwnSchool { OwnSchool(laestab: laestab, ukprn: ukprn, name: name) }
}
