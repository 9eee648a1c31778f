// `leaverlink sandbox`: the far side on loopback, for trying and testing.

import ArgumentParser
import AuthoritySandbox
import Daemon

struct SandboxCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox",
    abstract: "Run the six authorities' side on this machine: a real sshd, a real nginx, and a tracking team.",
    discussion: """
      Writes a complete configuration into DIR/config, prints one line of JSON when it is ready, and ends when its
      standard input closes or on SIGTERM. An authority that was added to the example configuration is there as well: its
      returns are handed over by hand, and no team answers for it.
      """)

  @Option(name: .long, help: "The directory to live in; made when missing.", completion: .directory)
  var dir: String
  @Option(name: .long, help: "The example configuration whose profiles are used.", completion: .directory)
  var config: String?
  @Option(name: .long, help: "Answer each loaded return with an Activity Survey of this share of its pupils (0 to 1).")
  var survey: Double = 0
  @Option(name: .long, help: "Answer each loaded return with a chase list of this share of its pupils (0 to 1).")
  var chase: Double = 0
  @Option(name: .long, help: "How many schools: 1 or 2.")
  var schools = 2
  @Flag(
    name: .long,
    help: """
      Also two authorities that do not exist, with exotic layouts (XML with a schema; a row a characteristic, with a \
      trailer), and a school of theirs.
      """)
  var fictional = false

  func validate() throws {
    guard (0...1).contains(survey), (0...1).contains(chase) else {
      throw ValidationError("--survey and --chase are shares between 0 and 1")
    }
    guard (1...2).contains(schools) else { throw ValidationError("--schools is 1 or 2") }
  }

  func run() async throws {
    do {
      let timekeeper = SystemTimekeeper()
      let sandbox = try await Sandbox.start(
        SandboxOptions(
          directory: dir, examples: config, manner: .init(survey: survey, chase: chase), schools: schools,
          fictional: fictional),
        now: { timekeeper.now() })
      Console.print(try sandbox.readyLine())
      _ = try await SandboxEnd.wait()
      await sandbox.stop()
      for problem in sandbox.problems { Console.error(problem) }
    } catch let error as SandboxError {
      Console.error(error.message)
      throw ExitCode(Daemon.Exit.unavailable)
    }
  }
}
