// Exports that are said to hold all leavers: who is missing is asked about, and nothing is concluded.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Returns

struct FullExportTests {
  private static let school = Synthetic.school().id
  private static let person = Person(name: "Pat Example", known: "login user")

  private static func configuration(_ extent: ExportExtent = .full) -> Configuration {
    var configuration = Synthetic.configuration(authorities: [
      Synthetic.authority(returns: [Synthetic.profile(send: .atOnce)])
    ])
    configuration.schools[0].exportsAre = extent
    return configuration
  }

  private static func rows(_ numbers: some Sequence<Int>) -> [LeaverRow] { numbers.map { Synthetic.row($0) } }

  /// A world with a full export of thirty that was released.
  private func accepted(_ extent: ExportExtent = .full) async throws -> (StationWorld, ReturnsStation) {
    let world = try await StationWorld(Self.configuration(extent))
    let station = world.station(Self.configuration(extent))
    try await world.export(Self.rows(2..<32), mark: "1")
    _ = try await station.pass()
    try await world.releaseAll()
    world.forget()
    return (world, station)
  }

  private func open(_ world: StationWorld) async throws -> [LeaverQuestion] {
    try await world.ledger.questions.open(school: Self.school)
  }

  @Test func whoIsMissingIsAskedAbout() async throws {
    let (world, station) = try await accepted()
    let second = try await world.export(Self.rows(4..<32), mark: "2")
    _ = try await station.pass()
    let questions = try await open(world)
    let pupils = try await world.ledger.returns.rows(of: ExportID(rawValue: 1)).prefix(2).compactMap(\.pupil)
    #expect(questions.map(\.pupil) == pupils)
    #expect(questions.allSatisfy { $0.export == second && $0.base == ExportID(rawValue: 1) })
    #expect(try await world.returns().last?.state == .queued, "two of thirty are no reason to stop")
    #expect(try await world.todo().map(\.code) == [.leaversMissing])
    let todo = try #require(try await world.todo().first)
    #expect(
      todo.text.hasPrefix(
        "Example High School: \(pupils[0]), \(pupils[1]) of Y11-2026 were in E1 and are not in E2, which is said to hold all."
      ))
    #expect(todo.subjects == ["E2", "3414787", "\(pupils[0])", "\(pupils[1])"])
    #expect(
      world.events.contains {
        $0.text
          == "school 3414787: 2 of the 30 leavers of Y11-2026 in E1 are not in E2, which is said to hold all: a person is asked about each"
      })
    #expect(
      try await world.ledger.overview.missing(from: second)
        == questions.map { "\($0.id): \($0.pupil) of Y11-2026 was in E1" })
    // Still missing in the next: asked once.
    try await world.export(Self.rows(4..<33), mark: "3")
    _ = try await station.pass()
    #expect(try await open(world) == questions)
    try await world.expectClean()
  }

  @Test func anAnswerIsKeptAndConcludesNothing() async throws {
    let (world, station) = try await accepted()
    try await world.export(Self.rows(4..<32), mark: "2")
    _ = try await station.pass()
    let questions = try await open(world)
    let before = try await world.returns()
    try await world.ledger.questions.answer(questions[0].id, .moved, by: Self.person, why: "told by the office")
    #expect(try await world.ledger.questions.answer(of: questions[0].id) == .moved)
    #expect(try await world.ledger.questions.answer(of: questions[1].id) == nil)
    #expect(try await open(world) == [questions[1]])
    #expect(try await world.returns() == before)
    await #expect { try await world.ledger.questions.answer(questions[0].id, .left, by: Self.person) } throws: {
      ($0 as? LedgerError)?.code == .conflict
    }
    let unknown = QuestionID(rawValue: 99)
    await #expect { try await world.ledger.questions.answer(unknown, .left, by: Self.person) } throws: {
      ($0 as? LedgerError)?.code == .notFound
    }
    await #expect { try await world.ledger.questions.answer(of: unknown) } throws: {
      ($0 as? LedgerError)?.code == .notFound
    }
    let log = try await world.ledger.overview.history(of: "E2")
    #expect(log.last?.kind == .questionAnswered && log.last?.text.contains("moved") == false)
    try await world.expectClean()
  }

  @Test func whoIsBackNeedNotBeAnswered() async throws {
    let (world, station) = try await accepted()
    try await world.export(Self.rows(4..<32), mark: "2")
    _ = try await station.pass()
    let questions = try await open(world)
    try await world.export(Self.rows(3..<32), mark: "3")
    _ = try await station.pass()
    #expect(try await open(world) == [questions[0]])
    await #expect { try await world.ledger.questions.answer(questions[1].id, .left, by: Self.person) } throws: {
      ($0 as? LedgerError)?.code == .conflict
    }
    // Gone once more: asked once more.
    try await world.export(Self.rows(4..<32), mark: "4")
    _ = try await station.pass()
    #expect(try await open(world).map(\.pupil) == [questions[0].pupil, questions[1].pupil])
    try await world.expectClean()
  }

  @Test func aPartialExportConcludesAndAsksNothing() async throws {
    let (world, station) = try await accepted(.partial)
    try await world.export(Self.rows(4..<32), mark: "2")
    _ = try await station.pass()
    #expect(try await open(world).isEmpty)
    #expect(try await world.todo().isEmpty)
    // Nor is a full one compared with it.
    try await world.export(Self.rows(5..<32), mark: "3")
    _ = try await world.station(Self.configuration()).pass()
    #expect(try await open(world).isEmpty)
  }

  @Test func aWrongFilterAsksNothingUntilItIsReleased() async throws {
    let (world, station) = try await accepted()
    let wrong = try await world.export(Self.rows(12..<32), mark: "2")
    _ = try await station.pass()
    #expect(try await open(world).isEmpty)
    let made = try #require(try await world.returns().last)
    #expect(made.state == .waiting(.brake))
    #expect(
      try await world.brake(made.id).prefix(2) == [
        "20 leavers, 30 the last time (−33 %)", "10 of the 30 leavers of the export before are not in this one",
      ])
    let todo = try await world.todo()
    #expect(todo.map(\.code) == [.returnBraked, .leaversMissing])
    #expect(todo.last?.text.contains("10 of the 30 leavers of Y11-2026 in E1 are not in \(wrong)") == true)
    #expect(todo.last?.text.contains("too many to ask about each") == true)
    try await world.release(made.id)
    #expect(try await open(world).count == 10)
    #expect(try await world.todo().map(\.code) == [.leaversMissing])
    try await world.expectClean()
  }

  @Test func afterAWrongFilterTheExportBeforeItIsComparedWith() async throws {
    let (world, station) = try await accepted()
    try await world.export(Self.rows(12..<32), mark: "2")
    _ = try await station.pass()
    try await world.export(Self.rows(3..<32), mark: "3")
    _ = try await station.pass()
    let questions = try await open(world)
    #expect(questions.map(\.base) == [ExportID(rawValue: 1)])
    #expect(try await world.returns().last?.state == .queued)
    #expect(try await world.todo().map(\.code) == [.leaversMissing])
    try await world.expectClean()
  }

  @Test func asManyOthersAreAWrongFilterToo() async throws {
    let (world, station) = try await accepted()
    try await world.export(Self.rows(12..<42), mark: "2")
    _ = try await station.pass()
    let made = try #require(try await world.returns().last)
    #expect(
      try await world.brake(made.id).first == "10 of the 30 leavers of the export before are not in this one")
    #expect(try await open(world).isEmpty)
  }
}
