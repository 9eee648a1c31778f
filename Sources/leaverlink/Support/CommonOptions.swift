// Options and openings that the subcommands share.

import ArgumentParser
import Daemon
import Foundation
import Leavers
import Ledger
import Profiles

/// Where the configuration is.
struct ConfigurationOption: ParsableArguments {
  @Option(
    name: .long, help: "The configuration; else $LEAVERLINK_CONFIG, else /etc/leaverlink/leaverlink.yaml.",
    completion: .file(extensions: ["yaml"]))
  var config: String?

  var source: ConfigurationSource {
    let environment = ProcessInfo.processInfo.environment
    return ConfigurationSource(
      path: ConfigurationLoader.path(given: config, environment: environment), environment: environment)
  }

  /// The configuration; with mistakes in it they are all printed and the process ends with 78.
  func load(_ requirement: ConfigurationLoader.Need = .everything) throws -> Configuration {
    do {
      return try source.load(requirement).configuration
    } catch {
      for diagnostic in error.diagnostics { Console.error("\(diagnostic)") }
      throw ExitCode(Daemon.Exit.configuration)
    }
  }

  /// The ledger, as a command opens it: the service may be up or down. The service alone makes a state: one that a
  /// command made would belong to whoever ran it, and with a wrong path in the configuration all would look quiet.
  func openLedger(_ configuration: Configuration) async throws -> Ledger {
    if access(configuration.state + "/ledger.sqlite", F_OK) != 0, errno == ENOENT {
      Console.error(
        "there is no ledger in \(configuration.state) yet; start the service once, which makes it, or correct `state` in "
          + configuration.file)
      throw ExitCode(Daemon.Exit.unavailable)
    }
    do throws(LedgerError) {
      let key = try MasterKey(file: configuration.masterKey.path)
      return try await Ledger.open(
        stateDirectory: configuration.state, masterKey: key, timekeeper: SystemTimekeeper(), role: .command)
    } catch {
      throw Failure.of(error)
    }
  }

  /// Opens what a reading command needs, runs it, closes the ledger.
  func withLedger<Value>(_ body: (Configuration, Ledger) async throws -> Value) async throws -> Value {
    let configuration = try load()
    let ledger = try await openLedger(configuration)
    defer { ledger.close() }
    do { return try await body(configuration, ledger) } catch let error as LedgerError { throw Failure.of(error) }
  }

  /// As `withLedger`, for a person's decision: afterwards the service is told that there is news.
  func decide(_ body: (Ledger, Person) async throws -> Void) async throws {
    try await withLedger { _, ledger in
      try await body(ledger, Identity.current())
      try await ledger.touchWake()
    }
  }

  /// As `decide`, for several returns: one that cannot be decided so is named, and does not hold up the others.
  func decide(
    on returns: [ReturnID], _ body: (ReturnID, Ledger, Person) async throws(LedgerError) -> Void
  ) async throws {
    var failure: ExitCode?
    try await decide { ledger, person in
      for id in returns {
        do throws(LedgerError) {
          try await body(id, ledger, person)
        } catch {
          failure = Failure.of(error)
        }
      }
    }
    if let failure { throw failure }
  }
}

/// `--json` of the reading commands.
struct JSONOption: ParsableArguments {
  @Flag(name: .long, help: "Print JSON with a schemaVersion instead of text.")
  var json = false
}

/// Errors that end the process with the exit code of their kind.
enum Failure {
  static func of(_ error: LedgerError) -> ExitCode {
    Console.error(error.message)
    switch error.code {
    case .wrongMasterKey, .masterKeyUnusable, .notOurs: return ExitCode(Daemon.Exit.configuration)
    case .locked, .noLedger: return ExitCode(Daemon.Exit.unavailable)
    case .notFound, .illegalTransition, .conflict: return ExitCode(Console.needsAttention)
    default: return ExitCode(Daemon.Exit.io)
    }
  }

  /// An authority that is asked about and is not configured, with those that are.
  static func unknown(_ authority: AuthorityID, in configuration: Configuration) -> ExitCode {
    let choices = configuration.authorities.map(\.id.rawValue).joined(separator: ", ")
    return usage("no authority \(authority) is configured; there are \(choices)")
  }

  static func usage(_ message: String) -> ExitCode {
    Console.error(message)
    return ExitCode(64)
  }
}

/// Who decides: the login user, also through sudo.
enum Identity {
  static func current() -> Person {
    if let sudo = ProcessInfo.processInfo.environment["SUDO_UID"].flatMap({ uid_t($0) }), let name = name(of: sudo) {
      return Person(name: name, known: "login user, through sudo")
    }
    return Person(name: name(of: getuid()) ?? "uid \(getuid())", known: "login user")
  }

  private static func name(of user: uid_t) -> String? {
    guard let entry = getpwuid(user), let name = entry.pointee.pw_name else { return nil }
    return String(cString: name)
  }
}
