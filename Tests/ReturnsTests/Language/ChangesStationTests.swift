// Files of changes, and pupils who move from one authority to another.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Returns

struct ChangesStationTests {
  private static func columns(_ more: [ReturnColumn]) -> [ReturnColumn] {
    [
      ReturnColumn(name: "UPN", source: .field(.upn)), ReturnColumn(name: "Surname", source: .field(.legalSurname)),
      ReturnColumn(name: "Plan", source: .field(.intendedDestination), required: true),
    ] + more
  }

  static func authority(
    _ id: String, _ code: String, _ more: [ReturnColumn] = [], routedBy: RoutingRule = .resident, changes: Bool = false
  ) -> AuthorityProfile {
    var profile = Synthetic.profile(routedBy: routedBy, send: .atOnce, columns: columns(more))
    profile.changesOnly = changes
    return Synthetic.authority(id, code: code, returns: [profile])
  }

  /// As the far side would have it: delivered and read back.
  func deliverAll(_ world: StationWorld) async throws {
    try await world.releaseAll()
    for item in try await world.returns(ReturnFilter(states: ["queued"])) {
      for event: ReturnEvent in [
        .started, .put, .temporaryReadBack(.equal), .renamed(.done), .finalReadBack(.equal),
      ] {
        try await world.ledger.deliveries.apply(event, to: item.id, note: DeliveryNote(at: world.timekeeper.now()))
      }
    }
  }

  func texts(_ world: StationWorld, _ authority: String) async throws -> [String] {
    var texts: [String] = []
    for item in try await world.returns(ReturnFilter(authority: AuthorityID(unchecked: authority))) {
      texts.append(try await world.text(item).replacing("\r\n", with: "|"))
    }
    return texts
  }

  func pass(_ world: StationWorld, _ configuration: Configuration, _ rows: [LeaverRow], _ mark: String)
    async throws
  {
    try await world.export(rows, mark: mark)
    _ = try await world.station(configuration).pass()
  }

  func fates(_ world: StationWorld, _ mark: Int64) async throws -> [String] {
    try await world.ledger.overview.decisions(of: ExportID(rawValue: mark)).lines.map { line in
      "\(line.authority) "
        + line.counts.filter { $0.value > 0 }.map { "\($0.key.rawValue) \($0.value)" }.sorted().joined(separator: ", ")
    }
  }

  @Test func oneChangedPostcodeChangesTheOneReturnWhoseAuthoritySeesPostcodes() async throws {
    let postcode = ReturnColumn(name: "Postcode", source: .field(.postcode))
    let configuration = Synthetic.configuration(authorities: [
      Self.authority("liverpool", "341", [postcode], routedBy: .educated),
      Self.authority("sefton", "341", routedBy: .educated),
    ])
    let world = try await StationWorld(configuration)
    let rows = [Synthetic.row(2), Synthetic.row(3)]
    try await pass(world, configuration, rows, "1")
    try await deliverAll(world)
    // The same export twice makes no second return.
    try await pass(world, configuration, rows, "2")
    #expect(try await world.returns().count == 2)
    try await pass(world, configuration, [rows[0], Synthetic.row(3, [.postcode: "L1 2BB"])], "3")
    #expect(try await world.returns().map(\.authority.rawValue) == ["liverpool", "sefton", "liverpool"])
    #expect(try await texts(world, "liverpool").last?.contains("L1 2BB") == true)
    try await world.expectClean()
  }

  /// What `status` and `todo` say of the year comes from what was kept at the decision.
  @Test func theLedgerKnowsHowACohortStandsWithoutOpeningARecord() async throws {
    let configuration = Synthetic.configuration(authorities: [Self.authority("liverpool", "341", routedBy: .educated)])
    let world = try await StationWorld(configuration)
    let rows = [Synthetic.row(2), Synthetic.row(3, [.intendedDestination: "511"]), Synthetic.row(4, cohort: nil)]
    try await pass(world, configuration, rows, "1")
    func coverage(_ year: Int) async throws -> [CohortCoverage] {
      try await world.ledger.overview.coverage(since: year)
    }
    var found = try #require(try await coverage(2026).first)
    #expect(found.cohort == Synthetic.y11 && found.leavers == 2 && found.without == 1)
    #expect(found.delivered == .nothing)
    #expect(try await coverage(2027) == [])
    try await deliverAll(world)
    found = try #require(try await coverage(2026).first)
    #expect(found.delivered == .newest)
    // The newest export is what counts, and what was made of it waits.
    try await pass(world, configuration, [Synthetic.row(2), Synthetic.row(3)], "2")
    found = try #require(try await coverage(2026).first)
    #expect(found.leavers == 2 && found.without == 0 && found.delivered == .older)
    #expect(try await coverage(2026).count == 1)
    try await deliverAll(world)
    found = try #require(try await coverage(2026).first)
    #expect(found.delivered == .newest)
    // A sheet has the whole cohort as well: intake carries on whom it does not name.
    _ = try await world.export(
      [Synthetic.row(2), Synthetic.row(3, [.intendedDestination: "511"])], mark: "3", series: .sheet)
    _ = try await world.station(configuration).pass()
    found = try #require(try await coverage(2026).first)
    #expect(found.leavers == 2 && found.without == 1 && found.delivered == .older)
  }

  /// Whom intake holds is held from every authority; an authority's cohort is short of those who are surely its own.
  @Test func whoIsHeldCountsAtTheAuthorityThatItIsSurely() async throws {
    let configuration = Synthetic.configuration(authorities: [
      Self.authority("liverpool", "341"), Self.authority("sefton", "343"),
    ])
    let world = try await StationWorld(configuration)
    let held = RowVerdict.held(.noDateOfBirth)
    try await pass(
      world, configuration,
      [
        Synthetic.row(2), Synthetic.row(3, verdict: held), Synthetic.row(4, [.homeAuthority: "343"]),
        Synthetic.row(5, [.yearGroup: "13"], cohort: Synthetic.y13, verdict: held),
        Synthetic.row(6, [.intendedDestination: nil]),
      ], "1")
    let found = try await world.ledger.overview.coverage(since: 2026)
    #expect(found.map(\.authority.rawValue) == ["liverpool", "sefton"])
    // Whose plan is missing is held where the profile demands one.
    #expect(found.map(\.leavers) == [1, 1] && found.map(\.held) == [2, 0])
  }

  @Test func aCodeWithoutAMappingIsNamedWithItsPupils() async throws {
    var profile = Synthetic.profile(.confirmedDestinations, routedBy: .educated)
    profile.columns = [
      ReturnColumn(name: "Surname", source: .field(.legalSurname)),
      ReturnColumn(name: "Doing", source: .field(.activity), map: ["230": "FE"]),
    ]
    let agreement = Synthetic.agreement([.confirmedDestinations], special: true)
    let configuration = Synthetic.configuration(authorities: [
      Synthetic.authority(code: "341", agreements: [agreement], returns: [profile])
    ])
    let world = try await StationWorld(configuration)
    let codes = ["230", "310", "310", "640"]
    try await pass(
      world, configuration, codes.enumerated().map { Synthetic.row($0 + 2, [.activity: $1]) }, "1")
    let told = world.events.compactMap { event -> String? in
      if case .codeUnknown = event { event.text } else { nil }
    }
    #expect(told.count == 2)
    #expect(told[0].contains("column Doing has nothing for a sensitive code, so that a pupil waits: P"))
    #expect(told[1].contains("column Doing has nothing for code 310, so that 2 pupils wait: P"))
    #expect(!told[0].contains("640"))
  }

  @Test func earlyLeaversOfADayGoTogetherOnTheNext() async throws {
    var profile = Synthetic.profile(.earlyLeavers, cohorts: [.y12], routedBy: .educated, send: .atOnce)
    profile.columns = Self.columns([]).dropLast()
    let configuration = Synthetic.configuration(authorities: [Synthetic.authority(code: "341", returns: [profile])])
    let world = try await StationWorld(configuration)
    let y12 = Cohort(stage: .y12, leavingYear: 2026)
    func left(_ number: Int) -> LeaverRow { Synthetic.row(number, [.leavingDate: "2026-02-13"], cohort: y12) }
    try await pass(world, configuration, [left(2)], "1")
    try await world.releaseAll()
    try await deliverAll(world)
    try await pass(world, configuration, [left(2), left(3)], "2")
    try await pass(world, configuration, [left(2), left(3), left(4)], "3")
    let tomorrow = Synthetic.day.adding(days: 1)
    let states = try await world.returns().map(\.state)
    #expect(states.suffix(2) == [.superseded, .waiting(.date(tomorrow))])
    // The next day it goes, once, and whoever is told of on that day waits for the one after.
    world.timekeeper.advance(by: .seconds(86_400))
    for item in try await world.ledger.deliveries.dated(recipient: RecipientID(unchecked: "liverpool")) {
      _ = try await world.ledger.deliveries.apply(
        .dateReached, to: item.id, note: DeliveryNote(at: world.timekeeper.now()))
    }
    try await deliverAll(world)
    try await pass(world, configuration, [left(2), left(3), left(4)], "4")
    try await pass(world, configuration, [left(2), left(3), left(4), left(5)], "5")
    #expect(
      try await world.returns().map(\.state)
        == [.delivered, .superseded, .delivered, .waiting(.date(tomorrow.adding(days: 1)))])
    let delivered = try await texts(world, "liverpool")[2]
    #expect(delivered == "UPN,Surname|" + (2...4).map { "\(Synthetic.upn($0)),Example-\($0)|" }.joined())
    try await world.expectClean()
  }

  @Test func aMoveMakesAClosingAndAnOpeningRecord() async throws {
    let mark = ReturnColumn(name: "Status", form: CellForm(.moved(moved: "T", otherwise: "P")))
    let to = ReturnColumn(name: "To", source: .field(.homeAuthority))
    let phone = ReturnColumn(name: "Phone", source: .field(.phone))
    let configuration = Synthetic.configuration(authorities: [
      Self.authority("liverpool", "341", [mark, to, phone]), Self.authority("sefton", "343"),
    ])
    let world = try await StationWorld(configuration)
    try await pass(world, configuration, [Synthetic.row(2), Synthetic.row(3)], "1")
    try await deliverAll(world)
    let moved = [Synthetic.row(2), Synthetic.row(3, [.homeAuthority: "343"])]
    try await pass(world, configuration, moved, "2")
    // What is new of the pupil is the new authority's alone.
    #expect(
      try await texts(world, "liverpool").last
        == "UPN,Surname,Plan,Status,To,Phone|\(Synthetic.upn(2)),Example-2,121,P,341,01514960102|"
        + "\(Synthetic.upn(3)),Example-3,,T,343,|")
    #expect(try await texts(world, "sefton") == ["UPN,Surname,Plan|\(Synthetic.upn(3)),Example-3,121|"])
    #expect(try await fates(world, 2) == ["liverpool sent 2", "sefton not-routed 1, sent 1"])
    try await deliverAll(world)
    // Once it is told it is told.
    try await pass(world, configuration, moved, "3")
    #expect(try await world.returns().count == 3)
    #expect(try await fates(world, 3) == ["liverpool unchanged 2", "sefton not-routed 1, unchanged 1"])
    // Whom an authority never had it is not told of.
    try await pass(world, configuration, moved + [Synthetic.row(4, [.homeAuthority: "343"])], "4")
    #expect(try await fates(world, 4) == ["liverpool not-routed 1, unchanged 2", "sefton not-routed 1, sent 2"])
    try await world.expectClean()
  }

  @Test func aMoveThatMustNotGetAboutIsToldToNobody() async throws {
    let mark = ReturnColumn(name: "Status", form: CellForm(.moved(moved: "T", otherwise: "P")))
    let to = ReturnColumn(name: "To", source: .field(.homeAuthority))
    let elsewhere = Synthetic.authority("sefton", code: "343", returns: [])
    let configuration = Synthetic.configuration(authorities: [
      Self.authority("liverpool", "341", [mark, to]), elsewhere,
    ])
    let world = try await StationWorld(configuration)
    try await pass(world, configuration, (2...4).map { Synthetic.row($0) }, "1")
    try await deliverAll(world)
    try await pass(
      world, configuration,
      [
        Synthetic.row(2), Synthetic.row(3, [.homeAuthority: "343", .protectedAddress: "Y"]),
        Synthetic.row(4, [.homeAuthority: "343", .placedByAuthority: "341"]),
      ], "2")
    let text = try #require(try await texts(world, "liverpool").last)
    #expect(!text.contains("343") && !text.contains("Example-3") && !text.contains("Example-4"))
  }

  /// Only who may have reached the authority is closed there, and whoever did, by whatever return.
  @Test func closingsAreOfThoseWhomTheAuthorityHas() async throws {
    let mark = ReturnColumn(name: "Status", form: CellForm(.moved(moved: "T", otherwise: "P")))
    let elsewhere = Synthetic.authority("sefton", code: "343", returns: [])
    let configuration = Synthetic.configuration(authorities: [Self.authority("liverpool", "341", [mark]), elsewhere])
    let world = try await StationWorld(configuration)
    // Row 3 was a mistake, put right before anything went.
    try await pass(world, configuration, [Synthetic.row(2), Synthetic.row(3), Synthetic.row(4)], "1")
    try await pass(
      world, configuration, [Synthetic.row(2), Synthetic.row(3, [.homeAuthority: "343"]), Synthetic.row(4)], "2")
    #expect(try await texts(world, "liverpool").last?.contains("Example-3") == false)
    try await deliverAll(world)
    // Row 4 is doubtful for a while, and left out of a file; then it is clear that the pupil moved.
    try await pass(
      world, configuration, [Synthetic.row(2), Synthetic.row(4, [.homeAuthority: nil, .postcode: nil])], "3")
    try await deliverAll(world)
    try await pass(world, configuration, [Synthetic.row(2), Synthetic.row(4, [.homeAuthority: "343"])], "4")
    #expect(try await texts(world, "liverpool").last?.contains("Example-4,,T") == true)
    try await world.expectClean()
  }

  @Test func aRefusedPupilIsClosedWithinTheFloor() async throws {
    let mark = ReturnColumn(name: "Status", form: CellForm(.moved(moved: "T", otherwise: "")))
    let to = ReturnColumn(name: "To", source: .field(.homeAuthority))
    let configuration = Synthetic.configuration(authorities: [Self.authority("liverpool", "341", [mark, to])])
    let elsewhere = Synthetic.authority("sefton", code: "343", returns: [])
    let both = Synthetic.configuration(authorities: configuration.authorities + [elsewhere])
    let world = try await StationWorld(both)
    try await pass(world, both, [Synthetic.row(2), Synthetic.row(3, [.sharing: "NO"])], "1")
    try await deliverAll(world)
    try await pass(world, both, [Synthetic.row(2), Synthetic.row(3, [.sharing: "NO", .homeAuthority: "343"])], "2")
    #expect(try await texts(world, "liverpool").last?.hasSuffix("|,Example-3,,T,|") == true)
  }

  @Test func anAuthorityThatTakesChangesGetsChanges() async throws {
    let configuration = Synthetic.configuration(authorities: [
      Self.authority("liverpool", "341", routedBy: .educated, changes: true)
    ])
    let world = try await StationWorld(configuration)
    let rows = (2...5).map { Synthetic.row($0) }
    try await pass(world, configuration, rows, "1")
    try await deliverAll(world)
    var changed = rows
    changed[1] = Synthetic.row(3, [.intendedDestination: "211"])
    try await pass(world, configuration, changed, "2")
    #expect(try await texts(world, "liverpool").last == "UPN,Surname,Plan|\(Synthetic.upn(3)),Example-3,211|")
    #expect(try await fates(world, 2) == ["liverpool sent 1, unchanged 3"])
    // Not gone yet, and the same again: no second one.
    try await pass(world, configuration, changed, "3")
    #expect(try await world.returns().count == 2)
    // One more change before it went: the next takes its place, with both.
    changed[2] = Synthetic.row(4, [.intendedDestination: "311"])
    try await pass(world, configuration, changed, "4")
    #expect(
      try await texts(world, "liverpool").last
        == "UPN,Surname,Plan|\(Synthetic.upn(3)),Example-3,211|\(Synthetic.upn(4)),Example-4,311|")
    // Taken back before it went: what waits says nothing true any more.
    try await pass(world, configuration, rows, "5")
    #expect(try await world.returns().last?.state == .withdrawn)
    #expect(try await fates(world, 5) == ["liverpool unchanged 4"])
    // What this authority may not see makes no return.
    var unseen = rows
    unseen[0] = Synthetic.row(2, [.phone: "01514960999"])
    try await pass(world, configuration, unseen, "6")
    #expect(try await world.returns().count == 3)
    // After a delivery changes are against all that was sent.
    try await pass(world, configuration, changed, "7")
    try await deliverAll(world)
    try await pass(world, configuration, rows, "8")
    #expect(
      try await texts(world, "liverpool").last
        == "UPN,Surname,Plan|\(Synthetic.upn(3)),Example-3,121|\(Synthetic.upn(4)),Example-4,121|")
    try await world.expectClean()
  }

  func changes(_ more: [ReturnColumn] = [], routedBy: RoutingRule = .educated) -> Configuration {
    Synthetic.configuration(authorities: [
      Self.authority("liverpool", "341", more, routedBy: routedBy, changes: true),
      Synthetic.authority("sefton", code: "343", returns: []),
    ])
  }

  func enter(_ decision: RegisterDecision, _ pupil: PupilID, _ world: StationWorld) async throws {
    try await world.ledger.register.enter(
      decision, about: pupil, decidedOn: Synthetic.day,
      particulars: RegisterParticulars(
        decidedBy: "mother", how: "letter", recordedBy: Person(name: "admin", known: "login user")))
  }
}
