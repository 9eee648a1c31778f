// What the people of one school decided about its words, column by column. Pure; who keeps it is not its business.

/// What a person decided about a word.
package enum WordDecision: Hashable, Sendable {
  case means(WordMeaning)
  /// It stands for nothing that is sent. Of a provider's name: it is sent as it is written.
  case nothing
  /// Nobody but the pupil can say.
  case ask
}

/// A decision as it was remembered.
package struct WordConfirmation: Hashable, Sendable {
  /// Counts up over all decisions of a ledger: a later one takes the place of an earlier one.
  package let number: Int64
  package let decision: WordDecision
  /// Who decided, as the ledger names people.
  package let by: String
  package let at: Timestamp

  package init(number: Int64, decision: WordDecision, by: String, at: Timestamp) {
    self.number = number
    self.decision = decision
    self.by = by
    self.at = at
  }
}

/// The decisions of one school that stand, by the field of the column and the key of the word.
///
/// A word can stand in columns of several fields and means something of its own in each: `here` is 111 as an intention
/// and 210 as an activity.
package struct SchoolWords: Sendable {
  /// The fields in whose columns words are understood.
  package static let fields: [Field] = WordMeaning.codedFields + [.providerName]

  private let confirmations: [Field: [String: WordConfirmation]]

  package init(_ confirmations: [Field: [String: WordConfirmation]] = [:]) { self.confirmations = confirmations }

  package var isEmpty: Bool { confirmations.isEmpty }

  /// What was decided about a word in a column of a field; nil where nobody has.
  package func confirmation(of word: SchoolWord, in field: Field) -> WordConfirmation? {
    confirmations[field]?[word.key]
  }

  /// The meanings of one column's words, to suggest from.
  package func map(of field: Field) -> WordMap {
    WordMap(
      (confirmations[field] ?? [:]).compactMapValues { confirmation in
        guard case .means(let meaning) = confirmation.decision else { return nil }
        return ConfirmedMeaning(meaning, by: confirmation.by, at: confirmation.at)
      })
  }
}
