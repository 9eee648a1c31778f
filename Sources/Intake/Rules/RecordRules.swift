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
    remarks += DateOrderRule.remarks(record)
    if CohortCodeRule.isTooEarly(record, cohort, context) {
      record[.activity] = nil
      remarks.append((Remark(.activityTooEarly), .activity))
    }
    remarks += CohortCodeRule.remarks(record, cohort: cohort, in: context)
    remarks += GuaranteeRule.remarks(record, cohort: cohort, in: context)
    if let remark = DutyRule.remark(record, in: context) { remarks.append(remark) }
    remarks += ProviderFitRule.remarks(record, in: context)
    if SwappedNames.isSwapped(record) {
      remarks.append((Remark(.namesSwapped, "the preferred names say it the other way round"), .legalSurname))
    }
    return (remarks, hold)
  }
}
