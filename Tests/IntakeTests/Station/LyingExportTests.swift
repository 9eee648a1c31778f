// Which exports lie in the folder, which of them could go, and what is and is not a new export.

import Glibc
import Leavers
import Ledger
import Profiles
import Synchronization
import Testing

@testable import Intake

@Suite("Exports that lie there") struct LyingExportTests {
  private func decide(_ yard: Yard, _ export: ExportID) async throws {
    let ledger = try await yard.ledger()
    try await ledger.returns.setScope(export, [])
    try await ledger.returns.finish(export)
  }

  @Test func whatCouldGoIsToldByCountAndFolder() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    let ledger = try await yard.ledger()
    let name = "Ann Example.csv"
    for (number, file) in [name, "copy of it.csv", "b.csv"].enumerated() {
      try yard.drop(file, Fixture.export([Fixture.row(number == 2 ? 3 : 0)]))
      try await yard.run(station)
    }
    let exports = try await yard.exports()
    #expect(exports.count == 2)
    func mayGo() async throws -> [String] {
      try await ledger.exports.lying(of: yard.school.id).filter(\.mayGo).map {
        String($0.path.exposed.split(separator: "/").last ?? "")
      }.sorted()
    }
    #expect(try await ledger.exports.lying(of: yard.school.id).count == 3)
    #expect(try await mayGo().isEmpty)
    try await decide(yard, exports[0].id)
    #expect(try await mayGo().isEmpty, "nothing newer is decided")
    try await decide(yard, exports[1].id)
    #expect(try await mayGo() == [name, "copy of it.csv"])
    let item = try #require(try await ledger.overview.todo().last)
    #expect(item.code == .exportsNeedless)
    #expect(item.text.hasPrefix("2 exports in \(yard.school.exports) "))
    #expect(!item.text.contains("Ann"))
    // The newest may go when a month has passed.
    yard.clock.advance(by: .seconds(31 * 86_400))
    #expect(try await mayGo().count == 3)
    // What the school took away is not told of any more, and says nothing of its pupils.
    unlink("\(yard.school.exports)/\(name)")
    unlink("\(yard.school.exports)/copy of it.csv")
    try await yard.run(station)
    #expect(try await mayGo() == ["b.csv"])
    #expect(yard.folder.exists("\(Fixture.laestab)/exports/b.csv"))
    // Another process finds the same.
    yard.crash()
    try await yard.run(try await yard.station())
    #expect(try await yard.ledger().exports.lying(of: yard.school.id).count == 1)
  }

  @Test func anExportThatIsOnlyTouchedIsNoNewOne() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    let path = "\(yard.school.exports)/a.csv"
    try yard.drop("a.csv", Fixture.export([Fixture.row(0)]))
    try await yard.run(station)
    let later = timespec(tv_sec: 1_900_000_000, tv_nsec: 0)
    #expect(utimensat(AT_FDCWD, path, [later, later], 0) == 0)
    #expect(chmod(path, 0o600) == 0)
    try await yard.run(station)
    #expect(try await yard.exports().count == 1)
    #expect(yard.told.last == .repeated)
    // Another content under the old name is one, and lies there.
    try yard.drop("a.csv", Fixture.export([Fixture.row(2)]))
    try await yard.run(station)
    #expect(try await yard.exports().count == 2)
    let lying = try await yard.ledger().exports.lying(of: yard.school.id)
    #expect(lying.map(\.export) == [ExportID(rawValue: 2)])
  }

  /// Of a folder that is away nothing is concluded, though the other one can be looked through.
  @Test func aFolderThatIsAwayAfterAStartKeepsWhatLiesThere() async throws {
    let yard = try Yard()
    let files = TroubledFiles()
    try yard.folder.makeFolder("\(Fixture.laestab)/desk/in")
    try yard.folder.write("\(Fixture.laestab)/desk/in/mine.csv", Fixture.export([Fixture.row(3)]))
    for name in ["a.csv", "b.csv"] { try yard.drop(name, Fixture.export([Fixture.row(name == "a.csv" ? 0 : 1)])) }
    try await yard.run(try await yard.station(files: files))
    func lying() async throws -> [String] {
      try await yard.ledger().exports.lying(of: yard.school.id).map {
        String($0.path.exposed.split(separator: "/").last ?? "")
      }.sorted()
    }
    #expect(try await lying() == ["a.csv", "b.csv", "mine.csv"])
    yard.crash()
    files.problems.withLock { $0["\(Fixture.laestab)/exports"] = FileProblem(number: ESTALE) }
    unlink("\(yard.school.exports)/a.csv")
    unlink("\(yard.school.deskIn)/mine.csv")
    let station = try await yard.station(files: files)
    try await yard.run(station)
    #expect(try await lying() == ["a.csv", "b.csv"])
    files.problems.withLock { $0 = [:] }
    try await yard.run(station)
    #expect(try await lying() == ["b.csv"])
    // Of a folder that is no longer the school's nothing lies anywhere.
    await station.replace(configuration: yard.configuration { $0.exports = $0.deskIn })
    try await yard.run(station)
    #expect(try await lying().isEmpty)
  }
}
