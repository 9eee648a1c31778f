// The protocol R1 to R4: killed after any step, the next start makes the same return, once.

import Leavers
import Ledger
import Profiles
import Synchronization
import Testing

@testable import Returns

struct CrashTests {
  /// Two authorities and two cohorts, so that a crash falls between returns of one scope and between scopes.
  private static let configuration = Synthetic.configuration(authorities: [
    Synthetic.authority("liverpool", returns: [Synthetic.profile(cohorts: [.y11, .y13])]),
    Synthetic.authority(
      "wirral", code: "341", returns: [Synthetic.profile(send: .atOnce), Synthetic.profile(.confirmedDestinations)]),
  ])
  private static let rows = [
    Synthetic.row(2), Synthetic.row(3, cohort: Synthetic.y13), Synthetic.row(4, [.sharing: "NO"]),
    Synthetic.row(5, [.sharing: nil]),
  ]

  /// What a return is, apart from its number in this ledger.
  private struct Made: Hashable, Comparable {
    let authority: String
    let name: String
    let sequence: Int
    let instant: Timestamp
    let sha256: String
    let state: String

    init(_ summary: ReturnSummary) {
      authority = summary.authority.rawValue
      name = summary.fileName ?? "none"
      sequence = summary.sequence
      instant = summary.instant
      sha256 = summary.sha256 ?? "none"
      state = summary.state.name
    }

    static func < (left: Self, right: Self) -> Bool { (left.authority, left.name) < (right.authority, right.name) }
  }

  private static func made(_ world: StationWorld) async throws -> [Made] {
    try await world.returns().map(Made.init).sorted()
  }

  /// How often each step is done without a crash: 4 returns in 3 scopes.
  private static let steps = [("R1", 4), ("R2", 4), ("R3", 4), ("R4", 3)]
  private static let windows = steps.flatMap { step, count in (1...count).map { "\(step) \($0)" } }

  @Test func theStepsAreDoneThatOften() async throws {
    let world = try await StationWorld(Self.configuration)
    try await world.export(Self.rows, mark: "1")
    let counts = Mutex<[String: Int]>([:])
    _ = try await world.station(Self.configuration) { step in counts.withLock { $0[step, default: 0] += 1 } }.pass()
    #expect(counts.withLock { $0 } == Dictionary(uniqueKeysWithValues: Self.steps))
  }

  @Test(arguments: windows)
  func killedInAWindowItMakesTheSameOnce(_ window: String) async throws {
    let whole = try await StationWorld(Self.configuration)
    try await whole.export(Self.rows, mark: "1")
    _ = try await whole.station(Self.configuration).pass()
    let expected = try await Self.made(whole)
    #expect(expected.count == 4)

    let world = try await StationWorld(Self.configuration)
    let export = try await world.export(Self.rows, mark: "1")
    let counts = Mutex<[String: Int]>([:])
    let station = world.station(Self.configuration) { step in
      let count = counts.withLock { counts in
        counts[step, default: 0] += 1
        return counts[step, default: 0]
      }
      if "\(step) \(count)" == window { world.ledger.close() }
    }
    await #expect(throws: LedgerError.self) { try await station.pass() }

    let next = try await StationWorld(after: world)
    _ = try await next.station(Self.configuration).pass()
    #expect(try await Self.made(next) == expected)
    #expect(try await next.state(export) == .decided)
    #expect(try await next.station(Self.configuration).pass() == Pass(didWork: false))
    try await next.expectClean()
  }

  @Test func daysLaterTheInstantOfADraftHoldsForItsWholeScope() async throws {
    let configuration = Synthetic.configuration(authorities: [
      Synthetic.authority(
        agreements: [Synthetic.agreement(until: "2026-06-30")],
        returns: [
          Synthetic.profile(
            cohorts: [.y11, .y13],
            send: .onDates([CalendarDate(uncheckedISO: "2026-06-27"), CalendarDate(uncheckedISO: "2026-09-30")]))
        ])
    ])
    let world = try await StationWorld(configuration)
    // A first export that a person has looked at, so that the dates decide over the next.
    try await world.export(Self.rows, mark: "1")
    _ = try await world.station(configuration).pass()
    try await world.releaseAll()
    let changed = Self.rows.prefix(2).map {
      LeaverRow(
        rowNumber: $0.rowNumber, cohort: $0.cohort,
        record: Synthetic.record($0.rowNumber, [.sharing: "SNR", .phone: nil]),
        verdict: .clear)
    }
    let export = try await world.export(changed, mark: "2")
    // The first of two returns is drafted, then the machine is off until the agreement has ended.
    let station = world.station(configuration) { step in if step == "R1" { world.ledger.close() } }
    await #expect(throws: LedgerError.self) { try await station.pass() }
    world.timekeeper.advance(by: .seconds(10 * 86_400))
    let next = try await StationWorld(after: world)
    _ = try await next.station(configuration).pass()
    let made = try await next.returns(ReturnFilter(export: export))
    #expect(made.map(\.instant) == [StationWorld.noon, StationWorld.noon])
    #expect(
      made.map(\.state) == [ReturnState](repeating: .waiting(.date(CalendarDate(uncheckedISO: "2026-06-27"))), count: 2)
    )
    try await next.expectClean()
  }

  @Test func aDraftThatHasNoRowsAfterAllIsAbandoned() async throws {
    let world = try await StationWorld(Self.configuration)
    let export = try await world.export(Self.rows, mark: "1")
    let station = world.station(Self.configuration) { step in if step == "R1" { world.ledger.close() } }
    await #expect(throws: LedgerError.self) { try await station.pass() }
    let next = try await StationWorld(after: world)
    var stopped = Self.configuration
    for index in stopped.authorities.indices { stopped.authorities[index].agreements = [] }
    _ = try await next.station(stopped).pass()
    #expect(try await next.returns().isEmpty)
    #expect(try await next.state(export) == .decided)
    try await next.expectClean()
  }

  @Test func aDraftFollowsAChangedConfigurationButKeepsItsSequence() async throws {
    let world = try await StationWorld(Self.configuration)
    try await world.export(Self.rows, mark: "1")
    let station = world.station(Self.configuration) { step in if step == "R2" { world.ledger.close() } }
    await #expect(throws: LedgerError.self) { try await station.pass() }
    world.timekeeper.advance(by: .seconds(3600))
    let next = try await StationWorld(after: world)
    var moved = Self.configuration
    moved.authorities[0].sendTo = "elsewhere"
    _ = try await next.station(moved).pass()
    let liverpools = try await next.returns(ReturnFilter(authority: moved.authorities[0].id))
    #expect(liverpools.map(\.way.folder) == ["elsewhere", "elsewhere"])
    #expect(liverpools.map(\.sequence) == [1, 1])
    #expect(liverpools.first?.instant == StationWorld.noon)
    try await next.expectClean()
  }

  @Test func whatATornObjectHoldsIsNeverSent() async throws {
    // The bytes are damaged on the disk between R2 and R3.
    let world = try await StationWorld()
    let export = try await world.export([Synthetic.row(2)], mark: "1")
    let objects = world.folder.path + "/state/objects"
    let before = Set(Self.files(objects))
    let station = world.station { step in
      guard step == "R2", let path = Set(Self.files(objects)).subtracting(before).first else { return }
      do {
        guard var bytes = try TemporaryFolder.read(path), !bytes.isEmpty else { return }
        bytes[bytes.count - 1] ^= 1
        try TemporaryFolder.write(path, bytes, mode: 0o600)
      } catch {
        Issue.record("the object could not be damaged: \(error)")
      }
    }
    let pass = try await station.pass()
    #expect(pass.next != nil)
    #expect(try await world.returns().map(\.state) == [.drafted])
    #expect(try await world.state(export) == .read)
    #expect(world.events.count == 1)
    // Rendered again from the rows, it is whole.
    _ = try await world.station().pass()
    #expect(try await world.returns().map(\.state) == [.waiting(.release)])
    try await world.expectClean()
  }

  private static func files(_ folder: String) -> [String] {
    TemporaryFolder.names(folder).flatMap { name -> [String] in
      let path = folder + "/" + name
      let inside = TemporaryFolder.names(path)
      return inside.isEmpty ? [path] : files(path)
    }
  }
}
