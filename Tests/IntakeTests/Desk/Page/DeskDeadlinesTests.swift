// What the page of a desk says of the year: it changes from day to day although nothing happens.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("The page of a desk: the year") struct DeskDeadlinesTests {
  private static let other = "3434000"

  /// Two schools in Sefton, of which the first puts in an export of two, one without an intention; it is due on 30
  /// September, and closes in the middle of October where that is said.
  private func yard(closes: String? = nil) throws -> Yard {
    let rule = ReturnCalendar.Rule(
      kind: .intendedDestinations, extent: .all, authority: nil, opens: nil, due: CalendarDay("09-30"),
      closes: closes.flatMap { CalendarDay($0) })
    var sefton = Recipes.authority("sefton", "Sefton Council", 343)
    sefton.agreements = [
      Agreement(
        kinds: [.intendedDestinations], basis: .esa2008s72, reference: "DSA-1", from: Fixture.day,
        until: Fixture.day.adding(days: 365), coversSpecial: false, parentInFloor: false)
    ]
    return try Yard(schools: ["3434001", Self.other], authorities: [sefton]) {
      $0.calendar = ReturnCalendar(rules: [rule])
    }
  }

  /// An export of two leavers that is decided: its return is queued.
  private func hand(_ yard: Yard, _ station: IntakeStation, _ name: String, without: Int, as number: Int64) async throws
  {
    try yard.drop(
      name, Fixture.export((0..<2).map { Fixture.row($0, ["Telephone": "0151496010\(number)"]) }),
      laestab: "3434001")
    try await yard.run(station)
    try await yard.decide(
      ExportID(rawValue: number), [(entry: Yard.sefton, sent: [2: .full, 3: .full], fates: [], notRouted: [])],
      measure: BrakeMeasure(
        leavers: 2, detail: .init(rows: 2, doubtful: 0, unknown: without, columns: [])))
  }

  private func deliver(_ yard: Yard, _ id: Int64) async throws {
    let ledger = try await yard.ledger()
    for event: ReturnEvent in [.started, .put, .temporaryReadBack(.equal), .renamed(.done), .finalReadBack(.equal)] {
      try await ledger.deliveries.apply(event, to: ReturnID(rawValue: id), note: DeliveryNote(at: yard.clock.now()))
    }
  }

  /// What the page of a school says of it on a day; nil where it says nothing.
  private func told(
    _ yard: Yard, _ station: IntakeStation, on text: String, school: String = "3434001"
  ) async throws -> String? {
    let day = try #require(CalendarDate(iso: text))
    yard.clock.advance(by: yard.clock.now().duration(to: LondonTime.timestamp(on: day, hour: 9)))
    try await yard.settle(station)
    let page = String(decoding: yard.outBytes(DeskPage.name, school), as: UTF8.self)
    let items = page.matches(of: /<li>(Sefton Council, .*?)<\/li>/).map { String($0.output.1) }
    #expect(items.count <= 1)
    return items.first
  }

  private static let what = "Sefton Council, intended destinations of Y11-2026: "

  @Test func dueInSomeDaysTodayAndOverdue() async throws {
    let yard = try yard()
    let station = try await yard.station()
    try await hand(yard, station, "a.csv", without: 1, as: 1)
    let rest = "1 of 2 pupils without an intention; nothing has been delivered yet."
    #expect(try await told(yard, station, on: "2026-09-15") == nil)
    #expect(try await told(yard, station, on: "2026-09-16") == Self.what + "due in 14 days (30 Sep 2026): " + rest)
    #expect(try await told(yard, station, on: "2026-09-17") == Self.what + "due in 13 days (30 Sep 2026): " + rest)
    #expect(try await told(yard, station, on: "2026-09-30") == Self.what + "due today: " + rest)
    #expect(try await told(yard, station, on: "2026-10-02") == Self.what + "overdue by 2 days (30 Sep 2026): " + rest)
    #expect(try await told(yard, station, on: "2027-01-29") == nil, "a term later nobody is told any more")
  }

  @Test func deliveredItIsToldOfUntilTheDayWhereSomethingIsMissing() async throws {
    let yard = try yard(closes: "10-15")
    let station = try await yard.station()
    try await hand(yard, station, "a.csv", without: 1, as: 1)
    try await deliver(yard, 1)
    #expect(
      try await told(yard, station, on: "2026-09-21")
        == Self.what + "due in 9 days (30 Sep 2026): 1 of 2 pupils without an intention.")
    #expect(
      try await told(yard, station, on: "2026-10-05")
        == Self.what + "closes in 10 days (15 Oct 2026): 1 of 2 pupils still without an intention.")
    #expect(try await told(yard, station, on: "2026-10-16") == nil)
  }

  @Test func wholeAndDeliveredItIsToldOfNoMore() async throws {
    let yard = try yard(closes: "10-15")
    let station = try await yard.station()
    try await hand(yard, station, "a.csv", without: 0, as: 1)
    #expect(
      try await told(yard, station, on: "2026-09-20")
        == Self.what
        + "due in 10 days (30 Sep 2026): 0 of 2 pupils without an intention; nothing has been delivered yet."
    )
    try await deliver(yard, 1)
    #expect(try await told(yard, station, on: "2026-09-21") == nil)
    // A corrected export makes a newer one, which is not there.
    try await hand(yard, station, "b.csv", without: 0, as: 2)
    #expect(
      try await told(yard, station, on: "2026-09-22")
        == Self.what + "due in 8 days (30 Sep 2026): 0 of 2 pupils without an intention; "
        + "an earlier return was delivered, the newest not yet.")
  }

  /// The page is each school's own, and one that has put nothing in hears of its day as well.
  @Test func aSchoolWithoutAnExport() async throws {
    let yard = try yard()
    let station = try await yard.station()
    try await hand(yard, station, "a.csv", without: 0, as: 1)
    try await deliver(yard, 1)
    let rest = "no export has shown its pupils yet."
    #expect(
      try await told(yard, station, on: "2026-09-21", school: Self.other)
        == Self.what + "due in 9 days (30 Sep 2026): " + rest)
    #expect(
      try await told(yard, station, on: "2026-10-30", school: Self.other)
        == Self.what + "overdue by 30 days (30 Sep 2026): " + rest)
    #expect(try await told(yard, station, on: "2026-10-31", school: Self.other) == nil)
    #expect(try await told(yard, station, on: "2026-11-01") == nil)
  }
}
