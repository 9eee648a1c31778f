// The brake on a real ledger: what it stops, what it lets go, what counts as the last time, and what survives a crash.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Returns

struct BrakeStationTests {
  private static func configuration(
    _ send: SendDecision = .atOnce, kind: ReturnKind = .intendedDestinations, cohorts: [Cohort.Stage] = [.y11]
  ) -> Configuration {
    Synthetic.configuration(authorities: [
      Synthetic.authority(returns: [Synthetic.profile(kind, cohorts: cohorts, send: send)])
    ])
  }

  private static func rows(_ numbers: some Sequence<Int>, cohort: Cohort? = Synthetic.y11) -> [LeaverRow] {
    numbers.map { Synthetic.row($0, cohort: cohort) }
  }

  /// A world in which a first export of thirty leavers of Year 11 was released, and its station.
  private func accepted(
    _ configuration: Configuration = configuration(), rows: [LeaverRow] = rows(2..<32), columns: [Field] = []
  ) async throws -> (StationWorld, ReturnsStation) {
    let world = try await StationWorld(configuration)
    let station = world.station(configuration)
    try await world.export(rows, mark: "first", columns: columns)
    _ = try await station.pass()
    try await world.releaseAll()
    world.forget()
    return (world, station)
  }

  // MARK: What stops

  @Test func theFirstReturnWaitsAndSaysSo() async throws {
    let configuration = Self.configuration()
    let world = try await StationWorld(configuration)
    try await world.export(Self.rows(2..<32), mark: "1")
    _ = try await world.station(configuration).pass()
    let made = try #require(try await world.returns().first)
    #expect(made.state == .waiting(.brake))
    let said = "the first return of this kind: 30 leavers"
    #expect(try await world.brake(made.id) == [said])
    let todo = try #require(try await world.todo().first)
    #expect(todo.code == .returnBraked && todo.text.contains("waits because of its numbers: \(said)."))
    #expect(try await world.ledger.overview.history(of: "\(made.id)").contains { $0.text.contains(said) })
    let notes = try await world.ledger.returns.release(
      made.id, by: Person(name: "Pat Example", known: "login user"), why: nil)
    #expect(notes.map(\.code) == ["first-return"])
    #expect(try await world.returns().map(\.state) == [.queued])
    let history = try await world.ledger.overview.history(of: "\(made.id)")
    #expect(history.last?.text.hasSuffix("(released): although: \(said)") == true)
    #expect(try await world.todo().isEmpty)
    try await world.expectClean()
  }

  @Test func aReturnThatAPersonReleasesAnywayIsNoAlarmWhenItIsTheFirst() async throws {
    let configuration = Self.configuration(.onRelease)
    let world = try await StationWorld(configuration)
    try await world.export(Self.rows(2..<32), mark: "1")
    _ = try await world.station(configuration).pass()
    #expect(try await world.returns().map(\.state) == [.waiting(.release)])
    let todo = try #require(try await world.todo().first)
    #expect(todo.code == .returnToRelease)
    #expect(todo.text.contains("is ready for liverpool (the first return of this kind: 30 leavers). Look at it"))
  }

  @Test(arguments: [SendDecision.atOnce, .onRelease, .onDates([CalendarDate(uncheckedISO: "2026-09-30")])])
  func aMuchSmallerExportIsStopped(_ send: SendDecision) async throws {
    let (world, station) = try await accepted(Self.configuration(send))
    try await world.export(Self.rows(2..<26), mark: "2")
    _ = try await station.pass()
    let made = try #require(try await world.returns().last)
    #expect(made.state == .waiting(.brake))
    #expect(
      try await world.brake(made.id) == [
        "24 leavers, 30 the last time (−20 %)", "it takes the place of R1 (30 leavers), which had not gone",
      ])
    #expect(try await world.returns().map(\.state.name) == ["superseded", "waiting"])
    #expect(
      world.events.contains { $0.text.contains("waits until a person has looked at its numbers: 24 leavers, 30") })
    try await world.release(made.id)
    #expect(try await world.returns().last?.state == .queued)
    try await world.expectClean()
  }

  @Test func aLittleSmallerGoes() async throws {
    let (world, station) = try await accepted()
    try await world.export(Self.rows(2..<27), mark: "2")
    _ = try await station.pass()
    let made = try #require(try await world.returns().last)
    #expect(made.state == .queued)
    #expect(try await world.brake(made.id) == [])
    #expect(try await world.returns().map(\.state.name) == ["superseded", "queued"])
    try await world.expectClean()
  }

  @Test func whatTheAuthorityHasIsNotSaidToBeReplaced() async throws {
    let (world, station) = try await accepted()
    try await Self.deliver(try #require(try await world.returns().first).id, world)
    try await world.export(Self.rows(2..<20), mark: "2")
    _ = try await station.pass()
    let made = try #require(try await world.returns().last)
    #expect(made.state == .waiting(.brake))
    #expect(try await world.brake(made.id) == ["18 leavers, 30 the last time (−40 %)"])
    #expect(try await world.returns().first?.state == .delivered)
  }

  @Test func theLimitsAreTheSchools() async throws {
    let (world, _) = try await accepted()
    var lenient = Self.configuration()
    lenient.schools[0].brake = BrakePolicy(fewerLeavers: 90)
    try await world.export(Self.rows(2..<10), mark: "2")
    _ = try await world.station(lenient).pass()
    #expect(try await world.returns().last?.state == .queued)
  }

  @Test func unknownDestinationsErrorsAndColumns() async throws {
    let (world, station) = try await accepted(columns: [.upn, .postcode, .phone])
    let rows = (2..<32).map { number -> LeaverRow in
      number < 10 ? Synthetic.row(number, [.intendedDestination: "511"]) : Synthetic.row(number)
    }
    let findings = (12..<17).map { FindingNote(code: FindingCode(rawValue: "L110"), severity: .error, row: $0) }
    let warning = FindingNote(code: FindingCode(rawValue: "L111"), severity: .warning, row: 20)
    try await world.export(rows, mark: "2", columns: [.upn, .phone], findings: findings + [warning])
    _ = try await station.pass()
    let made = try #require(try await world.returns().last)
    #expect(made.state == .waiting(.brake))
    #expect(
      try await world.brake(made.id).dropLast() == [
        "27 % of the leavers without a known destination (8 of 30), 0 % the last time",
        "17 % of the rows held or with errors (5 of 30), 0 % the last time", "the column for postcode is gone",
      ])
    let shown = try #require(try await world.ledger.returns.toRelease().first)
    #expect(shown.isBraked && shown.summary.id == made.id && shown.schoolName == "Example High School")
    #expect(shown.inFull == 30 && shown.floorOnly == 0 && shown.fields.contains { $0.field == .phone })
    #expect(
      shown.measure == BrakeMeasure.Detail(rows: 30, doubtful: 5, unknown: 8, columns: [.upn, .phone]))
    #expect(shown.brake.map(\.code) == ["unknown-destinations", "errors", "columns-gone", "takes-the-place"])
    #expect(try await world.ledger.returns.toRelease(school: SchoolID(rawValue: "3414788")).isEmpty)
  }

  // MARK: What counts as the last time

  @Test func whatNobodyReleasedIsNoMeasure() async throws {
    let (world, station) = try await accepted()
    for (mark, count) in [("2", 10), ("3", 11)] {
      try await world.export(Self.rows(2..<(2 + count)), mark: mark)
      _ = try await station.pass()
      let made = try #require(try await world.returns().last)
      #expect(made.state == .waiting(.brake), "like the one before, which is right for nobody")
      #expect(try await world.brake(made.id).first?.hasPrefix("\(count) leavers, 30 the last time") == true)
    }
    try await world.releaseAll()
    try await world.export(Self.rows(2..<14), mark: "4")
    _ = try await station.pass()
    #expect(try await world.returns().last?.state == .queued, "12, 11 the last time")
  }

  @Test(arguments: ["withdrawn", "rejected"])
  func whatWasTakenBackIsNoMeasure(_ how: String) async throws {
    let (world, station) = try await accepted()
    try await Self.deliver(try #require(try await world.returns().first).id, world)
    try await world.export(Self.rows(2..<12), mark: "2")
    _ = try await station.pass()
    try await world.releaseAll()
    let wrong = try #require(try await world.returns().last).id
    if how == "withdrawn" {
      try await world.ledger.returns.withdraw(wrong, by: Person(name: "Pat", known: "login user"), why: nil)
    } else {
      try await Self.deliver(wrong, world)
      try await world.ledger.deliveries.apply(
        .acknowledged(.rejected), to: wrong, note: DeliveryNote(at: world.timekeeper.now()))
    }
    try await world.export(Self.rows(2..<13), mark: "3")
    _ = try await station.pass()
    let made = try #require(try await world.returns().last)
    #expect(try await world.brake(made.id) == ["11 leavers, 30 the last time (−63 %)"])
  }

  @Test func whatWentIsAMeasureAlsoWithoutARelease() async throws {
    let (world, station) = try await accepted()
    try await world.export(Self.rows(2..<40), mark: "2")
    _ = try await station.pass()
    let second = try #require(try await world.returns().last)
    #expect(second.state == .queued)
    try await Self.deliver(second.id, world)
    try await world.export(Self.rows(2..<32), mark: "3")
    _ = try await station.pass()
    #expect(
      try await world.brake(try #require(try await world.returns().last).id) == ["30 leavers, 38 the last time (−21 %)"]
    )
  }

  @Test func theSameAgainIsUnchangedAndStopsNothing() async throws {
    let (world, station) = try await accepted()
    let again = try await world.export(Self.rows(2..<32), mark: "2")
    _ = try await station.pass()
    #expect(try await world.returns().count == 1)
    #expect(try await world.state(again) == .decided)
    #expect(try await world.todo().isEmpty)
  }

  // MARK: A cohort that is gone

  private static let both = configuration(cohorts: [.y11, .y13])

  @Test func anEmptyExportSendsNothingAndSaysSo() async throws {
    let configuration = Self.configuration()
    let (world, station) = try await accepted(configuration)
    let empty = try await world.export(Self.rows(102..<112, cohort: nil), mark: "2")
    _ = try await station.pass()
    #expect(try await world.returns().map(\.state) == [.queued], "what waits is not withdrawn")
    let said =
      "no leavers of Y11-2026 for liverpool (intended-destinations), 30 the last time; nothing was sent or withdrawn"
    #expect(world.events.first { $0.isAlarm }?.text == "export \(empty) of school 3414787: \(said)")
    let todo = try #require(try await world.todo().first { $0.code == .cohortGone })
    #expect(todo.text.hasPrefix("\(empty) of Example High School has \(said)."))
    #expect(todo.subjects == ["\(empty)", "3414787", "liverpool"])
    #expect(try await world.ledger.overview.missing(from: empty) == [said])
    #expect(try await world.ledger.overview.history(of: "\(empty)").contains { $0.kind == .cohortGone })
    try await world.expectClean()
    // Again, and it is still said; put right, and it goes.
    try await world.export(Self.rows(102..<113, cohort: nil), mark: "3")
    _ = try await station.pass()
    #expect(try await world.todo().count { $0.code == .cohortGone } == 1)
    try await world.export(Self.rows(2..<33), mark: "4")
    _ = try await station.pass()
    #expect(try await world.todo().isEmpty)
    try await world.expectClean()
  }

  @Test func wherePupilsAreHeldItSaysThat() async throws {
    let (world, station) = try await accepted(Self.configuration(.onRelease))
    let rows = (2..<32).map { Synthetic.row($0, [.sharing: nil]) }
    try await world.export(rows, mark: "2")
    _ = try await station.pass()
    let told = try #require(world.events.first { $0.isAlarm })
    #expect(told.text.hasSuffix("30 the last time; 30 rows of it held or withheld; nothing was sent"))
    #expect(try await world.returns().map(\.state) == [.withdrawn], "nobody in it may go any more")
  }

  @Test func anotherCohortOfTheSameExportWaitsToo() async throws {
    let rows = Self.rows(2..<32) + Self.rows(40..<50, cohort: Synthetic.y13)
    let (world, station) = try await accepted(Self.both, rows: rows)
    try await world.export(Self.rows(40..<51, cohort: Synthetic.y13), mark: "2")
    _ = try await station.pass()
    let made = try #require(try await world.returns().last)
    #expect(made.cohort == Synthetic.y13 && made.state == .waiting(.brake))
    #expect(try await world.brake(made.id).first == "no leavers of Y11-2026, 30 the last time")
  }

  @Test func aSchoolMayExportItsCohortsByTurns() async throws {
    let (world, station) = try await accepted(Self.both)
    // The first time nobody can know.
    let sixth = try await world.export(Self.rows(40..<50, cohort: Synthetic.y13), mark: "2")
    _ = try await station.pass()
    #expect(
      try await world.brake(try #require(try await world.returns().last).id) == [
        "the first return of Y13-2026: 10 leavers", "no leavers of Y11-2026, 30 the last time",
      ])
    #expect(try await world.todo().contains { $0.subjects.contains("\(sixth)") && $0.code == .cohortGone })
    try await world.releaseAll()
    for (mark, rows) in [
      ("3", Self.rows(2..<33)), ("4", Self.rows(40..<51, cohort: Synthetic.y13)), ("5", Self.rows(2..<34)),
    ] {
      try await world.export(rows, mark: mark)
      _ = try await station.pass()
      let made = try #require(try await world.returns().last)
      #expect(made.state == .queued, "\(mark)")
      #expect(try await world.todo().isEmpty, "\(mark)")
    }
    try await world.expectClean()
  }

  @Test func aYoungerCohortTakesThePlaceOfAnOlder() async throws {
    let (world, station) = try await accepted()
    let next = Cohort(stage: .y11, leavingYear: 2027)
    try await world.export(Self.rows(102..<132, cohort: next), mark: "2")
    _ = try await station.pass()
    let made = try #require(try await world.returns().last)
    #expect(made.cohort == next && made.state == .waiting(.brake))
    #expect(try await world.brake(made.id) == ["the first return of Y11-2027: 30 leavers"])
    #expect(try await world.todo().map(\.code) == [.returnBraked])
  }

  @Test func anAuthorityThatHasNoLeaverAnyMoreIsSaidOnce() async throws {
    let configuration = Synthetic.configuration(authorities: [
      Synthetic.authority(returns: [Synthetic.profile(routedBy: .resident, send: .atOnce)]),
      Synthetic.authority("sefton", code: "343", returns: [Synthetic.profile(routedBy: .resident, send: .atOnce)]),
    ])
    let away = Synthetic.row(40, [.homeAuthority: "343", .postcode: nil])
    let (world, station) = try await accepted(configuration, rows: Self.rows(2..<32) + [away])
    for (mark, expected) in [("2", 1), ("3", 0)] {
      try await world.export(Self.rows(2..<(32 + (Int(mark) ?? 0))), mark: mark)
      _ = try await station.pass()
      let liverpools = try #require(
        try await world.returns(ReturnFilter(authority: AuthorityID(unchecked: "liverpool"))).last)
      #expect(liverpools.state == .queued)
      try await Self.deliver(liverpools.id, world)
      #expect(try await world.todo().count { $0.code == .cohortGone } == expected)
    }
  }

  // MARK: Crashes

  @Test(arguments: ["R1", "R2", "R3"])
  func killedBeforeTheDecisionNothingIsKeptAndTheNextStartSaysTheSame(_ step: String) async throws {
    let (world, _) = try await accepted(columns: [.upn, .postcode])
    let export = try await world.export(Self.rows(2..<20), mark: "2", columns: [.upn])
    let stopped = world.station(Self.configuration()) { if $0 == step { world.ledger.close() } }
    await #expect(throws: LedgerError.self) { try await stopped.pass() }
    let next = try await StationWorld(after: world)
    let draft = try #require(try await next.returns(ReturnFilter(export: export)).first)
    #expect(draft.state == .drafted)
    #expect(try await next.brake(draft.id) == [])
    _ = try await next.station(Self.configuration()).pass()
    #expect(try await next.returns().map(\.state) == [.superseded, .waiting(.brake)])
    #expect(
      try await next.brake(draft.id) == [
        "18 leavers, 30 the last time (−40 %)", "the column for postcode is gone",
        "it takes the place of R1 (30 leavers), which had not gone",
      ])
    #expect(try await next.ledger.returns.toRelease().first?.measure?.rows == 18)
    try await next.expectClean()
  }

  private static func deliver(_ id: ReturnID, _ world: StationWorld) async throws {
    for event in [ReturnEvent.started, .put, .temporaryReadBack(.equal), .renamed(.done), .finalReadBack(.equal)] {
      try await world.ledger.deliveries.apply(event, to: id, note: DeliveryNote(at: world.timekeeper.now()))
    }
  }
}
