// `leaverlink check`: configuration, profiles, keys, permissions; with --connect each endpoint too. Binds and locks nothing.

import ArgumentParser
import Daemon
import Foundation
import Leavers
import Ledger
import Profiles
import Tabular
import Transport

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check the configuration, profiles, keys and permissions; with --connect each endpoint too.")

  @OptionGroup var options: ConfigurationOption
  @OptionGroup var output: JSONOption
  @Flag(name: .long, help: "Also connect to each recipient and list its folders; sends nothing.")
  var connect = false

  func run() async throws {
    var diagnostics: [ConfigurationDiagnostic] = []
    var configuration: Configuration?
    var isEvidenceAsked = true
    do {
      let loaded = try options.source.load()
      configuration = loaded.configuration
      diagnostics = loaded.warnings + EvidenceGate.refusals(in: loaded.configuration)
      diagnostics += Self.masterKey(of: loaded.configuration)
    } catch {
      // Mistakes do not hide that a format is not agreed: people would meet it only when all else is right.
      diagnostics = error.diagnostics + (error.readable.map { EvidenceGate.refusals(in: $0.configuration) } ?? [])
      isEvidenceAsked = error.readable?.isWhole ?? false
    }
    var connections: [Connection] = []
    if connect, let configuration { connections = try await Self.connect(configuration) }
    report(configuration, diagnostics, connections, isEvidenceAsked: isEvidenceAsked)

    if diagnostics.contains(where: { $0.severity == .error }) { throw ExitCode(Daemon.Exit.configuration) }
    if connections.contains(where: { $0.problem != nil }) { throw ExitCode(Daemon.Exit.unavailable) }
  }

  /// Whether the file of the master key, which the loader only looks at from outside, holds a key.
  private static func masterKey(of configuration: Configuration) -> [ConfigurationDiagnostic] {
    do throws(LedgerError) {
      _ = try MasterKey(file: configuration.masterKey.path)
      return []
    } catch {
      return [
        ConfigurationDiagnostic(
          place: FilePlace(file: configuration.masterKey.path), code: .secretUnusable, message: error.message,
          remedy: "without it the service does not start")
      ]
    }
  }

  // MARK: - Connecting

  private struct Connection {
    let recipient: RecipientID
    /// Whose desk it is on, where each school has a folder of its own.
    let school: SchoolID?
    let folder: String
    let problem: String?
  }

  /// Lists every folder that returns go to and replies come from.
  private static func connect(_ configuration: Configuration) async throws -> [Connection] {
    let loop = try CurlLoop()
    defer { loop.shutDown() }
    let pool = EndpointPool(loop: loop, timekeeper: SystemTimekeeper())
    var connections: [Connection] = []
    for recipient in configuration.recipients {
      let endpoints = try pool.endpoints(of: recipient, in: configuration)
      for (school, folder) in folders(of: recipient, in: configuration) {
        guard let endpoint = endpoints(school) else { continue }
        var problem: String?
        do throws(TransportError) {
          let path = try RemotePath(folder)
          _ = try await endpoint.perform { session throws(TransportError) in try await session.list(path) }
        } catch {
          problem = error.message
        }
        var desk: SchoolID?
        if case .handover = recipient.endpoint { desk = school }
        connections.append(Connection(recipient: recipient.id, school: desk, folder: folder, problem: problem))
      }
    }
    return connections
  }

  private static func folders(
    of recipient: Recipient, in configuration: Configuration
  ) -> [(school: SchoolID, folder: String)] {
    if case .handover = recipient.endpoint { return configuration.schools.flatMap { [($0.id, "in"), ($0.id, "out")] } }
    guard let school = configuration.schools.first?.id else { return [] }
    return configuration.authorities(of: recipient.id).flatMap { [$0.sendTo, $0.collectFrom] }
      .filter { !$0.isEmpty }.map { (school, $0) }
  }

  // MARK: - Reporting

  private func report(
    _ configuration: Configuration?, _ diagnostics: [ConfigurationDiagnostic], _ connections: [Connection],
    isEvidenceAsked: Bool
  ) {
    if output.json {
      Console.print(json: [
        ("configuration", .string(options.source.path)),
        ("schools", .whole(configuration?.schools.count ?? 0)),
        ("authorities", .whole(configuration?.authorities.count ?? 0)),
        (
          "diagnostics",
          .array(
            diagnostics.map {
              [
                "file": .string($0.file), "line": .whole($0.line), "column": .whole($0.column),
                "severity": .string($0.severity.rawValue), "code": .string($0.code.rawValue),
                "message": .string($0.message), "remedy": .string($0.remedy),
              ]
            })
        ),
        ("evidenceAsked", .bool(isEvidenceAsked)),
        (
          "connections",
          .array(
            connections.map {
              [
                "recipient": .string($0.recipient.rawValue), "school": .text($0.school?.rawValue),
                "folder": .string($0.folder), "problem": .text($0.problem),
              ]
            })
        ),
      ])
      return
    }
    for diagnostic in diagnostics { Console.print("\(diagnostic)") }
    for connection in connections {
      let desk = connection.school.map { " desk of \($0)" } ?? ""
      Console.print("\(connection.recipient)\(desk) \(connection.folder): \(connection.problem ?? "reached")")
    }
    let errors = diagnostics.count { $0.severity == .error }
    if errors == 0, let configuration {
      Console.print(
        "\(options.source.path): in order; \(configuration.schools.count) school(s), "
          + "\(configuration.authorities.count) authorities, \(configuration.recipients.count) recipients, "
          + "\(diagnostics.count) warning(s)")
    } else {
      Console.print("\(options.source.path): \(errors) mistake(s)")
    }
    if !isEvidenceAsked {
      Console.print(
        "with these mistakes it cannot be told of every authority whether real pupils may go to it (evidence-gate); run "
          + "check again when they are mended")
    }
  }
}
