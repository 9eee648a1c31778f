// `leaverlink replies` and `receive`: what came back, and a reply that a person has as a file.

import ArgumentParser
import Daemon
import Foundation
import Leavers
import Ledger
import Profiles
import Replies
import Tabular

struct RepliesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replies", abstract: "Show what the authorities sent back.")
  @OptionGroup var options: ConfigurationOption
  @OptionGroup var output: JSONOption
  @Option(name: .long, help: "Only replies in this state: seen, fetched, read, matched, quarantined.")
  var state: String?
  @Flag(name: .long, help: "Print the numbers alone, for other commands.")
  var ids = false

  func validate() throws {
    if let state, !ReplyState.names.contains(state) {
      throw ValidationError("no state \(state); there are \(ReplyState.names.joined(separator: ", "))")
    }
  }

  func run() async throws {
    let replies = try await options.withLedger { _, ledger in try await ledger.replies.list() }
      .filter { state == nil || $0.state.name == state }
    if output.json {
      Console.print(json: [("replies", .array(replies.map(Self.json)))])
    } else if ids {
      for reply in replies { Console.print("\(reply.id)") }
    } else {
      Console.print(
        table: ["reply", "authority", "kind", "taken in", "rows", "matched", "for a person", "state"],
        replies.map { reply in
          let matched = reply.verdicts["matched"] ?? 0
          let isList = reply.kind != .acknowledgement
          return [
            "\(reply.id)", reply.authority.rawValue, reply.kind.rawValue,
            reply.fetchedAt.map { LondonTime.text($0) } ?? "–", "\(reply.rows)", isList ? "\(matched)" : "–",
            isList ? "\(reply.rows - matched)" : "–", reply.state.name,
          ]
        })
    }
  }

  static func json(_ reply: ReplySummary) -> JSONValue {
    [
      "id": .string("\(reply.id)"), "authority": .string(reply.authority.rawValue),
      "recipient": .string(reply.recipient.rawValue), "school": .string(reply.school.rawValue),
      "kind": .string(reply.kind.rawValue), "state": .string(reply.state.name), "detail": .text(reply.state.detail),
      "rows": .whole(reply.rows), "matched": .whole(reply.verdicts["matched"] ?? 0),
      "unmatched": .whole(reply.verdicts["unmatched"] ?? 0), "ambiguous": .whole(reply.verdicts["ambiguous"] ?? 0),
      "conflict": .whole(reply.verdicts["conflict"] ?? 0), "fetchedAt": .text(reply.fetchedAt?.description),
    ]
  }
}

struct ReceiveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "receive", abstract: "Take in a reply that you have as a file, such as a saved attachment.")
  @OptionGroup var options: ConfigurationOption
  @Argument(help: "The file, under the name that the authority gave it.", completion: .file())
  var file: String
  @Option(name: .long, help: "The authority that it came from.")
  var from: AuthorityID

  func run() async throws {
    let url = URL(fileURLWithPath: file)
    let bytes: [UInt8]
    let modified: Timestamp
    do {
      bytes = [UInt8](try Data(contentsOf: url))
      let date = try FileManager.default.attributesOfItem(atPath: file)[.modificationDate] as? Date ?? Date()
      modified = Timestamp(milliseconds: Int64(date.timeIntervalSince1970 * 1000))
    } catch {
      Console.error("cannot read \(file): \(error.localizedDescription)")
      throw ExitCode(66)
    }
    try await options.withLedger { configuration, ledger in
      guard configuration.authority(from) != nil else { throw Failure.unknown(from, in: configuration) }
      do {
        let (id, text) = try await Receiving.receive(
          bytes, named: url.lastPathComponent, modified: modified, from: from, configuration: configuration,
          ledger: ledger)
        try await ledger.touchWake()
        Console.print("\(id): \(text)")
        if case .quarantined = try await ledger.replies.detail(id).summary.state {
          throw ExitCode(Console.needsAttention)
        }
      } catch let refusal as Receiving.Refusal {
        Console.error(refusal.message)
        throw ExitCode(65)
      }
    }
  }
}
