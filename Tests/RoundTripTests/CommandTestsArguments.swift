// What the command says to arguments: help, mistakes of usage, where the configuration is named, the synthetic export.

import Foundation
import RoundTripSupport
import Testing

@Suite("The command line")
struct CommandTestsArguments {
  private typealias Support = CommandTestsSupport

  static let commands = [
    "run", "check", "status", "todo", "log", "returns", "show", "replies", "audit", "release", "withdraw", "resend",
    "handed-over", "settle", "pause", "resume", "receive", "prepare", "sample", "sandbox",
  ]

  @Test func everyCommandExplainsItself() async throws {
    let program = try Program(configuration: Support.example)
    let top = try await program.run("--help")
    #expect(top.status == 0)
    for command in Self.commands {
      #expect(top.output.contains("  \(command) "), "\(command) is not in the list of commands")
      let help = try await program.run(command, "--help")
      #expect(help.status == 0, "\(command)")
      #expect(help.output.contains("USAGE: leaverlink \(command)"), "\(command)")
      #expect(help.errors == "", "\(command)")
    }
    #expect(try await program.run("--version").status == 0)
    #expect(try await program.run().status == 0, "without a command it says what there is")
  }

  @Test(arguments: [
    ["frobnicate"], ["status", "--frobnicate"], ["--frobnicate", "status"], ["--config"], ["show"],
    ["show", "R1", "R2"],
    ["log", "--limit=-1"], ["log", "--limit", "many"], ["log", "--follow", "--json"], ["returns", "--state", "flying"],
    ["returns", "--authority", "Not A Name"], ["replies", "--state", "flying"], ["release"], ["release", "E1"],
    ["release", "12"], ["settle", "R1", "--why", "said so"], ["settle", "R1", "--delivered"],
    ["settle", "R1", "--delivered", "--not-delivered", "--why", "said so"], ["pause"], ["pause", "Not A Name"],
    ["receive", "file.csv"], ["prepare", "file.csv"], ["prepare", "--out", "there"], ["sandbox"],
    ["sandbox", "--dir", "there", "--survey", "2"], ["sandbox", "--dir", "there", "--schools", "3"],
    ["run", "--log-level", "loud"], ["sample", "--layout", "excel"], ["sample", "--leavers", "0"],
    ["sample", "--leavers", "1000001"], ["sample", "--leavers", "many"], ["sample", "--laestab", "12"],
    ["sample", "--seed=-1"],
  ])
  func mistakesOfUsageEndWith64(_ arguments: [String]) async throws {
    let result = try await Program(configuration: Support.example).run(arguments)
    #expect(result.status == 64, "\(arguments): \(result.errors)")
    #expect(result.output == "", "\(arguments)")
    #expect(result.errors != "", "\(arguments)")
  }

  @Test(arguments: [
    ["--config", "/nowhere/a.yaml", "check"], ["check", "--config", "/nowhere/a.yaml"],
    ["--config=/nowhere/a.yaml", "check"],
    // The one nearer to the command counts.
    ["--config", "/nowhere/b.yaml", "check", "--config", "/nowhere/a.yaml"],
  ])
  func theConfigurationMayStandBeforeTheCommandOrAfterIt(_ arguments: [String]) async throws {
    let result = try await Program(configuration: Support.example).run(arguments)
    #expect(result.status == 78)
    #expect(result.output.contains("/nowhere/a.yaml:1:1: error: the configuration file /nowhere/a.yaml does not exist"))
  }

  @Test func withoutAConfigurationEveryCommandThatNeedsOneSaysSo() async throws {
    let program = try Program(configuration: "/nowhere/leaverlink.yaml")
    for command in [
      ["run"], ["check"], ["status"], ["todo"], ["log"], ["returns"], ["show", "R1"], ["replies"], ["audit"],
      ["release", "R1"], ["pause", "wirral"], ["receive", Support.example, "--from", "wirral"],
      ["prepare", Support.example, "--out", "/nowhere/out"],
    ] {
      let result = try await program.run(command)
      #expect(result.status == 78, "\(command)")
      #expect((result.output + result.errors).contains("/nowhere/leaverlink.yaml does not exist"), "\(command)")
    }
  }

  // MARK: - sample

  @Test(arguments: ["sims", "arbor", "census"])
  func theSameArgumentsGiveTheSameSample(_ layout: String) async throws {
    try await Support.withFolder { folder in
      let program = try Program(configuration: Support.example)
      func sample(_ name: String, _ more: String...) async throws -> Data {
        let result = try await program.run(
          ["sample", "--leavers", "30", "--layout", layout, "--leaving-year", "2027", "--out", "\(folder)/\(name)"]
            + more)
        #expect(result.status == 0, "\(result.errors)")
        return try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
      }
      let first = try await sample("a.csv", "--seed", "7")
      #expect(first.count > 2000)
      #expect(try await sample("b.csv", "--seed", "7") == first)
      #expect(try await sample("c.csv", "--seed", "8") != first)
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/a.csv.tokens"), "tokens only with --canaries")

      let canaries = try await sample("d.csv", "--seed", "7", "--canaries")
      let tokens = try String(contentsOfFile: "\(folder)/d.csv.tokens", encoding: .utf8)
        .split(separator: "\n").map(String.init)
      #expect(tokens.count >= 30)
      #expect(Set(tokens).count == tokens.count, "each token once")
      let small = Data(canaries.map { (65...90).contains($0) ? $0 + 32 : $0 })
      // A telephone number is two tokens: as it is written, and without its space.
      let together = small.filter { $0 != 32 }
      let absent = tokens.filter {
        let token = Data($0.lowercased().utf8)
        return small.range(of: token) == nil && together.range(of: token) == nil
      }
      #expect(absent == [], "each token is in the file")
    }
  }

  @Test func aSampleGoesToStandardOutputAndAnUnwritablePlaceIsNamed() async throws {
    let program = try Program(configuration: Support.example)
    let result = try await program.run("sample", "--leavers", "3", "--layout", "census")
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("LAESTAB,UPN,"))
    let nowhere = try await program.run("sample", "--leavers", "3", "--out", "/nowhere/at/all.csv")
    #expect(nowhere.status == 74)
    #expect(nowhere.errors.contains("/nowhere/at/all.csv"))
  }
}
