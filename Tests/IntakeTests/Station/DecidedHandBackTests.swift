// The second hand-back: what was decided of each row comes to the school, once, whole, and over nobody's work.

import Glibc
import Leavers
import Ledger
import Synchronization
import Tabular
import Testing

@testable import Intake

@Suite("What is handed back when it is decided") struct DecidedHandBackTests {
  /// Row 2 goes in full, 3 at the floor, 4 has no sharing answer, 5 is another authority's, 6 is held by validation.
  private static let export = Fixture.export(
    (0..<4).map { Fixture.row($0) } + [Fixture.row(4, ["Date of Birth": "x"])])

  private func decide(_ yard: Yard, _ id: ExportID) async throws {
    try await yard.decide(
      id,
      [
        (
          Yard.sefton, [2: .full, 3: .floor],
          [(row: 4, fate: .held(.sharingUnlisted)), (row: 6, fate: .held(.noDateOfBirth))], [5]
        ),
        (
          Yard.wirral, [:],
          [(row: 4, fate: .withheld(.noAgreement)), (row: 6, fate: .held(.noDateOfBirth))], [2, 3, 5]
        ),
      ])
  }

  private func table(_ yard: Yard, _ name: String = "a.checked.csv") throws -> [[String]] {
    try TableFile(yard.outBytes(name)).rows.map { Array($0.cells.suffix(2)) }
  }

  @Test func reasonsStandOnTheRow() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    try yard.drop("a.csv", Self.export)
    try await yard.run(station)
    #expect(try table(yard).map(\.[0]) == ["passed", "passed", "passed", "passed", "1 error found"])
    let early = String(decoding: yard.outBytes("a.summary.html"), as: UTF8.self)
    #expect(early.contains("This is decided in a moment"))
    let findings = yard.outBytes("a.findings.csv")
    let id = try #require(try await yard.exports().first).id
    yard.forgetEvents()
    try await decide(yard, id)
    try await yard.settle(station)

    let rows = try table(yard)
    #expect(
      rows.map(\.[0]) == [
        "passed", "passed", "passed; held for sefton; withheld from wirral", "passed; goes to no authority",
        "1 error found",
      ])
    #expect(
      rows[2][1] == """
        Held for sefton (intended destinations): there is no sharing answer that is understood. Enter Yes, No, UNS (not \
        yet sought) or SNR (sought, no reply).; \nWithheld from wirral (confirmed destinations): no sharing agreement \
        covers this kind of return. Nothing needs to be corrected in the file; whoever looks after leaverlink settles it \
        with the authority.
        """)
    #expect(
      rows[3][1] == "No authority that is set up gets this pupil. Look at home authority, postcode and year group.")
    #expect(!rows[4][1].contains("Held for"), "validation says it already")
    let summary = String(decoding: yard.outBytes("a.summary.html"), as: UTF8.self)
    #expect(!summary.contains("This is decided in a moment"))
    #expect(
      summary.contains(
        "<th scope=\"row\">sefton</th><td>intended destinations</td><td>Y11-2026</td><td class=\"number\">1</td>"
          + "<td class=\"number\">1</td><td class=\"number\">–</td><td class=\"number\">2</td>"))
    #expect(summary.contains("No authority gets row 5."))
    #expect(yard.outBytes("a.findings.csv") == findings)
    #expect(yard.told == [.handedBack(files: 2)])
    #expect(yard.out() == ["a.checked.csv", "a.findings.csv", "a.summary.html"])
    let after = try await yard.ledger().exports.summary(of: id)
    #expect(after.fatesHandedBackAt == yard.clock.now())
    #expect(try await yard.ledger().exports.notHandedBack().isEmpty)
    try await yard.run(station)
    #expect(yard.told == [.handedBack(files: 2)], "once")
  }

  @Test(arguments: [
    ("I7 temporary", 1), ("I7 renamed", 1), ("I7 recorded", 1), ("I7 temporary", 2), ("I7 renamed", 2),
    ("I7 recorded", 2), ("I7", 1),
  ])
  func aCrashLeavesNothingHalf(_ step: String, _ times: Int) async throws {
    let yard = try Yard()
    try yard.drop("a.csv", Self.export)
    try await yard.run(yard.station())
    let id = try #require(try await yard.exports().first).id
    try await decide(yard, id)
    let left = Mutex(times)
    let crashing = try await yard.station(step: { reached in
      guard reached == step else { return }
      if left.withLock({ left in
        left -= 1
        return left == 0
      }) {
        throw Crash()
      }
    })
    await #expect(throws: Crash.self) { try await yard.settle(crashing) }
    yard.crash()
    try await yard.run(yard.station())
    #expect(try table(yard)[2][0] == "passed; held for sefton; withheld from wirral")
    #expect(yard.out() == ["a.checked.csv", "a.findings.csv", "a.summary.html"])
    #expect(try await yard.ledger().exports.notHandedBack().isEmpty)
    #expect(String(decoding: yard.outBytes("a.summary.html"), as: UTF8.self).contains("What would go where"))
  }

  @Test func whatAPersonChangedMeanwhileIsKept() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    try yard.drop("a.csv", Self.export)
    try await yard.run(station)
    let mine = Array("what the data manager wrote".utf8)
    try yard.folder.write("\(Fixture.laestab)/desk/out/a.checked.csv", mine)
    try await decide(yard, #require(try await yard.exports().first).id)
    try await yard.settle(station)
    #expect(yard.outBytes("a.checked.csv") == mine)
    #expect(try table(yard, "a.checked (2).csv")[2][0] == "passed; held for sefton; withheld from wirral")
    #expect(yard.told.contains(.keptBeside))
  }

  /// An older export that is decided only now says nothing over a newer one of the same name.
  @Test func aNewerExportsFilesStand() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    try yard.drop("a.csv", Self.export)
    try await yard.run(station)
    try yard.drop("a.csv", Fixture.export([Fixture.row(0)]))
    try await yard.run(station)
    let exports = try await yard.exports()
    let newer = yard.outBytes("a.summary.html")
    try await decide(yard, exports[0].id)
    try await yard.settle(station)
    #expect(try table(yard).count == 1)
    #expect(yard.outBytes("a.summary.html") == newer)
    #expect(try await yard.ledger().exports.notHandedBack().isEmpty)
  }

  /// A desk that comes back only when all is decided gets everything at once.
  @Test func bothAtOnceWhereTheDeskWasAway() async throws {
    let yard = try Yard()
    try yard.folder.write("\(Fixture.laestab)/desk/out", "in the way")
    let station = try await yard.station()
    try yard.drop("a.csv", Self.export)
    try await yard.run(station)
    try await decide(yard, #require(try await yard.exports().first).id)
    #expect(unlink("\(yard.folder.path)/\(Fixture.laestab)/desk/out") == 0)
    yard.forgetEvents()
    try await yard.settle(station)
    #expect(yard.told.filter { $0 == .handedBack(files: 3) }.count == 1)
    #expect(try table(yard)[2][0] == "passed; held for sefton; withheld from wirral")
    #expect(try await yard.ledger().exports.notHandedBack().isEmpty)
  }

  @Test func aCheckedWorkbookStaysTheSchoolsOwn() async throws {
    let yard = try Yard()
    let station = try await yard.station()
    let workbook = HandmadeWorkbook(pupils: 2).bytes
    try yard.drop("a.xlsx", workbook)
    try await yard.run(station)
    try await yard.decide(
      #require(try await yard.exports().first).id,
      [(Yard.sefton, [2: .full], [(row: 3, fate: .held(.uncertainRoute))], [])])
    try await yard.settle(station)
    let checked = yard.outBytes("a.checked.xlsx")
    let rows = try CheckedWorkbookTests.rows(checked, sheet: 1)
    #expect(rows[3]?[Fixture.columns.count].text == "passed; held for sefton")
    #expect(rows[2]?[2].text == Fixture.row(0)["Legal Surname"])
    #expect(yard.out() == ["a.checked.xlsx", "a.xlsx.findings.csv", "a.xlsx.summary.html"])
  }
}
