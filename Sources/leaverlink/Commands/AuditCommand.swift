// `leaverlink audit`: the chain of events, the conservation rule, and every kept object.

import ArgumentParser
import Ledger
import Tabular

struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Verify that no event was altered or cut, that every row has one fate, and that every object opens.")
  @OptionGroup var options: ConfigurationOption
  @OptionGroup var output: JSONOption
  @Option(
    name: .long, help: "A ledger head that was noted elsewhere, such as on a cover sheet: it must be in the chain.")
  var head: [String] = []

  func run() async throws {
    let heads = try head.map { text in
      guard let head = ChainHead(text) else { throw Failure.usage("\(text) is no ledger head, such as 412:9f86d0…") }
      return head
    }
    let (report, newest) = try await options.withLedger { _, ledger in
      (try await ledger.audit(heads: heads), try await ledger.chainHead())
    }
    if output.json {
      Console.print(json: [
        ("clean", .bool(report.isClean)), ("events", .whole(report.events)), ("chainIntact", .bool(report.chainIntact)),
        ("head", .string("\(newest)")), ("objectsChecked", .whole(report.objectsChecked)),
        ("objectsDestroyed", .whole(report.objectsDestroyed)),
        ("problems", .array(report.problems.map { .string($0) })),
      ])
    } else if report.isClean {
      Console.print(
        "Clean: \(report.events) events in an unbroken chain (head \(newest)), every row accounted for, "
          + "\(report.objectsChecked) objects whole.")
    } else {
      for problem in report.problems { Console.print("- \(problem)") }
      Console.print(
        "\(report.problems.count) problem(s): keep the state directory as it is and restore a backup beside it.")
    }
    if !report.isClean { throw ExitCode(Console.needsAttention) }
  }
}
