// A Common Transfer File beside what the school said before: it brings no destination, and takes none away.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Common Transfer Files and the roll") struct TransferRollTests {
  @Test func destinationsAndAnswersComeFromTheRoll() throws {
    var school = Fixture.school()
    school.exportsAre = .partial
    let cohort = Cohort(stage: .y11, leavingYear: 2026)
    let before = Fixture.examine(Fixture.export([Fixture.row(0), Fixture.row(1)]))
    let roll = Roll(
      before.rows.enumerated().map {
        RollEntry(
          pupil: PupilID(rawValue: Int64($0.offset + 1)), record: $0.element.record, cohort: cohort, verdict: .clear,
          export: ExportID(rawValue: 1))
      })
    let examination = Intake.examine(
      TransferFixture.bytes([TransferFixture.pupil(0, more: "<Email>zz@example.org</Email>")]), school: school,
      configuration: Fixture.configuration(), day: Fixture.day, roll: roll)
    let row = try #require(examination.row(1))
    #expect(row.record[.intendedDestination] == "121")
    #expect(row.record[.sharing] == "YES")
    #expect(row.record[.postcode] == "L20 3DL", "no pupil of the file has an address")
    #expect(row.record[.email] == "zz@example.org")
    #expect(examination.carried.map(\.entry.pupil) == [PupilID(rawValue: 2)], "whoever is not in it is carried on")
    #expect(examination.carried.map(\.rowNumber) == [2])
  }

  /// Without a roll there is no answer: the returns hold such a record until the school has said what stands for one.
  @Test func withoutARollThereIsNoAnswer() throws {
    let examination = Fixture.examine(TransferFixture.bytes([TransferFixture.pupil()]))
    let row = try #require(examination.row(1))
    #expect(row.verdict == .clear)
    #expect(row.record[.sharing] == nil)
  }
}
