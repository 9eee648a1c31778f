// How the returns of the year stand, of what the ledger knows of cohorts. Pure.

package import Leavers

extension Configuration {
  /// The returns that the calendar knows, of cohorts that the ledger knows and that have not been closed; in the order of
  /// schools, days and authorities.
  package func deadlines(of coverage: [CohortCoverage], on day: CalendarDate) -> [ReturnDeadline] {
    let schools = Dictionary(
      self.schools.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    return coverage.compactMap { one -> ReturnDeadline? in
      guard schools[one.school] != nil, authority(one.authority)?.profile(for: one.kind) != nil, one.leavers > 0,
        let days = calendar.days(of: one.kind, one.cohort, for: one.authority)
      else { return nil }
      let deadline = ReturnDeadline(
        school: one.school, authority: one.authority, kind: one.kind, cohort: one.cohort, days: days,
        leavers: one.leavers, without: one.without, isDelivered: one.isDelivered)
      // A return without an end is told of for the year after the cohort left.
      let isPast = days.closes == nil && (days.due ?? days.opens).map { $0.adding(days: 365) < day } ?? false
      return deadline.standing(on: day) == .closed || isPast ? nil : deadline
    }.sorted {
      (schools[$0.school] ?? 0, $0.days.due ?? .last, $0.authority, $0.kind, $0.cohort)
        < (schools[$1.school] ?? 0, $1.days.due ?? .last, $1.authority, $1.kind, $1.cohort)
    }
  }

  /// A deadline in words.
  package func words(_ deadline: ReturnDeadline, on day: CalendarDate) -> String {
    deadline.words(authority: authority(deadline.authority)?.name ?? deadline.authority.rawValue, on: day)
  }
}
