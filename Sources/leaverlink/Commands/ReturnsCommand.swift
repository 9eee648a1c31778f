// `leaverlink returns`: every return and its state.

import ArgumentParser
import Leavers
import Ledger
import Profiles
import Tabular

struct ReturnsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "returns", abstract: "Show every return and its state.")
  @OptionGroup var options: ConfigurationOption
  @OptionGroup var output: JSONOption
  @Option(name: .long, help: "Only returns in this state; may be given several times.")
  var state: [String] = []
  @Option(name: .long, help: "Only returns for this authority.")
  var authority: AuthorityID?
  @Flag(name: .long, help: "Only returns of which something is still to come.")
  var open = false
  @Flag(name: .long, help: "Print the numbers alone, for other commands.")
  var ids = false

  func validate() throws {
    for name in state where !ReturnState.names.contains(name) {
      throw ValidationError("no state \(name); there are \(ReturnState.names.joined(separator: ", "))")
    }
  }

  func run() async throws {
    let (returns, brake) = try await options.withLedger { configuration, ledger in
      let found = try await ledger.returns.list(ReturnFilter(authority: authority, states: Set(state)))
      // One that is no longer configured still has its returns.
      if let authority, found.isEmpty, configuration.authority(authority) == nil {
        throw Failure.unknown(authority, in: configuration)
      }
      let shown = found.filter { !open || !Self.isFinished($0) }
      return (shown, try await ledger.returns.brakeNotes(of: shown.map(\.id)))
    }
    if output.json {
      Console.print(json: [("returns", .array(returns.map { Self.json($0, brake: brake[$0.id] ?? []) }))])
    } else if ids {
      for item in returns { Console.print("\(item.id)") }
    } else {
      Console.print(
        table: ["return", "authority", "kind", "cohort", "no.", "rows", "state", "file"],
        returns.map { item in
          [
            "\(item.id)", item.authority.rawValue, item.kind.rawValue, "\(item.cohort)", "\(item.sequence)",
            "\(item.rows)", Self.state(of: item), item.fileName ?? "–",
          ]
        })
      for item in returns {
        guard case .waiting = item.state, let notes = brake[item.id] else { continue }
        Console.print("\(item.id): \(notes.map(\.words).joined(separator: "; "))")
      }
    }
  }

  static func state(of item: ReturnSummary) -> String {
    item.state.detail.map { "\(item.state.name) (\($0))" } ?? item.state.name
  }

  /// Whether nothing more is to come: an authority that never acknowledges leaves a return at `delivered`.
  static func isFinished(_ item: ReturnSummary) -> Bool {
    switch item.state {
    case .accepted, .rejected, .withdrawn, .superseded: true
    case .delivered, .sent, .collected: item.acknowledges == .never
    default: false
    }
  }

  /// `brake`: why a person must look, or had to look, at its numbers; each with the code of the reason and the words.
  static func json(_ item: ReturnSummary, brake: [BrakeNote]) -> JSONValue {
    [
      "id": .string("\(item.id)"), "export": .string("\(item.export)"), "school": .string(item.school.rawValue),
      "authority": .string(item.authority.rawValue), "recipient": .string(item.recipient.rawValue),
      "kind": .string(item.kind.rawValue), "cohort": .string("\(item.cohort)"), "cycle": .string(item.cycle),
      "sequence": .whole(item.sequence), "state": .string(item.state.name), "detail": .text(item.state.detail),
      "finished": .bool(isFinished(item)), "fileName": .text(item.fileName), "rows": .whole(item.rows),
      "size": .integer(item.size), "sha256": .text(item.sha256), "attempt": .whole(item.attempt),
      "nextAttemptAt": .text(item.nextAttemptAt?.description), "problem": .text(item.lastProblem),
      "evidence": .string(item.evidence), "agreement": .string(item.agreementReference),
      "brake": .array(brake.map { ["code": .string($0.code), "words": .string($0.words)] }),
    ]
  }
}
