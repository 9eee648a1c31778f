// `leaverlink profile`: what an authority wants, to be agreed to, tried and proved.

import ArgumentParser

struct ProfileCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile",
    abstract: "Run a profile's own examples.",
    subcommands: [ProfileTestCommand.self])
}
