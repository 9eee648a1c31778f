// Waits for the end of a sandbox: standard input closes, or SIGTERM or SIGINT comes. Touches signals of the process.

import Dispatch
import Glibc
import Synchronization

/// When a sandbox shall end.
package enum SandboxEnd {
  /// What made it end.
  package enum Cause: Sendable { case inputClosed, signal }

  /// Where a signal's handler writes; the handler may do nothing else.
  private static let writeEnd = Atomic<Int32>(-1)

  /// Waits until standard input is closed at its other end, or this process is asked to end. Once a process.
  package static func wait() async throws -> Cause {
    var ends: [Int32] = [-1, -1]
    // A socket pair, because it is closed on exec from its first instant.
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw SandboxError("no socket pair: \(errnoText())")
    }
    writeEnd.store(ends[1], ordering: .sequentiallyConsistent)
    for number in [SIGTERM, SIGINT] {
      signal(number) { _ in
        var byte: UInt8 = 1
        _ = write(SandboxEnd.writeEnd.load(ordering: .sequentiallyConsistent), &byte, 1)
      }
    }
    let signalled = ends[0]
    // A thread of its own, because it blocks.
    return await withCheckedContinuation { continuation in
      DispatchQueue(label: "leaverlink.sandbox.end").async {
        continuation.resume(returning: block(input: 0, signalled: signalled))
      }
    }
  }

  /// Waits until the input is closed at its other end, or something comes on the signalled descriptor. What is written
  /// to the input is passed over.
  static func block(input: Int32, signalled: Int32) -> Cause {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      var waiting = [
        pollfd(fd: input, events: Int16(POLLIN), revents: 0), pollfd(fd: signalled, events: Int16(POLLIN), revents: 0),
      ]
      let count = poll(&waiting, nfds_t(waiting.count), -1)
      if count < 0 {
        if errno == EINTR { continue }
        return .inputClosed
      }
      if waiting[1].revents != 0 { return .signal }
      if waiting[0].revents != 0 {
        let read = Glibc.read(input, &buffer, buffer.count)
        if read == 0 || (read < 0 && errno != EINTR && errno != EAGAIN) { return .inputClosed }
      }
    }
  }
}
