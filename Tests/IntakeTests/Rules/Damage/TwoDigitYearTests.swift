// A year of two digits: the century is added where one reading only can be.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Damage: years of two digits") struct TwoDigitYearTests {
  @Test(arguments: [
    ("01/03/10", "01/03/2010"), ("1-Mar-10", "1-Mar-2010"), ("01.03.10 00:00", "01.03.2010 00:00"),
    ("1 Mar 10", "1 Mar 2010"),
  ])
  func expanded(_ text: String, _ full: String) { #expect(TwoDigitYear.expanded(text) == full) }

  @Test(arguments: ["01/03/2010", "2010-03-01", "03/10", "010310", "", "01/03/1"])
  func none(_ text: String) { #expect(TwoDigitYear.expanded(text) == nil) }

  @Test func otherDates() {
    #expect(Fixture.check("26/06/26", .leavingDate) == .kept("2026-06-26", Remark(.centuryAdded)))
    #expect(Fixture.check("26/06/46", .leavingDate).codes == ["L221"])
    let american = Fixture.context(ColumnSurvey(monthFirst: [.leavingDate]))
    #expect(Fixture.check("05/06/26", .leavingDate, american).codes == ["L221"])
  }

  @Test func dateOfBirthNeedsTheYearGroup() {
    let rows = [
      Fixture.row(0, ["Date of Birth": "01/03/10"]), Fixture.row(1, ["Date of Birth": "01/03/08"]),
      Fixture.row(2, ["Date of Birth": "01/03/10", "Year Group": ""]),
    ]
    let examination = Fixture.examine(rows)
    #expect(examination.rows.map { $0.record[.dateOfBirth] } == ["2010-03-01", nil, nil])
    #expect(examination.rows.map(\.verdict) == [.clear, .held(.noDateOfBirth), .held(.noDateOfBirth)])
    #expect(examination.codes(row: 2) == ["L228"])
    #expect(examination.codes(row: 3) == ["L211"])
    #expect(examination.row(2)?.details.first?.after?.exposed == "2010-03-01")
  }

  /// Written with the year first it is usual too, and another day.
  @Test func whatReadsTwoWaysIsNotRepaired() {
    let row = Fixture.examine([Fixture.row(0, ["Date of Birth": "10-03-09", "Year Group": "12"])]).row(2)
    #expect(row?.record[.dateOfBirth] == "2009-03-10", "year first it would be of another age group")
    let unsure = Proposal(
      value: "2009-12-10", note: .centuryAdded, proof: .birth(rival: CalendarDate(iso: "2010-03-09")))
    #expect("\(unsure)".contains("2009") == false)
    #expect(TwoDigitYear.yearFirst("10-03-09") == CalendarDate(iso: "2010-03-09"))
    #expect(TwoDigitYear.yearFirst("Mar 10") == nil)
  }

  @Test func aColumnOfAmericanDatesIsKnownByThem() {
    let rows = [
      Fixture.row(0, ["Date of Birth": "03/25/10"]), Fixture.row(1, ["Date of Birth": "03/04/10"]),
    ]
    #expect(Fixture.examine(rows).rows.map(\.verdict) == [.held(.noDateOfBirth), .held(.noDateOfBirth)])
    let british = rows + [Fixture.row(2, ["Date of Birth": "25/03/10"])]
    #expect(Fixture.examine(british).rows.map(\.verdict) == [.held(.noDateOfBirth), .clear, .clear])
  }
}
