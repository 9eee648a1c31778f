// Days of the year, which rule goes before which, and the days that are near.

import Testing

@testable import Leavers

struct ReturnCalendarTests {
  private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(iso: text)) }
  private let wirral = AuthorityID(unchecked: "wirral")
  private let cohort = Cohort(stage: .y11, leavingYear: 2027)

  @Test(arguments: [
    ("09-30", 2027, "2027-09-30"), ("+01-31", 2027, "2028-01-31"), ("-10-01", 2027, "2026-10-01"),
    ("02-29", 2027, "2027-02-28"), ("02-29", 2028, "2028-02-29"), ("2026-08-20", 2027, "2026-08-20"),
    ("last-friday-in-june", 2026, "2026-06-26"), ("last-friday-in-june", 2027, "2027-06-25"),
    ("last-friday-in-june", 2028, "2028-06-30"),
  ])
  func aDayOfACohortsYear(_ text: String, _ year: Int, _ expected: String) throws {
    #expect(try #require(CalendarDay(text)).date(leavingYear: year) == day(expected))
  }

  @Test(arguments: ["", "30 September", "13-01", "09-31", "++09-30", "last-friday", "2026-02-30"])
  func whatIsNoDay(_ text: String) { #expect(CalendarDay(text) == nil) }

  @Test func whatSaysMoreGoesBefore() throws {
    func rule(_ extent: ReturnCalendar.Extent, _ authority: AuthorityID?, _ due: String) -> ReturnCalendar.Rule {
      ReturnCalendar.Rule(
        kind: .intendedDestinations, extent: extent, authority: authority, opens: nil, due: CalendarDay(due),
        closes: nil)
    }
    func due(_ rules: [ReturnCalendar.Rule], _ authority: String = "wirral") -> CalendarDate? {
      ReturnCalendar(rules: rules).days(of: .intendedDestinations, cohort, for: AuthorityID(unchecked: authority))?.due
    }
    let all = rule(.all, nil, "09-30")
    let stage = rule(.stage(.y11), nil, "09-20")
    let whole = rule(.cohort(cohort), nil, "2027-09-15")
    let own = rule(.all, wirral, "09-10")
    #expect(try due([stage, all, whole]) == day("2027-09-15"))
    #expect(try due([stage, all]) == day("2027-09-20"))
    #expect(try due([own, whole]) == day("2027-09-10"))
    #expect(try due([own, whole], "sefton") == day("2027-09-15"))
    #expect(due([rule(.stage(.y13), nil, "09-20")]) == nil)
    #expect(all.clashes(with: all) && !all.clashes(with: own))
  }

  @Test func daysToSendOn() throws {
    let rule = ReturnCalendar.Rule(
      kind: .intendedDestinations, extent: .all, authority: nil, opens: nil, due: nil, closes: nil,
      send: [try #require(CalendarDay("09-20")), try #require(CalendarDay("06-30"))])
    let calendar = ReturnCalendar(rules: [rule])
    #expect(
      try calendar.sendDates(of: .intendedDestinations, cohort, for: wirral) == [day("2027-06-30"), day("2027-09-20")])
    #expect(calendar.sendDates(of: .earlyLeavers, cohort, for: wirral) == [])
  }

  @Test func eventsThatAreNear() throws {
    let calendar = ReturnCalendar(events: [
      .init(name: "Results", extent: .cohort(cohort), day: try #require(CalendarDay("2027-08-26"))),
      .init(name: "Leaving", extent: .stage(.y11), day: .lastFridayInJune),
    ])
    #expect(try calendar.events(of: [cohort], from: day("2027-06-20"), within: 14).map(\.name) == ["Leaving"])
    #expect(
      try calendar.events(of: [cohort], from: day("2027-06-20"), within: 90).map(\.name) == ["Leaving", "Results"])
    #expect(try calendar.events(of: [], from: day("2027-06-20"), within: 90).isEmpty)
  }
}
