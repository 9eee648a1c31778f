// The year of the returns as data: when each kind opens, is due and closes, and the days that belong to nobody. Pure.

/// A day of the year of a cohort, as a table writes it.
package enum CalendarDay: Sendable, Hashable {
  case absolute(CalendarDate)
  /// Month and day in the cohort's leaving year, so many years before or after.
  case yearly(month: Int, day: Int, years: Int)
  /// The school leaving date of those who are 16 by the end of the summer holidays (Education Act 1996, as DfE's census
  /// guidance has it).
  case lastFridayInJune

  /// From `2026-09-30`, `09-30` (in the leaving year), `+01-31` (in the year after), `-10-01` (in the year before), or
  /// `last-friday-in-june`.
  package init?(_ text: String) {
    if text == "last-friday-in-june" {
      self = .lastFridayInJune
    } else if let date = CalendarDate(iso: text) {
      self = .absolute(date)
    } else {
      let years = text.hasPrefix("+") ? 1 : text.hasPrefix("-") ? -1 : 0
      // A year that has every day of the calendar.
      guard let date = CalendarDate(iso: "2028-" + text.dropFirst(years == 0 ? 0 : 1)) else { return nil }
      self = .yearly(month: date.month, day: date.day, years: years)
    }
  }

  /// The date for those who leave in a year; 29 February of a year without is the day before.
  package func date(leavingYear: Int) -> CalendarDate? {
    switch self {
    case .absolute(let date): date
    case .lastFridayInJune: CalendarDate.lastFridayInJune(leavingYear)
    case .yearly(let month, let day, let years):
      CalendarDate(year: leavingYear + years, month: month, day: day)
        ?? CalendarDate(year: leavingYear + years, month: month, day: day - 1)
    }
  }

  package var isAbsolute: Bool { if case .absolute = self { true } else { false } }
}

/// When returns open, are due and close.
package struct ReturnCalendar: Sendable, Hashable {
  /// For whom a rule is.
  package enum Extent: Sendable, Hashable {
    case all
    case stage(Cohort.Stage)
    case cohort(Cohort)

    func covers(_ cohort: Cohort) -> Bool {
      switch self {
      case .all: true
      case .stage(let stage): stage == cohort.stage
      case .cohort(let own): own == cohort
      }
    }

    /// What says more goes before.
    fileprivate var rank: Int {
      switch self {
      case .all: 0
      case .stage: 1
      case .cohort: 2
      }
    }
  }

  package struct Rule: Sendable, Hashable {
    package var kind: ReturnKind
    package var extent: Extent
    /// Nil for all.
    package var authority: AuthorityID?
    package var opens, due, closes: CalendarDay?
    /// The days on which a return goes without a release, where its profile says `send: on-dates`.
    package var send: [CalendarDay]

    package init(
      kind: ReturnKind, extent: Extent, authority: AuthorityID?, opens: CalendarDay?, due: CalendarDay?,
      closes: CalendarDay?, send: [CalendarDay] = []
    ) {
      self.send = send
      self.kind = kind
      self.extent = extent
      self.authority = authority
      self.opens = opens
      self.due = due
      self.closes = closes
    }

    /// The authority's own goes before what is said of all, then what is said of a cohort.
    fileprivate var rank: Int { (authority == nil ? 0 : 10) + extent.rank }

    /// Whether two rules would be asked about the same return and neither goes before.
    package func clashes(with other: Rule) -> Bool {
      kind == other.kind && authority == other.authority && extent == other.extent
    }
  }

  /// A day that a school needs to know, such as results day.
  package struct Event: Sendable, Hashable {
    package var name: String
    package var extent: Extent
    package var day: CalendarDay

    package init(name: String, extent: Extent, day: CalendarDay) {
      self.name = name
      self.extent = extent
      self.day = day
    }
  }

  /// The days of one return.
  package struct Days: Sendable, Hashable {
    package var opens, due, closes: CalendarDate?

    package init(opens: CalendarDate? = nil, due: CalendarDate? = nil, closes: CalendarDate? = nil) {
      self.opens = opens
      self.due = due
      self.closes = closes
    }
  }

  package private(set) var rules: [Rule]
  package private(set) var events: [Event]

  package init(rules: [Rule] = [], events: [Event] = []) {
    self.rules = rules
    self.events = events
  }

  package var isEmpty: Bool { rules.isEmpty && events.isEmpty }

  /// The days on which a return of a cohort goes, in their order.
  package func sendDates(of kind: ReturnKind, _ cohort: Cohort, for authority: AuthorityID) -> [CalendarDate] {
    (rule(of: kind, cohort, for: authority)?.send ?? []).compactMap { $0.date(leavingYear: cohort.leavingYear) }
      .sorted()
  }

  /// The cohorts of a stage that it names, and one that stands for all others.
  package func cohorts(of stage: Cohort.Stage) -> [Cohort] {
    let named = rules.compactMap { rule -> Cohort? in
      if case .cohort(let cohort) = rule.extent, cohort.stage == stage { cohort } else { nil }
    }
    return Set(named).sorted() + [Cohort(stage: stage, leavingYear: 9_000)]
  }

  /// What it says of a return: the first holds, and takes the place of the others, whole.
  package func rules(of kind: ReturnKind, _ cohort: Cohort, for authority: AuthorityID) -> [Rule] {
    rules.filter {
      $0.kind == kind && ($0.authority == nil || $0.authority == authority) && $0.extent.covers(cohort)
    }.sorted { $0.rank > $1.rank }
  }

  private func rule(of kind: ReturnKind, _ cohort: Cohort, for authority: AuthorityID) -> Rule? {
    rules(of: kind, cohort, for: authority).first
  }

  /// The days of a return; nil where the calendar says nothing of it.
  package func days(of kind: ReturnKind, _ cohort: Cohort, for authority: AuthorityID) -> Days? {
    rule(of: kind, cohort, for: authority).map { rule in
      let year = cohort.leavingYear
      return Days(
        opens: rule.opens?.date(leavingYear: year), due: rule.due?.date(leavingYear: year),
        closes: rule.closes?.date(leavingYear: year))
    }
  }

  /// The events of cohorts within some days from a day on, the nearest first.
  package func events(of cohorts: [Cohort], from day: CalendarDate, within days: Int) -> [(
    name: String, cohort: Cohort, day: CalendarDate
  )] {
    var found: [(name: String, cohort: Cohort, day: CalendarDate)] = []
    for event in events {
      for cohort in cohorts where event.extent.covers(cohort) {
        guard let date = event.day.date(leavingYear: cohort.leavingYear),
          (0...days).contains(date.daysSinceEpoch - day.daysSinceEpoch)
        else { continue }
        found.append((event.name, cohort, date))
      }
    }
    return found.sorted { ($0.day, $0.name, $0.cohort) < ($1.day, $1.name, $1.cohort) }
  }
}
