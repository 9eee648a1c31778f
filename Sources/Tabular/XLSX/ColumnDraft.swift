// A column of a sheet that is to be written. Pure.

/// A column: its heading, how it looks, and what may be filled in.
package struct ColumnDraft: Hashable, Sendable {
  /// What the column's cells are to a spreadsheet when somebody types into them.
  package enum Kind: Hashable, Sendable {
    /// Whatever is typed stays as it is typed, zeros in front too.
    case text
    /// Days, shown as `dd/mm/yyyy`.
    case date
    case number
  }

  /// What the first row of the sheet has; not personal data.
  package var heading: String
  /// In characters of the standard font.
  package var width: Double
  package var kind: Kind
  package var isHidden: Bool
  /// Whether a person may change its cells in a protected sheet; a cell's style can say otherwise.
  package var isLocked: Bool
  /// Whether long texts go on in a further line of the cell.
  package var wraps: Bool
  /// The answers that a list at the cell offers; empty for none.
  package var allowed: [String]
  /// Whether the spreadsheet takes, after a question, an answer that is not in the list. What is pasted it never checks.
  package var takesOthers: Bool
  /// A note on the heading, shown when the mouse rests on it.
  package var note: String?

  package init(
    _ heading: String, width: Double = 16, kind: Kind = .text, isHidden: Bool = false, isLocked: Bool = true,
    wraps: Bool = false, allowed: [String] = [], takesOthers: Bool = false, note: String? = nil
  ) {
    self.heading = heading
    self.width = width
    self.kind = kind
    self.isHidden = isHidden
    self.isLocked = isLocked
    self.wraps = wraps
    self.allowed = allowed
    self.takesOthers = takesOthers
    self.note = note
  }
}
