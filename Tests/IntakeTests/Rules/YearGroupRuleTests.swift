// Year groups and the cohort that follows.

import Leavers
import Ledger
import Testing

@testable import Intake

@Suite("Rule: year group and cohort") struct YearGroupRuleTests {
  @Test(arguments: [
    ("11", "11"), ("Year 11", "11"), ("Y11", "11"), ("Yr 12", "12"), ("11.0", "11"), ("NC Year 13", "13"), ("r", "R"),
    ("09", "9"),
  ])
  func known(_ text: String, _ year: String) { #expect(Fixture.check(text, .yearGroup) == .kept(year)) }

  @Test(arguments: ["11A", "Sixth", "15"])
  func unknown(_ text: String) {
    #expect(Fixture.check(text, .yearGroup) == .leftOut(.yearGroupUnknown))
    let row = Fixture.examine([Fixture.row(0, ["Year Group": text])]).row(2)
    #expect(row?.cohort == nil)
    #expect(row?.details.map(\.code.rawValue) == ["L330", "L331"])
    #expect(row?.verdict == .clear)
  }

  @Test(
    arguments: [
      ("2026-06-10", "11", "", "Y11-2026"), ("2026-09-15", "11", "", "Y11-2027"),
      ("2026-09-15", "11", "26/06/2026", "Y11-2026"),
      ("2026-03-01", "12", "25/06/2027", "Y12-2026"), ("2026-10-01", "13", "31/08/2026", "Y13-2026"),
      ("2026-06-10", "10", "", nil), ("2026-06-10", "", "26/06/2026", nil),
    ] as [(String, String, String, String?)])
  func cohorts(_ day: String, _ year: String, _ leaving: String, _ cohort: String?) {
    let export = Fixture.export([Fixture.row(0, ["Year Group": year, "Leaving Date": leaving])])
    let row = Fixture.examine(export, day: CalendarDate(iso: day) ?? .first).row(2)
    #expect(row?.cohort?.description == cohort)
  }

  /// A system that was rolled over in July calls those Year 11 who leave a year later.
  @Test(
    arguments: [
      ("2026-07-20", "15/03/2011", "Y11-2027"), ("2026-08-31", "01/09/2010", "Y11-2027"),
      ("2026-07-20", "15/03/2010", "Y11-2026"), ("2026-06-30", "15/03/2011", "Y11-2026"),
      ("2026-09-01", "15/03/2011", "Y11-2027"), ("2026-07-20", "15/03/2009", "Y11-2026"),
      ("2026-07-20", "", "Y11-2026"),
    ])
  func aSystemThatWasRolledOver(_ day: String, _ born: String, _ cohort: String) {
    let export = Fixture.export([Fixture.row(0, ["Year Group": "11", "Date of Birth": born, "Leaving Date": ""])])
    let row = Fixture.examine(export, day: CalendarDate(iso: day) ?? .first).row(2)
    #expect(row?.cohort?.description == cohort)
  }

  /// A leaving date that lies ahead of the school year tells no more than none.
  @Test(
    arguments: [
      ("2026-08-20", "15/03/2009", "31/07/2027", "Y13-2027"), ("2026-08-20", "15/03/2008", "31/07/2027", "Y13-2026"),
      ("2026-08-20", "15/03/2009", "31/07/2026", "Y13-2026"), ("2026-06-20", "15/03/2009", "31/07/2027", "Y13-2026"),
      ("2026-09-20", "15/03/2009", "31/07/2027", "Y13-2027"),
    ])
  func aLeavingDateOfNextYear(_ day: String, _ born: String, _ leaving: String, _ cohort: String) {
    let export = Fixture.export([
      Fixture.row(0, ["Year Group": "13", "Date of Birth": born, "Leaving Date": leaving])
    ])
    let row = Fixture.examine(export, day: CalendarDate(iso: day) ?? .first).row(2)
    #expect(row?.cohort?.description == cohort)
  }
}
