// How a return stands in the calendar: in words, and whether somebody has to do something.

import Testing

@testable import Leavers

struct ReturnDeadlineTests {
  private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(iso: text)) }

  /// Of Y11-2027, open from October, due on 30 September.
  private func deadline(
    _ kind: ReturnKind = .intendedDestinations, leavers: Int = 190, without: Int = 14, held: Int = 0,
    _ delivered: CohortCoverage.Delivered = .nothing, closes: String? = nil
  ) throws -> ReturnDeadline {
    ReturnDeadline(
      CohortCoverage(
        school: SchoolID(rawValue: "3414787"), authority: AuthorityID(unchecked: "wirral"), kind: kind,
        cohort: Cohort(stage: .y11, leavingYear: 2027), leavers: leavers, without: without, held: held,
        delivered: delivered),
      .init(opens: try day("2026-10-01"), due: try day("2027-09-30"), closes: try closes.map(day)))
  }

  @Test(arguments: [
    ("2026-09-29", "opens in 2 days (1 Oct 2026)"), ("2027-09-21", "due in 9 days (30 Sep 2027)"),
    ("2027-09-29", "due in 1 day (30 Sep 2027)"), ("2027-09-30", "due today"),
    ("2027-10-01", "overdue by 1 day (30 Sep 2027)"), ("2028-02-01", "closed (31 Jan 2028)"),
  ])
  func howItStandsInWords(_ on: String, _ words: String) throws {
    #expect(
      try deadline(closes: "2028-01-31").words(authority: "Wirral Council", on: day(on))
        == "Wirral Council, intended destinations of Y11-2027: \(words): 14 of 190 pupils without an intention; "
        + "nothing has been delivered yet")
  }

  /// What the authority has is not late, whatever it lacks.
  @Test(arguments: [
    ("2027-10-01", "2028-01-31", "closes in 122 days (31 Jan 2028)"), ("2028-01-31", "2028-01-31", "closes today"),
    ("2027-10-01", nil, "was due 1 day ago (30 Sep 2027)"),
  ])
  func afterADeliveryInTimeItIsNotOverdue(_ on: String, _ closes: String?, _ words: String) throws {
    #expect(
      try deadline(.confirmedDestinations, without: 3, .newest, closes: closes).words(authority: "W", on: day(on))
        == "W, confirmed destinations of Y11-2027: \(words): of 190 pupils told of, 3 still without a known activity")
  }

  @Test func otherKindsInWords() throws {
    func words(_ kind: ReturnKind, leavers: Int = 190) throws -> String {
      try deadline(kind, leavers: leavers, .newest).words(authority: "W", on: day("2027-09-30"))
    }
    #expect(
      try words(.confirmedDestinations)
        == "W, confirmed destinations of Y11-2027: due today: of 190 pupils told of, 14 without a known activity")
    // Of whom no activity is told, the return does not tell: an export may have shown them.
    #expect(
      try deadline(.confirmedDestinations, leavers: 0).words(authority: "W", on: day("2027-09-30"))
        == "W, confirmed destinations of Y11-2027: due today: no export has told what any of its pupils does")
    #expect(try words(.earlyLeavers) == "W, early leavers of Y11-2027: due today: 190 pupils")
    #expect(try words(.earlyLeavers, leavers: 1) == "W, early leavers of Y11-2027: due today: 1 pupil")
  }

  /// They stand in neither of the other two numbers, and would be forgotten.
  @Test func whoIsHeldIsCounted() throws {
    func words(_ leavers: Int, _ held: Int) throws -> String {
      try deadline(leavers: leavers, without: 0, held: held, .newest).words(authority: "W", on: day("2027-09-30"))
        .split(separator: ": ").last.map(String.init) ?? ""
    }
    #expect(try words(190, 3) == "0 of 190 pupils without an intention, 3 more held")
    #expect(try words(0, 3) == "all of its 3 pupils are held")
    #expect(try words(0, 1) == "its one pupil is held")
    #expect(try words(0, 0) == "no export has shown its pupils yet")
    #expect(try deadline(without: 0, held: 1, .newest).needsSomebody(on: day("2027-09-30")))
    #expect(try !deadline(without: 0, .newest).needsSomebody(on: day("2027-09-30")))
  }

  @Test func aNewerReturnThatHasNotArrivedIsToldOf() throws {
    let older = try deadline(without: 0, .older)
    for (on, when) in [("2027-09-21", "due in 9 days"), ("2027-10-02", "was due 2 days ago")] {
      #expect(
        try older.words(authority: "W", on: day(on))
          == "W, intended destinations of Y11-2027: \(when) (30 Sep 2027): 0 of 190 pupils without an intention; "
          + "an earlier return was delivered, the newest not yet")
      #expect(try older.needsSomebody(on: day(on)))
    }
    #expect(try !older.needsSomebody(on: day("2028-01-29")))
    #expect(try !deadline(without: 0, .older, closes: "2027-10-10").needsSomebody(on: day("2027-10-11")))
  }

  @Test func itIsSomethingToDoShortlyBeforeAndUntilNothingIsMissing() throws {
    #expect(try !deadline().needsSomebody(on: day("2027-09-15")))
    #expect(try deadline().needsSomebody(on: day("2027-09-16")))
    #expect(try deadline().needsSomebody(on: day("2027-10-20")))
    #expect(try !deadline(closes: "2027-10-19").needsSomebody(on: day("2027-10-20")))
    #expect(try !deadline(without: 0, .newest).needsSomebody(on: day("2027-09-30")))
    #expect(try deadline(without: 0).needsSomebody(on: day("2027-09-30")))
    #expect(try deadline(without: 1, .newest).needsSomebody(on: day("2027-09-30")))
    #expect(try deadline().needsSomebody(on: day("2028-01-28")))
    #expect(try !deadline().needsSomebody(on: day("2028-01-29")))
  }

  /// One pupil whom nobody can reach must not be told of for a term.
  @Test func afterADeliveryAndTheDayOnlyWhatTheAuthorityStillTakesIsToDo() throws {
    #expect(try deadline(without: 1, .newest).needsSomebody(on: day("2027-09-30")))
    #expect(try !deadline(without: 1, .newest).needsSomebody(on: day("2027-10-01")))
    let closing = try deadline(without: 1, .newest, closes: "2028-01-31")
    #expect(try closing.needsSomebody(on: day("2027-10-01")))
    #expect(try closing.needsSomebody(on: day("2028-01-31")))
    #expect(try !closing.needsSomebody(on: day("2028-02-01")))
    #expect(try !deadline(without: 0, .newest, closes: "2028-01-31").needsSomebody(on: day("2027-10-01")))
  }

  /// That nobody knows what somebody does who left early is what the notice is about.
  @Test func aNoticeOfThoseWhoLeftLacksNothing() throws {
    #expect(try !deadline(.earlyLeavers, without: 2, .newest).needsSomebody(on: day("2027-09-30")))
    #expect(try deadline(.earlyLeavers, without: 2).needsSomebody(on: day("2027-09-30")))
  }
}
