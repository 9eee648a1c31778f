// The station on a real ledger: what it makes of exports, what it leaves alone, and what stops it.

import Leavers
import Ledger
import Profiles
import Synchronization
import Testing

@testable import Returns

struct ReturnsStationTests {
  private let sefton = Synthetic.authority("sefton", code: "343", returns: [Synthetic.profile(routedBy: .resident)])

  @Test func anExportBecomesAReturnThatWaitsForItsRelease() async throws {
    let world = try await StationWorld()
    let rows = [
      Synthetic.row(2), Synthetic.row(3, [.sharing: "NO"]), Synthetic.row(4, [.sharing: nil]),
      Synthetic.row(5, cohort: Synthetic.y13), Synthetic.row(6, verdict: .merged(into: 2)),
      Synthetic.row(7, verdict: .held(.noDateOfBirth)),
    ]
    let export = try await world.export(rows, mark: "1")
    #expect(try await world.station().pass() == Pass(didWork: true))
    let made = try #require(try await world.returns().first)
    #expect(made.state == .waiting(.release))
    #expect(made.sequence == 1)
    #expect(made.rows == 2)
    #expect(made.cycle == "2025/26")
    #expect(made.cohort == Synthetic.y11)
    #expect(made.instant == StationWorld.noon)
    #expect(made.fileName == "3414787_liverpool_intended-destinations_Y11-2026_0001.csv")
    #expect(made.way.publication == .twoStep)
    #expect(made.way.folder == "inbound")
    #expect(made.agreementReference == "DSA-2026-017")
    #expect(
      try await world.text(made)
        == "UPN,Surname,Forename,DOB,Address,Postcode,School,IntDest,Phone\r\n"
        + "\(Synthetic.upn(2)),EXAMPLE-2,Pat2,03/03/2010,2 Sample Street,L1 1AA,3414787,121,01514960102\r\n"
        + ",EXAMPLE-3,Pat3,04/03/2010,3 Sample Street,L1 1AA,3414787,,\r\n")
    let detail = try await world.ledger.returns.detail(made.id)
    #expect(detail.rows.map(\.disclosure) == [.full, .floor])
    #expect(detail.fields.contains { $0.field == .upn && $0.tier == .possession && $0.full && $0.count == 1 })
    #expect(!detail.fields.contains { $0.field == .upn && !$0.full })
    #expect(
      detail.totals == [
        CodeTotal(heading: "IntDest", code: "", lines: 1), CodeTotal(heading: "IntDest", code: "121", lines: 1),
      ])
    #expect(try await world.state(export) == .decided)
    #expect(
      world.events == [
        .ready(
          made.id, school: Synthetic.school().id, authority: made.authority, kind: .intendedDestinations,
          cohort: Synthetic.y11, rows: 2, floorRows: 1, next: .waiting(.release), brake: [.firstReturn(leavers: 2)]),
        .decided(export: export, school: Synthetic.school().id, rows: 6),
      ])
    #expect(try await world.station().pass() == Pass(didWork: false))
    try await world.expectClean()
  }

  @Test func theProfileSaysWhoDecidesThatItGoes() async throws {
    let date = CalendarDate(uncheckedISO: "2026-09-30")
    let configuration = Synthetic.configuration(authorities: [
      Synthetic.authority(returns: [
        Synthetic.profile(send: .atOnce), Synthetic.profile(.confirmedDestinations, send: .onDates([date])),
      ])
    ])
    let world = try await StationWorld(configuration)
    try await world.export([Synthetic.row(2)], mark: "1")
    _ = try await world.station(configuration).pass()
    #expect(try await world.returns().map(\.state) == [.waiting(.brake), .waiting(.brake)], "the first of their kind")
    try await world.releaseAll()
    try await world.export([Synthetic.row(2), Synthetic.row(3)], mark: "2")
    _ = try await world.station(configuration).pass()
    #expect(try await world.returns().suffix(2).map(\.state) == [.queued, .waiting(.date(date))])
  }

  /// Two authorities and two cohorts, each with a day of its own in the calendar.
  @Test func eachReturnWaitsForItsOwnDayOfTheCalendar() async throws {
    func authority(_ id: String, _ code: String) -> AuthorityProfile {
      Synthetic.authority(id, code: code, returns: [Synthetic.profile(cohorts: [.y11, .y13], send: .onCalendar)])
    }
    var configuration = Synthetic.configuration(authorities: [
      authority("liverpool", "341"), authority("wirral", "341"),
    ])
    let days = [
      ("liverpool", Synthetic.y11, "2026-07-01"), ("liverpool", Synthetic.y13, "2026-07-02"),
      ("wirral", Synthetic.y11, "2026-07-03"), ("wirral", Synthetic.y13, "2026-07-04"),
    ]
    configuration.calendar = ReturnCalendar(
      rules: days.map { id, cohort, day in
        ReturnCalendar.Rule(
          kind: .intendedDestinations, extent: .stage(cohort.stage), authority: AuthorityID(unchecked: id), opens: nil,
          due: nil, closes: nil, send: [.absolute(CalendarDate(uncheckedISO: day))])
      })
    let world = try await StationWorld(configuration)
    let rows = [Synthetic.row(2), Synthetic.row(3, cohort: Synthetic.y13)]
    try await world.export(rows, mark: "1")
    _ = try await world.station(configuration).pass()
    try await world.releaseAll()
    let more = [Synthetic.row(4), Synthetic.row(5, cohort: Synthetic.y13)]
    try await world.export(rows + more, mark: "2")
    _ = try await world.station(configuration).pass()
    let made = try await world.returns().suffix(4)
    for (id, cohort, day) in days {
      let one = made.first { $0.authority.rawValue == id && $0.cohort == cohort }
      #expect(one?.state == .waiting(.date(CalendarDate(uncheckedISO: day))), "\(id) \(cohort)")
    }
  }

  @Test func handOverAndPlainUploadsAreDraftedAsSuch() async throws {
    let authorities = [
      Synthetic.authority("liverpool"),
      Synthetic.authority("knowsley", code: "341"),
    ]
    let https = EndpointPlace.https(HTTPSEndpoint(url: "https://example.org", webDAV: false, ca: nil, certificate: nil))
    var direct = Synthetic.recipient("liverpool", https)
    direct.readBack = .size
    direct.removesFiles = true
    let configuration = Synthetic.configuration(
      authorities: authorities, recipients: [direct, Synthetic.recipient("knowsley", .handover(by: "portal"))])
    let world = try await StationWorld(configuration)
    try await world.export([Synthetic.row(2)], mark: "1")
    _ = try await world.station(configuration).pass()
    let made = try await world.returns()
    #expect(made.map(\.way.publication) == [.direct, .desk])
    #expect(made.map(\.way.folder) == ["inbound", "knowsley"])
    #expect(made.map(\.way.readBack) == [.size, .content])
    #expect(made.map(\.way.takesFiles) == [true, false])
  }

  @Test func theSameRowsAgainMakeNoNewReturn() async throws {
    let world = try await StationWorld()
    try await world.export([Synthetic.row(2), Synthetic.row(3)], mark: "1")
    _ = try await world.station().pass()
    world.forget()
    // In another order, with other numbers, a day later.
    world.timekeeper.advance(by: .seconds(86_400))
    let again = [Synthetic.record(3), Synthetic.record(2)].enumerated().map {
      LeaverRow(rowNumber: $0 + 2, cohort: Synthetic.y11, record: $1, verdict: .clear)
    }
    let second = try await world.export(again, mark: "2")
    _ = try await world.station().pass()
    let made = try await world.returns()
    #expect(made.map(\.state) == [.waiting(.release)])
    #expect(try await world.state(second) == .decided)
    #expect(
      world.events.first
        == .unchanged(
          export: second, school: Synthetic.school().id, authority: made[0].authority, kind: .intendedDestinations,
          cohort: Synthetic.y11, since: made[0].id))
    try await world.expectClean()
  }

  @Test func aChangedRowMakesAFullReturnThatTakesTheOldOnesPlace() async throws {
    let world = try await StationWorld()
    try await world.export([Synthetic.row(2), Synthetic.row(3)], mark: "1")
    _ = try await world.station().pass()
    try await world.export([Synthetic.row(2), Synthetic.row(3, [.intendedDestination: "211"])], mark: "2")
    _ = try await world.station().pass()
    let made = try await world.returns()
    #expect(made.map(\.state) == [.superseded, .waiting(.release)])
    #expect(made.map(\.sequence) == [1, 2])
    #expect(made.map(\.rows) == [2, 2])
    #expect(made[1].fileName?.hasSuffix("_0002.csv") == true)
    try await world.expectClean()
  }

  @Test(arguments: ["missing", "objected", "format"])
  func whatElseMakesANewReturn(_ change: String) async throws {
    let world = try await StationWorld()
    try await world.export([Synthetic.row(2), Synthetic.row(3)], mark: "1")
    _ = try await world.station().pass()
    var rows = [Synthetic.row(2), Synthetic.row(3)]
    var configuration = Synthetic.configuration()
    switch change {
    case "missing": rows.removeLast()
    case "objected": rows[1] = Synthetic.row(3, [.sharing: "NO"])
    default: configuration.authorities[0].returns[0].columns[0].name = "Unique Pupil Number"
    }
    try await world.export(rows, mark: "2")
    _ = try await world.station(configuration).pass()
    let made = try await world.returns()
    #expect(made.map(\.state) == [.superseded, .waiting(.release)])
    #expect(made[1].rows == rows.count)
    try await world.expectClean()
  }

  @Test func aFormatThatNobodyConfirmedSendsNobody() async throws {
    let configuration = Synthetic.configuration(authorities: [Synthetic.authority(evidence: .illustrative)])
    let world = try await StationWorld(configuration)
    let export = try await world.export([Synthetic.row(2)], mark: "1")
    _ = try await world.station(configuration).pass()
    #expect(try await world.returns().isEmpty)
    #expect(try await world.state(export) == .decided)
    try await world.expectClean()
  }

  @Test func aTrialSendsWhatIsMarkedTEST() async throws {
    let configuration = Synthetic.configuration(authorities: [Synthetic.authority(evidence: .trial)])
    let world = try await StationWorld(configuration)
    try await world.export(
      [Synthetic.row(2), Synthetic.row(3, [.legalSurname: "TEST-Three", .legalForename: "TEST"])], mark: "1")
    _ = try await world.station(configuration).pass()
    let made = try #require(try await world.returns().first)
    #expect(made.rows == 1)
    #expect(made.evidence == "trial")
    #expect(try await world.text(made).contains("TEST-THREE"))
  }

  @Test func onePupilUnderTwoNumbersStandsInNoReturn() async throws {
    let world = try await StationWorld()
    // The ledger knows them as one by the former number.
    let rows = [
      Synthetic.row(2), Synthetic.row(3, [.upn: Synthetic.upn(9), .formerUPN: Synthetic.upn(2)]), Synthetic.row(4),
    ]
    try await world.export(rows, mark: "1")
    _ = try await world.station().pass()
    let made = try #require(try await world.returns().first)
    #expect(made.rows == 1)
    #expect(try await world.text(made).contains("EXAMPLE-4"))
    try await world.expectClean()
  }

  @Test func eachCohortIsAReturnAndEachSchoolASeries() async throws {
    let other = Synthetic.school(laestab: "3414788")
    let configuration = Synthetic.configuration(
      schools: [Synthetic.school(), other],
      authorities: [Synthetic.authority(returns: [Synthetic.profile(cohorts: [.y11, .y13])])])
    let world = try await StationWorld(configuration)
    try await world.export([Synthetic.row(2), Synthetic.row(3, cohort: Synthetic.y13)], mark: "1")
    try await world.export([Synthetic.row(2)], school: other, mark: "1")
    _ = try await world.station(configuration).pass()
    let made = try await world.returns()
    #expect(
      made.map(\.fileName) == [
        "3414787_liverpool_intended-destinations_Y11-2026_0001.csv",
        "3414787_liverpool_intended-destinations_Y13-2026_0001.csv",
        "3414788_liverpool_intended-destinations_Y11-2026_0001.csv",
      ])
    try await world.expectClean()
  }

  @Test func anExportWithoutRowsIsDecided() async throws {
    let world = try await StationWorld()
    let export = try await world.export([], mark: "1")
    _ = try await world.station().pass()
    #expect(try await world.state(export) == .decided)
    #expect(try await world.returns().isEmpty)
    try await world.expectClean()
  }

  @Test func aReturnWhoseEveryPupilIsHeldBackNowIsTakenBack() async throws {
    let world = try await StationWorld()
    try await world.export([Synthetic.row(2)], mark: "1")
    _ = try await world.station().pass()
    world.forget()
    try await world.export([Synthetic.row(2, [.protectedAddress: "Y"])], mark: "2")
    _ = try await world.station().pass()
    let made = try await world.returns()
    #expect(made.map(\.state) == [.withdrawn])
    #expect(
      world.events.first
        == .takenBack(made[0].id, authority: made[0].authority, kind: .intendedDestinations, cohort: Synthetic.y11))
    try await world.expectClean()
  }

  @Test func whereOnePupilIsLeftTheNewReturnTakesTheOldOnesPlace() async throws {
    let world = try await StationWorld()
    try await world.export([Synthetic.row(2), Synthetic.row(3)], mark: "1")
    _ = try await world.station().pass()
    try await world.export([Synthetic.row(2), Synthetic.row(3, [.protectedAddress: "Y"])], mark: "2")
    _ = try await world.station().pass()
    let made = try await world.returns()
    #expect(made.map(\.state) == [.superseded, .waiting(.release)])
    #expect(made[1].rows == 1)
    #expect(!(try await world.text(made[1]).contains("EXAMPLE-3")))
    try await world.expectClean()
  }

  private static let residents = Synthetic.configuration(authorities: [
    Synthetic.authority(returns: [Synthetic.profile(.confirmedDestinations, routedBy: .resident)]),
    Synthetic.authority("sefton", code: "343"),
  ])

  @Test(arguments: ["moved away", "nothing to tell"])
  func aReturnWhoseEveryPupilBelongsElsewhereNowIsTakenBack(why: String) async throws {
    let world = try await StationWorld(Self.residents)
    try await world.export([Synthetic.row(2)], mark: "1")
    _ = try await world.station(Self.residents).pass()
    let liverpool = ReturnFilter(authority: AuthorityID(unchecked: "liverpool"))
    let made = try await world.returns(liverpool)
    #expect(made.map(\.state) == [.waiting(.release)])
    world.forget()
    let row =
      switch why {
      case "moved away": Synthetic.row(2, [.homeAuthority: "343", .postcode: nil])
      default: Synthetic.row(2, [.activity: nil])
      }
    try await world.export([row], mark: "2")
    _ = try await world.station(Self.residents).pass()
    #expect(try await world.returns(liverpool).map(\.state) == [.withdrawn])
    #expect(
      world.events.first
        == .takenBack(made[0].id, authority: made[0].authority, kind: .confirmedDestinations, cohort: Synthetic.y11))
    try await world.expectClean()
  }

  /// The authority is down for a day; what changes meanwhile still counts.
  @Test(arguments: [false, true]) func aReturnThatFailedToGoIsStillTakenBackOrReplaced(isReplaced: Bool) async throws {
    let world = try await StationWorld()
    try await world.export([Synthetic.row(2)] + (isReplaced ? [Synthetic.row(3)] : []), mark: "1")
    _ = try await world.station().pass()
    let first = try #require(try await world.returns().first)
    try await world.ledger.returns.release(first.id, by: Person(name: "Pat Example", known: "login user"), why: nil)
    for event in [ReturnEvent.started, .failed(.transient)] {
      try await world.ledger.deliveries.apply(event, to: first.id, note: DeliveryNote(at: world.timekeeper.now()))
    }
    try await world.export(
      [Synthetic.row(2, [.protectedAddress: "Y"])] + (isReplaced ? [Synthetic.row(3)] : []), mark: "2")
    _ = try await world.station().pass()
    #expect(
      try await world.returns().map(\.state) == (isReplaced ? [.superseded, .waiting(.release)] : [.withdrawn]))
    #expect(try await world.ledger.deliveries.withTemporaries(recipient: first.recipient).map(\.id) == [first.id])
    try await world.expectClean()
  }

  /// That it is sent again was decided by a person, who knows of the first sending.
  @Test func aReturnThatTheAuthorityMayHaveIsNotTakenBackByItself() async throws {
    let world = try await StationWorld()
    try await world.export([Synthetic.row(2)], mark: "1")
    _ = try await world.station().pass()
    let first = try #require(try await world.returns().first)
    let person = Person(name: "Pat Example", known: "login user")
    try await world.ledger.returns.release(first.id, by: person, why: nil)
    for event in [
      ReturnEvent.started, .put, .temporaryReadBack(.equal), .renamed(.done), .finalReadBack(.equal), .resend,
    ] {
      try await world.ledger.deliveries.apply(event, to: first.id, note: DeliveryNote(at: world.timekeeper.now()))
    }
    try await world.export([Synthetic.row(2, [.protectedAddress: "Y"])], mark: "2")
    _ = try await world.station().pass()
    #expect(try await world.returns().map(\.state) == [.queued], "a person wants it sent again")
    try await world.expectClean()
  }

  @Test func aReturnOfOtherPupilsIsNotTakenBack() async throws {
    let world = try await StationWorld()
    try await world.export([Synthetic.row(2)], mark: "1")
    _ = try await world.station().pass()
    try await world.export([Synthetic.row(3, [.protectedAddress: "Y"])], mark: "2")
    try await world.export([Synthetic.row(2, cohort: Synthetic.y13)], mark: "3")
    _ = try await world.station().pass()
    #expect(try await world.returns().map(\.state) == [.waiting(.release)])
    try await world.expectClean()
  }

  // MARK: What goes wrong

  @Test func aSchoolThatIsNotConfiguredStopsNoOther() async throws {
    let other = Synthetic.school(laestab: "3414788")
    let both = Synthetic.configuration(schools: [Synthetic.school(), other])
    let world = try await StationWorld(both)
    let lost = try await world.export([Synthetic.row(2)], school: other, mark: "1")
    let good = try await world.export([Synthetic.row(2)], mark: "1")
    let station = world.station()
    let pass = try await station.pass()
    // Nothing to wait for: only a changed configuration can help.
    #expect(pass == Pass(didWork: true))
    #expect(try await world.state(good) == .decided)
    #expect(try await world.state(lost) == .read)
    let told = world.events.filter { if case .failed = $0 { true } else { false } }
    #expect(told.count == 1)
    #expect(told.first?.text.contains("3414788") == true)
    // Told once, not at every pass; and gone on with as soon as the configuration has it again.
    _ = try await station.pass()
    #expect(world.events.filter { if case .failed = $0 { true } else { false } }.count == 1)
    await station.replace(configuration: both)
    _ = try await station.pass()
    #expect(try await world.state(lost) == .decided)
    try await world.expectClean()
  }

  @Test func aFailedSelfCheckStopsThatReturnAndNoOther() async throws {
    var strange = sefton
    // A heading that is written and not read again, so that the check of the stored bytes fails.
    let heading = String(repeating: "x", count: 1 << 17)
    strange.returns[0].columns.append(ReturnColumn(name: heading, source: .field(.course)))
    let configuration = Synthetic.configuration(authorities: [strange, Synthetic.authority()])
    let world = try await StationWorld(configuration)
    let first = try await world.export([Synthetic.row(2, [.homeAuthority: "343", .postcode: nil])], mark: "1")
    let drafted = Mutex(0)
    let station = world.station(configuration) { step in if step == "R1" { drafted.withLock { $0 += 1 } } }
    let pass = try await station.pass()
    #expect(pass.didWork)
    #expect(try await world.state(first) == .read)
    #expect(
      try await world.returns().map { "\($0.authority) \($0.state.name)" } == ["sefton drafted", "liverpool waiting"])
    #expect(world.events.filter(\.isAlarm).count == 1)

    // Not tried again, not told again, until something changes; a newer export goes on for the others only.
    let second = try await world.export([Synthetic.row(3, [.homeAuthority: "343", .postcode: nil])], mark: "2")
    _ = try await station.pass()
    _ = try await station.pass()
    #expect(world.events.filter(\.isAlarm).count == 1)
    #expect(drafted.withLock { $0 } == 3)
    #expect(try await world.state(second) == .read)
    #expect(
      try await world.returns().map { "\($0.authority) \($0.sequence) \($0.state.name)" }
        == ["sefton 1 drafted", "liverpool 1 superseded", "liverpool 2 waiting"])

    // A profile that can be written and read again: everything is decided, the older export first.
    var repaired = configuration
    repaired.authorities[0] = sefton
    await station.replace(configuration: repaired)
    _ = try await station.pass()
    #expect(try await world.state(first) == .decided)
    #expect(try await world.state(second) == .decided)
    let seftons = try await world.returns(ReturnFilter(authority: strange.id))
    #expect(seftons.map { "\($0.sequence) \($0.state.name)" } == ["1 superseded", "2 waiting"])
    try await world.expectClean()
  }

  @Test func aSandboxWithoutRecordStopsThatAuthorityOnly() async throws {
    var recipient = Synthetic.recipient("sefton")
    let empty = try TemporaryFolder()
    recipient.sandbox = empty.path
    let configuration = Synthetic.configuration(
      authorities: [sefton, Synthetic.authority()], recipients: [recipient, Synthetic.recipient("liverpool")])
    let world = try await StationWorld(configuration)
    let export = try await world.export([Synthetic.row(2)], mark: "1")
    let pass = try await world.station(configuration).pass()
    #expect(pass == Pass(didWork: true, next: world.timekeeper.monotonic() + .seconds(60)))
    #expect(try await world.returns().map(\.authority.rawValue) == ["liverpool"])
    #expect(try await world.state(export) == .read)
  }

  @Test func anUnknownRecipientStopsThatAuthorityOnly() async throws {
    let configuration = Synthetic.configuration(
      authorities: [sefton, Synthetic.authority()], recipients: [Synthetic.recipient("liverpool")])
    let world = try await StationWorld(configuration)
    try await world.export([Synthetic.row(2)], mark: "1")
    _ = try await world.station(configuration).pass()
    #expect(try await world.returns().map(\.authority.rawValue) == ["liverpool"])
  }

  @Test func anAuthorityThatIsConfiguredNoMoreGetsNothing() async throws {
    let both = Synthetic.configuration(authorities: [Synthetic.authority(), sefton])
    let world = try await StationWorld(both)
    let export = try await world.export(
      [Synthetic.row(2), Synthetic.row(3, [.homeAuthority: "343", .postcode: nil])], mark: "1")
    // Stops once the first authority is decided.
    let stopped = world.station(both) { step in if step == "R4" { world.ledger.close() } }
    await #expect(throws: LedgerError.self) { try await stopped.pass() }
    let next = try await StationWorld(after: world)
    _ = try await next.station(Synthetic.configuration()).pass()
    #expect(try await next.state(export) == .decided)
    #expect(try await next.returns().map(\.authority.rawValue) == ["liverpool"])
    try await next.expectClean()
  }

  @Test func theScopeFollowsTheConfigurationUntilSomethingIsDrafted() async throws {
    let world = try await StationWorld()
    let export = try await world.export([Synthetic.row(2)], mark: "1")
    try await world.ledger.returns.setScope(
      export, [ScopeEntry(authority: AuthorityID(unchecked: "elsewhere"), kind: .intendedDestinations)])
    _ = try await world.station().pass()
    #expect(try await world.ledger.returns.scope(of: export).map(\.entry.authority.rawValue) == ["liverpool"])
  }

  @Test func aClosedLedgerIsToldToTheCaller() async throws {
    let world = try await StationWorld()
    try await world.export([Synthetic.row(2)], mark: "1")
    let station = world.station()
    world.ledger.close()
    await #expect(throws: LedgerError.self) { try await station.pass() }
    #expect(world.events.isEmpty)
  }

  @Test func aCancelledPassIsNoFailure() async throws {
    let two = Synthetic.configuration(authorities: [Synthetic.authority(), sefton])
    let world = try await StationWorld(two)
    let export = try await world.export([Synthetic.row(2)], mark: "1")
    let station = world.station(two) { step in
      if step == "R4" { withUnsafeCurrentTask { $0?.cancel() } }
    }
    await #expect(throws: CancellationError.self) { try await Task { try await station.pass() }.value }
    #expect(!world.events.contains { if case .failed = $0 { true } else { false } })
    #expect(try await world.state(export) == .read)
    _ = try await world.station(two).pass()
    #expect(try await world.state(export) == .decided)
    try await world.expectClean()
  }

  @Test func noEventNamesAPupil() async throws {
    let world = try await StationWorld()
    try await world.export([Synthetic.row(2), Synthetic.row(3, [.sharing: nil])], mark: "1")
    _ = try await world.station().pass()
    let text = world.events.map { "\($0) \($0.text)" }.joined().uppercased()
    #expect(!text.contains("EXAMPLE-"))
    #expect(!text.contains(Synthetic.upn(2)))
  }
}
