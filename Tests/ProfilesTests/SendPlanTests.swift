// On which day a return goes, of the profile's word and the calendar's days.

import Leavers
import Tabular
import Testing

@testable import Profiles

struct SendPlanTests {
  private static func day(_ number: Int) -> CalendarDate { CalendarDate(daysSinceEpoch: 20_000 + number) }

  @Test func theDayOfOneThatIsMade() {
    let dates = SendPlan.onDates([5, 9, 2].map(Self.day))
    func day(_ plan: SendPlan, _ on: Int) -> CalendarDate? { plan.day(madeOn: Self.day(on)) }
    #expect(day(.onRelease, 3) == nil)
    #expect(day(.atOnce, 3) == Self.day(3))
    #expect(day(.nextDay, 3) == Self.day(4))
    #expect(day(dates, 3) == Self.day(5) && day(dates, 5) == Self.day(5))
    #expect(day(dates, 10) == nil && day(.onDates([]), 1) == nil)
  }

  @Test func theDayOfOneThatWaits() {
    func day(_ plan: SendPlan, _ waiting: Int, _ today: Int) -> CalendarDate? {
      plan.day(insteadOf: Self.day(waiting), today: Self.day(today))
    }
    let dates = SendPlan.onDates([2, 5, 9].map(Self.day))
    #expect(day(dates, 5, 3) == Self.day(5))
    #expect(day(dates, 5, 7) == Self.day(5), "late is not another day")
    #expect(day(dates, 4, 3) == Self.day(5), "4 is none of the days any more")
    #expect(day(dates, 7, 6) == Self.day(9) && day(dates, 7, 10) == nil)
    #expect(day(.onRelease, 5, 3) == nil)
    #expect(day(.atOnce, 5, 3) == Self.day(3))
    // It was made the day before; asked again it does not move on for ever.
    #expect(day(.nextDay, 5, 5) == Self.day(5) && day(.nextDay, 5, 8) == Self.day(5))
    #expect(day(.nextDay, 200, 3) == Self.day(4), "a day of before the plan was this one")
    // A calendar without any day may be a slip: until its own day it is asked again.
    #expect(day(.onDates([]), 5, 3) == Self.day(5) && day(.onDates([]), 5, 5) == nil)
  }

  @Test func whatTheProfileAndTheCalendarSayTogether() throws {
    let authority = AuthorityID(unchecked: "sefton")
    let cohort = Cohort(stage: .y12, leavingYear: 2027)
    let calendar = ReturnCalendar(
      rules: [ReturnKind.intendedDestinations, .earlyLeavers].map {
        ReturnCalendar.Rule(
          kind: $0, extent: .all, authority: authority, opens: nil, due: nil, closes: nil,
          send: [.yearly(month: 6, day: 30, years: 0)])
      })
    func plan(_ send: SendDecision, _ kind: ReturnKind = .intendedDestinations) throws -> SendPlan {
      ReturnProfile(
        kind: kind, cohorts: [.y12], routedBy: .educated, send: send, fileName: try FileNamePattern("{sequence}.csv"),
        dialect: .standard, columns: [], digest: "d"
      ).sendPlan(of: cohort, for: authority, by: calendar)
    }
    let june = try #require(CalendarDate(iso: "2027-06-30"))
    #expect(try plan(.onCalendar) == .onDates([june]) && plan(.onCalendar, .earlyLeavers) == .onDates([june]))
    #expect(try plan(.onDates([Self.day(1)])) == .onDates([Self.day(1)]))
    #expect(try plan(.atOnce) == .atOnce && plan(.atOnce, .earlyLeavers) == .nextDay)
    #expect(try plan(.onRelease) == .onRelease)
  }
}
