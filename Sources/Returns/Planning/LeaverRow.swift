// One row of an export as the station takes it: from the ledger, or from a dry run without one. A value.

package import Leavers
package import Ledger

/// One row of an export. Never prints what it holds.
package struct LeaverRow: Sendable {
  /// The record's number in the export, the header being 1.
  package let rowNumber: Int
  /// Whose row it is; nil in a dry run, which knows no pupils, and where intake could not tell.
  package let pupil: PupilID?
  /// The pupil's cohort, fixed when first seen.
  package let cohort: Cohort?
  package let record: LeaverRecord
  /// What intake said of the row.
  package let verdict: RowVerdict
  /// How the pupil stands in the register; nothing of it in a dry run, which has none.
  package let standing: PupilStanding
  /// The fields that are blank because nobody has said yet what the words mean that stood there.
  package let undecided: Set<Field>

  package init(
    rowNumber: Int, pupil: PupilID? = nil, cohort: Cohort?, record: LeaverRecord, verdict: RowVerdict,
    standing: PupilStanding = .none, undecided: Set<Field> = []
  ) {
    self.rowNumber = rowNumber
    self.pupil = pupil
    self.cohort = cohort
    self.record = record
    self.verdict = verdict
    self.standing = standing
    self.undecided = undecided
  }
}

extension LeaverRow: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "LeaverRow(\(rowNumber), redacted)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
