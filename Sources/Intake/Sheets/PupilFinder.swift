// The pupil whom a row of a sheet is about, where exactly one answers to it. Pure.

import Leavers
import Linkage

/// Finds pupils by what a row says of who they are.
struct PupilFinder: Sendable {
  private let known: [(pupil: PupilID, record: LeaverRecord)]
  private let index: PupilIndex

  /// Of a pupil with several records the first counts.
  init(_ known: [(pupil: PupilID, record: LeaverRecord)]) {
    var seen: Set<PupilID> = []
    self.known = known.filter { seen.insert($0.pupil).inserted }
    index = PupilIndex(self.known.map(\.record))
  }

  /// The pupil by UPN, ULN, admission number, or name and date of birth; nil where nobody, or more than one, answers, or
  /// where anything that the row says is another's: a row of an export with a name misspelt is of its UPN's pupil, but a
  /// decision with the UPN of one twin and the name of the other is nobody's.
  func find(_ given: LeaverRecord) -> PupilID? {
    guard let found = index.find(given).map({ known[$0.index] }), !given.contradicts(found.record) else { return nil }
    return found.pupil
  }
}
