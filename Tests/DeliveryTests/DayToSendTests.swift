// A return that waits for its day: which day that is is asked of the configuration of now, until it goes.

import Delivery
import Foundation
import Leavers
import Ledger
import Profiles
import Synchronization
import Testing

@Suite("DeliveryLane: the day to send") struct DayToSendTests {
  private static let cohort = Cohort(stage: .y11, leavingYear: 2026)

  private func with(_ body: (LaneBench) async throws -> Void) async throws {
    let bench = try await LaneBench()
    defer { bench.end() }
    try await body(bench)
  }

  private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(iso: text)) }

  /// The bench's configuration in which returns go so, and the calendar has these days for the cohort.
  private func configuration(
    _ bench: LaneBench, _ send: SendDecision, calendar days: [CalendarDate] = []
  ) -> Configuration {
    var configuration = bench.configuration
    configuration.authorities[0].returns[0].send = send
    configuration.calendar = ReturnCalendar(rules: [
      ReturnCalendar.Rule(
        kind: .intendedDestinations, extent: .cohort(Self.cohort), authority: nil, opens: nil, due: nil, closes: nil,
        send: days.map { .absolute($0) })
    ])
    return configuration
  }

  /// A return that was made to wait for a day.
  private func waiting(_ bench: LaneBench, for day: CalendarDate) async throws -> ReturnID {
    let id = try await bench.queuedReturn()
    _ = try await bench.ledger.deliveries.apply(.held(.date(day)), to: id, note: DeliveryNote(at: bench.clock.now()))
    return id
  }

  private func pass(_ lane: DeliveryLane) async throws { while try await lane.pass().didWork {} }

  private func reload(_ lane: DeliveryLane, _ bench: LaneBench, _ configuration: Configuration) async {
    let endpoint = bench.endpoint
    await lane.replace(
      recipient: configuration.recipients[0], configuration: configuration, endpoints: { _ in endpoint })
  }

  private func go(_ bench: LaneBench, to day: CalendarDate) {
    bench.clock.advance(by: bench.clock.now().duration(to: LondonTime.timestamp(on: day)))
  }

  @Test func itGoesWhenItsDayBeginsInLondon() async throws {
    try await with { bench in
      let first = try day("2026-07-01")
      let lane = try bench.lane()
      await reload(lane, bench, configuration(bench, .onCalendar, calendar: [first]))
      let id = try await waiting(bench, for: first)
      try await pass(lane)
      #expect(try await bench.summary(id).state == .waiting(.date(first)))
      // 30 June, 22:59:59 UTC is 23:59:59 in London.
      let eve = try #require(Timestamp(iso: "2026-06-30T22:59:59Z"))
      bench.clock.advance(by: bench.clock.now().duration(to: eve))
      try await pass(lane)
      #expect(try await bench.summary(id).state == .waiting(.date(first)))
      bench.clock.advance(by: .seconds(1))
      try await pass(lane)
      #expect(try await bench.summary(id).state == .delivered)
    }
  }

  /// Nobody looked on the day itself: it is late, and still its day.
  @Test func aDayThatNobodyWasThereForIsNoOtherDay() async throws {
    try await with { bench in
      let first = try day("2026-07-01")
      let lane = try bench.lane()
      await reload(lane, bench, configuration(bench, .onCalendar, calendar: [first, try day("2026-09-01")]))
      let id = try await waiting(bench, for: first)
      go(bench, to: try day("2026-07-04"))
      try await pass(lane)
      #expect(try await bench.summary(id).state == .delivered)
    }
  }

  @Test func aCorrectedCalendarMovesTheDay() async throws {
    try await with { bench in
      let (first, corrected) = (try day("2026-07-01"), try day("2026-07-10"))
      let lane = try bench.lane()
      await reload(lane, bench, configuration(bench, .onCalendar, calendar: [first]))
      let id = try await waiting(bench, for: first)
      try await pass(lane)
      await reload(lane, bench, configuration(bench, .onCalendar, calendar: [corrected]))
      go(bench, to: first)
      try await pass(lane)
      #expect(try await bench.summary(id).state == .waiting(.date(corrected)))
      #expect(try bench.names() == [])
      let told = bench.told.withLock { $0.filter { $0.weight == .notable }.map(\.text) }
      #expect(
        told == [
          "it was to go on 1 Jul 2026; by the profile and the calendar of now it goes on 10 Jul 2026"
        ])
      go(bench, to: corrected)
      try await pass(lane)
      #expect(try await bench.summary(id).state == .delivered)
      #expect(try await bench.ledger.audit().isClean)
    }
  }

  /// A day that was brought forward is not missed.
  @Test func anEarlierDayIsKept() async throws {
    try await with { bench in
      let (first, corrected) = (try day("2026-07-10"), try day("2026-07-01"))
      let lane = try bench.lane()
      await reload(lane, bench, configuration(bench, .onDates([first])))
      let id = try await waiting(bench, for: first)
      await reload(lane, bench, configuration(bench, .onDates([corrected])))
      try await pass(lane)
      go(bench, to: corrected)
      try await pass(lane)
      #expect(try await bench.summary(id).state == .delivered)
    }
  }

  /// The profile asks for a release now, or no day is left.
  @Test(arguments: [SendDecision.onRelease, .onDates([CalendarDate(daysSinceEpoch: 0)]), .onCalendar])
  func withoutADayItWaitsForItsRelease(_ send: SendDecision) async throws {
    try await with { bench in
      let first = try day("2026-07-01")
      let lane = try bench.lane()
      await reload(lane, bench, configuration(bench, .onDates([first])))
      let id = try await waiting(bench, for: first)
      try await pass(lane)
      await reload(lane, bench, configuration(bench, send))
      go(bench, to: first)
      try await pass(lane)
      #expect(try await bench.summary(id).state == .waiting(.release))
      try await bench.ledger.returns.release(id, by: Person(name: "Pat Example", known: "login user"), why: nil)
      try await pass(lane)
      #expect(try await bench.summary(id).state == .delivered, "who releases it has decided")
    }
  }

  @Test func whatGoesAtOnceNowWaitsForNoDay() async throws {
    try await with { bench in
      let lane = try bench.lane()
      let id = try await waiting(bench, for: try day("2026-09-01"))
      await reload(lane, bench, configuration(bench, .atOnce))
      try await pass(lane)
      #expect(try await bench.summary(id).state == .delivered)
    }
  }

  /// It does not go, and that is said as it is of any other.
  @Test func aKindThatNobodyWantsAnyMoreIsStoppedWhenItIsToGo() async throws {
    try await with { bench in
      let first = try day("2026-07-01")
      let lane = try bench.lane()
      let id = try await waiting(bench, for: first)
      var other = configuration(bench, .onDates([first]))
      other.authorities[0].returns = []
      await reload(lane, bench, other)
      try await pass(lane)
      #expect(try await bench.summary(id).state == .waiting(.date(first)))
      go(bench, to: first)
      try await pass(lane)
      #expect(try await bench.summary(id).state == .waiting(.release))
      #expect(bench.told.withLock { $0.contains { $0.weight == .alarm && $0.text.contains("no longer wants") } })
    }
  }
}
