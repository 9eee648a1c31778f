// Files of changes that wait: which are kept, which replaced, and in what order they go.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Returns

extension ChangesStationTests {
  /// What waits of a pupil whom the next export does not name would not be said again: it goes first.
  @Test func aChangeOfSomebodyWhoIsNotNamedAnyMoreIsNotLost() async throws {
    let mark = ReturnColumn(name: "Status", form: CellForm(.moved(moved: "T", otherwise: "P")))
    let configuration = changes([mark], routedBy: .resident)
    let world = try await StationWorld(configuration)
    try await pass(world, configuration, (2...5).map { Synthetic.row($0) }, "1")
    try await deliverAll(world)
    // 2 moves away, 3 changes; then 2 is in no export any more, 3 changes once more, and 4 for the first time.
    let first = [
      Synthetic.row(2, [.homeAuthority: "343"]), Synthetic.row(3, [.intendedDestination: "211"]), Synthetic.row(4),
      Synthetic.row(5),
    ]
    try await pass(world, configuration, first, "2")
    let second = [
      Synthetic.row(3, [.intendedDestination: "311"]), Synthetic.row(4, [.intendedDestination: "211"]),
      Synthetic.row(5),
    ]
    try await pass(world, configuration, second, "3")
    #expect(try await world.returns().map(\.state) == [.delivered, .queued, .queued])
    let waiting = try await texts(world, "liverpool").suffix(2)
    #expect(waiting.first?.contains("Example-2,,T|") == true && waiting.first?.contains("Example-3,211,P|") == true)
    #expect(waiting.last?.contains("Example-3,311,P|") == true && waiting.last?.contains("Example-4,211,P|") == true)
    #expect(try await fates(world, 3) == ["liverpool sent 2, unchanged 1"])
    // The same again: no third one. A newer one takes the place of the last, and of that alone.
    try await pass(world, configuration, second, "4")
    #expect(try await world.returns().count == 3)
    try await pass(world, configuration, [second[0], second[1], Synthetic.row(5, [.intendedDestination: "311"])], "5")
    #expect(try await world.returns().map(\.state) == [.delivered, .queued, .superseded, .queued])
    #expect(try await texts(world, "liverpool").last?.contains("Example-3,311,P|") == true)
    try await deliverAll(world)
    try await pass(world, configuration, second + [Synthetic.row(2, [.homeAuthority: "343"])], "6")
    #expect(
      try await fates(world, 6).first?.hasPrefix("liverpool sent 1, unchanged 3") == true, "5 alone is other again")
    try await world.expectClean()
  }

  /// What must not go of somebody goes in no return, also where another pupil's change is lost for it.
  @Test func whatIsHeldNowDoesNotGoByAnOlderReturn() async throws {
    let configuration = changes()
    let world = try await StationWorld(configuration)
    try await pass(world, configuration, (2...4).map { Synthetic.row($0) }, "1")
    try await deliverAll(world)
    try await pass(
      world, configuration,
      [
        Synthetic.row(2, [.postcode: "L1 2BB", .intendedDestination: "211"]),
        Synthetic.row(3, [.intendedDestination: "211"]), Synthetic.row(4),
      ],
      "2")
    try await pass(
      world, configuration,
      [
        Synthetic.row(3, [.protectedAddress: "Y", .intendedDestination: "211"]),
        Synthetic.row(4, [.intendedDestination: "211"]),
      ],
      "3")
    #expect(try await world.returns().map(\.state) == [.delivered, .superseded, .queued])
    try await world.expectClean()
  }

  /// Of one pupil the last that arrives is what the authority believes: changes go in their order.
  @Test func changesGoInTheirOrder() async throws {
    let configuration = changes()
    let world = try await StationWorld(configuration)
    try await pass(world, configuration, (2...4).map { Synthetic.row($0) }, "1")
    try await deliverAll(world)
    try await pass(
      world, configuration,
      [
        Synthetic.row(2, [.intendedDestination: "211"]), Synthetic.row(3, [.intendedDestination: "211"]),
        Synthetic.row(4),
      ], "2")
    try await pass(world, configuration, [Synthetic.row(3, [.intendedDestination: "311"]), Synthetic.row(4)], "3")
    let waiting = try await world.returns().suffix(2).map(\.id)
    func due() async throws -> [ReturnID] {
      try await world.ledger.deliveries.due(recipient: RecipientID(unchecked: "liverpool"), now: world.timekeeper.now())
        .map(\.id)
    }
    #expect(try await due() == [waiting[0]])
    // It fails, and is tried again later: the newer one does not go past it.
    try await world.ledger.deliveries.apply(.started, to: waiting[0], note: DeliveryNote(at: world.timekeeper.now()))
    try await world.ledger.deliveries.apply(
      .failed(.transient), to: waiting[0],
      note: DeliveryNote(
        at: world.timekeeper.now(), nextAttemptAt: world.timekeeper.now().advanced(by: .seconds(600))))
    #expect(try await due().isEmpty)
    world.timekeeper.advance(by: .seconds(600))
    #expect(try await due() == [waiting[0]])
    for event: ReturnEvent in [.started, .put, .temporaryReadBack(.equal), .renamed(.done), .finalReadBack(.equal)] {
      try await world.ledger.deliveries.apply(event, to: waiting[0], note: DeliveryNote(at: world.timekeeper.now()))
    }
    #expect(try await due() == [waiting[1]])
  }

  /// Taken back before anything went: nothing of it goes, of however many that wait.
  @Test func whatIsAsBeforeWithdrawsAllThatWaits() async throws {
    let configuration = changes()
    let world = try await StationWorld(configuration)
    let before = (2...4).map { Synthetic.row($0) }
    try await pass(world, configuration, before, "1")
    try await deliverAll(world)
    try await pass(
      world, configuration,
      [
        Synthetic.row(2, [.intendedDestination: "211"]), Synthetic.row(3, [.intendedDestination: "211"]),
        Synthetic.row(4),
      ], "2")
    try await pass(world, configuration, [Synthetic.row(3, [.intendedDestination: "311"]), Synthetic.row(4)], "3")
    try await pass(world, configuration, before, "4")
    #expect(try await world.returns().map(\.state) == [.delivered, .withdrawn, .withdrawn])
    try await world.expectClean()
  }

  /// A return against which something stands is not kept: the change of another goes by the new one, and of whom a change
  /// is lost is told.
  @Test func whatIsObjectedToIsNotKept() async throws {
    let configuration = changes()
    let world = try await StationWorld(configuration)
    try await pass(world, configuration, (2...4).map { Synthetic.row($0) }, "1")
    try await deliverAll(world)
    let changed = [
      Synthetic.row(2, [.intendedDestination: "211"]), Synthetic.row(3, [.intendedDestination: "211"]),
      Synthetic.row(4),
    ]
    try await pass(world, configuration, changed, "2")
    let waiting = try #require(try await world.returns().last)
    let pupil = try #require(try await world.ledger.returns.detail(waiting.id).rows.first?.pupil)
    try await enter(.sharingRefused, pupil, world)
    #expect(try await world.returns().last?.state == .waiting(.objection))
    try await pass(world, configuration, [changed[1], changed[2]], "3")
    #expect(try await world.returns().map(\.state) == [.delivered, .superseded, .queued])
    #expect(try await texts(world, "liverpool").last == "UPN,Surname,Plan|\(Synthetic.upn(3)),Example-3,211|")
    let told = world.events.compactMap { if case .changeLost(_, _, _, _, _, let pupils) = $0 { pupils } else { nil } }
    #expect(told == [[pupil]] && world.events.contains { $0.isAlarm && $0.text.contains("goes nowhere: \(pupil)") })
    try await world.expectClean()
  }

  /// Also where nothing else goes: of whom a change is lost is told, and not that nothing was new.
  @Test func aLostChangeIsToldWhereNothingGoes() async throws {
    let configuration = changes()
    let world = try await StationWorld(configuration)
    let before = (2...4).map { Synthetic.row($0) }
    try await pass(world, configuration, before, "1")
    try await deliverAll(world)
    let changed = (2...4).map { Synthetic.row($0, [.intendedDestination: "211"]) }
    try await pass(world, configuration, changed, "2")
    let waiting = try #require(try await world.returns().last)
    let pupils = try await world.ledger.returns.detail(waiting.id).rows.map(\.pupil)
    try await enter(.deceased, pupils[0], world)
    // 2 and 4 are in it no more, and 3 is as before.
    try await pass(world, configuration, [before[1]], "3")
    let told = world.events.compactMap { if case .changeLost(_, _, _, _, _, let lost) = $0 { lost } else { nil } }
    #expect(told.contains([pupils[0], pupils[2]]) || told.contains([pupils[2]]), "\(told)")
    #expect(try await world.returns().allSatisfy { $0.state != .queued })
    try await world.expectClean()
  }

  /// What goes once more is with the authority: it is no change that waits, and nobody's resend is taken back for it.
  @Test func whatIsSentOnceMoreIsNotPending() async throws {
    let configuration = changes()
    let world = try await StationWorld(configuration)
    let rows = (2...4).map { Synthetic.row($0) }
    try await pass(world, configuration, rows, "1")
    try await deliverAll(world)
    let sent = try #require(try await world.returns().first)
    try await world.ledger.returns.resend(sent.id, by: Person(name: "admin", known: "login user"), why: "asked for")
    try await pass(world, configuration, [rows[0], rows[1], Synthetic.row(4, [.intendedDestination: "211"])], "2")
    #expect(try await world.returns().map(\.state) == [.queued, .queued])
    #expect(try await texts(world, "liverpool").last == "UPN,Surname,Plan|\(Synthetic.upn(4)),Example-4,211|")
  }

  /// Nor does a newer one go past one of which nobody knows whether it arrived.
  @Test func changesWaitForOneThatIsUnknown() async throws {
    let configuration = changes()
    let world = try await StationWorld(configuration)
    try await pass(world, configuration, (2...3).map { Synthetic.row($0) }, "1")
    try await deliverAll(world)
    try await pass(world, configuration, [Synthetic.row(2, [.intendedDestination: "211"]), Synthetic.row(3)], "2")
    let first = try #require(try await world.returns().last)
    for event: ReturnEvent in [.started, .put, .temporaryReadBack(.equal), .renamed(.done), .finalReadBack(.missing)] {
      try await world.ledger.deliveries.apply(event, to: first.id, note: DeliveryNote(at: world.timekeeper.now()))
    }
    #expect(try await world.returns().last?.state == .unknown(.vanished))
    try await pass(world, configuration, [Synthetic.row(2, [.intendedDestination: "311"]), Synthetic.row(3)], "3")
    func due() async throws -> Int {
      try await world.ledger.deliveries.due(recipient: RecipientID(unchecked: "liverpool"), now: world.timekeeper.now())
        .count
    }
    #expect(try await world.returns().last?.state == .queued)
    #expect(try await due() == 0)
    try await world.ledger.returns.settleUnknown(
      first.id, as: .delivered, by: Person(name: "admin", known: "login user"), why: "they counted")
    #expect(try await due() == 1)
  }
}
