// C5: moves or removes one fetched reply at the far side. Touches it through a session only.
//
// Neither SFTP nor WebDAV removes a file on the condition that it is still the one that was fetched. So the file is
// first claimed: renamed, without overwriting, to a hidden name that is this reply's alone; then looked at; and only
// what was fetched is removed. A newer file that lay under the name by then is put back. Moving goes the same way: a
// rename is one step, but a newer file that it carried off would, after a crash right behind it, lie in the other
// folder and look as if it had been collected.

import Leavers
import Ledger
import Profiles
import Transport

/// The hidden name under which a reply's file waits, for an instant, to be moved or removed.
///
/// It holds the file's own name: another installation may collect from the same folder, and has an `A12` too.
struct ClaimedName: Hashable, Sendable {
  let name: String
  let id: ReplyID

  init(name: String, id: ReplyID) {
    self.name = name
    self.id = id
  }

  /// Nil for any other name.
  init?(_ text: String) {
    guard text.hasPrefix("."), text.hasSuffix(Self.ending) else { return nil }
    let parts = text.dropFirst().dropLast(Self.ending.count)
    guard let dot = parts.lastIndex(of: "."), dot > parts.startIndex,
      let id = ReplyID(String(parts[parts.index(after: dot)...]))
    else { return nil }
    self.init(name: String(parts[..<dot]), id: id)
    guard self.text == text else { return nil }
  }

  var text: String { ".\(name).\(id)\(Self.ending)" }

  private static let ending = ".claimed"
}

/// The moving or removing of one reply's file.
struct Tidying: Sendable {
  enum Outcome: Sendable, Equatable {
    /// It is no longer there: moved, removed, changed or taken away.
    case done
    /// It lies there, as it shall: under its own name, unless a newer file has that.
    case left
    /// A newer file had taken its place; that has its name again. Whether only its time is another.
    case putBack(sameSize: Bool)
    /// A newer file had taken its place and waits under the hidden name, because a third one has its own.
    case stuck
    /// The far side does not let us; it lies there still.
    case refused(TransportError)
  }

  let id: ReplyID
  let source: ReplySource
  let folder: RemotePath
  let afterwards: Recipient.AfterCollect
  let faults: FaultHook

  /// Goes on wherever an earlier attempt broke off. Throws what is not the file's trouble but the connection's.
  func run(over session: any Session) async throws(TransportError) -> Outcome {
    do throws(TransportError) {
      let path = try folder.appending(source.name)
      let claim = try folder.appending(ClaimedName(name: source.name, id: id).text)
      return try await run(path, claim, session)
    } catch  where error.isOfOneFile {
      return .refused(error)
    }
  }

  private func run(
    _ path: RemotePath, _ claim: RemotePath, _ session: any Session
  ) async throws(TransportError) -> Outcome {
    // In this order: a claim whose answer was lost may be carried out between the two.
    let there = try await session.stat(path)
    var held = try await session.stat(claim)
    if held == nil {
      guard afterwards != .leave else { return .left }
      guard let there, isWhatWasFetched(there) else { return .done }
      do throws(TransportError) {
        try await session.rename(path, to: claim)
      } catch  where error.code == .notFound {
        return .done
      }
      faults("C5 claimed")
      held = try await session.stat(claim)
    }
    guard let held else { return .done }
    guard isWhatWasFetched(held) else {
      return try await putBack(claim, path, session) ? .putBack(sameSize: held.size == source.size) : .stuck
    }
    return try await dispose(claim, path, session)
  }

  private func dispose(
    _ claim: RemotePath, _ path: RemotePath, _ session: any Session
  ) async throws(TransportError) -> Outcome {
    do throws(TransportError) {
      switch afterwards {
      case .leave:
        _ = try await putBack(claim, path, session)
        return .left
      case .remove: try await session.remove(claim)
      case .move(let folder): try await move(claim, to: RemotePath(folder).appending(source.name), session)
      }
      return .done
    } catch  where error.isOfOneFile {
      // Where it cannot go, its sender finds it under the name that it was given.
      _ = try await putBack(claim, path, session)
      return .refused(error)
    }
  }

  private func move(
    _ claim: RemotePath, to target: RemotePath, _ session: any Session
  ) async throws(TransportError) {
    do throws(TransportError) {
      try await session.rename(claim, to: target)
    } catch  where error.code == .targetExists {
      try await session.rename(claim, to: RemotePath("\(target).\(id)"))
    }
  }

  /// Never overwrites; false where its own name is taken, or the far side does not let us.
  private func putBack(
    _ claim: RemotePath, _ path: RemotePath, _ session: any Session
  ) async throws(TransportError) -> Bool {
    do throws(TransportError) {
      try await session.rename(claim, to: path)
      return true
    } catch  where error.isOfOneFile {
      return false
    }
  }

  private func isWhatWasFetched(_ entry: RemoteEntry) -> Bool {
    !entry.isFolder && entry.size == source.size && entry.modified * 1000 == source.modified.milliseconds
  }
}

extension TransportError {
  /// Whether the trouble is one file's, so that the others of its folder can be taken all the same.
  var isOfOneFile: Bool { !isAuthentication && !Self.connectionCodes.contains(code) }

  private static let connectionCodes: Set<Code> = [
    .unreachable, .interrupted, .timedOut, .breakerOpen, .stopped, .cancelled, .invalidConfiguration,
  ]
}
