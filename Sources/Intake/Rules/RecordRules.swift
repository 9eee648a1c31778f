// Rules about a record as a whole, after repeats were merged. Pure.

import Leavers

/// What is said of a record as a whole: what is missing, what does not fit together.
enum RecordRules {
  /// What there is to say and which reason, if any, holds the row; takes out of the record what cannot be. `columns` are
  /// the fields that the export has at all: a blank cell is worth a word, an absent column was said once for the file.
  static func check(
    _ record: inout LeaverRecord, cohort: Cohort?, columns: Set<Field>, said: Set<FindingCode>, in context: RuleContext
  ) -> (remarks: [(remark: Remark, field: Field?)], hold: HoldReason?) {
    let day = context.day
    var remarks: [(remark: Remark, field: Field?)] = []
    var hold: HoldReason?
    let surname = record[.legalSurname]
    let forename = record[.legalForename]
    if surname == nil, forename == nil {
      remarks.append((Remark(.noName), .legalSurname))
      hold = .noName
    } else if said.contains(.formulaName), surname == nil || forename == nil {
      // A name was there and had to be left out: half a name could be another child's.
      hold = .noName
    } else if surname == nil || forename == nil {
      remarks.append((Remark(.oneNameOnly), surname == nil ? .legalSurname : .legalForename))
    }
    if record[.dateOfBirth] == nil {
      let explained: Set<FindingCode> = [.dateOfBirthUnreadable, .dateOfBirthImpossible, .birthMonthFirst]
      if said.isDisjoint(with: explained) { remarks.append((Remark(.noDateOfBirth), .dateOfBirth)) }
      hold = hold ?? .noDateOfBirth
    }
    let upnSaid: Set<FindingCode> = [.upnForm, .upnCheckLetter, .upnReason]
    if record[.upn] == nil, columns.contains(.upn), said.isDisjoint(with: upnSaid) {
      remarks.append((Remark(.upnMissing), .upn))
    }
    if record[.sharing] == nil, columns.contains(.sharing), !said.contains(.sharingUnknown) {
      remarks.append((Remark(.sharingBlank), .sharing))
    }
    if cohort == nil, columns.contains(.yearGroup) { remarks.append((Remark(.noCohort), .yearGroup)) }
    if let remark = DateOfBirthRule.remark(record, cohort: cohort, on: day) { remarks.append((remark, .dateOfBirth)) }
    if let entry = record.date(.entryDate), let leaving = record.date(.leavingDate), leaving < entry {
      remarks.append((Remark(.datesOutOfOrder), .leavingDate))
    }
    if isTooEarly(record, cohort, context) {
      record[.activity] = nil
      remarks.append((Remark(.activityTooEarly), .activity))
    }
    return (remarks, hold)
  }

  /// Activity codes 110 to 150 are of those who have not reached the leaving age, the last Friday in June of Year 11.
  private static func isTooEarly(_ record: LeaverRecord, _ cohort: Cohort?, _ context: RuleContext) -> Bool {
    guard let code = record[.activity], let cohort,
      context.codes.entry(code, in: "nccis-activity", on: context.day)?.entry?.attributes["group"] == "compulsory_age"
    else { return false }
    if cohort.stage != .y11 { return true }
    return CalendarDate.lastFridayInJune(cohort.leavingYear).map { context.day > $0 } ?? false
  }
}
