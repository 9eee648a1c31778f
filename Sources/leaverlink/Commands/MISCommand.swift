// `leaverlink mis`: the report that a data manager must build, and the headings of one that is there.

import ArgumentParser

struct MISCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mis",
    abstract: "Describe the report that a school's system must give; learn the headings of one that it gives.",
    subcommands: [MISDescribeCommand.self, MISLearnCommand.self])
}
