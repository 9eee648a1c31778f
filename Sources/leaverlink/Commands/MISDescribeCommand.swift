// `leaverlink mis describe`: the recipe of the report, before any export exists. Reads the configuration only.

import ArgumentParser
import Daemon
import Foundation
import Intake
import Leavers
import Profiles
import Tabular

struct MISDescribeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Write which columns the report out of a school's system must and should have, and why.",
    discussion: """
      One recipe for each kind of return that a configured authority takes from the schools with this system. With --out
      each is a page to print (MIS-KIND.html) and an empty workbook with the headings (MIS-KIND.xlsx).
      """)

  @OptionGroup var options: ConfigurationOption
  @OptionGroup var output: JSONOption
  @Argument(help: "The header map, such as sims.")
  var mis: String
  @Option(name: .long, help: "Only this kind of return, such as intended-destinations.")
  var kind: String?
  @Option(name: .long, help: "The directory to write to; made when missing.", completion: .directory)
  var out: String?

  func run() async throws {
    let configuration = try options.load(.forPreparing)
    guard let map = configuration.headerMaps[mis] else {
      let choices = configuration.headerMaps.keys.sorted().joined(separator: ", ")
      throw Failure.usage("no header map \(mis) is configured; there are \(choices)")
    }
    let recipes = ReportRecipe.recipes(for: map, in: configuration, kind: try chosenKind())
    if recipes.isEmpty {
      throw Failure.usage(
        "no configured authority takes \(kind ?? "a return") from the schools with \(mis); its profile is in "
          + "the folder `authorities`")
    }
    let files = try out.map { try write(recipes, to: $0) } ?? []
    if output.json { printJSON(recipes, files) } else { printText(recipes, files) }
  }

  private func chosenKind() throws -> ReturnKind? {
    guard let kind else { return nil }
    if let found = ReturnKind(rawValue: kind) { return found }
    let choices = ReturnKind.allCases.map(\.rawValue).joined(separator: ", ")
    throw Failure.usage("--kind: there is no kind of return \(kind); choose one of \(choices)")
  }

  private func write(_ recipes: [ReportRecipe], to folder: String) throws -> [String] {
    // The day and not the instant, so that a second look at the same configuration gives the same bytes.
    let created = SystemTimekeeper().today().daysSinceEpoch * 86400
    var names: [String] = []
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for recipe in recipes {
        let base = "\(recipe.mis)-\(recipe.kind.rawValue)"
        let workbook = try WorkbookWriter(temporaryFilesIn: folder).bytes(of: recipe.workbook, created: created)
        for (name, bytes) in [("\(base).html", Array(recipe.page.utf8)), ("\(base).xlsx", workbook)] {
          try Data(bytes).write(to: URL(fileURLWithPath: folder).appendingPathComponent(name), options: .atomic)
          names.append(name)
        }
      }
    } catch let error as WorkbookWritingError {
      Console.error("cannot write to \(folder): \(error.message)")
      throw ExitCode(Daemon.Exit.io)
    } catch {
      Console.error("cannot write to \(folder): \(error.localizedDescription)")
      throw ExitCode(Daemon.Exit.io)
    }
    return names
  }

  // MARK: - Reporting

  private func printText(_ recipes: [ReportRecipe], _ files: [String]) {
    if let out {
      for file in files { Console.print("wrote \(out)/\(file)") }
      return
    }
    for (index, recipe) in recipes.enumerated() {
      if index > 0 { Console.print("") }
      Console.print(recipe.title)
      for sentence in recipe.introduction { Console.print(sentence) }
      Console.print("")
      Console.print(
        table: ["need", "heading", "why"],
        recipe.withHeading.map { [$0.need.rawValue, $0.heading ?? "", $0.why.joined(separator: " ")] })
      for column in recipe.withoutHeading {
        Console.print(
          "\(column.need.rawValue), without a heading in the map \(recipe.mis): \(column.name). "
            + column.why.joined(separator: " "))
      }
    }
  }

  private func printJSON(_ recipes: [ReportRecipe], _ files: [String]) {
    Console.print(json: [
      ("mis", .string(mis)),
      (
        "recipes",
        .array(
          recipes.map { recipe in
            [
              "kind": .string(recipe.kind.rawValue), "title": .string(recipe.title),
              "authorities": .array(recipe.authorities.map { .string($0) }),
              "stages": .array(recipe.stages.map { .string($0.text) }),
              "columns": .array(recipe.columns.map(Self.json)), "unused": .whole(recipe.unused),
            ]
          })
      ),
      ("files", .array(files.map { .string($0) })),
    ])
  }

  private static func json(_ column: ReportRecipe.Column) -> JSONValue {
    [
      "field": .string(column.field.rawValue), "name": .string(column.name), "heading": .text(column.heading),
      "otherHeadings": .array(column.otherHeadings.map { .string($0) }), "need": .string(column.need.rawValue),
      "authorities": .array(column.authorities.map { .string($0) }),
      "why": .array(column.why.map { .string($0) }), "form": .text(column.form),
    ]
  }
}
