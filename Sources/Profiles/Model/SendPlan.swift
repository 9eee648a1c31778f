// On which day a return goes by itself, as its profile and the calendar have it together. Pure.

package import Leavers

/// When the returns of a cohort go. Asked when one is made, and again of one that waits for its day: the calendar or the
/// profile may have been corrected since.
package enum SendPlan: Sendable, Hashable {
  case onRelease
  case atOnce
  /// On the day after it was made: notices are gathered for a day, lest every save of a report be one. Of several the last
  /// takes the others' place.
  case nextDay
  case onDates([CalendarDate])

  /// From which day on a return goes that is made on a day; nil where no day is left, so that a person releases it.
  package func day(madeOn day: CalendarDate) -> CalendarDate? {
    switch self {
    case .onRelease: nil
    case .atOnce: day
    case .nextDay: day.adding(days: 1)
    case .onDates(let dates): dates.filter { $0 >= day }.min()
    }
  }

  /// From which day on a return goes that was to wait for one: for that one as long as it still is one of the days, else
  /// when a return would go that is made today. Where all days were taken away it keeps its own until then: a slip in the
  /// calendar that is mended in time changes nothing.
  package func day(insteadOf waiting: CalendarDate, today: CalendarDate) -> CalendarDate? {
    switch self {
    case .nextDay: min(waiting, today.adding(days: 1))
    case .onDates(let dates) where dates.contains(waiting): waiting
    case .onDates(let dates) where waiting > today && !dates.contains { $0 >= today }: waiting
    case .onRelease, .atOnce, .onDates: day(madeOn: today)
    }
  }
}

extension ReturnProfile {
  /// When its return of a cohort goes.
  package func sendPlan(of cohort: Cohort, for authority: AuthorityID, by calendar: ReturnCalendar) -> SendPlan {
    switch send {
    case .onRelease: .onRelease
    case .atOnce: kind == .earlyLeavers ? .nextDay : .atOnce
    case .onDates(let dates): .onDates(dates)
    case .onCalendar: .onDates(calendar.sendDates(of: kind, cohort, for: authority))
    }
  }
}
