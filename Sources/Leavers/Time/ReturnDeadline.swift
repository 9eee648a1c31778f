// How a return stands in the calendar, in words. Pure.

/// One return of a school in the calendar: its days, and what is known of the cohort.
package struct ReturnDeadline: Sendable, Hashable {
  package enum Standing: Sendable, Hashable {
    case notYetOpen(days: Int)
    case open
    case due(days: Int)
    case overdue(days: Int)
    case closed
  }

  package let school: SchoolID
  package let authority: AuthorityID
  package let kind: ReturnKind
  package let cohort: Cohort
  package let days: ReturnCalendar.Days
  /// By the newest export that the authority's returns were decided of; 0 where none has shown the cohort.
  package let leavers: Int
  /// Of these without an intention, or without a known activity.
  package let without: Int
  /// Whether the authority has a return of the cohort.
  package let isDelivered: Bool

  package init(
    school: SchoolID, authority: AuthorityID, kind: ReturnKind, cohort: Cohort, days: ReturnCalendar.Days,
    leavers: Int, without: Int, isDelivered: Bool
  ) {
    self.school = school
    self.authority = authority
    self.kind = kind
    self.cohort = cohort
    self.days = days
    self.leavers = leavers
    self.without = without
    self.isDelivered = isDelivered
  }

  /// So many days before it is due it is something to do: two of a technician's weeks.
  package static let reminder = 14

  package func standing(on day: CalendarDate) -> Standing {
    if let closes = days.closes, closes < day { return .closed }
    if let opens = days.opens, day < opens { return .notYetOpen(days: opens.daysSinceEpoch - day.daysSinceEpoch) }
    guard let due = days.due else { return .open }
    let left = due.daysSinceEpoch - day.daysSinceEpoch
    return left >= 0 ? .due(days: left) : .overdue(days: -left)
  }

  /// Whether somebody has to do something: it is due soon or overdue, and something is missing.
  package func needsSomebody(on day: CalendarDate) -> Bool {
    guard without > 0 || !isDelivered else { return false }
    switch standing(on: day) {
    case .due(let days): return days <= Self.reminder
    // A cohort that nobody delivered by then is told of until the return closes, or for a term; one that no export has
    // shown for a month: it may have been sent before the service was there.
    case .overdue(let days): return days <= (leavers == 0 ? 30 : 120)
    case .notYetOpen, .open, .closed: return false
    }
  }

  /// `Wirral Council, intended destinations of Y11-2027: due in 9 days (30 Sep 2027): 14 of 190 pupils without an
  /// intention`.
  package func words(authority name: String, on day: CalendarDate) -> String {
    var text = "\(name), \(kind.words) of \(cohort): \(when(on: day))"
    if leavers == 0 { return text + ": no export has shown its pupils yet" }
    switch kind {
    case .intendedDestinations: text += ": \(without) of \(leavers) pupils without an intention"
    case .confirmedDestinations: text += ": \(without) of \(leavers) pupils without a known activity"
    case .earlyLeavers, .riskOfNEET, .unknownAnswers: text += ": \(leavers) pupils"
    }
    return text + (isDelivered ? "" : "; nothing has been delivered yet")
  }

  private func when(on day: CalendarDate) -> String {
    func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(count) days" }
    func date(_ date: CalendarDate?) -> String { date.map { " (\(LondonTime.text($0)))" } ?? "" }
    return switch standing(on: day) {
    case .notYetOpen(let count): "opens in \(days(count))\(date(self.days.opens))"
    case .open: "open"
    case .due(0): "due today"
    case .due(let count): "due in \(days(count))\(date(self.days.due))"
    case .overdue(let count): "overdue by \(days(count))\(date(self.days.due))"
    case .closed: "closed\(date(self.days.closes))"
    }
  }
}
