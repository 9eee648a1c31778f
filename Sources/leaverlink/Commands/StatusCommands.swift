// `leaverlink status` and `todo`: how it stands, and what a person must do today.

import ArgumentParser
import Daemon
import Intake
import Leavers
import Ledger
import Profiles

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "status", abstract: "Show how it stands.")
  @OptionGroup var options: ConfigurationOption
  @OptionGroup var output: JSONOption

  func run() async throws {
    let day = SystemTimekeeper().today()
    let report = try await options.withLedger { configuration, ledger in
      let coverage = try await configuration.coverage(by: ledger, on: day)
      return StatusReport(
        configuration: configuration, day: day, schools: try await ledger.overview.schools(),
        authorities: try await ledger.overview.authorities(), recipients: try await ledger.recipients.all(),
        away: try await ledger.places.away(),
        unfinished: try await ledger.exports.inState(.stored) + ledger.exports.inState(.read), coverage: coverage,
        todo: try await configuration.todo(by: ledger, coverage, on: day).count)
    }
    if output.json { Console.print(json: report.json) } else { Console.print(report.text) }
  }
}

struct TodoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "todo", abstract: "Show what a person must do today; exit code 1 when there is something.")
  @OptionGroup var options: ConfigurationOption
  @OptionGroup var output: JSONOption

  func run() async throws {
    let report = TodoReport(
      items: try await options.withLedger { configuration, ledger in
        try await configuration.todo(by: ledger, on: SystemTimekeeper().today())
      })
    if output.json { Console.print(json: report.json) } else { Console.print(report.text) }
    if !report.items.isEmpty { throw ExitCode(Console.needsAttention) }
  }
}
