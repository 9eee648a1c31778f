// Whether a folder is the one that it was, or the place where its share ought to be mounted. Pure.

import Ledger

/// Where a folder lies, as the system says it.
package struct PlaceLook: Sendable, Hashable {
  package var kind: FileSystemKind
  /// The nearest mount point at or above it.
  package var mountPoint: String

  package init(kind: FileSystemKind, mountPoint: String) {
    self.kind = kind
    self.mountPoint = mountPoint
  }
}

/// What a folder's place says, held against what is remembered of it.
enum PlaceVerdict: Equatable {
  /// Nothing speaks against it.
  case there
  /// It is there, and our mark is not: a person tidied up.
  case unmarked
  /// It is there and lies elsewhere than before, or is seen for the first time: to be remembered. A new place gets a new
  /// mark; one that was moved with all that lies in it keeps its own.
  case adopted(keepsMark: Bool)
  /// Its share is not here. In words.
  case away(String)

  /// What is left of our own in a desk. A folder of exports has none of it, and nothing is missed there.
  struct Traces: Equatable {
    enum Mark: Equatable { case ours, older, ofAnotherSchool, none }
    var mark: Mark
    /// Whether the folder `out` is there.
    var hasOut: Bool
  }

  /// - Parameter traces: nil for a folder in which we leave nothing.
  static func judge(_ seen: PlaceLook, known: KnownPlace?, traces: Traces?) -> PlaceVerdict {
    if traces?.mark == .ofAnotherSchool { return .away("the desk of another school lies there") }
    guard let known else { return .adopted(keepsMark: false) }
    if isLost(seen, known) {
      if traces?.mark == .ours { return .adopted(keepsMark: true) }
      return .away("its share (\(FileSystemKind(number: known.fileSystem).name) at \(known.mountPoint)) is not mounted")
    }
    if known.isMarked, let traces, traces.mark == .none, !traces.hasOut {
      return .away("it is empty of all that leaverlink keeps there; if that is meant, make the folder out in it")
    }
    if seen.mountPoint != known.mountPoint || seen.kind.number != known.fileSystem { return .adopted(keepsMark: false) }
    return known.isMarked && traces != nil && traces?.mark != .ours ? .unmarked : .there
  }

  /// What was mounted is no more: the folder lies on what is above its mount point, or on a local file system in the
  /// place of a share.
  private static func isLost(_ seen: PlaceLook, _ known: KnownPlace) -> Bool {
    if seen.mountPoint == known.mountPoint {
      return FileSystemKind(number: known.fileSystem).isShare && !seen.kind.isShare
    }
    return seen.mountPoint == "/" || known.mountPoint.hasPrefix(seen.mountPoint + "/")
  }
}
