// The calendar: arithmetic, ages, the school's fixed days.

import Testing

@testable import Leavers

@Suite struct CalendarDateTests {
  private func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(iso: text)) }

  @Test func knownDays() throws {
    #expect(try date("1970-01-01").daysSinceEpoch == 0)
    #expect(try date("2000-03-01").daysSinceEpoch == 11_017)
    #expect(try date("1969-12-31").daysSinceEpoch == -1)
    #expect(try date("0001-01-01").daysSinceEpoch == -719_162)
    #expect(try date("9999-12-31").daysSinceEpoch == 2_932_896)
    #expect(try date("1970-01-01").weekday == 4)
    #expect(try date("2026-06-26").weekday == 5)
    #expect(try date("1899-12-31").weekday == 7)
  }

  /// Every day of the calendar, in order, there and back.
  @Test func everyDayComesBack() {
    var previous = CalendarDate.first
    for days in (CalendarDate.first.daysSinceEpoch + 1)...CalendarDate.last.daysSinceEpoch {
      let date = CalendarDate(daysSinceEpoch: days)
      if date.daysSinceEpoch != days || previous >= date
        || CalendarDate(year: date.year, month: date.month, day: date.day) != date
      {
        Issue.record("day \(days) does not come back")
        return
      }
      previous = date
    }
    #expect(previous == .last)
  }

  @Test func refusesWhatTheCalendarHasNot() {
    for (year, month, day) in [
      (2026, 2, 29), (1900, 2, 29), (2026, 4, 31), (2026, 13, 1), (2026, 0, 1), (2026, 1, 0), (2026, 1, 32), (0, 1, 1),
      (10_000, 1, 1),
    ] {
      #expect(CalendarDate(year: year, month: month, day: day) == nil)
    }
    #expect(CalendarDate(year: 2000, month: 2, day: 29) != nil)
    #expect(CalendarDate(year: 2024, month: 2, day: 29) != nil)
  }

  @Test func addsAndStopsAtTheEnds() throws {
    #expect(try date("2026-12-31").adding(days: 1) == date("2027-01-01"))
    #expect(try date("2024-03-01").adding(days: -1) == date("2024-02-29"))
    #expect(CalendarDate.last.adding(days: 1) == .last)
    #expect(CalendarDate.last.adding(days: .max) == .last)
    #expect(CalendarDate.first.adding(days: .min) == .first)
    #expect(try date("2026-06-26").days(to: date("2026-07-01")) == 5)
  }

  @Test(arguments: [
    ("2010-06-26", "2026-06-25", 15), ("2010-06-26", "2026-06-26", 16), ("2009-09-01", "2026-08-31", 16),
    ("2008-02-29", "2026-02-28", 17), ("2008-02-29", "2026-03-01", 18), ("2026-06-26", "2026-06-25", -1),
  ])
  func ages(born: String, on: String, age: Int) throws {
    #expect(try date(born).age(on: date(on)) == age)
  }

  @Test func lastFridayInJune() throws {
    #expect(try CalendarDate.lastFridayInJune(2026) == date("2026-06-26"))
    #expect(try CalendarDate.lastFridayInJune(2027) == date("2027-06-25"))
    #expect(try CalendarDate.lastFridayInJune(2028) == date("2028-06-30"))
    for year in 1997...2100 {
      let day = try #require(CalendarDate.lastFridayInJune(year))
      #expect(day.weekday == 5 && day.month == 6 && day.day >= 24)
    }
    #expect(CalendarDate.lastFridayInJune(0) == nil)
  }

  @Test(arguments: ["2026-6-26", "26-06-2026", "2026-06-26 ", "2026-02-30", "", "2026/06/26", "202a-06-26"])
  func isoIsStrict(text: String) {
    #expect(CalendarDate(iso: text) == nil)
  }

  @Test func printsISO() throws {
    #expect(try "\(date("0987-01-02"))" == "0987-01-02")
  }
}
