// American dates: read so where the column shows it and, for a date of birth, the year group agrees.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Damage: day and month") struct SwappedDayAndMonthTests {
  @Test func dates() {
    #expect(SwappedDayAndMonth.date("03/25/2010") == CalendarDate(iso: "2010-03-25"))
    #expect(SwappedDayAndMonth.date("3-25-2010 00:00") == CalendarDate(iso: "2010-03-25"))
    for text in ["03/25/10", "2010-03-25", "x", "25/25/2010"] { #expect(SwappedDayAndMonth.date(text) == nil) }
    #expect(CalendarDate(iso: "2010-03-04").flatMap(SwappedDayAndMonth.swapped) == CalendarDate(iso: "2010-04-03"))
    #expect(CalendarDate(iso: "2010-03-14").flatMap(SwappedDayAndMonth.swapped) == nil)
  }

  @Test func repairedByColumnAndYearGroup() {
    let examination = Fixture.examine([
      Fixture.row(0, ["Date of Birth": "03/25/2010"]), Fixture.row(1, ["Date of Birth": "09/08/2009"]),
      Fixture.row(2, ["Date of Birth": "08/09/2009"]), Fixture.row(3, ["Date of Birth": "03/04/2010"]),
    ])
    #expect(
      examination.rows.map { $0.record[.dateOfBirth] } == ["2010-03-25", "2009-09-08", nil, nil],
      "8 September fits the year group and 9 August does not; the third fits only as written, the fourth either way")
    #expect(examination.codes(row: 2) == ["L227"])
    #expect(examination.codes(row: 3) == ["L227"])
    #expect(examination.codes(row: 4) == ["L214"])
    #expect(examination.codes(row: 5) == ["L214"])
  }

  /// Without other cells that show it, nothing is swapped.
  @Test func notWithoutTheColumn() {
    #expect(Fixture.examine([Fixture.row(0, ["Date of Birth": "09/08/2009"])]).codes(row: 2) == ["L213"])
  }
}
