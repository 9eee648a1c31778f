// Files of ours whose time on the desk has come: removed where the school wants it, never a person's, over any crash.

import Glibc
import Leavers
import Ledger
import Profiles
import Synchronization
import Testing

@testable import Intake

@Suite("Lifetimes on the desk") struct ExpiryTests {
  private static let keep = Duration.seconds(90 * 86_400)

  /// A desk with the files of two exports, a.csv's and b.csv's, which have lain there long enough.
  private func make() async throws -> Yard {
    let yard = try Yard()
    let station = try await yard.station()
    for (number, name) in ["a.csv", "b.csv"].enumerated() {
      try yard.drop(name, Fixture.export([Fixture.row(number)]))
      try await yard.run(station)
    }
    #expect(
      yard.out() == [
        "a.checked.csv", "a.findings.csv", "a.summary.html", "b.checked.csv", "b.findings.csv", "b.summary.html",
      ])
    yard.clock.advance(by: Self.keep + .seconds(60))
    return yard
  }

  private func station(_ yard: Yard, step: @escaping IntakeStation.Step = { _ in }) async throws -> IntakeStation {
    try await yard.station(configuration: yard.configuration { $0.deskKeep = Self.keep }, step: step)
  }

  @Test func nothingIsRemovedUnlessTheSchoolWantsIt() async throws {
    let yard = try await make()
    try await yard.run(try await yard.station())
    #expect(yard.out().count == 6)
  }

  @Test func whatHasLainThereLongEnoughGoesButTheNewest() async throws {
    let yard = try await make()
    yard.forgetEvents()
    let station = try await station(yard)
    try await yard.run(station)
    #expect(yard.out() == ["b.checked.csv", "b.findings.csv", "b.summary.html"])
    #expect(yard.told == [.expired(files: 3)])
    let ledger = try await yard.ledger()
    #expect(try await ledger.exports.deskFile(school: yard.school.id, name: "a.checked.csv") == nil)
    let ends = try await ledger.overview.history(of: "E1").filter { $0.kind == .deskFileRemoved }
    #expect(ends.count == 3)
    // The export itself lies where it lay.
    #expect(yard.folder.exists("\(Fixture.laestab)/exports/a.csv"))
    yard.clock.advance(by: .seconds(7200))
    try await yard.run(station)
    #expect(yard.told.count == 1)
  }

  @Test func beforeItsTimeNothingGoes() async throws {
    let yard = try await make()
    let other = yard.configuration { $0.deskKeep = Self.keep + .seconds(86_400) }
    try await yard.run(try await yard.station(configuration: other))
    #expect(yard.out().count == 6)
  }

  @Test func aPersonsWorkStaysAndWhatWasTakenAwayIsForgotten() async throws {
    let yard = try await make()
    let mine = Array("the data manager's notes".utf8)
    try yard.folder.write("\(Fixture.laestab)/desk/out/a.checked.csv", mine)
    unlink("\(yard.folder.path)/\(Fixture.laestab)/desk/out/a.findings.csv")
    try await yard.run(try await station(yard))
    #expect(yard.outBytes("a.checked.csv") == mine)
    #expect(yard.out() == ["a.checked.csv", "b.checked.csv", "b.findings.csv", "b.summary.html"])
    let ledger = try await yard.ledger()
    let ends = try await ledger.overview.history(of: "E1").filter { $0.kind == .deskFileRemoved }.map(\.text)
    #expect(
      ends.contains { $0.contains("taken away by somebody") } && ends.contains { $0.contains("changed by a person") })
  }

  @Test(arguments: ["expiry begun", "expiry aside", "expiry removed"], [1, 2])
  func aCrashAtAnyStepIsTakenUpAgain(_ crashAt: String, _ time: Int) async throws {
    let yard = try await make()
    let reached = Mutex(0)
    let station = try await station(yard) { step in
      guard step == crashAt,
        reached.withLock({
          $0 += 1; return $0
        }) == time
      else { return }
      throw Crash()
    }
    await #expect(throws: Crash.self) { try await station.pass() }
    yard.crash()
    // A person puts a file of their own where ours was meanwhile.
    let wasThere = yard.folder.exists("\(Fixture.laestab)/desk/out/a.checked.csv")
    let mine = Array("mine".utf8)
    if !wasThere { try yard.folder.write("\(Fixture.laestab)/desk/out/a.checked.csv", mine) }
    try await yard.run(try await self.station(yard))
    #expect(yard.out() == (wasThere ? [] : ["a.checked.csv"]) + ["b.checked.csv", "b.findings.csv", "b.summary.html"])
    if !wasThere { #expect(yard.outBytes("a.checked.csv") == mine) }
    let ledger = try await yard.ledger()
    // What is kept as things stand stays: the page, and the sheet of the register.
    let expired = try await ledger.exports.expiredDeskFiles(of: yard.school.id, writtenBefore: yard.clock.now())
    #expect(expired.allSatisfy { DeskNames.isPage($0.name.exposed) || $0.name.exposed.hasPrefix(DeskSheet.folder) })
  }

  /// A person's file that comes under the name between the look and the removal is put back.
  @Test func whatWasTakenAsideAndIsAPersonsIsPutBack() throws {
    let folder = try TemporaryFolder()
    let desk = try DeskWriter(folder: folder.path)
    try folder.write("a.csv", "ours")
    let ours = ContentDigest.sha256(Array("ours".utf8))
    let end = try desk.remove("a.csv", ours: ours) { step in
      guard step == "expiry aside", let aside = TemporaryFolder.names(in: folder.path).first else { return }
      try folder.write(aside, "saved by a person into the open file")
    }
    #expect(end == .isAPersons)
    #expect(TemporaryFolder.names(in: folder.path) == ["a.csv"])
    #expect(folder.bytes("a.csv") == Array("saved by a person into the open file".utf8))
  }
}
