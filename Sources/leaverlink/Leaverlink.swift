// The command: one thin file a subcommand.

import ArgumentParser

@main
struct Leaverlink: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "leaverlink",
    abstract: "Tells the local authorities where a school's leavers intend to go and where they went.",
    discussion: """
      A school's exports are checked, turned into each authority's own return, delivered and proved; what the
      authorities send back is matched to the leavers. Reading commands take --json and need the service neither up
      nor down. --config FILE stands before the command or after it. Exit codes: 0; 1 something needs attention; 64 usage; 65 bad data; 69 unavailable; 74 I/O;
      78 configuration.
      """,
    version: "0.1.0",
    groupedSubcommands: [
      CommandGroup(name: "The service", subcommands: [RunCommand.self, CheckCommand.self]),
      CommandGroup(
        name: "How it stands",
        subcommands: [
          StatusCommand.self, TodoCommand.self, LogCommand.self, ReturnsCommand.self, ShowCommand.self,
          RepliesCommand.self, AuditCommand.self,
        ]),
      CommandGroup(
        name: "A person's decisions",
        subcommands: [
          ReleaseCommand.self, WithdrawCommand.self, ResendCommand.self, HandedOverCommand.self, ToldCommand.self,
          SettleCommand.self,
          AgainCommand.self, PauseCommand.self, ResumeCommand.self, ReceiveCommand.self,
        ]),
      CommandGroup(name: "Setting up", subcommands: [MISCommand.self, ProfileCommand.self]),
      CommandGroup(
        name: "Trying",
        subcommands: [PrepareCommand.self, SampleCommand.self, SandboxCommand.self]),
    ])

  static func main() async { await main(Arguments.ordered(Array(CommandLine.arguments.dropFirst()))) }
}
