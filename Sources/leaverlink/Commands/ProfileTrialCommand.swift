// `leaverlink profile trial`: a file of invented pupils to an authority, in its final format by its final way.

import ArgumentParser
import Daemon
import Delivery
import Foundation
import Leavers
import Ledger
import Profiles
import Returns
import Tabular
import Transport

struct ProfileTrialCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trial",
    abstract: "Send an authority a file of invented pupils, each marked TEST, as its returns will come.",
    discussion:
      "The step before a format is agreed: evidence: trial in the authority's file lets it go. A file of each kind of return goes, unless --kind names one."
  )

  @OptionGroup var options: ConfigurationOption
  @OptionGroup var output: JSONOption
  @Argument(help: "The authority, such as sefton.")
  var authority: String
  @Option(name: .long, help: "Only this kind of return, such as intended-destinations.")
  var kind: String?
  @Option(name: .long, help: "The school that it comes from, by LAESTAB or name; else the only one.")
  var school: String?

  func run() async throws {
    let (sent, refused) = try await options.withLedger { configuration, ledger in
      try await run(configuration, ledger)
    }
    if output.json {
      Console.print(json: [
        ("trials", .array(sent.map(Self.json))),
        (
          "notSent",
          .array(refused.map { ["kind": .string($0.kind.rawValue), "why": .string($0.why)] })
        ),
      ])
    } else {
      for report in sent { Self.print(report) }
      for (kind, why) in refused { Console.print("\(kind.rawValue): not sent: \(why)") }
    }
    let failed = sent.contains { [.failed, .unknown].contains($0.outcome.state) }
    if failed { throw ExitCode(Daemon.Exit.unavailable) }
    if sent.isEmpty { throw ExitCode(Console.needsAttention) }
  }

  private func run(
    _ configuration: Configuration, _ ledger: Ledger
  ) async throws -> (sent: [TrialRun.Report], refused: [(kind: ReturnKind, why: String)]) {
    guard let chosen = try configuration.chosen([authority]).first else { return ([], []) }
    guard let school = try configuration.school(chosen: school) else {
      throw Failure.usage("several schools are configured; name one by --school: \(configuration.schoolChoices)")
    }
    let kinds = try chosen.kinds(named: kind)
    let timekeeper = SystemTimekeeper()
    let scratch = try Scratch()
    defer { scratch.remove() }
    let loop = try CurlLoop()
    defer { loop.shutDown() }
    let trials = TrialRun(configuration: configuration, ledger: ledger, timekeeper: timekeeper, scratch: scratch.path)
    do {
      let recipient = try await trials.recipient(of: chosen, school: school)
      let endpoints = try EndpointPool(loop: loop, timekeeper: timekeeper).endpoints(of: recipient, in: configuration)
      guard let endpoint = endpoints(school.id) else {
        throw TrialRun.Refusal(message: "\(recipient.name) cannot be reached for \(school.name); run leaverlink check")
      }
      var sent: [TrialRun.Report] = []
      var refused: [(kind: ReturnKind, why: String)] = []
      for profile in kinds {
        do {
          sent.append(
            try await trials.run(profile, of: chosen, school: school, endpoint: endpoint, by: Identity.current()))
        } catch is CancellationError {
          throw CancellationError()
        } catch {
          // One kind that cannot be tried does not hold up the others, nor hide what was sent.
          refused.append((profile.kind, "\(error)"))
        }
      }
      return (sent, refused)
    } catch let refusal as TrialRun.Refusal {
      Console.error(refusal.message)
      throw ExitCode(Daemon.Exit.configuration)
    } catch let error as TransportError {
      Console.error(error.description)
      throw ExitCode(Daemon.Exit.unavailable)
    }
  }

  private static func print(_ report: TrialRun.Report) {
    let (trial, file) = (report.trial, report.file)
    Console.print("\(trial.id) \(file.kind.rawValue): \(file.fileName), \(words(report.outcome.state))")
    if let problem = report.outcome.problem { Console.print("  \(problem)") }
    Console.print(
      "  \(trial.draft.rows) invented pupils, \(file.floorOnly) of them with name, address and date of birth only; "
        + "SHA-256 \(trial.draft.sha256)")
    for (reason, count) in file.kept { Console.print("  \(count) more would not go: \(reason)") }
  }

  static func words(_ state: TrialState) -> String {
    switch state {
    case .sending: "under way, or cut short: ask the authority whether it is there"
    case .delivered: "delivered and read back"
    case .sent: "sent; the recipient lets nobody read it back"
    case .prepared: "prepared on the desk, to be handed over"
    case .failed: "not delivered"
    case .unknown: "nobody knows whether it arrived: ask the authority"
    }
  }

  private static func json(_ report: TrialRun.Report) -> JSONValue {
    .object(
      JSONObject([
        ("id", .string(report.trial.id.description)), ("kind", .string(report.file.kind.rawValue)),
        ("file", .string(report.file.fileName)), ("state", .string(report.outcome.state.rawValue)),
        ("problem", .text(report.outcome.problem)), ("pupils", .whole(report.trial.draft.rows)),
        ("floorOnly", .whole(report.file.floorOnly)), ("sha256", .string(report.trial.draft.sha256)),
        (
          "kept",
          .array(report.file.kept.map { ["reason": .string($0.reason), "pupils": .whole($0.count)] })
        ),
      ]))
  }
}

/// `leaverlink profile trials`: what was tried, and what came of it.
struct ProfileTrialsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trials", abstract: "Show every trial of a format and what the authority said of it.")

  @OptionGroup var options: ConfigurationOption
  @OptionGroup var output: JSONOption
  @Argument(help: "The authority, such as sefton; all without.")
  var authority: AuthorityID?

  func run() async throws {
    let trials = try await options.withLedger { configuration, ledger in
      let found = try await ledger.trials.list(authority: authority)
      if let authority, found.isEmpty, configuration.authority(authority) == nil {
        throw Failure.unknown(authority, in: configuration)
      }
      return found
    }
    if output.json {
      Console.print(json: [("trials", .array(trials.map(Self.json)))])
      return
    }
    Console.print(
      table: ["trial", "authority", "kind", "pupils", "state", "the authority says", "file"],
      trials.map { trial in
        [
          "\(trial.id)", trial.draft.series.authority.rawValue, trial.draft.series.kind.rawValue,
          "\(trial.draft.rows)", trial.state == .sending ? "cut short" : trial.state.rawValue,
          trial.verdict?.rawValue ?? "–", trial.draft.fileName,
        ]
      })
    for trial in trials {
      if let problem = trial.problem { Console.print("\(trial.id): \(problem)") }
      if trial.state == .sending { Console.print("\(trial.id): \(ProfileTrialCommand.words(.sending))") }
    }
  }

  private static func json(_ trial: TrialSummary) -> JSONValue {
    .object(
      JSONObject([
        ("id", .string(trial.id.description)), ("school", .string(trial.draft.series.school.rawValue)),
        ("authority", .string(trial.draft.series.authority.rawValue)),
        ("kind", .string(trial.draft.series.kind.rawValue)), ("cohort", .string(trial.draft.series.cohort.description)),
        ("file", .string(trial.draft.fileName)), ("state", .string(trial.state.rawValue)),
        ("problem", .text(trial.problem)), ("pupils", .whole(trial.draft.rows)),
        ("sha256", .string(trial.draft.sha256)), ("beganAt", .string("\(trial.beganAt)")),
        ("verdict", .text(trial.verdict?.rawValue)),
      ]))
  }
}
