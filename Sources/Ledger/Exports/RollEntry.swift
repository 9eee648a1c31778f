// What a school said last of one pupil. Pure.

package import Leavers

/// The newest row of a pupil in a school's exports. Never prints what it holds.
package struct RollEntry: Sendable {
  package let pupil: PupilID
  /// The key of the pupil's row in sheets.
  package let key: String
  /// The row, and what is known of the pupil's identity where the row does not give it.
  package let record: LeaverRecord
  package let cohort: Cohort?
  package let verdict: RowVerdict
  /// The export that said it.
  package let export: ExportID
  /// The words by which the row has values, or lacks them.
  package let words: [RowWord]
  /// The day on which a sixth former left, as a person said after the pupil was missing from an export; nil where the pupil
  /// has been in one since.
  package var leftOn: CalendarDate?

  /// Whether the pupil is in none of the exports since one that held all leavers was without the pupil, and nobody said that
  /// this was a mistake of the report.
  package var isMissing = false

  package init(
    pupil: PupilID, key: String = "", record: LeaverRecord, cohort: Cohort?, verdict: RowVerdict, export: ExportID,
    words: [RowWord] = [], leftOn: CalendarDate? = nil
  ) {
    self.leftOn = leftOn
    self.pupil = pupil
    self.key = key
    self.record = record
    self.cohort = cohort
    self.verdict = verdict
    self.export = export
    self.words = words
  }
}

extension RollEntry: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "RollEntry(\(pupil), redacted)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
