// The built program as a child process: the daemon in the background, or a command to its end.

import Foundation
package import Tabular

/// Runs the program that stands beside the test bundle, as `swift build` put it there.
package struct Program: Sendable {
  package struct Result: Sendable {
    package let status: Int32
    package let output: String
    package let errors: String
    package var json: JSONValue? { try? JSONValue.parse(Array(output.utf8)) }
  }

  package let path: String
  package let environment: [String: String]

  /// - Parameter configuration: the configuration that all commands use.
  package init(configuration: String) throws {
    let bundle = URL(fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    path = bundle.deletingLastPathComponent().appendingPathComponent("leaverlink").path
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw TestTrouble("there is no program at \(path); build the whole package first")
    }
    var environment = ProcessInfo.processInfo.environment
    environment["LEAVERLINK_CONFIG"] = configuration
    self.environment = environment
  }

  /// Runs a command to its end.
  package func run(_ arguments: [String]) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("leaverlink-run-\(UUID().uuidString)")
      .path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let child = try ChildProcess(
      path, arguments, environment: environment, output: folder + "/output", errors: folder + "/errors")
    let status = await child.wait()
    return Result(
      status: status, output: try String(contentsOfFile: folder + "/output", encoding: .utf8),
      errors: try String(contentsOfFile: folder + "/errors", encoding: .utf8))
  }

  package func run(_ arguments: String...) async throws -> Result { try await run(arguments) }

  /// Starts the daemon; its log goes to a file.
  package func startDaemon(log: String, stopAt step: String? = nil) throws -> DaemonProcess {
    var environment = environment
    if let step { environment["LEAVERLINK_STOP_AT"] = step }
    return try DaemonProcess(path, ["run", "--log-level", "debug"], environment: environment, log: log)
  }

  /// Starts a command that goes on by itself; both its outputs go to a file.
  package func start(_ arguments: [String], log: String) throws -> DaemonProcess {
    try DaemonProcess(path, arguments, environment: environment, log: log)
  }
}

/// A daemon that a test started, and may kill.
package final class DaemonProcess: Sendable {
  private let child: ChildProcess
  package let log: String

  init(_ path: String, _ arguments: [String], environment: [String: String], log: String) throws {
    child = try ChildProcess(path, arguments, environment: environment, output: log, errors: log)
    self.log = log
  }

  package var pid: Int32 { child.pid }
  package var isRunning: Bool { child.exitStatus == nil }
  package var exitStatus: Int32? { child.exitStatus }
  package var logText: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

  /// Whether all its threads stand still at the step that the test named.
  package var isStopped: Bool {
    guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
      let afterName = stat.lastIndex(of: ")")
    else { return false }
    return stat[stat.index(afterName, offsetBy: 2)...].first == "T"
  }

  package func signal(_ number: Int32) {
    // Not after it is gone: its number may be another's by then.
    if isRunning { kill(pid, number) }
  }

  /// kill -9, and waits until it is gone.
  package func killAtOnce() async throws {
    signal(SIGKILL)
    _ = await child.wait()
  }

  /// SIGTERM, and waits for its end.
  package func terminate() async throws -> Int32 {
    signal(SIGTERM)
    try await eventually("the daemon to end", within: .seconds(10)) { !self.isRunning }
    return await child.wait()
  }

  package func waitUntilReady() async throws {
    try await eventually("the daemon to be ready", within: .seconds(20)) {
      if !self.isRunning { throw TestTrouble("the daemon ended: \(self.logText.suffix(2000))") }
      return self.logText.contains(" ready")
    }
  }
}

/// A test cannot go on, and why.
package struct TestTrouble: Error, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}

/// Waits for real processes, which tell nobody when they are done. Not a measure of time: the limit only ends a test
/// that would hang.
package func eventually(
  _ what: String, within limit: Duration = .seconds(30), _ condition: () async throws -> Bool
) async throws {
  let clock = ContinuousClock()
  let end = clock.now + limit
  while try await !condition() {
    guard clock.now < end else { throw TestTrouble("waited in vain for \(what)") }
    try await clock.sleep(for: .milliseconds(25))
  }
}

extension DaemonProcess {
  /// As `waitUntilReady`, for one that may stand still at its step before that.
  package func waitUntilReadyOrStopped() async throws {
    try await eventually("the daemon to be ready or to stand still") {
      if !self.isRunning { throw TestTrouble("the daemon ended: \(self.logText.suffix(2000))") }
      return self.logText.contains(" ready") || self.isStopped
    }
  }
}
