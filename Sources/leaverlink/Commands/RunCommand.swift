// `leaverlink run`: the service, in the foreground.

import ArgumentParser
import Daemon
import Foundation
import Leavers
import Logging

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run the service in the foreground, as systemd does.")

  @OptionGroup var options: ConfigurationOption
  @Option(name: .long, help: "Least weight of log lines.")
  var logLevel: Weight = .info

  enum Weight: String, ExpressibleByArgument, CaseIterable { case debug, info, notice, warning, error }

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let timekeeper = SystemTimekeeper()
    let level = Logger.Level(rawValue: logLevel.rawValue) ?? .info
    let isJournal = environment["JOURNAL_STREAM"] != nil
    let logger = Logger(label: "leaverlink") { _ in
      JournalLogHandler(logLevel: level, timekeeper: timekeeper, isJournal: isJournal)
    }
    let daemon = Daemon(source: options.source, environment: environment, timekeeper: timekeeper, logger: logger)
    throw ExitCode(await daemon.run())
  }
}
