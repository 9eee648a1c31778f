// `leaverlink status` and `todo`: how it stands, and what a person must do today.

import ArgumentParser
import Daemon
import Foundation
import Intake
import Leavers
import Ledger
import Profiles
import Tabular

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "status", abstract: "Show how it stands.")
  @OptionGroup var options: ConfigurationOption
  @OptionGroup var output: JSONOption

  func run() async throws {
    try await options.withLedger { configuration, ledger in
      let overview = Overview(
        configuration: configuration,
        authorities: try await ledger.overview.authorities(), schools: try await ledger.overview.schools(),
        recipients: try await ledger.recipients.all(), away: try await ledger.places.away(),
        unfinished: try await ledger.exports.inState(.stored)
          + ledger.exports.inState(.read), todo: try await configuration.todo(by: ledger).count,
        deadlines: try await configuration.deadlines(by: ledger))
      if output.json { overview.printJSON() } else { overview.printText() }
    }
  }

  private struct Overview {
    let configuration: Configuration
    let authorities: [AuthorityOverview]
    let schools: [SchoolOverview]
    let recipients: [RecipientState]
    let away: [AwayPlace]
    let unfinished: [ExportSummary]
    let todo: Int
    let deadlines: [ReturnDeadline]
    private let day = SystemTimekeeper().today()

    /// Of the next month, for those who leave or left about now.
    private var events: [(name: String, cohort: Cohort, day: CalendarDate)] {
      let cohorts = ((day.year - 1)...(day.year + 1)).flatMap { year in
        Cohort.Stage.allCases.map { Cohort(stage: $0, leavingYear: year) }
      }
      return configuration.calendar.events(of: cohorts, from: day, within: 30)
    }

    private func seen(_ authority: AuthorityID) -> AuthorityOverview? {
      authorities.first { $0.authority == authority }
    }
    private func state(_ recipient: RecipientID) -> RecipientState? { recipients.first { $0.recipient == recipient } }

    /// With the authority, which has not said yet whether it accepts it, or never does.
    private static let delivered: Set<String> = ["delivered", "sent", "collected"]
    private static let underWay: Set<String> = ["drafted", "queued", "sending", "publishing"]

    func printText() {
      for school in schools {
        var line = "\(school.name) (\(school.school)): \(school.exports) export(s), \(school.pupils) pupils"
        if let newest = school.newest {
          line += "; newest \(newest.id) of \(LondonTime.text(newest.observedAt)), \(newest.state.rawValue)"
        }
        Console.print(line)
        for place in away where place.school == school.school {
          Console.print("  the \(place.role.words) is away since \(LondonTime.text(place.since)): \(place.why)")
        }
      }
      Console.print("")
      Console.print(
        table: [
          "authority", "recipient", "waiting", "under way", "on the desk", "delivered", "accepted", "rejected",
          "unknown",
          "owed", "last delivered", "last reply",
        ],
        configuration.authorities.map { authority in
          let seen = seen(authority.id)
          func count(_ states: Set<String>) -> String {
            "\(seen?.returns.filter { states.contains($0.key) }.values.reduce(0, +) ?? 0)"
          }
          return [
            authority.id.rawValue, authority.recipient.rawValue, count(["waiting"]), count(Self.underWay),
            count(["prepared"]), count(Self.delivered), count(["accepted"]), count(["rejected"]), count(["unknown"]),
            "\(seen?.openCases ?? 0)", seen?.lastDelivered.map { LondonTime.text($0) } ?? "–",
            seen?.lastReply.map { LondonTime.text($0) } ?? "–",
          ]
        })
      Console.print("")
      for recipient in configuration.recipients {
        guard let state = state(recipient.id), let trouble = Self.trouble(of: state) else { continue }
        Console.print("\(recipient.id): \(trouble)")
      }
      for school in configuration.schools {
        let own = deadlines.filter { $0.school == school.id }
        if own.isEmpty { continue }
        Console.print("The year at \(school.name):")
        for deadline in own { Console.print("  \(configuration.words(deadline, on: day))") }
        Console.print("")
      }
      if !events.isEmpty {
        Console.print("Days that are near:")
        for event in events { Console.print("  \(LondonTime.text(event.day)): \(event.name) (\(event.cohort))") }
        Console.print("")
      }
      Console.print(todo == 0 ? "Nothing for a person to do." : "\(todo) thing(s) for a person to do: leaverlink todo")
    }

    private func away(of school: SchoolID) -> [JSONValue] {
      away.filter { $0.school == school }.map {
        ["what": .string($0.role.rawValue), "since": .string($0.since.description), "why": .string($0.why)]
      }
    }

    private static func trouble(of state: RecipientState) -> String? {
      if let stopped = state.stopped { return "stopped since \(LondonTime.text(stopped.since)): \(stopped.why)" }
      if let paused = state.paused {
        return "paused since \(LondonTime.text(paused.since)) by \(paused.by.name)"
          + (paused.why.map { ": \($0)" } ?? "")
      }
      return state.problem.map { "trouble, \(state.failures) failure(s) in a row: \($0)" }
    }

    func printJSON() {
      Console.print(json: [
        (
          "schools",
          .array(
            schools.map {
              [
                "laestab": .string($0.school.rawValue), "name": .string($0.name), "pupils": .whole($0.pupils),
                "exports": .whole($0.exports), "newestExport": .text($0.newest.map { "\($0.id)" }),
                "away": .array(away(of: $0.school)),
              ]
            })
        ),
        (
          "exports",
          .array(unfinished.map { ["id": .string("\($0.id)"), "state": .string($0.state.rawValue)] })
        ),
        (
          "authorities",
          .array(
            configuration.authorities.map { authority in
              let seen = seen(authority.id)
              return [
                "id": .string(authority.id.rawValue), "recipient": .string(authority.recipient.rawValue),
                "evidence": .string(authority.evidence.text),
                "returns": .object(
                  JSONObject((seen?.returns ?? [:]).sorted { $0.key < $1.key }.map { ($0, .whole($1)) })),
                "rows": .object(JSONObject(FateKind.allCases.map { ($0.rawValue, .whole(seen?.rows[$0] ?? 0)) })),
                "openCases": .whole(seen?.openCases ?? 0),
                "lastDelivered": .text(seen?.lastDelivered?.description),
                "lastReply": .text(seen?.lastReply?.description),
              ]
            })
        ),
        (
          "recipients",
          .array(
            configuration.recipients.map { recipient in
              let state = state(recipient.id)
              return [
                "id": .string(recipient.id.rawValue), "stopped": .text(state?.stopped?.why),
                "paused": .bool(state?.paused != nil), "failures": .whole(state?.failures ?? 0),
                "problem": .text(state?.problem),
              ]
            })
        ),
        (
          "calendar",
          .array(
            deadlines.map { deadline in
              [
                "school": .string(deadline.school.rawValue), "authority": .string(deadline.authority.rawValue),
                "kind": .string(deadline.kind.rawValue), "cohort": .string(deadline.cohort.description),
                "opens": .text(deadline.days.opens?.description), "due": .text(deadline.days.due?.description),
                "closes": .text(deadline.days.closes?.description), "leavers": .whole(deadline.leavers),
                "without": .whole(deadline.without), "delivered": .bool(deadline.isDelivered),
              ]
            })
        ),
        (
          "days",
          .array(
            events.map {
              [
                "day": .string($0.day.description), "name": .string($0.name),
                "cohort": .string($0.cohort.description),
              ]
            })
        ),
        ("todo", .whole(todo)),
      ])
    }
  }
}

struct TodoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "todo", abstract: "Show what a person must do today; exit code 1 when there is something.")
  @OptionGroup var options: ConfigurationOption
  @OptionGroup var output: JSONOption

  func run() async throws {
    let items = try await options.withLedger { configuration, ledger in
      try await configuration.todo(by: ledger)
        + ledger.overview.stranded(besides: Set(configuration.recipients.map(\.id)))
    }
    if output.json {
      Console.print(json: [
        (
          "todo",
          .array(
            items.map {
              [
                "code": .string($0.code.rawValue), "subjects": .array($0.subjects.map { .string($0) }),
                "text": .string($0.text),
              ]
            })
        )
      ])
    } else if items.isEmpty {
      Console.print("Nothing for a person to do.")
    } else {
      for item in items { Console.print("- \(item.text)") }
    }
    if !items.isEmpty { throw ExitCode(Console.needsAttention) }
  }
}

extension Configuration {
  /// The returns of the year, by what the ledger knows of cohorts.
  fileprivate func deadlines(by ledger: Ledger) async throws -> [ReturnDeadline] {
    guard !calendar.isEmpty else { return [] }
    let day = SystemTimekeeper().today()
    return deadlines(of: try await ledger.overview.coverage(since: day.year - 1), on: day)
  }

  /// What a person must do: by the ledger, and by the calendar.
  fileprivate func todo(by ledger: Ledger) async throws -> [TodoItem] {
    let day = SystemTimekeeper().today()
    return try await ledger.overview.todo() + dueItems(of: try await deadlines(by: ledger), on: day)
  }
}
