// Names and series of returns: cycle, file name, what comes next. Pure.

package import Leavers
package import Ledger
package import Profiles

/// How a return is called and when it goes.
package enum ReturnNaming {
  /// The academic year that ends in the cohort's leaving year: `2025/26`.
  package static func cycle(of cohort: Cohort) -> String { academicYear(cohort, separator: "/") }

  /// What a file name's placeholders stand for. The cycle is written `2025-26` there: a name holds no separator of paths.
  package static func values(
    school: School, authority: AuthorityID, kind: ReturnKind, cohort: Cohort, sequence: Int, day: CalendarDate
  ) -> FileNamePattern.Values {
    FileNamePattern.Values(
      laestab: school.laestab.rawValue, urn: school.urn?.rawValue, ukprn: school.ukprn?.rawValue,
      cohort: cohort.description, cycle: academicYear(cohort, separator: "-"), sequence: sequence, date: day,
      kind: kind.rawValue, authority: authority.rawValue)
  }

  /// What a rendered return does next. Where no date is left, a person releases it. Notices of early leavers are gathered
  /// for a day, lest every save of a report be one: they go on the next, and of several the last takes the others' place.
  package static func next(
    _ send: SendDecision, of kind: ReturnKind, on day: CalendarDate, calendar: [CalendarDate] = []
  ) -> ReturnEvent.Start {
    switch send {
    case .onCalendar: return next(.onDates(calendar), of: kind, on: day)
    case .atOnce where kind == .earlyLeavers: return .waiting(.date(day.adding(days: 1)))
    case .atOnce: return .queued
    case .onRelease: return .waiting(.release)
    case .onDates(let dates):
      guard let date = dates.filter({ $0 >= day }).min() else { return .waiting(.release) }
      return .waiting(.date(date))
    }
  }

  private static func academicYear(_ cohort: Cohort, separator: String) -> String {
    let end = cohort.leavingYear % 100
    return "\(cohort.leavingYear - 1)\(separator)\(end < 10 ? "0" : "")\(end)"
  }
}
