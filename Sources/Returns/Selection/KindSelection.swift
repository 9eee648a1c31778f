// Which rows a kind of return is about, by cohort and by what there is to tell. Pure.

package import Leavers
package import Profiles

/// Whether a row is of a kind of return.
package enum KindSelection {
  /// Why the row is not of this kind; nil when it is.
  ///
  /// Intended destinations go for every pupil of the cohort: that somebody is undecided, or has said nothing, is itself
  /// what the September Guarantee asks. Confirmed destinations need an activity. A pupil left early whose leaving date
  /// lies before the end that was expected, or, where none is known, before the school leaving date of the year (the
  /// last Friday in June). Unknown answers belong to an authority's request, not to an export.
  package static func exclusion(
    record: LeaverRecord, cohort: Cohort?, profile: ReturnProfile
  ) -> KindReason? {
    guard let cohort else { return .noCohort }
    guard profile.cohorts.contains(cohort.stage) else { return .otherCohort }
    // A status that nobody understands leaves nobody out.
    if !profile.enrolment.isEmpty, let status = record[.enrolmentStatus].flatMap({ EnrolmentStatus(cell: $0) }),
      !profile.enrolment.contains(status.rawValue)
    {
      return .conditionNotMet
    }
    if profile.conditions.contains(where: { !$0.holds(of: record[$0.field]) }) { return .conditionNotMet }
    switch profile.kind {
    case .intendedDestinations, .riskOfNEET: return nil
    case .confirmedDestinations: return record[.activity] == nil ? .nothingToTell : nil
    case .earlyLeavers: return leftEarly(record, cohort: cohort) ? nil : .nothingToTell
    case .unknownAnswers: return .nothingToTell
    }
  }

  /// Why a record may not be in a return at all: that it is there would tell what a condition asks, which may not be
  /// told. Nil where it may.
  package static func tellsTooMuch(_ profile: ReturnProfile, _ record: DisclosedRecord) -> WithholdReason? {
    for condition in telling(profile) {
      switch record[condition.field] {
      case .keptBack: return .floorNotEnough
      case .withoutBasis: return .noBasis
      case .text, .nothing: continue
      }
    }
    return nil
  }

  /// Whether a pupil of whom only the floor is told is in no return of this profile, whatever the record says. Where
  /// nothing is kept back, as under a basis that knows no objection, the question does not arise.
  package static func keepsOutFloor(_ profile: ReturnProfile, under agreement: Agreement) -> Bool {
    DisclosureRule.keepsOutFloor(profile.kind)
      || telling(profile).contains { !DisclosureTiers.permits($0.field.tier, in: .floor, under: agreement) }
  }

  /// The conditions that ask more than the roll: that a pupil is in the return tells what they ask.
  package static func telling(_ profile: ReturnProfile) -> [FieldCondition] {
    profile.conditions.filter { !rollFacts.contains($0.field) }
  }

  /// Who is on the roll, in which year: what the authority knows of every pupil of a school whose returns it gets.
  private static let rollFacts: Set<Field> = [.enrolmentStatus, .yearGroup, .entryDate, .leavingDate]

  private static func leftEarly(_ record: LeaverRecord, cohort: Cohort) -> Bool {
    guard let left = record.date(.leavingDate) else { return false }
    guard let end = record.date(.expectedEnd) ?? CalendarDate.lastFridayInJune(cohort.leavingYear) else { return false }
    return left < end
  }
}
