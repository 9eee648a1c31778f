// A school's words as the ledger takes and gives them. Pure.

package import Leavers

/// What a person answered about a word.
package struct WordAnswer: Sendable, Hashable {
  /// The row key.
  package let key: String
  /// The word that the row shows; nil where it shows none.
  package let shown: SchoolWord?
  /// The field of the column that the person saw the word in.
  package let field: Field
  package let decision: WordDecision

  package init(key: String, shown: SchoolWord? = nil, field: Field, decision: WordDecision) {
    self.key = key
    self.shown = shown
    self.field = field
    self.decision = decision
  }
}

/// A word of a school that stands in rows, for the sheet of words. Never prints the word.
package struct WordEntry: Sendable, RedactedPrinting {
  /// The row key: of the word with what stands about it now.
  package let key: String
  package let field: Field
  package let word: SchoolWord
  /// The export in which it was first seen.
  package let firstExport: ExportID
  package let firstSeenAt: Timestamp
  /// The rows that stand and say it, the newest exports last.
  package let rows: [WordRow]
  /// What was decided about it; nil where nobody has.
  package let confirmation: WordConfirmation?
  /// Whether a person has to say what it means.
  package let isOpen: Bool

  /// How many pupils' rows say it.
  package var pupils: Int { Set(rows.map(\.pupil)).count }
}

/// A row that says a word.
package struct WordRow: Sendable, Hashable {
  package let export: ExportID
  package let row: Int
  package let pupil: PupilID
}
