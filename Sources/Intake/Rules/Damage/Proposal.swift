// A repair that needs another field's word before it is made. Pure.

import Leavers

/// What a damaged cell most likely said. It is taken only where the proof holds; until then the cell is left out.
///
/// Nothing is repaired by likelihood: exactly one change must make the cell valid, and something else than the cell
/// itself must agree.
struct Proposal: Sendable, Equatable {
  /// What must agree.
  enum Proof: Sendable, Equatable {
    /// The school's own number, the former UPN, the year of birth, or another row of the pupil.
    case upn
    /// A date of birth must be usual for the cohort, and `rival`, how else the cell could be read, must not be.
    case birth(rival: CalendarDate?)
  }

  /// The canonical value.
  let value: String
  /// The note that takes the place of what was said of the cell.
  let note: FindingCode
  let proof: Proof
}

extension Proposal: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  var description: String { "Proposal(\(note), redacted)" }
  var debugDescription: String { description }
  var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
