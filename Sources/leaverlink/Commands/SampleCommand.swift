// `leaverlink sample`: a synthetic export.

import ArgumentParser
import AuthoritySandbox
import Daemon
import Foundation
import Leavers

struct SampleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Write a synthetic export, with the layouts and the dirt of real ones and nobody's data.",
    discussion: "The same arguments give the same bytes; without --leaving-year, within one academic year.")

  @Option(name: .long, help: "How many leavers.")
  var leavers = 120
  @Option(name: .long, help: "Seed of the generator.")
  var seed: UInt64 = 1
  @Option(name: .long, help: "Header layout: sims, arbor, census, or made-up.")
  var layout: SampleLayout = .sims
  @Option(
    name: .long,
    help: "The school's LAESTAB; its pupils live around it (9904001: in the sandbox's fictional authorities).")
  var laestab = "3414787"
  @Option(name: .long, help: "The summer in which its Year 11 leaves; the current academic year's unless given.")
  var leavingYear: Int?
  @Flag(
    name: .long, help: "Every personal value carries a token found nowhere else; with --out they go to FILE.tokens.")
  var canaries = false
  @Option(name: .long, help: "The file to write; standard output unless given.")
  var out: String?

  func run() async throws {
    let year = leavingYear ?? Cohort(stage: .y11, on: SystemTimekeeper().today()).leavingYear
    let school: LAESTAB
    do { school = try LAESTAB(laestab) } catch { throw Failure.usage("--laestab: \(error)") }
    guard (1...1_000_000).contains(leavers) else { throw Failure.usage("--leavers is between 1 and 1000000") }
    let sample = SampleExport(
      .init(
        leavers: leavers, seed: seed, layout: layout, canaries: canaries, laestab: school.rawValue,
        leavingYear: year))
    guard let out else {
      FileHandle.standardOutput.write(Data(sample.bytes))
      return
    }
    do {
      try Data(sample.bytes).write(to: URL(fileURLWithPath: out))
      if canaries {
        try Data(sample.tokenFile).write(to: URL(fileURLWithPath: out + ".tokens"))
      }
    } catch {
      Console.error("cannot write \(out): \(error.localizedDescription)")
      throw ExitCode(Daemon.Exit.io)
    }
  }
}

extension SampleLayout: ExpressibleByArgument {}
