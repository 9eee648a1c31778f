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
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    // Both pipes are read while it runs, or a talkative command would wait for us for ever.
    async let outputText = Self.text(of: output)
    async let errorText = Self.text(of: errors)
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in continuation.resume() }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
    return Result(status: process.terminationStatus, output: await outputText, errors: await errorText)
  }

  package func run(_ arguments: String...) async throws -> Result { try await run(arguments) }

  /// Starts the daemon; its log goes to a file.
  package func startDaemon(log: String, stopAt step: String? = nil) throws -> DaemonProcess {
    var environment = environment
    if let step { environment["LEAVERLINK_STOP_AT"] = step }
    return try DaemonProcess(path: path, environment: environment, log: log)
  }

  private static func text(of pipe: Pipe) async -> String {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        let data = (try? pipe.fileHandleForReading.readToEnd()) ?? Data()
        continuation.resume(returning: String(decoding: data, as: UTF8.self))
      }
    }
  }
}

/// A daemon that a test started, and may kill.
package final class DaemonProcess: @unchecked Sendable {
  // Unchecked because Foundation's Process is not Sendable; it is only started, signalled and waited for, each of which
  // it does under a lock of its own.
  private let process: Process
  package let log: String

  init(path: String, environment: [String: String], log: String) throws {
    guard FileManager.default.createFile(atPath: log, contents: nil, attributes: [.posixPermissions: 0o600]) else {
      throw TestTrouble("cannot make \(log)")
    }
    process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["run", "--log-level", "debug"]
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(forWritingAtPath: log)
    self.log = log
    try process.run()
  }

  package var pid: Int32 { process.processIdentifier }
  package var isRunning: Bool { process.isRunning }
  package var exitStatus: Int32 { process.terminationStatus }
  package var logText: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

  /// Whether all its threads stand still at the step that the test named.
  package var isStopped: Bool {
    guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
      let afterName = stat.lastIndex(of: ")")
    else { return false }
    return stat[stat.index(afterName, offsetBy: 2)...].first == "T"
  }

  package func signal(_ number: Int32) { kill(pid, number) }

  /// kill -9, and waits until it is gone.
  package func killAtOnce() async throws {
    signal(SIGKILL)
    try await eventually("the killed daemon to be gone") { !self.isRunning }
  }

  /// SIGTERM, and waits for its end.
  package func terminate() async throws -> Int32 {
    signal(SIGTERM)
    try await eventually("the daemon to end", within: .seconds(10)) { !self.isRunning }
    return exitStatus
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
