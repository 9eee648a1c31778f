// C0: which files of a remote folder hold still. A pure value over what successive listings say.

import Leavers
import Transport

/// Tells the files of a folder that two listings, at least `settle` apart, agree on: SFTP and HTTPS have no event that
/// says that a file is complete.
struct ListingWatch: Sendable {
  private struct Look: Sendable {
    var size: Int64
    var modified: Int64
    var since: Duration
  }

  private let settle: Duration
  private var looks: [String: Look] = [:]

  init(settle: Duration) { self.settle = settle }

  /// Takes a listing made at a monotonic time and gives the entries that hold still.
  mutating func settled(_ listing: [RemoteEntry], at now: Duration) -> [RemoteEntry] {
    var next: [String: Look] = [:]
    var still: [RemoteEntry] = []
    for entry in listing {
      if let look = looks[entry.name], look.size == entry.size, look.modified == entry.modified {
        next[entry.name] = look
        if now - look.since >= settle { still.append(entry) }
      } else {
        next[entry.name] = Look(size: entry.size, modified: entry.modified, since: now)
      }
    }
    looks = next
    return still
  }

  /// When the youngest of those that do not hold still yet will have done so.
  func nextLook(after now: Duration) -> Duration? {
    looks.values.map { $0.since + settle }.filter { $0 > now }.min()
  }
}
