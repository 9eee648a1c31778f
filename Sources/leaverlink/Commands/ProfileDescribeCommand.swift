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
  @Argument(help: "The authority, such as sefton.")
  var authority: String
  @Option(name: .long, help: "Only this kind of return, such as intended-destinations.")
  var kind: String?
  @Option(
    name: .long, help: "The directory to write AUTHORITY.html to; standard output without.", completion: .directory)
  var out: String?

  func run() async throws {
    let configuration = try options.load(.forPreparing)
    guard let chosen = try configuration.chosen([authority]).first else { return }
    let only = try kind.map { try chosen.kinds(named: $0) }?.first?.kind
    let page = ProfilePage(chosen, in: configuration, kind: only).page
    guard let out else {
      Console.print(page.text)
      return
    }
    let file = out + "/\(authority).html"
    do {
      try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
      try Data(page.bytes).write(to: URL(fileURLWithPath: file), options: .atomic)
    } catch {
      Console.error("cannot write \(file): \(error.localizedDescription)")
      throw ExitCode(Daemon.Exit.io)
    }
    Console.print(file)
  }
}
