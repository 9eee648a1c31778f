// What became of one answer of a sheet. Pure.

/// What became of one answer of a sheet, in words without personal data: they stand beside the row on the desk.
package enum AnswerOutcome: Sendable, Hashable {
  case done(String)
  /// Nothing was changed: it was known already.
  case unchanged(String)
  /// What is wrong, and what to do.
  case refused(String)
}
