// `leaverlink show`: one return, export or reply with its whole history, or what the register holds of a pupil.

import ArgumentParser
import Leavers
import Ledger
import Tabular

struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract:
      "Show one return (R12), export (E3) or reply (A5) with its whole history, or the register of a pupil (P6).")
  @OptionGroup var options: ConfigurationOption
  @OptionGroup var output: JSONOption
  @Argument(help: "R12, E3, A5 or P6.")
  var subject: String

  func run() async throws {
    try await options.withLedger { _, ledger in
      let subject = self.subject.uppercased()
      let facts: [(String, JSONValue)]
      if let id = ReturnID(subject) {
        facts = Self.facts(of: try await ledger.returns.detail(id))
      } else if let id = ReplyID(subject) {
        facts = Self.facts(of: try await ledger.replies.detail(id))
      } else if let id = ExportID(subject) {
        facts = try await Self.facts(ofExport: id, ledger)
      } else if let id = PupilID(subject) {
        facts = try await Self.facts(ofPupil: id, ledger)
      } else {
        throw Failure.usage(
          "\(self.subject) is neither a return (R12) nor an export (E3) nor a reply (A5) nor a pupil (P6)")
      }
      let history = try await ledger.overview.history(of: subject)
      if output.json {
        Console.print(json: facts + [("history", .array(history.map(LogCommand.json)))])
      } else {
        Self.print(facts)
        Console.print("history")
        for entry in history {
          Console.print("  \(LondonTime.text(entry.at))  \(entry.text)")
          // A file's name is the school's own choice and may hold a pupil's.
          for (key, value) in entry.details.exposed.sorted(by: { $0.key < $1.key }) where key != "name" {
            Console.print("      \(key): \(value)")
          }
        }
      }
    }
  }

  // MARK: - Facts

  private static func facts(of detail: ReturnDetail) -> [(String, JSONValue)] {
    let summary = (ReturnsCommand.json(detail.summary, brake: detail.brake).object?.members ?? []).map {
      ($0.key, $0.value)
    }
    return summary + [
      ("rowsInFull", .whole(detail.count(.full))), ("rowsFloorOnly", .whole(detail.count(.floor))),
      (
        "disclosed",
        .array(
          detail.fields.map {
            [
              "field": .string($0.field.rawValue), "tier": .string($0.tier.rawValue),
              "disclosure": .string($0.full ? "full" : "floor"), "rows": .whole($0.count),
            ]
          })
      ),
      (
        "attempts",
        .array(
          detail.attempts.map {
            [
              "number": .whole($0.number), "startedAt": .string($0.startedAt.description),
              "endedAt": .text($0.endedAt?.description), "outcome": .text($0.outcome), "detail": .text($0.detail),
            ]
          })
      ),
      (
        "receipts",
        .array(
          detail.receipts.map {
            [
              "at": .string($0.at.description), "kind": .string($0.kind.rawValue), "state": .string($0.state),
              "reply": .text($0.reply.map { "\($0)" }),
            ]
          })
      ),
    ]
  }

  private static func facts(of detail: ReplyDetail) -> [(String, JSONValue)] {
    let summary = (RepliesCommand.json(detail.summary).object?.members ?? []).map { ($0.key, $0.value) }
    return summary + [
      ("returns", .array(detail.returns.map { .string("\($0)") })),
      (
        "rowVerdicts",
        .array(
          detail.rows.map {
            [
              "row": .whole($0.row), "pupil": .text($0.pupil.map { "\($0)" }), "verdict": .text($0.verdict),
              "rule": .text($0.rule), "reconciliation": .text($0.reconciliation?.rawValue), "why": .text($0.why),
            ]
          })
      ),
    ]
  }

  private static func facts(ofExport id: ExportID, _ ledger: Ledger) async throws -> [(String, JSONValue)] {
    let export = try await ledger.exports.summary(of: id)
    let lines = try await ledger.overview.conservation(export: id)
    let kept = try await ledger.overview.keptRows(of: id).map { row -> JSONValue in
      [
        "row": .whole(row.row), "authority": .string(row.authority.rawValue), "kind": .string(row.kind.rawValue),
        "fate": .string(row.fate.rawValue), "reason": .string(row.reason),
        "why": .text(HoldReason(rawValue: row.reason)?.words ?? WithholdReason(rawValue: row.reason)?.words),
      ]
    }
    let unrouted = try await ledger.overview.unroutedRows().filter { $0.export == id }.map(\.row)
    let missing = try await ledger.overview.missing(from: id)
    return [
      ("id", .string("\(export.id)")), ("school", .string(export.school.rawValue)),
      ("state", .string(export.state.rawValue)), ("observedAt", .string(export.observedAt.description)),
      ("rowsRead", .whole(export.rowsRead)),
      ("rowsCarried", .whole(export.rowsCarried)), ("corrects", .text(export.corrects.map { "\($0)" })),
      ("size", .integer(export.size)), ("sha256", .string(export.sha256)),
      (
        "fates",
        .array(
          lines.map { line in
            .object(
              JSONObject(
                [("authority", .string(line.authority.rawValue)), ("kind", .string(line.kind.rawValue))]
                  + [("rowsRead", .whole(line.rowsRead)), ("holds", .bool(line.holds))]
                  + FateKind.allCases.map { ($0.rawValue, JSONValue.whole(line.counts[$0] ?? 0)) }))
          })
      ),
      // Of the school's newest export, to which `todo` sends people for this list.
      ("keptRows", .array(kept)),
      ("unroutedRows", .array(unrouted.map { .whole($0) })),
      ("missing", .array(missing.map { .string($0) })),
    ]
  }

  /// What was decided about a pupil, without what is personal: who decided, and how, stands in the school's own sheet.
  private static func facts(ofPupil id: PupilID, _ ledger: Ledger) async throws -> [(String, JSONValue)] {
    let (entries, standing) = try await ledger.register.entries(of: id)
    return [
      ("id", .string("\(id)")),
      (
        "register",
        .array(
          entries.map { entry in
            [
              "id": .string("\(entry.id)"), "decision": .string(entry.decision.rawValue),
              "scope": .string(entry.scope.words), "decidedOn": .string(entry.decidedOn.description),
              "stands": .bool(standing.contains(entry)),
            ]
          })
      ),
    ]
  }

  // MARK: - Text

  private static func print(_ facts: [(String, JSONValue)]) {
    for (key, value) in facts {
      switch value {
      case .array(let items):
        guard !items.isEmpty else { continue }
        Console.print("\(key)")
        for item in items { Console.print("  \(line(item))") }
      case .null: continue
      default: Console.print("\(key): \(line(value))")
      }
    }
  }

  private static func line(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): text
    case .object(let object):
      object.members.filter { !$0.value.isNull }.map { "\($0.key) \(line($0.value))" }.joined(separator: ", ")
    default: value.text()
    }
  }
}
