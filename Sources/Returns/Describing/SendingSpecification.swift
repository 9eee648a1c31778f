// When a return goes and by when it is wanted, as the specification of a feed tells it. Pure.

import Leavers
import Profiles

/// When a return goes, and its year.
struct SendingSpecification: Sendable {
  /// As configuration has it.
  let word: String
  let words: [String]
  /// The days on which it goes without a release.
  let days: [(cohort: Cohort?, dates: [CalendarDate])]
  /// What the calendar says of each cohort that it knows.
  let year: [(cohort: Cohort, days: ReturnCalendar.Days)]

  /// - Parameter day: the day by which the cohorts are told.
  init(_ profile: ReturnProfile, of authority: AuthorityID, _ calendar: ReturnCalendar, on day: CalendarDate) {
    let cohorts = profile.cohorts.map { Cohort(stage: $0, on: day) }
    year = cohorts.compactMap { cohort in
      calendar.days(of: profile.kind, cohort, for: authority).flatMap { days in
        days == ReturnCalendar.Days() ? nil : (cohort, days)
      }
    }
    let after = "after the last day a return waits until somebody at the school lets it go"
    switch profile.send {
    case .onRelease:
      word = "on-release"
      words = ["when somebody at the school lets it go"]
      days = []
    case .atOnce:
      word = "at-once"
      words = [
        profile.kind == .earlyLeavers ? "once a day, where there is something new" : "as soon as there is something new"
      ]
      days = []
    case .onDates(let dates):
      word = "on-dates"
      words = ["on " + Self.list(dates), after]
      days = [(nil, dates)]
    case .onCalendar:
      word = "on-dates"
      days = cohorts.map { ($0, calendar.sendDates(of: profile.kind, $0, for: authority)) }
      words =
        ["on the days of the calendar"]
        + days.map { cohort, dates in
          let name = cohort?.description ?? ""
          return dates.isEmpty
            ? "for \(name) the calendar has no day: a return waits until somebody at the school lets it go"
            : "for \(name) on \(Self.list(dates))"
        } + [after]
    }
  }

  private static func list(_ dates: [CalendarDate]) -> String { dates.map(\.description).joined(separator: ", ") }
}
