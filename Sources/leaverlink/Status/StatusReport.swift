// `leaverlink status` as text: how it stands on a day. Pure.

import Leavers
import Ledger
import Profiles

/// How it stands on a day, by the configuration and what the ledger knows.
struct StatusReport {
  let configuration: Configuration
  let day: CalendarDate
  let schools: [SchoolOverview]
  let authorities: [AuthorityOverview]
  let recipients: [RecipientState]
  let away: [AwayPlace]
  /// Exports of which something is still to be read or decided.
  let unfinished: [ExportSummary]
  let coverage: [CohortCoverage]
  /// How many things a person must do.
  let todo: Int

  /// Days that are no return's are told of so many days before.
  static let eventNotice = 30

  /// The returns of the year.
  var deadlines: [ReturnDeadline] { configuration.deadlines(of: coverage, on: day) }

  /// The days of the next month, for those who leave or left about now.
  var events: [(name: String, cohort: Cohort, day: CalendarDate)] {
    let cohorts = ((day.year - 1)...(day.year + 1)).flatMap { year in
      Cohort.Stage.allCases.map { Cohort(stage: $0, leavingYear: year) }
    }
    return configuration.calendar.events(of: cohorts, from: day, within: Self.eventNotice)
  }

  func seen(_ authority: AuthorityID) -> AuthorityOverview? { authorities.first { $0.authority == authority } }
  func state(_ recipient: RecipientID) -> RecipientState? { recipients.first { $0.recipient == recipient } }

  // MARK: Text

  /// What there is to say, a blank line between one matter and the next.
  var text: String {
    let sections = [schoolLines, [authorityTable], recipientLines] + yearSections + [eventLines, [todoLine]]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
  }

  private var schoolLines: [String] {
    schools.flatMap { school in
      var line = "\(school.name) (\(school.school)): \(school.exports) export(s), \(school.pupils) pupils"
      if let newest = school.newest {
        line += "; newest \(newest.id) of \(LondonTime.text(newest.observedAt)), \(newest.state.rawValue)"
      }
      return [line]
        + away.filter { $0.school == school.school }.map {
          "  the \($0.role.words) is away since \(LondonTime.text($0.since)): \($0.why)"
        }
    }
  }

  /// With the authority, which has not said yet whether it accepts it, or never does.
  private static let delivered: Set<String> = ["delivered", "sent", "collected"]
  private static let underWay: Set<String> = ["drafted", "queued", "sending", "publishing"]

  private var authorityTable: String {
    Console.text(
      table: [
        "authority", "recipient", "waiting", "under way", "on the desk", "delivered", "accepted", "rejected",
        "unknown", "owed", "last delivered", "last reply",
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
  }

  private var recipientLines: [String] {
    configuration.recipients.compactMap { recipient in
      state(recipient.id).flatMap(Self.trouble).map { "\(recipient.id): \($0)" }
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

  private var yearSections: [[String]] {
    let deadlines = deadlines
    return configuration.schools.compactMap { school in
      let own = deadlines.filter { $0.coverage.school == school.id }
      if own.isEmpty { return nil }
      return ["The year at \(school.name):"] + own.map { "  \(configuration.words($0, on: day))" }
    }
  }

  private var eventLines: [String] {
    let events = events
    if events.isEmpty { return [] }
    return ["Days that are near:"] + events.map { "  \(LondonTime.text($0.day)): \($0.name) (\($0.cohort))" }
  }

  private var todoLine: String {
    todo == 0 ? "Nothing for a person to do." : "\(todo) thing(s) for a person to do: leaverlink todo"
  }
}
