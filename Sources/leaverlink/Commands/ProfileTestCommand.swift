// `leaverlink profile test`: the examples that stand in a profile, run. Reads the configuration only.

import ArgumentParser
import Daemon
import Foundation
import Leavers
import Profiles
import Returns
import Tabular

struct ProfileTestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the examples inside authorities' profiles: what each invented record becomes.")

  @OptionGroup var options: ConfigurationOption
  @OptionGroup var output: JSONOption
  @Argument(help: "The authorities, such as sefton; all without.")
  var authorities: [String] = []

  func run() async throws {
    let configuration = try options.load(.forPreparing)
    let chosen = try configuration.chosen(authorities)
    let scratch = try Scratch()
    defer { scratch.remove() }
    var results: [Result] = []
    for authority in chosen {
      let (counts, failures) = try ProfileExamples.run(authority, in: configuration, scratch: scratch.path)
      results.append(Result(authority: authority.id, counts: counts, failures: failures))
    }
    if output.json {
      Console.print(json: [("authorities", .array(results.map(Self.json)))])
    } else {
      for result in results {
        let counts = result.counts.map { "\($0.kind.rawValue) \($0.count)" }.joined(separator: ", ")
        Console.print("\(result.authority): \(counts)" + (result.failures.isEmpty ? ": as they say" : ""))
        for failure in result.failures { Console.print("  \(failure)") }
        for (kind, count) in result.counts where count == 0 {
          Console.print("  \(kind.rawValue) has no example; write one under examples, so that a change of it is seen")
        }
      }
    }
    if results.contains(where: { !$0.failures.isEmpty }) { throw ExitCode(65) }
  }

  private struct Result {
    let authority: AuthorityID
    let counts: [(kind: ReturnKind, count: Int)]
    let failures: [ProfileExamples.Failure]
  }

  private static func json(_ result: Result) -> JSONValue {
    .object(
      JSONObject([
        ("authority", .string(result.authority.rawValue)),
        ("examples", .object(JSONObject(result.counts.map { ($0.kind.rawValue, JSONValue($0.count)) }))),
        ("failures", .array(result.failures.map { .string($0.description) })),
      ]))
  }
}

extension Configuration {
  /// The authorities with these names, in the order of the configuration; all where none is named.
  func chosen(_ names: [String]) throws -> [AuthorityProfile] {
    for name in names where !authorities.contains(where: { $0.id.rawValue == name }) {
      throw Failure.usage(
        "no authority \(name) is configured; there are \(authorities.map(\.id.rawValue).joined(separator: ", "))")
    }
    return names.isEmpty ? authorities : authorities.filter { names.contains($0.id.rawValue) }
  }
}

extension AuthorityProfile {
  /// The return of the kind with this name; all returns where none is named.
  func kinds(named kind: String?) throws -> [ReturnProfile] {
    guard let kind else { return returns }
    guard let found = returns.first(where: { $0.kind.rawValue == kind }) else {
      throw Failure.usage(
        "--kind: \(id) has no return \(kind); there are " + returns.map(\.kind.rawValue).joined(separator: ", "))
    }
    return [found]
  }
}
