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
      .filter { isRemovable($0.name.exposed, school) }
    var removed = 0
    do {
      for file in expired {
        let parts = file.name.exposed.split(separator: "/", maxSplits: 1).map(String.init)
        let desk = parts.count == 2 ? try DeskWriter(of: school, below: parts[0]) : try DeskWriter(of: school)
        try await ledger.exports.beginRemoval(ofDeskFile: file.name.exposed, school: school.id)
        try step("expiry begun")
        let end = try desk.remove(parts.last ?? "", ours: file.sha256, step: step)
        try await ledger.exports.finishRemoval(ofDeskFile: file.name.exposed, school: school.id, end)
        if end == .removed { removed += 1 }
      }
    } catch let problem as FileProblem {
      note(school.deskOut, problem.description, school, .deskUnavailable(problem.description), .deskBack)
      return
    }
    if removed > 0 { tell(.expired(files: removed), school) }
    // Which sheets are kept is known once they were looked at.
    if keptSheets[school.id] != nil { lastExpiry[school.id] = timekeeper.monotonic() }
  }

  /// Whether a file of ours may go by its age. The page and the sheets of today are kept as things stand, however long
  /// nothing changed in them. What goes with a pack that is handed over lies in a folder of its authority, and has the
  /// pack's time.
  private func isRemovable(_ name: String, _ school: School) -> Bool {
    if !name.contains("/") { return !DeskNames.isPage(name) }
    guard name.hasPrefix(DeskSheet.folder), let kept = keptSheets[school.id] else { return false }
    return !kept.contains(DeskNames.withoutNumber(String(name.dropFirst(DeskSheet.folder.count))))
  }
}
