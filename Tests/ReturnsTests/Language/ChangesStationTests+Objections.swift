// Objections that come after an authority has a file: of which file it is told, and what goes again.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Returns

extension ChangesStationTests {
  /// Of an authority that takes changes each file counts, for those who stand in no newer one.
  @Test func anObjectionIsToldOfTheFileInWhichThePupilStands() async throws {
    let configuration = changes()
    let world = try await StationWorld(configuration)
    try await pass(world, configuration, (2...4).map { Synthetic.row($0) }, "1")
    try await deliverAll(world)
    let newer = [Synthetic.row(2, [.intendedDestination: "211"]), Synthetic.row(3), Synthetic.row(4)]
    try await pass(world, configuration, newer, "2")
    try await deliverAll(world)
    let returns = try await world.returns()
    let pupils = try await world.ledger.returns.detail(returns[0].id).rows.map(\.pupil)
    let person = Person(name: "admin", known: "login user")
    for pupil in pupils.prefix(2) {
      try await world.ledger.register.enter(
        .deceased, about: pupil, decidedOn: Synthetic.day,
        particulars: RegisterParticulars(decidedBy: "", how: "telephone", recordedBy: person))
    }
    func objected() async throws -> [String] {
      try await world.ledger.returns.objected(school: Synthetic.school().id).map { item in
        "\(item.summary.id): \(item.rows.map { $0.identity?[.legalSurname] ?? "" }.joined(separator: ","))"
      }
    }
    #expect(try await objected() == ["R1: Example-3", "R2: Example-2"])
    #expect(try await world.todo().filter { $0.code == .returnObjected }.map { $0.subjects[0] } == ["R1", "R2"])
    // Told is told, of these reasons.
    let first = try #require(try await world.ledger.returns.objected(school: Synthetic.school().id).first)
    await #expect(throws: LedgerError.self, "of another notice") {
      _ = try await world.ledger.returns.told(returns[0].id, notice: "000000", by: person)
    }
    let words = try await world.ledger.returns.told(returns[0].id, notice: first.code, by: person)
    #expect(words == "liverpool was told of R1: 1 leaver may not go as it stands in it: deceased")
    #expect(try await objected() == ["R2: Example-2"])
    await #expect(throws: LedgerError.self, "nothing more") {
      _ = try await world.ledger.returns.told(returns[0].id, notice: first.code, by: person)
    }
    try await world.ledger.register.enter(
      .doNotContact, about: pupils[1], decidedOn: Synthetic.day,
      particulars: RegisterParticulars(decidedBy: "", how: "letter", recordedBy: person))
    try await world.ledger.register.enter(
      .addressProtected, about: pupils[1], decidedOn: Synthetic.day,
      particulars: RegisterParticulars(decidedBy: "", how: "letter", recordedBy: person))
    #expect(try await objected() == ["R1: Example-3", "R2: Example-2"], "what came later must be told")
    try await world.expectClean()
  }

  /// A full file takes the place of all that the authority had.
  @Test func anObjectionIsToldOfTheNewestFullFile() async throws {
    let configuration = Synthetic.configuration(authorities: [Self.authority("liverpool", "341", routedBy: .educated)])
    let world = try await StationWorld(configuration)
    try await pass(world, configuration, [Synthetic.row(2), Synthetic.row(3)], "1")
    try await deliverAll(world)
    try await pass(world, configuration, [Synthetic.row(2), Synthetic.row(3, [.intendedDestination: "211"])], "2")
    try await deliverAll(world)
    try await pass(world, configuration, [Synthetic.row(2, [.sharing: "NO"]), Synthetic.row(3)], "3")
    let item = try #require(try await world.ledger.returns.objected(school: Synthetic.school().id).first)
    #expect(item.summary.sequence == 2 && item.rows.map(\.reasons) == [[.sharing]])
    try await deliverAll(world)
    #expect(try await world.ledger.returns.objected(school: Synthetic.school().id).isEmpty)
    try await world.expectClean()
  }

  /// That somebody stands in a file no more tells nobody that the pupil died.
  @Test func aDeathIsToldAlsoWhereANewerFileIsWithoutThePupil() async throws {
    let configuration = Synthetic.configuration(authorities: [Self.authority("liverpool", "341", routedBy: .educated)])
    let world = try await StationWorld(configuration)
    try await pass(world, configuration, [Synthetic.row(2), Synthetic.row(3)], "1")
    try await deliverAll(world)
    let sent = try #require(try await world.returns().first)
    let pupil = try #require(try await world.ledger.returns.detail(sent.id).rows.first?.pupil)
    try await enter(.deceased, pupil, world)
    _ = try await world.station(configuration).pass()
    try await deliverAll(world)
    let newest = try #require(try await world.returns().last)
    #expect(newest.rows == 1 && newest.state == .delivered)
    let item = try #require(try await world.ledger.returns.objected(school: Synthetic.school().id).first)
    #expect(item.summary.id == sent.id && item.rows.map(\.reasons) == [[.deceased]])
  }

  /// While it goes there once more, the authority still has what it has.
  @Test func anObjectionIsToldAlsoOfWhatGoesOnceMore() async throws {
    let configuration = Synthetic.configuration(authorities: [Self.authority("liverpool", "341", routedBy: .educated)])
    let world = try await StationWorld(configuration)
    try await pass(world, configuration, [Synthetic.row(2), Synthetic.row(3)], "1")
    try await deliverAll(world)
    let sent = try #require(try await world.returns().first)
    let pupil = try #require(try await world.ledger.returns.detail(sent.id).rows.first?.pupil)
    try await world.ledger.returns.resend(sent.id, by: Person(name: "admin", known: "login user"), why: "asked for")
    try await enter(.deceased, pupil, world)
    #expect(try await world.returns().first?.state == .waiting(.objection))
    #expect(try await world.ledger.returns.objected(school: Synthetic.school().id).map(\.summary.id) == [sent.id])
  }

  /// What an authority was told to delete it has no longer: once the pupil may go again, the same row goes again.
  @Test func whoWasToldOfAndMayGoAgainGoesAgain() async throws {
    let configuration = changes()
    let world = try await StationWorld(configuration)
    try await pass(world, configuration, [Synthetic.row(2), Synthetic.row(3)], "1")
    try await deliverAll(world)
    let sent = try #require(try await world.returns().first)
    let pupil = try #require(try await world.ledger.returns.detail(sent.id).rows.first?.pupil)
    try await enter(.deceased, pupil, world)
    let item = try #require(try await world.ledger.returns.objected(school: Synthetic.school().id).first)
    _ = try await world.ledger.returns.told(
      sent.id, notice: item.code, by: Person(name: "admin", known: "login user"))
    try await enter(.notDeceased, pupil, world)
    while try await world.station(configuration).pass().didWork {}
    try await pass(world, configuration, [Synthetic.row(2), Synthetic.row(3)], "9")
    #expect(try await texts(world, "liverpool").last == "UPN,Surname,Plan|\(Synthetic.upn(2)),Example-2,121|")
    try await world.expectClean()
  }

  /// An older return with the same row does not stand in for the one that the authority deleted.
  @Test func whoWasToldOfAndMayGoAgainGoesAgainAsBefore() async throws {
    let configuration = changes()
    let world = try await StationWorld(configuration)
    try await pass(world, configuration, [Synthetic.row(2), Synthetic.row(3)], "1")
    try await deliverAll(world)
    try await pass(world, configuration, [Synthetic.row(2, [.intendedDestination: "211"]), Synthetic.row(3)], "2")
    try await deliverAll(world)
    let newest = try #require(try await world.returns().last)
    let pupil = try #require(try await world.ledger.returns.detail(newest.id).rows.first?.pupil)
    try await enter(.deceased, pupil, world)
    let item = try #require(try await world.ledger.returns.objected(school: Synthetic.school().id).first)
    _ = try await world.ledger.returns.told(
      item.summary.id, notice: item.code, by: Person(name: "admin", known: "login user"))
    try await enter(.notDeceased, pupil, world)
    while try await world.station(configuration).pass().didWork {}
    try await pass(world, configuration, [Synthetic.row(2), Synthetic.row(3)], "9")
    #expect(try await texts(world, "liverpool").last == "UPN,Surname,Plan|\(Synthetic.upn(2)),Example-2,121|")
  }
}
