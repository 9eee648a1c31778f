// A crash after each step of I0 to I6: a fresh station finishes, with one export, each row once, the desk files equal.

import Leavers
import Ledger
import Synchronization
import Testing

@testable import Intake

@Suite("Intake after a crash") struct IntakeCrashTests {
  private static let rows = (0..<3).map { Fixture.row($0) } + [Fixture.row(0), Fixture.row(4, ["Date of Birth": "x"])]

  /// Each step, and how often it has been passed when the crash comes: three desk files make each of their steps three times.
  @Test(arguments: [
    ("I0", 1), ("I1", 1), ("I2", 1), ("I3", 1), ("I4 begun", 1), ("I4", 1), ("I5", 1), ("I6 temporary", 1),
    ("I6 renamed", 1),
    ("I6 recorded", 1), ("I6 temporary", 2), ("I6 renamed", 2), ("I6 recorded", 2), ("I6 temporary", 3),
    ("I6 renamed", 3), ("I6 recorded", 3), ("I6", 1),
    ("page temporary", 1), ("page renamed", 1), ("page recorded", 1), ("page temporary", 2), ("page renamed", 2),
    ("page recorded", 2),
  ])
  func freshStationFinishes(_ step: String, _ times: Int) async throws {
    let yard = try Yard()
    let export = Fixture.export(Self.rows)
    try yard.drop("a.csv", export)
    let crashed = try await crash(yard, at: step, times)
    #expect(crashed)
    let fresh = try await yard.station()
    try await yard.run(fresh)
    try await expectFinished(yard, export)
  }

  /// Crash upon crash, at a different step each time.
  @Test func crashAtEveryStepInTurn() async throws {
    let yard = try Yard()
    let export = Fixture.export(Self.rows)
    try yard.drop("a.csv", export)
    for step in ["I1", "I2", "I3", "I4 begun", "I4", "I5", "I6 temporary", "I6 renamed", "I6 recorded", "I6"] {
      #expect(try await crash(yard, at: step, 1), "never came to \(step)")
    }
    try await yard.run(yard.station())
    try await expectFinished(yard, export)
  }

  @Test func manyBatches() async throws {
    let yard = try Yard()
    let rows = (0..<1203).map { number in
      Fixture.row(0, ["UPN": "", "ULN": "", "Legal Surname": "Zz\(Self.letters(number))"])
    }
    let export = Fixture.export(rows)
    try yard.drop("a.csv", export)
    #expect(try await crash(yard, at: "I4", 2))
    try await yard.run(yard.station())
    let exports = try await yard.exports()
    #expect(exports.map(\.rowsRead) == [1203])
    #expect(exports[0].generation == 2)
  }

  @Test func crashWhileUnreadable() async throws {
    let yard = try Yard()
    try yard.drop("a.csv", Array("nonsense\n".utf8))
    for step in ["I3", "I5", "I6 renamed"] { #expect(try await crash(yard, at: step, 1)) }
    try await yard.run(yard.station())
    let exports = try await yard.exports()
    #expect(exports.map(\.state) == [.unreadable])
    #expect(exports[0].handedBackAt != nil)
    #expect(yard.out() == ["a.findings.csv", "a.summary.html"])
  }

  /// Between the rename and its record the file is ours although the ledger does not say so; a file that a person
  /// changed in that instant is not.
  @Test func personChangesTheFileBetweenRenameAndRecord() async throws {
    let yard = try Yard()
    let export = Fixture.export(Self.rows)
    try yard.drop("a.csv", export)
    #expect(try await crash(yard, at: "I6 renamed", 1))
    let mine = Array("mine".utf8)
    try yard.folder.write("\(Fixture.laestab)/desk/out/a.findings.csv", mine)
    try await yard.run(yard.station())
    #expect(yard.outBytes("a.findings.csv") == mine)
    #expect(yard.out() == ["a.checked.csv", "a.findings (2).csv", "a.findings.csv", "a.summary.html"])
  }

  /// The wall clock is not what decides: stepped back by a year between two looks, the file settles all the same, and
  /// the examination follows the day that the ledger keeps.
  @Test func clockStepped() async throws {
    let yard = try Yard()
    let export = Fixture.export(Self.rows)
    try yard.drop("a.csv", export)
    #expect(try await crash(yard, at: "I3", 1))
    yard.clock.set(now: Yard.instant + .seconds(400 * 86_400))
    try await yard.run(yard.station())
    try await expectFinished(yard, export)
  }

  // MARK: Helpers

  /// Runs a station until it crashes at a step; false where it never came there.
  private func crash(_ yard: Yard, at step: String, _ times: Int) async throws -> Bool {
    let left = Mutex(times)
    let station = try await yard.station(step: { reached in
      guard reached == step else { return }
      if left.withLock({ left in
        left -= 1
        return left == 0
      }) {
        throw Crash()
      }
    })
    do {
      try await yard.run(station)
    } catch is Crash {
      yard.crash()
      return true
    }
    return false
  }

  private func expectFinished(_ yard: Yard, _ export: [UInt8]) async throws {
    let exports = try await yard.exports()
    #expect(exports.map(\.state) == [.read])
    let only = try #require(exports.first)
    #expect(only.rowsRead == Self.rows.count)
    #expect(only.handedBackAt != nil)
    let ledger = try await yard.ledger()
    #expect(try await ledger.objects.read(only.object) == export)
    let files = try await yard.deskFiles(named: "a.csv", export)
    #expect(yard.out() == files.map(\.name).sorted())
    for file in files { #expect(yard.outBytes(file.name) == file.bytes) }
  }

  private static func letters(_ number: Int) -> String {
    String(number).map { String(Character(Unicode.Scalar(97 + UInt8($0.wholeNumberValue ?? 0)))) }.joined()
  }
}
