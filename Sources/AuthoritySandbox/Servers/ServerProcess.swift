// A server as a child process that ends with us: real sshd and nginx are started and stopped through it.

import Glibc
import Synchronization

/// A server started in a process group of its own. It ends when `stop` is called, or when this process is gone for
/// whatever reason: a small shell beside it waits for its standard input to close and then ends the server by its own
/// process id. (PR_SET_PDEATHSIG would end it with the thread that happened to spawn it.)
package final class ServerProcess: Sendable {
  private struct State {
    var pid: pid_t?
    var lifeline: Int32?
  }
  private let state: Mutex<State>
  private let name: String

  private static let keeper = """
    exec 3<&0
    "$@" </dev/null & server=$!
    { cat <&3 >/dev/null; kill $server 2>/dev/null; } & keeper=$!
    exec 3<&-
    wait $server
    kill $keeper 2>/dev/null
    """

  /// Starts a program; standard output and error are appended to the log file.
  package init(name: String, executable: String, arguments: [String], log: String) throws {
    guard access(executable, X_OK) == 0 else {
      throw SandboxError("\(executable) is not installed; install the Debian package \(Self.package(of: executable))")
    }
    // A socket pair and not a pipe, because it is closed on exec from its first instant: a server started at the same
    // time by another thread must not hold this one's lifeline.
    var pair: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &pair) == 0 else {
      throw SandboxError("no socket pair for \(name): \(errnoText())")
    }
    defer { close(pair[0]) }
    do {
      let pid = try spawn(
        ["/bin/sh", "-c", Self.keeper, name, executable] + arguments, input: pair[0],
        output: .append(log), group: true)
      state = Mutex(State(pid: pid, lifeline: pair[1]))
    } catch {
      close(pair[1])
      throw error
    }
    self.name = name
  }

  deinit {
    let state = state.withLock { $0 }
    if let lifeline = state.lifeline { close(lifeline) }
  }

  package var isRunning: Bool {
    state.withLock { state in
      guard let pid = state.pid else { return false }
      var status: Int32 = 0
      guard waitpid(pid, &status, WNOHANG) == 0 else {
        state.pid = nil
        return false
      }
      return true
    }
  }

  /// Ends the server and waits until it is gone; after five seconds it is killed.
  package func stop() async {
    state.withLock { state in
      if let lifeline = state.lifeline { close(lifeline) }
      state.lifeline = nil
    }
    let group = state.withLock { $0.pid }
    for _ in 0..<250 where isRunning { try? await Task.sleep(for: .milliseconds(20)) }
    // What is left of the group: a session that does not end, or a server that does not listen to its signal.
    if let group { _ = kill(-group, SIGKILL) }
    for _ in 0..<50 where isRunning { try? await Task.sleep(for: .milliseconds(20)) }
  }

  /// Kills the server without warning, as a power cut would.
  package func kill9() async {
    if let group = state.withLock({ $0.pid }) { _ = kill(-group, SIGKILL) }
    await stop()
  }

  private static func package(of executable: String) -> String {
    switch executable {
    case "/usr/sbin/sshd": "openssh-server"
    case "/usr/bin/ssh-keygen": "openssh-client"
    case "/usr/sbin/nginx": "nginx-light"
    case "/usr/bin/openssl": "openssl"
    default: "that has it"
    }
  }

  /// Runs a small program to its end and gives what it printed.
  package static func run(_ executable: String, _ arguments: [String], in directory: String) throws -> String {
    guard access(executable, X_OK) == 0 else {
      throw SandboxError("\(executable) is not installed; install the Debian package \(package(of: executable))")
    }
    let output = directory + "/.output"
    let quiet = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(quiet) }
    let pid = try spawn([executable] + arguments, input: quiet, output: .create(output), group: false)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) == -1 && errno == EINTR {}
    let text = (try? readText(output)) ?? ""
    unlink(output)
    guard status == 0 else {
      throw SandboxError("\(executable) \(arguments.first ?? "") failed: \(text.suffix(400))")
    }
    return text
  }
}

/// Where a child's output goes.
private enum ChildOutput {
  case append(String)
  case create(String)
}

private func spawn(_ words: [String], input: Int32, output: ChildOutput, group: Bool) throws -> pid_t {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_adddup2(&actions, input, 0)
  switch output {
  case .append(let path): posix_spawn_file_actions_addopen(&actions, 1, path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
  case .create(let path): posix_spawn_file_actions_addopen(&actions, 1, path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  }
  posix_spawn_file_actions_adddup2(&actions, 1, 2)

  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  // A child starts with the signals as a fresh process has them, whatever we block or ignore.
  var flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
  var none = sigset_t()
  sigemptyset(&none)
  posix_spawnattr_setsigmask(&attributes, &none)
  var ignored = sigset_t()
  sigemptyset(&ignored)
  sigaddset(&ignored, SIGPIPE)
  sigaddset(&ignored, SIGTERM)
  sigaddset(&ignored, SIGINT)
  posix_spawnattr_setsigdefault(&attributes, &ignored)
  if group {
    flags |= POSIX_SPAWN_SETPGROUP
    posix_spawnattr_setpgroup(&attributes, 0)
  }
  posix_spawnattr_setflags(&attributes, Int16(flags))

  var pid: pid_t = 0
  var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
  pointers.append(nil)
  defer { for pointer in pointers { free(pointer) } }
  let result = posix_spawn(&pid, words[0], &actions, &attributes, pointers, environ)
  guard result == 0 else { throw SandboxError("cannot start \(words[0]): \(String(cString: strerror(result)))") }
  return pid
}
