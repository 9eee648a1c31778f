// `leaverlink mis learn`: proposes a header map from an export. Prints headings and counts, never a cell.

import ArgumentParser
import Daemon
import Foundation
import Intake
import Leavers
import Profiles
import Tabular

struct MISLearnCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn",
    abstract: "Propose a header map from an export, with the evidence for each column; keep nothing.",
    discussion: """
      Reads CSV and Excel workbooks. Prints YAML for config/mis/NAME.yaml: what is sure as lines, what somebody must look
      at as comments. Headings and counts are printed, never what a cell holds.
      """)

  @OptionGroup var options: ConfigurationOption
  @OptionGroup var output: JSONOption
  @Argument(help: "The export.", completion: .file(extensions: ["csv", "txt", "xlsx"]))
  var export: String
  @Option(name: .long, help: "The name of the new header map: small letters, digits and hyphens.")
  var mis = "new"

  func validate() throws {
    guard (1...40).contains(mis.utf8.count), mis.utf8.first != UInt8(ascii: "-"),
      mis.utf8.allSatisfy({ byte in
        byte == UInt8(ascii: "-") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      })
    else { throw ValidationError("--mis: use small letters, digits and hyphens, such as bromcom") }
  }

  func run() async throws {
    let configuration = try options.load(.forPreparing)
    let bytes: [UInt8]
    do {
      bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: export)))
    } catch {
      Console.error("cannot read \(export): \(error.localizedDescription)")
      throw ExitCode(66)
    }
    let proposal: HeaderMapProposal
    do {
      let learner = HeaderMapLearner(configuration: configuration, day: SystemTimekeeper().today())
      proposal = try learner.learn(LooseTable.tables(of: bytes))
    } catch {
      Console.error("\(export): \(error)")
      throw ExitCode(65)
    }
    if output.json { printJSON(proposal) } else { Console.print(proposal.yaml(id: mis)) }
    if !proposal.missing.isEmpty, !output.json {
      let names = proposal.missing.map(\.rawValue).joined(separator: ", ")
      Console.error("needed, and in no column for certain: \(names)")
    }
  }

  private func printJSON(_ proposal: HeaderMapProposal) {
    Console.print(json: [
      ("mis", .string(mis)), ("rows", .whole(proposal.rows)),
      ("sheet", proposal.sheet.map { .whole($0) } ?? .null),
      (
        "columns",
        .array(
          proposal.columns.map { column in
            [
              "number": .whole(column.number), "heading": .text(column.heading),
              "field": .text(column.field?.rawValue), "confidence": .string(column.confidence.rawValue),
              "proposed": .bool(column.isProposed), "filled": .whole(column.filled),
              "fitting": column.fitting.map { .whole($0) } ?? .null,
              "evidence": .array(column.evidence.map { .string($0) }),
              "alternatives": .array(column.alternatives.map { .string($0.rawValue) }),
            ]
          })
      ),
      ("missing", .array(proposal.missing.map { .string($0.rawValue) })),
      ("yaml", .string(proposal.yaml(id: mis))),
    ])
  }
}
