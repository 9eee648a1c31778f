// Names and series of returns: cycle, file name, what comes next. Pure.

package import Leavers
package import Ledger
package import Profiles

/// How a return is called and when it goes.
package enum ReturnNaming {
  /// The sequence of what is rendered and never sent: a dry run, an example, the check of one row beside a schema. The
  /// first that the ledger gives, since a schema may ask for a positive number; it stands for whatever comes next.
  package static let placeholderSequence = 1

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

  /// What a rendered return does next. Where no day is left, a person releases it.
  package static func next(_ plan: SendPlan, on day: CalendarDate) -> ReturnEvent.Start {
    if plan == .atOnce { return .queued }
    return .waiting(plan.day(madeOn: day).map { .date($0) } ?? .release)
  }

  private static func academicYear(_ cohort: Cohort, separator: String) -> String {
    let end = cohort.leavingYear % 100
    return "\(cohort.leavingYear - 1)\(separator)\(end < 10 ? "0" : "")\(end)"
  }
}
