// Exports that wait for the marker by which their system says that they are complete.

import Leavers
import Ledger
import Profiles

extension IntakeStation {
  /// Whether an export's marker is there and no older than the export. Both times are those of one file system.
  func isMarked(
    _ name: String, _ look: FileLook, _ marker: CompletionMarker, _ listing: FolderListing, _ school: School,
    _ files: any IntakeFiles
  ) -> Bool {
    let wanted = marker.marker(of: name)
    return listing.names.contains { found in
      guard found.lowercased() == wanted else { return false }
      do throws(FileProblem) {
        let seen = try files.freshLook("\(school.exports)/\(found)")
        return seen.kind == .regular && seen.modified >= look.modified
      } catch {
        // One that cannot be looked at is as one that is not there yet.
        return false
      }
    }
  }

  /// Tells of exports that wait for their marker, each once, and keeps how many there are and since when.
  ///
  /// - Parameters:
  ///   - waiting: the paths of those that wait now.
  ///   - isSettling: whether others have still to settle; a new process does not know yet then whether they wait.
  func noteUnmarked(_ waiting: [String], isSettling: Bool, _ school: School) async throws {
    let kept = notedUnmarked[school.id]
    if kept == nil, isSettling { return }
    let before: Unmarked
    if let kept {
      before = kept
    } else if let found = try await ledger.places.unmarked(of: school.id) {
      before = Unmarked(since: [:], count: found.count, first: found.since)
    } else {
      before = Unmarked(since: [:], count: 0, first: nil)
    }
    var now = Unmarked(since: [:], count: waiting.count, first: nil)
    // What an earlier process saw waiting waits since then, and was told of.
    let inherited = kept == nil ? before.first : nil
    for path in waiting {
      if before.since[path] == nil, inherited == nil { tell(.unmarked, school) }
      now.since[path] = before.since[path] ?? inherited ?? timekeeper.now()
    }
    now.first = now.since.values.min()
    if now.count != before.count || now.first != before.first {
      try await ledger.places.noteUnmarked(now.count, since: now.first, of: school.id)
    }
    notedUnmarked[school.id] = now
  }

  /// The exports of a school that wait for their marker.
  struct Unmarked {
    /// By path.
    var since: [String: Timestamp]
    var count: Int
    var first: Timestamp?
  }
}
