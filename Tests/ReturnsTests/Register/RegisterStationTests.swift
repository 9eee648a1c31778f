// What decisions of the register change in returns: the next ones, and those that wait or are queued.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Returns

struct RegisterStationTests {
  private static let school = Synthetic.school()
  private static let person = Person(name: "Pat Example", known: "file owner")
  private static let particulars = RegisterParticulars(decidedBy: "mother", how: "letter", recordedBy: person)
  private static let yesterday = Synthetic.day.adding(days: -1)

  private static func configuration(
    _ agreement: Agreement = Synthetic.agreement(), columns: [ReturnColumn] = Synthetic.columns
  ) -> Configuration {
    Synthetic.configuration(authorities: [
      Synthetic.authority(
        agreements: [agreement],
        returns: [
          Synthetic.profile(send: .atOnce, columns: columns),
          Synthetic.profile(.confirmedDestinations, send: .atOnce, columns: columns),
        ])
    ])
  }

  /// A world with an export of three, of which both returns are queued; gives the pupils.
  private func queued(
    _ configuration: Configuration = configuration(), _ rows: [LeaverRow] = [2, 3, 4].map { Synthetic.row($0) }
  ) async throws -> (StationWorld, ReturnsStation, [PupilID]) {
    let world = try await StationWorld(configuration)
    let station = world.station(configuration)
    let export = try await world.export(rows, mark: "1")
    _ = try await station.pass()
    try await world.releaseAll()
    world.forget()
    return (world, station, try await world.ledger.returns.rows(of: export).compactMap(\.pupil))
  }

  private func enter(
    _ decision: RegisterDecision, _ pupil: PupilID, _ scope: RegisterScope = .all,
    on day: CalendarDate = yesterday, in world: StationWorld
  ) async throws {
    try await world.ledger.register.enter(
      decision, about: pupil, scope: scope, decidedOn: day, particulars: Self.particulars)
  }

  /// The newest return of a kind.
  private func newest(
    _ world: StationWorld, _ kind: ReturnKind = .intendedDestinations
  ) async throws -> ReturnSummary {
    try #require(try await world.returns(ReturnFilter(kind: kind)).last)
  }

  private func fates(_ world: StationWorld, _ export: Int64, _ kind: ReturnKind = .intendedDestinations) async throws
    -> [FateKind: Int]
  {
    let lines = try await world.ledger.overview.conservation(export: ExportID(rawValue: export))
    return try #require(lines.first { $0.kind == kind }).counts.filter { $0.value > 0 }
  }

  // MARK: Sharing refused

  @Test func aRefusalStopsWhatIsQueuedAndMakesItAnewAtTheFloor() async throws {
    let (world, station, pupils) = try await queued()
    let before = try await newest(world)
    #expect(before.state == .queued)
    try await enter(.sharingRefused, pupils[1], in: world)
    #expect(try await world.returns().map(\.state) == [.waiting(.objection), .waiting(.objection)], "at once")
    _ = try await station.pass()
    let after = try await newest(world)
    #expect(after.id != before.id && after.state == .queued)
    #expect(try await world.ledger.returns.detail(after.id).rows.map(\.disclosure) == [.full, .floor, .full])
    #expect(try await world.ledger.deliveries.summary(of: before.id).state == .superseded)
    #expect(try await world.state(ExportID(rawValue: 2)) == .decided)
    #expect(try await fates(world, 1) == [.superseded: 3])
    #expect(try await fates(world, 2) == [.sent: 3])
    #expect(world.events.contains { if case .renewed = $0 { true } else { false } })
    #expect(try await station.pass() == Pass(didWork: false), "once")
    try await world.expectClean()
  }

  @Test func anExportDoesNotTakeItBackAndTheRegisterDoes() async throws {
    let (world, station, pupils) = try await queued()
    try await enter(.sharingRefused, pupils[0], in: world)
    _ = try await station.pass()
    try await world.export([2, 3, 4, 5].map { Synthetic.row($0) }, mark: "2")
    _ = try await station.pass()
    #expect(try await world.ledger.returns.detail(newest(world).id).rows.first?.disclosure == .floor)
    try await enter(.refusalWithdrawn, pupils[0], on: Synthetic.day, in: world)
    _ = try await station.pass()
    #expect(
      try await world.ledger.returns.detail(newest(world).id).rows.map(\.disclosure) == [.full, .full, .full, .full])
    try await world.expectClean()
  }

  @Test func aWithdrawalThatIsOlderThanTheRefusalDoesNothing() async throws {
    let (world, station, pupils) = try await queued()
    try await enter(.sharingRefused, pupils[0], in: world)
    try await enter(.refusalWithdrawn, pupils[0], on: Self.yesterday.adding(days: -1), in: world)
    _ = try await station.pass()
    #expect(try await world.ledger.returns.detail(newest(world).id).rows.first?.disclosure == .floor)
  }

  @Test func whatAnExportRefusesTheRegisterDoesNotGive() async throws {
    let rows = [Synthetic.row(2, [.sharing: "NO"]), Synthetic.row(3)]
    let (world, station, pupils) = try await queued(Self.configuration(), rows)
    try await enter(.refusalWithdrawn, pupils[0], in: world)
    _ = try await station.pass()
    #expect(try await world.ledger.returns.detail(newest(world).id).rows.map(\.disclosure) == [.floor, .full])
    #expect(try await world.returns().allSatisfy { $0.state == .queued }, "nothing changed, nothing is made anew")
    try await world.expectClean()
  }

  @Test func aRefusalOfOneKindLeavesTheOthers() async throws {
    let (world, station, pupils) = try await queued()
    let other = try await newest(world, .confirmedDestinations)
    try await enter(
      .sharingRefused, pupils[0],
      RegisterScope(authority: other.authority, kind: .intendedDestinations), in: world)
    _ = try await station.pass()
    #expect(try await newest(world, .confirmedDestinations) == other)
    #expect(try await world.ledger.returns.detail(newest(world).id).rows.first?.disclosure == .floor)
  }

  @Test func aBasisWithoutObjectionGoesOn() async throws {
    let (world, station, pupils) = try await queued(Self.configuration(Synthetic.agreement(basis: .esa2008s13)))
    try await enter(.sharingRefused, pupils[0], in: world)
    _ = try await station.pass()
    #expect(try await world.returns().allSatisfy { $0.state == .queued })
    #expect(try await world.returns().count == 2)
  }

  @Test func aDecisionThatLiesAheadWaitsForItsDay() async throws {
    let (world, station, pupils) = try await queued()
    try await enter(.sharingRefused, pupils[0], on: Synthetic.day.adding(days: 1), in: world)
    let pass = try await station.pass()
    #expect(!pass.didWork)
    let midnight = LondonTime.timestamp(on: Synthetic.day.adding(days: 1))
    #expect(pass.next == world.timekeeper.monotonic() + world.timekeeper.now().duration(to: midnight))
    #expect(try await newest(world).state == .queued)
    world.timekeeper.advance(by: .seconds(86_400))
    _ = try await station.pass()
    #expect(try await world.ledger.returns.detail(newest(world).id).rows.first?.disclosure == .floor)
  }

  // MARK: The others

  @Test func aProtectedAddressIsRoutedByAPerson() async throws {
    let (world, station, pupils) = try await queued()
    try await enter(.addressProtected, pupils[0], in: world)
    _ = try await station.pass()
    let made = try await newest(world)
    #expect(made.rows == 2 && made.state == .queued)
    #expect(try await !world.text(made).contains("EXAMPLE-2"))
    #expect(try await fates(world, 2) == [.sent: 2, .held: 1])
    #expect(try await world.todo().contains { $0.code == .rowsHeld && $0.text.contains("address is protected") })
    try await enter(.addressNoLongerProtected, pupils[0], on: Synthetic.day, in: world)
    _ = try await station.pass()
    #expect(try await newest(world).rows == 3)
    try await world.expectClean()
  }

  @Test func whoIsNotToBeContactedGoesWithoutTelephone() async throws {
    let columns =
      Synthetic.columns + [
        ReturnColumn(name: "Email", source: .field(.email)), ReturnColumn(name: "Parent", source: .field(.parentName)),
      ]
    let (world, station, pupils) = try await queued(Self.configuration(columns: columns))
    let before = try await newest(world)
    try await enter(.doNotContact, pupils[0], in: world)
    #expect(try await newest(world).state == .waiting(.objection))
    _ = try await station.pass()
    let made = try await newest(world)
    #expect(made.id != before.id && made.state == .queued && made.rows == 3)
    let lines = try await world.text(made).split(separator: "\r\n")
    #expect(lines[1].hasSuffix(",2 Sample Street,L1 1AA,3414787,121,,,"), "the row goes, and nothing to contact by")
    #expect(lines[2].contains("pupil3@example.org"))
    // What was made under it is not stopped by it.
    #expect(try await world.ledger.deliveries.objections(in: made.id).count == 0)
    _ = try await station.pass()
    #expect(try await newest(world) == made)
    try await world.expectClean()
  }

  @Test func nothingGoesOutAboutSomebodyWhoDied() async throws {
    let rows = [Synthetic.row(2), Synthetic.row(3), Synthetic.row(4, verdict: .held(.noDateOfBirth))]
    let (world, station, pupils) = try await queued(Self.configuration(), rows)
    try await enter(.deceased, pupils[0], in: world)
    try await enter(.deceased, pupils[2], in: world)
    _ = try await station.pass()
    #expect(try await newest(world).rows == 1)
    #expect(try await fates(world, 2) == [.sent: 1, .withheld: 2])
    #expect(try await world.ledger.overview.keptRows(of: ExportID(rawValue: 2)).allSatisfy { $0.reason == "deceased" })
    #expect(try await !world.todo().contains { $0.code == .rowsHeld || $0.code == .rowsUnrouted })
    try await enter(.notDeceased, pupils[0], in: world)
    _ = try await station.pass()
    #expect(try await newest(world).rows == 2)
    try await world.expectClean()
  }

  @Test func theLastOfACohortIsTakenBack() async throws {
    let (world, station, pupils) = try await queued(Self.configuration(), [Synthetic.row(2)])
    try await enter(.deceased, pupils[0], in: world)
    _ = try await station.pass()
    #expect(try await world.returns().allSatisfy { $0.state == .withdrawn })
    try await world.expectClean()
  }

  @Test func nobodyIsAskedAboutSomebodyWhoDied() async throws {
    var configuration = Self.configuration()
    configuration.schools[0].exportsAre = .full
    let (world, station, pupils) = try await queued(configuration, (2..<32).map { Synthetic.row($0) })
    try await enter(.deceased, pupils[0], in: world)
    try await world.export((5..<32).map { Synthetic.row($0) }, mark: "2")
    _ = try await station.pass()
    _ = try await station.pass()
    let questions = try await world.ledger.questions.open(school: Self.school.id)
    #expect(questions.map(\.pupil) == [pupils[1], pupils[2]])
    // Answered by the entry, and an entry by the answer.
    try await enter(.deceased, pupils[1], in: world)
    #expect(try await world.ledger.questions.open(school: Self.school.id).map(\.pupil) == [pupils[2]])
    #expect(try await world.ledger.questions.answer(of: questions[0].id) == .died)
    try await world.ledger.questions.answer(questions[1].id, .died, by: Self.person)
    #expect(try await world.ledger.register.deceased(school: Self.school.id) == Set(pupils[0...2]))
    #expect(try await world.ledger.register.entries(of: pupils[2]).all.map(\.decision) == [.deceased])
    try await world.expectClean()
  }

  // MARK: Consent to tracking

  @Test func anAgreementMayDemandConsentToTracking() async throws {
    var agreement = Synthetic.agreement()
    agreement.consent = .tracking
    let configuration = Self.configuration(agreement)
    let (world, station, pupils) = try await queued(configuration)
    #expect(try await world.returns().isEmpty)
    #expect(
      try await world.ledger.overview.keptRows(of: ExportID(rawValue: 1)).allSatisfy {
        $0.reason == "no-tracking-consent"
      })
    try await enter(.trackingConsented, pupils[0], in: world)
    _ = try await station.pass()
    try await world.releaseAll()
    let made = try await newest(world)
    #expect(made.rows == 1)
    try await enter(.trackingConsentWithdrawn, pupils[0], on: Synthetic.day, in: world)
    #expect(try await newest(world).state == .waiting(.objection))
    _ = try await station.pass()
    #expect(try await newest(world).state == .withdrawn)
    try await world.expectClean()
  }

  @Test func whereNoneIsDemandedItIsOnlyKept() async throws {
    let (world, station, pupils) = try await queued()
    try await enter(.trackingConsentWithdrawn, pupils[0], in: world)
    #expect(try await station.pass() == Pass(didWork: false))
    #expect(try await world.returns().allSatisfy { $0.state == .queued })
  }

  // MARK: Going through rows again

  @Test func cohortsThatComeByTurnsAreNotMixedUp() async throws {
    let configuration = Synthetic.configuration(authorities: [
      Synthetic.authority(returns: [Synthetic.profile(cohorts: [.y11, .y13], send: .atOnce)])
    ])
    let world = try await StationWorld(configuration)
    let station = world.station(configuration)
    let sixth = try await world.export(
      [Synthetic.row(2, cohort: Synthetic.y13), Synthetic.row(3, cohort: Synthetic.y13), Synthetic.row(4)], mark: "1")
    _ = try await station.pass()
    try await world.export([Synthetic.row(4, [.intendedDestination: "211"])], mark: "2")
    _ = try await station.pass()
    try await world.releaseAll()
    let before = try await world.returns()
    let pupil = try #require(try await world.ledger.returns.rows(of: sixth).first?.pupil)
    try await enter(.sharingRefused, pupil, in: world)
    world.forget()
    _ = try await station.pass()
    let after = try await world.returns()
    #expect(after.count == before.count + 1)
    let made = try #require(after.last)
    #expect(made.cohort == Synthetic.y13 && made.rows == 2)
    #expect(try await world.text(made).contains("EXAMPLE-3,Pat3"))
    #expect(try await newest(world).cohort == Synthetic.y13)
    // What Year 11 said last still stands: nothing older takes its place.
    let y11 = try #require(after.last { $0.cohort == Synthetic.y11 })
    #expect(try await world.text(y11).contains(",211,") && y11.state == .queued)
    #expect(!world.events.contains { if case .cohortGone = $0 { true } else { false } })
    try await world.expectClean()
  }

  @Test func anExportThatIsStillDecidedComesFirst() async throws {
    let (world, _, pupils) = try await queued()
    try await world.export([Synthetic.row(2), Synthetic.row(3)], mark: "2")
    try await enter(.sharingRefused, pupils[0], in: world)
    #expect(try await world.ledger.register.renew(schools: [Self.school.id], consents: false).isEmpty)
    let station = world.station(Self.configuration())
    while try await station.pass().didWork {}
    #expect(try await world.ledger.returns.detail(newest(world).id).rows.map(\.disclosure) == [.floor, .full])
    try await world.expectClean()
  }

  @Test func whatWentAlreadyIsToldAndMadeAnew() async throws {
    let (world, station, pupils) = try await queued()
    let sent = try await newest(world)
    for event: ReturnEvent in [
      .started, .put, .temporaryReadBack(.equal), .renamed(.done), .finalReadBack(.equal),
    ] {
      try await world.ledger.deliveries.apply(event, to: sent.id, note: DeliveryNote(at: StationWorld.noon))
    }
    try await enter(.deceased, pupils[0], in: world)
    let todo = try #require(
      try await world.todo().first { $0.code == .returnObjected && $0.subjects[0] == "\(sent.id)" })
    #expect(
      todo.text
        == "Tell liverpool what may no longer be used of \(sent.id) (the notice to send lies on the desk, in out/notices; then: leaverlink told \(sent.id) --notice NUMBER, or the release sheet): since it was made, of 1 leaver: deceased"
    )
    _ = try await station.pass()
    #expect(try await newest(world).rows == 2)
    try await world.expectClean()
  }

  /// A pack lies on the desk until a person does something: what is newer does not take it from there.
  @Test func aPackOfBeforeIsToldOfAndNotHandedOver() async throws {
    let configuration = Synthetic.configuration(
      authorities: [Synthetic.authority(returns: [Synthetic.profile(send: .atOnce)])],
      recipients: [Synthetic.recipient("liverpool", .handover(by: "the portal"))])
    let (world, station, pupils) = try await queued(configuration)
    func prepare() async throws -> ReturnSummary {
      let item = try await newest(world)
      for event: ReturnEvent in [.started, .put, .temporaryReadBack(.equal), .renamed(.done), .finalReadBack(.equal)] {
        try await world.ledger.deliveries.apply(event, to: item.id, note: DeliveryNote(at: StationWorld.noon))
      }
      return try await world.ledger.deliveries.summary(of: item.id)
    }
    let old = try await prepare()
    #expect(old.state == .prepared)
    try await enter(.sharingRefused, pupils[0], in: world)
    _ = try await station.pass()
    let new = try await prepare()
    #expect(new.id != old.id && new.state == .prepared)
    let todo = try await world.todo()
    #expect(todo.filter { $0.subjects[0] == "\(old.id)" }.map(\.code) == [.returnObjected])
    #expect(todo.filter { $0.subjects[0] == "\(new.id)" }.map(\.code) == [.returnToHandOver])
    await #expect(throws: LedgerError.self) {
      try await world.ledger.returns.handedOver(old.id, by: Self.person, evidence: nil)
    }
    try await world.ledger.returns.withdraw(old.id, by: Self.person, why: nil)
    try await world.ledger.returns.handedOver(new.id, by: Self.person, evidence: nil)
    #expect(try await world.todo().map(\.code) == [.packToTakeAway])
    try await world.expectClean()
  }
}
