// `leaverlink log`: what happened, from the ledger's chained events.

import ArgumentParser
import Daemon
import Foundation
import Leavers
import Ledger
import Tabular

struct LogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Show what happened, newest last.")
  @OptionGroup var options: ConfigurationOption
  @OptionGroup var output: JSONOption
  @Option(name: .long, help: "How many of the newest events; 0 for all.")
  var limit = 50
  @Flag(name: .long, help: "Go on and print what happens, until interrupted.")
  var follow = false

  func validate() throws {
    if limit < 0 { throw ValidationError("--limit is 0 or more") }
    if follow && output.json { throw ValidationError("--follow prints text only") }
  }

  func run() async throws {
    try await options.withLedger { _, ledger in
      var entries = try await ledger.overview.log(last: limit == 0 ? Int.max : limit)
      if output.json {
        Console.print(json: [("entries", .array(entries.map(Self.json)))])
        return
      }
      var last: Int64 = 0
      let timekeeper = SystemTimekeeper()
      while true {
        for entry in entries {
          Console.print("\(LondonTime.text(entry.at))  \(entry.kind)  \(entry.subject)  \(entry.text)")
          last = entry.sequence
        }
        guard follow else { return }
        try await timekeeper.sleep(for: .seconds(1))
        entries = try await ledger.overview.log(after: last, limit: 1000)
      }
    }
  }

  static func json(_ entry: LogEntry) -> JSONValue {
    [
      "sequence": .integer(entry.sequence), "at": .string(entry.at.description), "kind": .string(entry.kind.rawValue),
      "subject": .string(entry.subject), "text": .string(entry.text),
    ]
  }
}
