// Changes in a set of local folders, by inotify, on one thread of its own. Touches inotify and a pair of sockets to wake its thread.

import Glibc
import Synchronization

/// What a watch reports. Folders are named by the path that they were added with.
package enum FolderEvent: Sendable, Equatable {
  /// Something under this name appeared, was closed after writing, moved, removed or had its attributes changed.
  case changed(folder: String, name: String)
  /// Events were lost: look at every folder again.
  case overflow
  /// The folder was removed, moved or unmounted, and is no longer watched.
  case lost(folder: String)
}

/// Watches folders, not what is below them. Remote writers on SMB and NFS raise no event: such folders must be looked
/// at from time to time all the same.
///
/// The handler is called on the watch's thread and must not block.
package final class FolderWatch: Sendable {
  private struct State {
    /// Several paths may lead to one folder, which inotify tells apart by its own number only.
    var folders: [Int32: [String]] = [:]
    var hasStopped = false
  }

  private let core: Core
  private let thread: OSThread

  /// Throws `.invalidConfiguration` when the system has no inotify instance or descriptor left.
  package init(_ handler: @escaping @Sendable (FolderEvent) -> Void) throws(TransportError) {
    let core = try Core()
    self.core = core
    thread = try OSThread.start { core.run(handler) }
  }

  deinit { stop() }

  /// Watches a folder. Throws `.notFound`, `.permissionDenied`, or `.invalidConfiguration` when the system's limit is
  /// reached. What lies there already raises no event: look at it after this call.
  package func add(_ folder: String) throws(TransportError) { try core.add(folder) }

  /// Stops watching a folder; nothing happens when it is not watched.
  package func remove(_ folder: String) { core.remove(folder) }

  /// Ends the thread and waits for it; no event comes after this. May be called more than once, but not from the
  /// handler.
  package func stop() {
    guard core.requestStop() else { return }
    if thread.isCurrent { thread.detach() } else { thread.join() }
  }

  /// What the thread and the callers share. It lives as long as the thread, which must not keep the watch itself alive.
  private final class Core: Sendable {
    private let inotify: Int32
    private let wakeRead: Int32
    private let wakeWrite: Int32
    private let state = Mutex(State())

    private static let mask = UInt32(
      IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ATTRIB | IN_MOVE_SELF | IN_ONLYDIR)

    init() throws(TransportError) {
      inotify = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
      guard inotify >= 0 else { throw Self.limit("No inotify instance is left: \(String(cString: strerror(errno))).") }
      var pair: [Int32] = [-1, -1]
      let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
      guard socketpair(AF_UNIX, kind, 0, &pair) == 0 else {
        let reason = String(cString: strerror(errno))
        close(inotify)
        throw Self.limit("No pair of sockets could be made: \(reason).")
      }
      wakeRead = pair[0]
      wakeWrite = pair[1]
    }

    deinit {
      close(inotify)
      close(wakeRead)
      close(wakeWrite)
    }

    func add(_ folder: String) throws(TransportError) {
      // Under the lock, so that the thread finds the name when the first event comes.
      let number = state.withLock { state -> Int32 in
        let descriptor = inotify_add_watch(inotify, folder, Self.mask)
        guard descriptor >= 0 else { return errno }
        if state.folders[descriptor]?.contains(folder) != true { state.folders[descriptor, default: []].append(folder) }
        return 0
      }
      guard number != 0 else { return }
      let what = "The folder cannot be watched: \(String(cString: strerror(number)))."
      switch number {
      case ENOENT, ENOTDIR:
        throw TransportError(.notFound, what, at: folder, remedy: "Make it, or correct the path.")
      case EACCES:
        throw TransportError(.permissionDenied, what, at: folder, remedy: "Let the service's user read it.")
      case ENOSPC, EMFILE, ENOMEM:
        throw TransportError(
          .invalidConfiguration, what, at: folder, remedy: "Raise fs.inotify.max_user_watches.")
      default: throw TransportError(.refused, what, at: folder, remedy: "See the system's log.")
      }
    }

    func remove(_ folder: String) {
      state.withLock { state in
        for (descriptor, names) in state.folders where names.contains(folder) {
          let left = names.filter { $0 != folder }
          state.folders[descriptor] = left.isEmpty ? nil : left
          // Its farewell finds no name any more and is passed over.
          if left.isEmpty { inotify_rm_watch(inotify, descriptor) }
        }
      }
    }

    /// Whether this call is the first.
    func requestStop() -> Bool {
      state.withLock { state in
        guard !state.hasStopped else { return false }
        state.hasStopped = true
        var byte: UInt8 = 0
        // A full socket wakes as well as a fuller one.
        _ = write(wakeWrite, &byte, 1)
        return true
      }
    }

    func run(_ handler: (FolderEvent) -> Void) {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      var descriptors = [
        pollfd(fd: inotify, events: Int16(POLLIN), revents: 0), pollfd(fd: wakeRead, events: Int16(POLLIN), revents: 0),
      ]
      while true {
        guard poll(&descriptors, 2, -1) >= 0 || errno == EINTR else { return }
        if state.withLock({ $0.hasStopped }) { return }
        let count = read(inotify, &buffer, buffer.count)
        if count > 0 { events(buffer[..<count]).forEach(handler) }
      }
    }

    /// inotify(7): watch descriptor, mask, cookie, length of the name, the name padded with zeros.
    private func events(_ bytes: ArraySlice<UInt8>) -> [FolderEvent] {
      var events: [FolderEvent] = []
      var start = bytes.startIndex
      while start + 16 <= bytes.endIndex {
        let (descriptor, mask, length) = bytes.withUnsafeBytes { raw in
          let at = start - bytes.startIndex
          return (
            raw.loadUnaligned(fromByteOffset: at, as: Int32.self),
            raw.loadUnaligned(fromByteOffset: at + 4, as: UInt32.self),
            Int(raw.loadUnaligned(fromByteOffset: at + 12, as: UInt32.self))
          )
        }
        let end = min(bytes.endIndex, start + 16 + length)
        let name = String(decoding: bytes[(start + 16)..<end].prefix { $0 != 0 }, as: UTF8.self)
        start = end
        events += interpret(descriptor, mask, name)
      }
      return events
    }

    private func interpret(_ descriptor: Int32, _ mask: UInt32, _ name: String) -> [FolderEvent] {
      if mask & UInt32(IN_Q_OVERFLOW) != 0 { return [.overflow] }
      if mask & UInt32(IN_IGNORED | IN_UNMOUNT | IN_MOVE_SELF) != 0 {
        let folders = state.withLock { $0.folders.removeValue(forKey: descriptor) } ?? []
        if mask & UInt32(IN_MOVE_SELF) != 0 { inotify_rm_watch(inotify, descriptor) }
        return folders.map { .lost(folder: $0) }
      }
      // Without a name it speaks of the folder's own attributes.
      guard !name.isEmpty else { return [] }
      let folders = state.withLock { $0.folders[descriptor] } ?? []
      return folders.map { .changed(folder: $0, name: name) }
    }

    private static func limit(_ what: String) -> TransportError {
      TransportError(.invalidConfiguration, what, remedy: "Raise fs.inotify.max_user_instances or LimitNOFILE.")
    }
  }
}
