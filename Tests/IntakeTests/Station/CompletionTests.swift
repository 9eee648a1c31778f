// Exports that are complete only when their marker is there.

import Glibc
import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Markers of completion") struct CompletionTests {
  private let export = Fixture.export([Fixture.row(0), Fixture.row(1)])

  private func station(_ yard: Yard, _ pattern: String = "{name}.done") async throws -> IntakeStation {
    let marker = try #require(CompletionMarker(pattern))
    return try await yard.station(configuration: yard.configuration { $0.completeWhen = marker })
  }

  /// Gives a file a time of its content, in seconds.
  private func touch(_ yard: Yard, _ name: String, _ seconds: Int) {
    let time = timespec(tv_sec: seconds, tv_nsec: 0)
    #expect(utimensat(AT_FDCWD, "\(yard.school.exports)/\(name)", [time, time], 0) == 0)
  }

  @Test(arguments: [("{name}.done", "a.csv.DONE"), ("{base}.ctl", "a.ctl"), ("ready_{base}.txt", "ready_a.txt")])
  func withItsMarkerItIsReadAtOnce(_ pattern: String, _ marker: String) async throws {
    let yard = try Yard()
    let station = try await station(yard, pattern)
    try yard.drop("a.csv", export)
    for _ in 0..<3 { try await yard.run(station) }
    #expect(try await yard.exports().isEmpty)
    #expect(yard.told == [.unmarked])
    try yard.drop(marker, Array("2\n".utf8))
    // It has settled while it waited; the marker itself is no export.
    try await yard.settle(station)
    #expect(try await yard.exports().map(\.rowsRead) == [2])
    for _ in 0..<3 { try await yard.run(station) }
    #expect(try await yard.exports().count == 1)
    #expect(yard.told.filter { $0 == .unmarked }.count == 1)
  }

  @Test func aMarkerThatIsOlderThanTheExportDoesNotCount() async throws {
    let yard = try Yard()
    let station = try await station(yard)
    try yard.drop("a.csv", export)
    try yard.drop("a.csv.done", [])
    touch(yard, "a.csv", 1_781_000_000)
    touch(yard, "a.csv.done", 1_781_000_000)
    try await yard.run(station)
    #expect(try await yard.exports().count == 1)
    try yard.drop("a.csv", Fixture.export([Fixture.row(3)]))
    touch(yard, "a.csv", 1_781_000_060)
    for _ in 0..<2 { try await yard.run(station) }
    #expect(try await yard.exports().count == 1)
    touch(yard, "a.csv.done", 1_781_000_061)
    try await yard.run(station)
    #expect(try await yard.exports().map(\.rowsRead) == [2, 1])
  }

  @Test func afterAnHourItIsAMatterForAPerson() async throws {
    let yard = try Yard()
    let station = try await station(yard)
    let ledger = try await yard.ledger()
    func todo() async throws -> [TodoItem] { try await ledger.overview.todo() }
    try yard.drop("a.csv", export)
    try await yard.run(station)
    #expect(try await todo().isEmpty)
    yard.clock.advance(by: .seconds(1800))
    try yard.drop("Ann Example.csv", Fixture.export([Fixture.row(3)]))
    try await yard.run(station)
    yard.clock.advance(by: .seconds(1800))
    let item = try #require(try await todo().first)
    #expect(item.code == .exportsUnmarked)
    #expect(item.text.hasPrefix("2 exports of School \(Fixture.laestab) since "))
    #expect(!item.text.contains("Ann"))
    // The first has its marker: the second waits since half an hour.
    try yard.drop("a.csv.done", [])
    try await yard.run(station)
    #expect(try await !todo().contains { $0.code == .exportsUnmarked })
    try yard.drop("Ann Example.csv.done", [])
    try await yard.run(station)
    yard.clock.advance(by: .seconds(7200))
    #expect(try await !todo().contains { $0.code == .exportsUnmarked })
  }

  @Test func anotherProcessKeepsTheTimeItWaits() async throws {
    let yard = try Yard()
    try yard.drop("a.csv", export)
    try await yard.run(try await station(yard))
    yard.crash()
    yard.clock.advance(by: .seconds(3600))
    try await yard.run(try await station(yard))
    #expect(try await yard.ledger().overview.todo().map(\.code) == [.exportsUnmarked])
    let since = try await yard.ledger().places.unmarked(of: yard.school.id)?.since
    #expect(since == Yard.instant + .seconds(2))
  }

  /// People name their files as they like: nothing on the desk is a marker.
  @Test func onTheDeskNothingIsAMarker() async throws {
    let yard = try Yard()
    let station = try await station(yard, "ready_{base}.csv")
    try yard.folder.makeFolder("\(Fixture.laestab)/desk/in")
    try yard.folder.write("\(Fixture.laestab)/desk/in/ready_leavers.csv", export)
    try yard.drop("ready_a.csv", export)
    try await yard.run(station)
    #expect(try await yard.exports().count == 1)
  }

  /// A marker that is called as tables are would silence exports, which the configuration refuses by the same endings.
  @Test func endingsOfTablesAreTheSameEverywhere() {
    #expect(Set(NamedKind.endings.map(\.ending)) == Set(CompletionMarker.tableEndings))
  }
}
