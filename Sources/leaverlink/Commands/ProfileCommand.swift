// `leaverlink profile`: what an authority wants, to be agreed to, tried and proved.

import ArgumentParser

struct ProfileCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile",
    abstract: "Describe what an authority is to get; run the examples inside its profile; try the format there.",
    subcommands: [
      ProfileDescribeCommand.self, ProfileTestCommand.self, ProfileTrialCommand.self, ProfileTrialsCommand.self,
    ])
}
