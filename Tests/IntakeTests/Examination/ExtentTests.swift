// Which files can hold all leavers of a school whose exports do: never a list or a sheet (decision 14).

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Extent of a file") struct ExtentTests {
  private static let y11 = Cohort(stage: .y11, leavingYear: 2026)

  /// Thirty pupils of an export before, the first of whom are those of a file.
  private func roll(_ first: Examination) -> Roll {
    let others = (first.rows.count..<30).map { number in
      LeaverRecord([
        .legalSurname: "Zzother\(number)", .legalForename: "Qq", .dateOfBirth: "2009-10-\(number % 20 + 10)",
        .yearGroup: "11",
      ])
    }
    return Roll(
      (first.rows.map(\.record) + others).enumerated().map {
        RollEntry(
          pupil: PupilID(rawValue: Int64($0.offset + 1)), record: $0.element, cohort: Self.y11, verdict: .clear,
          export: ExportID(rawValue: 1))
      })
  }

  private let five = Fixture.export((0..<5).map { Fixture.row($0) })

  @Test func theCorrectedTableOfATransferFileIsAList() throws {
    let bytes = TransferFixture.bytes((0..<5).map { TransferFixture.pupil($0) })
    let first = Fixture.examine(bytes, named: "a.xml")
    #expect(first.rows.count == 5)
    #expect(first.summary.extent == .partial && first.summary.series == .list)
    let table = try #require(first.deskFiles(named: "a.xml", export: bytes).last)
    #expect(table.name == "a.xml.checked.csv")
    let examination = Intake.examine(
      table.bytes, school: Fixture.school(), configuration: Fixture.configuration(), day: Fixture.day,
      roll: roll(first))
    #expect(examination.summary.rowsRead == 5)
    #expect(examination.summary.extent == .partial && examination.summary.series == .list)
    #expect(examination.carried.count == 25)
  }

  @Test func whatAPersonPutOnTheDeskIsAList() {
    let roll = roll(Fixture.examine(five))
    func examine(isFromDesk: Bool, _ roll: Roll) -> Examination {
      Intake.examine(
        five, school: Fixture.school(), configuration: Fixture.configuration(), day: Fixture.day,
        isFromDesk: isFromDesk, roll: roll)
    }
    let list = examine(isFromDesk: true, roll)
    #expect(list.summary.extent == .partial && list.summary.series == .list && list.carried.count == 25)
    #expect(examine(isFromDesk: true, Roll()).summary.extent == .partial, "nor is the first of all")
    let export = examine(isFromDesk: false, roll)
    #expect(export.summary.extent == .full && export.summary.series == .export && export.carried.isEmpty)
  }

  @Test func aCareersLeadsSheetWithUPNsIsAList() throws {
    let rows = (0..<5).map { number in
      "\(Fixture.upns[number]),Qq,Zz\(number),0\(number + 1)/03/2010,11A,here"
    }
    let text = "UPN,First Name,Second Name,D.O.B.,Tutor Group,Where next?\r\n\(rows.joined(separator: "\r\n"))\r\n"
    func examine(_ roll: Roll) throws -> Examination {
      Intake.examine(
        Array(text.utf8), school: Fixture.school(), configuration: try ShippedWords.configuration(), day: Fixture.day,
        roll: roll)
    }
    let examination = try examine(roll(try examine(Roll())))
    #expect(examination.summary.columns.prefix(2) == ["upn", "legalForename"] && examination.rows.count == 5)
    #expect(examination.summary.extent == .partial && examination.summary.series == .list)
    #expect(examination.carried.count == 25)
  }

  /// Where the system gives no UPNs, its first file is all there is, and the next ones may be somebody's own list.
  @Test func aSystemWithoutUPNs() {
    let bytes = Fixture.export([Fixture.row(0)], columns: Fixture.columns.filter { $0 != "UPN" && $0 != "ULN" })
    #expect(Fixture.examine(bytes).summary.extent == .full)
    let next = Intake.examine(
      bytes, school: Fixture.school(), configuration: Fixture.configuration(), day: Fixture.day,
      roll: roll(Fixture.examine(five)))
    #expect(next.summary.extent == .partial)
  }

  @Test func aListThatIsPutIntoInTakesNobodyAway() async throws {
    let yard = try Yard(exportsAre: .full)
    let station = try await yard.station()
    try yard.folder.makeFolder("\(Fixture.laestab)/desk/in")
    try yard.drop("all.csv", Fixture.export([Fixture.row(0), Fixture.row(1), Fixture.row(3)]))
    try await yard.run(station)
    try yard.folder.write(
      "\(Fixture.laestab)/desk/in/some.csv", Fixture.export([Fixture.row(1, ["Intended Destination": "111"])]))
    try await yard.run(station)
    let exports = try await yard.exports()
    #expect(exports.map(\.rowsRead) == [3, 3] && exports.map(\.rowsCarried) == [0, 2])
    #expect(exports.map(\.extent) == [.full, .partial])
  }
}
