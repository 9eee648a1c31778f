// A word that a row of an export says instead of a code, and what was known of it when the row was read. Pure.

/// A word of one row.
package struct RowWord: Hashable, Sendable, RedactedPrinting {
  /// The field of the column in which it stands.
  package let field: Field
  package let word: SchoolWord
  /// The number of the decision by which it was read; nil where there was none.
  package let confirmation: Int64?
  /// Whether a person has still to say what it means: nobody did, or what was said is no longer in force.
  package let isOpen: Bool
  /// The other fields of the row that have their values by the decision, such as the provider's.
  package var filled: Set<Field>

  package init(
    field: Field, word: SchoolWord, confirmation: Int64? = nil, isOpen: Bool, filled: Set<Field> = []
  ) {
    self.field = field
    self.word = word
    self.confirmation = confirmation
    self.isOpen = isOpen
    self.filled = filled
  }
}
