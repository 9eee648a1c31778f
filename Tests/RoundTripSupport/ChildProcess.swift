// A child process of a test: spawned, waited for once, its output in files.

import Foundation
import Synchronization

/// A child that runs until it ends or is signalled. Foundation's Process is not used: started from many tests at once it
/// crashed.
final class ChildProcess: Sendable {
  let pid: pid_t
  private let ended = Mutex<(status: Int32?, waiters: [CheckedContinuation<Int32, Never>])>((nil, []))

  /// Starts a program; standard input is empty, the two outputs go to files.
  init(_ path: String, _ arguments: [String], environment: [String: String], output: String, errors: String) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)

    // A child starts with the signals as a fresh process has them, whatever the test process ignores.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var usual = sigset_t()
    sigemptyset(&usual)
    for number in [SIGPIPE, SIGTERM, SIGINT, SIGHUP] { sigaddset(&usual, number) }
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    var number: pid_t = 0
    let result = posix_spawn(&number, path, &actions, &attributes, &words, &variables)
    guard result == 0 else { throw TestTrouble("cannot start \(path): \(String(cString: strerror(result)))") }
    let started = number
    pid = started
    // A thread of its own, because it blocks until the child is gone.
    Thread.detachNewThread { [self] in
      var status: Int32 = 0
      while waitpid(started, &status, 0) == -1 && errno == EINTR {}
      let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
      let waiters = ended.withLock { state in
        defer { state = (code, []) }
        return state.waiters
      }
      for waiter in waiters { waiter.resume(returning: code) }
    }
  }

  /// The exit code, or 128 and the number of the signal that ended it; nil while it runs.
  var exitStatus: Int32? { ended.withLock { $0.status } }

  /// Waits for its end.
  func wait() async -> Int32 {
    await withCheckedContinuation { continuation in
      let status = ended.withLock { state -> Int32? in
        if state.status == nil { state.waiters.append(continuation) }
        return state.status
      }
      if let status { continuation.resume(returning: status) }
    }
  }
}

/// Runs a small program to its end, without its output; gives the exit code.
package func runTool(_ path: String, _ arguments: [String]) async throws -> Int32 {
  let environment = ProcessInfo.processInfo.environment
  return try await ChildProcess(path, arguments, environment: environment, output: "/dev/null", errors: "/dev/null")
    .wait()
}
