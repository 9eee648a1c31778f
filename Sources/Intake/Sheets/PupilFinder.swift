// The pupil whom a row of a sheet is about, where exactly one answers to it. Pure.

import Leavers
import Linkage

/// Finds pupils by what a row says of who they are.
struct PupilFinder: Sendable {
  private let pupils: [PupilID]
  private let index: PupilIndex

  /// Of a pupil with several records the first counts.
  init(_ known: [(pupil: PupilID, record: LeaverRecord)]) {
    var seen: Set<PupilID> = []
    let known = known.filter { seen.insert($0.pupil).inserted }
    pupils = known.map(\.pupil)
    index = PupilIndex(known.map(\.record))
  }

  /// The pupil by UPN, ULN, admission number, or name and date of birth; nil where nobody, or more than one, answers.
  func find(_ given: LeaverRecord) -> PupilID? { index.find(given).map { pupils[$0.index] } }
}
