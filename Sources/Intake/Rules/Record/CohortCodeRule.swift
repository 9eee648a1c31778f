// Rule: codes against the stage at which the pupil leaves. Pure.

import Leavers

/// Codes that somebody of this cohort cannot have, or hardly ever has.
enum CohortCodeRule {
  /// Activity codes 110 to 150 are of those who have not reached the leaving age, the last Friday in June of Year 11.
  static func isTooEarly(_ record: LeaverRecord, _ cohort: Cohort?, _ context: RuleContext) -> Bool {
    guard let code = record[.activity], let cohort,
      context.codes.entry(code, in: "nccis-activity", on: context.day)?.entry?.attributes["group"] == "compulsory_age"
    else { return false }
    if cohort.stage != .y11 { return true }
    return CalendarDate.lastFridayInJune(cohort.leavingYear).map { context.day > $0 } ?? false
  }

  static func remarks(
    _ record: LeaverRecord, cohort: Cohort?, in context: RuleContext
  ) -> [(remark: Remark, field: Field?)] {
    guard let cohort else { return [] }
    var remarks: [(remark: Remark, field: Field?)] = []
    if cohort.stage == .y13, record[.intendedDestination] == "111" {
      remarks.append((Remark(.intentionNotForCohort), .intendedDestination))
    }
    // In the two years after Year 11 nobody is at a university; 240 is then mostly meant to be 210 to 230.
    if cohort.stage == .y11, record[.activity] == "240", context.day.year <= cohort.leavingYear + 1 {
      remarks.append((Remark(.activityNotForCohort), .activity))
    }
    return remarks
  }
}
