// What is said of a record as a whole.

import Leavers
import Testing

@testable import Intake

@Suite("Rules about a record") struct RecordRulesTests {
  private func check(
    _ values: [Field: String], _ said: Set<FindingCode> = [], columns: Set<Field> = Set(Field.allCases)
  )
    -> (codes: [String], hold: HoldReason?)
  {
    var record = LeaverRecord(values)
    let cohort = YearGroupRule.cohort(record, on: Fixture.day)
    let result = RecordRules.check(&record, cohort: cohort, columns: columns, said: said, in: Fixture.context())
    return (result.remarks.map(\.remark.code.rawValue), result.hold)
  }

  private let good: [Field: String] = [
    .upn: Fixture.upns[0], .legalSurname: "Zz", .legalForename: "Qq", .dateOfBirth: "2010-03-01", .yearGroup: "11",
    .sharing: "YES",
  ]

  @Test func goodHasNothingToSay() {
    #expect(check(good).codes == [])
    #expect(check(good).hold == nil)
  }

  @Test func whatIsMissing() {
    for (field, code) in [
      (Field.upn, "L110"), (.legalSurname, "L201"), (.dateOfBirth, "L210"), (.sharing, "L321"), (.yearGroup, "L331"),
    ] {
      var record = good
      record[field] = nil
      #expect(check(record).codes == [code])
      #expect(check(record).hold == (field == .dateOfBirth ? .noDateOfBirth : nil))
    }
  }

  /// What a column's absence means is said once for the file, not for each row.
  @Test func absentColumnsAreNotSaidForEachRow() {
    var record = good
    record[.upn] = nil
    record[.sharing] = nil
    #expect(check(record, columns: [.legalSurname, .legalForename, .dateOfBirth]).codes == [])
  }

  @Test func whatWasSaidIsNotSaidAgain() {
    var record = good
    record[.upn] = nil
    #expect(check(record, [.upnCheckLetter]).codes == [])
    record[.sharing] = nil
    #expect(check(record, [.upnForm, .sharingUnknown]).codes == [])
    record[.dateOfBirth] = nil
    #expect(check(record, [.upnForm, .sharingUnknown, .dateOfBirthUnreadable]).codes == [])
    #expect(check(record, [.upnForm, .sharingUnknown, .dateOfBirthUnreadable]).hold == .noDateOfBirth)
  }

  @Test func withoutCohortTheAgeIsLookedAt() {
    var record = good
    record[.yearGroup] = nil
    record[.dateOfBirth] = "2015-03-01"
    #expect(check(record).codes == ["L331", "L213"])
  }
}
