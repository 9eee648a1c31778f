// When an export is no longer being written: two equal looks, far enough apart on the monotonic clock (I0). Pure.

/// Remembers the first of equal looks at each file.
package struct Settling: Sendable {
  package enum Verdict: Sendable, Equatable {
    /// Nothing has touched the file for long enough.
    case settled
    /// Look again at this instant of the monotonic clock.
    case wait(until: Duration)
  }

  private struct Seen {
    var look: FileLook
    var since: Duration
  }

  /// How far apart the two looks must be.
  package var settle: Duration
  private var seen: [String: Seen] = [:]

  package init(settle: Duration) { self.settle = settle }

  /// Takes a look at a file. `now` is the monotonic clock; the wall clock has no part in this. An empty file waits
  /// longer: programs create it first and fill it when they are done.
  ///
  /// - Parameter least: how far apart the looks must be at least, where that is more than elsewhere.
  package mutating func observe(
    _ path: String, _ look: FileLook, at now: Duration, least: Duration = .zero
  ) -> Verdict {
    let settle = max(settle, least)
    let wait = look.size == 0 ? max(settle * 10, .seconds(20)) : settle
    guard let before = seen[path], before.look == look, before.since <= now else {
      seen[path] = Seen(look: look, since: now)
      return .wait(until: now + wait)
    }
    return now - before.since >= wait ? .settled : .wait(until: before.since + wait)
  }

  /// Begins again with a file: it changed while it was read, or was taken in.
  package mutating func forget(_ path: String) { seen[path] = nil }

  /// Forgets the files of a folder that are no longer there. Those of folders in it are others' affair.
  package mutating func keep(only paths: Set<String>, in folder: String) {
    seen = seen.filter { !$0.key.isDirectly(in: folder) || paths.contains($0.key) }
  }
}

extension String {
  /// Whether a path is that of something in a folder itself, and not in one of the folders in it.
  func isDirectly(in folder: String) -> Bool {
    let (path, folder) = (utf8, folder.utf8)
    guard path.count > folder.count, path.starts(with: folder) else { return false }
    let rest = path.dropFirst(folder.count)
    return rest.first == UInt8(ascii: "/") && !rest.dropFirst().contains(UInt8(ascii: "/"))
  }
}
