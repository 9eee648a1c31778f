// How the returns of the year stand, of what the ledger knows of cohorts. Pure.

package import Leavers

extension Configuration {
  /// The returns that the calendar knows and that have not been closed, of cohorts that the ledger knows and of those
  /// that it should know by now; in the order of schools, days and authorities.
  package func deadlines(of coverage: [CohortCoverage], on day: CalendarDate) -> [ReturnDeadline] {
    let schools = Dictionary(
      self.schools.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let known = coverage.compactMap { one -> ReturnDeadline? in
      guard schools[one.school] != nil, authority(one.authority)?.profile(for: one.kind) != nil, one.isShown,
        let days = calendar.days(of: one.kind, one.cohort, for: one.authority)
      else { return nil }
      let deadline = ReturnDeadline(one, days)
      // A return without an end is told of for the year after the cohort left.
      let isPast = days.closes == nil && (days.due ?? days.opens).map { $0.adding(days: 365) < day } ?? false
      return deadline.standing(on: day) == .closed || isPast ? nil : deadline
    }
    return (known + self.schools.flatMap { missing(at: $0, coverage, on: day) }).sorted {
      let (left, right) = ($0.coverage, $1.coverage)
      return (schools[left.school] ?? 0, $0.days.due ?? .last, left.authority, left.kind, left.cohort)
        < (schools[right.school] ?? 0, $1.days.due ?? .last, right.authority, right.kind, right.cohort)
    }
  }

  /// The returns to a school's own authority that are due about now, of cohorts that no export has shown. Where a school's
  /// pupils live is known only from an export. Most live where it lies, so that its own authority is asked under both
  /// rules, and no other can be said to miss anything. A school that has sent something is asked about the years of study
  /// that it has sent: that it has others as well nobody can know.
  private func missing(at school: School, _ coverage: [CohortCoverage], on day: CalendarDate) -> [ReturnDeadline] {
    let own = coverage.filter { $0.school == school.id && $0.isShown }
    let stages = Set(own.map(\.cohort.stage))
    var missing: [ReturnDeadline] = []
    for authority in authorities where authority.laCode == school.laestab.authority {
      for profile in authority.returns
      where profile.kind.isOfAWholeCohort && authority.agreement(for: profile.kind, on: day) != nil {
        for stage in profile.cohorts where stages.isEmpty || stages.contains(stage) {
          for year in (day.year - 1)...(day.year + 1) {
            let cohort = Cohort(stage: stage, leavingYear: year)
            // An export that has shown the cohort has said where each of them lives.
            let isShown = own.contains {
              $0.kind == profile.kind && $0.cohort == cohort
                && (profile.routedBy == .resident || $0.authority == authority.id)
            }
            guard !isShown, let days = calendar.days(of: profile.kind, cohort, for: authority.id) else { continue }
            let nobody = CohortCoverage(
              school: school.id, authority: authority.id, kind: profile.kind, cohort: cohort, leavers: 0, without: 0)
            let deadline = ReturnDeadline(nobody, days)
            if deadline.needsSomebody(on: day) { missing.append(deadline) }
          }
        }
      }
    }
    return missing
  }

  /// A deadline in words.
  package func words(_ deadline: ReturnDeadline, on day: CalendarDate) -> String {
    let authority = deadline.coverage.authority
    return deadline.words(authority: self.authority(authority)?.name ?? authority.rawValue, on: day)
  }
}
