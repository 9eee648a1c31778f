// How a return stands in the calendar, in words. Pure.

/// One return of a school in the calendar: its days, and what is known of the cohort.
package struct ReturnDeadline: Sendable, Hashable {
  /// All in days.
  package enum Standing: Sendable, Hashable {
    case notYetOpen(days: Int)
    case open
    case due(days: Int)
    /// The day is past, and nothing has been delivered.
    case overdue(days: Int)
    /// The day is past, and the authority has a return.
    case followUp(days: Int)
    case closed
  }

  package let coverage: CohortCoverage
  package let days: ReturnCalendar.Days

  package init(_ coverage: CohortCoverage, _ days: ReturnCalendar.Days) {
    self.coverage = coverage
    self.days = days
  }

  /// So many days before it is due it is something to do: two of a technician's weeks.
  package static let reminder = 14
  /// So many days after it was due it is something to do where it does not close before: a term.
  private static let term = 120
  /// The same of a cohort that no export has shown: it may have been sent before the service was there.
  private static let unseen = 30

  package func standing(on day: CalendarDate) -> Standing {
    if let closes = days.closes, closes < day { return .closed }
    if let opens = days.opens, day < opens { return .notYetOpen(days: day.days(to: opens)) }
    guard let due = days.due else { return .open }
    let left = day.days(to: due)
    if left >= 0 { return .due(days: left) }
    return coverage.delivered == .nothing ? .overdue(days: -left) : .followUp(days: -left)
  }

  /// Whether somebody has to do something. What was delivered in time may be completed until the authority closes; where
  /// nothing says when that is, the day on which it was due was the end of it.
  package func needsSomebody(on day: CalendarDate) -> Bool {
    switch standing(on: day) {
    case .due(let days): days <= Self.reminder && (coverage.isIncomplete || coverage.delivered != .newest)
    case .overdue(let days): days <= (coverage.isShown ? Self.term : Self.unseen)
    case .followUp(let days):
      coverage.delivered == .older && days <= Self.term || coverage.isIncomplete && self.days.closes != nil
    case .notYetOpen, .open, .closed: false
    }
  }

  /// `Wirral Council, intended destinations of Y11-2027: due in 9 days (30 Sep 2027): 14 of 190 pupils without an
  /// intention, 3 more held; nothing has been delivered yet`.
  package func words(authority name: String, on day: CalendarDate) -> String {
    var text = "\(name), \(coverage.kind.words) of \(coverage.cohort): \(when(on: day)): \(pupils(on: day))"
    switch coverage.delivered {
    case .nothing: text += coverage.isShown ? "; nothing has been delivered yet" : ""
    case .older: text += "; an earlier return was delivered, the newest not yet"
    case .newest: break
    }
    return text
  }

  private func pupils(on day: CalendarDate) -> String {
    let (leavers, without, held) = (coverage.leavers, coverage.without, coverage.held)
    guard coverage.isShown else {
      return coverage.kind == .confirmedDestinations
        ? "no export has told what any of its pupils does" : "no export has shown its pupils yet"
    }
    if leavers == 0 { return held == 1 ? "its one pupil is held" : "all of its \(held) pupils are held" }
    var still = ""
    if case .followUp = standing(on: day), without > 0 { still = "still " }
    let all = leavers == 1 ? "1 pupil" : "\(leavers) pupils"
    let text =
      switch coverage.kind {
      case .intendedDestinations: "\(without) of \(all) \(still)without an intention"
      // Of whom no activity is told, the return does not tell.
      case .confirmedDestinations: "of \(all) told of, \(without) \(still)without a known activity"
      case .earlyLeavers, .riskOfNEET, .unknownAnswers: all
      }
    return text + (held > 0 ? ", \(held) more held" : "")
  }

  private func when(on day: CalendarDate) -> String {
    func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(count) days" }
    func date(_ date: CalendarDate?) -> String { date.map { " (\(LondonTime.text($0)))" } ?? "" }
    switch standing(on: day) {
    case .notYetOpen(let count): return "opens in \(days(count))\(date(self.days.opens))"
    case .open: return "open"
    case .due(0): return "due today"
    case .due(let count): return "due in \(days(count))\(date(self.days.due))"
    case .overdue(let count): return "overdue by \(days(count))\(date(self.days.due))"
    case .followUp(let count):
      guard let closes = self.days.closes else { return "was due \(days(count)) ago\(date(self.days.due))" }
      return closes == day ? "closes today" : "closes in \(days(day.days(to: closes)))\(date(closes))"
    case .closed: return "closed\(date(self.days.closes))"
    }
  }
}
