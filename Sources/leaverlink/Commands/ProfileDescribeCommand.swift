// `leaverlink profile describe`: the specification of a feed, for the tracking team that agrees to it.

import ArgumentParser
import Daemon
import Foundation
import Leavers
import Profiles
import Returns
import Tabular

struct ProfileDescribeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Write what an authority is to get as a page that its tracking team can agree to.")

  @OptionGroup var options: ConfigurationOption
  @OptionGroup var output: JSONOption
  @Argument(help: "The authority, such as sefton.")
  var authority: String
  @Option(name: .long, help: "Only this kind of return, such as intended-destinations.")
  var kind: String?
  @Option(
    name: .long, help: "The directory to write AUTHORITY.html (or .json) to; standard output without.",
    completion: .directory)
  var out: String?
  @Option(name: .long, help: "The day that it is as of, such as 2027-09-01; today without.")
  var day: String?

  func run() async throws {
    let configuration = try options.load(.forPreparing)
    guard let chosen = try configuration.chosen([authority]).first else { return }
    let feed = FeedSpecification(
      chosen, in: configuration, on: try chosenDay(), kind: try kind.map { try chosen.kinds(named: $0) }?.first?.kind)
    let text = output.json ? Console.text(json: feed.json) + "\n" : ProfilePage(feed).page.text
    guard let out else {
      FileHandle.standardOutput.write(Data(text.utf8))
      return
    }
    let file = out + "/\(authority).\(output.json ? "json" : "html")"
    do {
      try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
    } catch {
      Console.error("cannot write \(file): \(error.localizedDescription)")
      throw ExitCode(Daemon.Exit.io)
    }
    Console.print(file)
  }

  private func chosenDay() throws -> CalendarDate {
    guard let day else { return SystemTimekeeper().today() }
    guard let date = CalendarDate(iso: day) else {
      throw Failure.usage("--day: \(day) is not a date; write it as 2027-09-01")
    }
    return date
  }
}
