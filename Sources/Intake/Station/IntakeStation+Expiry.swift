// Files of ours whose time on the desk has come: removed while they are what we wrote, where the school wants it.

import Leavers
import Ledger
import Profiles

extension IntakeStation {
  /// How often a desk is gone through for files whose time has come.
  private static let expiryInterval = Duration.seconds(3600)

  /// Removes what has lain on a desk for so long as its school wants. Nothing where the school does not say.
  func expire(_ school: School) async throws {
    guard let keep = school.deskKeep else { return }
    if let last = lastExpiry[school.id], timekeeper.monotonic() - last < Self.expiryInterval { return }
    let limit = Timestamp(milliseconds: timekeeper.now().milliseconds - keep.components.seconds * 1000)
    let expired = try await ledger.exports.expiredDeskFiles(of: school.id, writtenBefore: limit)
    var removed = 0
    do {
      let desk = try DeskWriter(of: school)
      for file in expired {
        try await ledger.exports.beginRemoval(ofDeskFile: file.name.exposed, school: school.id)
        try step("expiry begun")
        let end = try desk.remove(file.name.exposed, ours: file.sha256, step: step)
        try await ledger.exports.finishRemoval(ofDeskFile: file.name.exposed, school: school.id, end)
        if end == .removed { removed += 1 }
      }
    } catch let problem as FileProblem {
      note(school.deskOut, problem.description, school, .deskUnavailable(problem.description), .deskBack)
      return
    }
    if removed > 0 { tell(.expired(files: removed), school) }
    lastExpiry[school.id] = timekeeper.monotonic()
  }
}
