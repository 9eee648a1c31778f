// How much a Common Transfer File may hold before it is refused. Pure.

import Tabular

/// Limits of a Common Transfer File; each has a finding of its own. A school's file comes nowhere near them.
struct TransferLimits: Sendable {
  var xml = XMLLimits(
    bytes: 1 << 26, depth: 32, attributes: 64, namespaces: 16, textBytes: 1 << 16, markupBytes: 1 << 14)
  /// Elements of the whole file.
  var elements = 8_000_000
  /// Elements of one pupil, who is held as a whole: years of attendance and assessments are some thousands.
  var elementsOfPupil = 50_000
  var pupils = 100_000
}
