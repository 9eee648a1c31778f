// Numbers of days: read where it is certain from which year a spreadsheet counts.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Damage: numbers of days") struct SpreadsheetSerialTests {
  @Test func provedByTheYearGroup() {
    let examination = Fixture.examine([
      Fixture.row(0, ["Date of Birth": "40238"]), Fixture.row(1, ["Date of Birth": "02/03/2010"]),
      Fixture.row(2, ["Date of Birth": "39508"]),
    ])
    #expect(examination.rows.map { $0.record[.dateOfBirth] } == ["2010-03-01", "2010-03-02", "2008-03-01"])
    #expect(examination.codes(row: 2) == ["L220"])
    #expect(examination.codes(row: 4) == ["L213", "L220"], "taught out of age group")
  }

  /// The same days in a file that counts from 1904.
  @Test func notReadWhereTheFileCountsFrom1904() {
    let rows = [Fixture.row(0, ["Date of Birth": "38776"]), Fixture.row(1, ["Date of Birth": "38777"])]
    let examination = Fixture.examine(rows)
    #expect(examination.rows.map(\.verdict) == [.held(.noDateOfBirth), .held(.noDateOfBirth)])
    #expect(examination.codes(row: 2) == ["L211"])
    #expect(examination.row(2)?.details.first?.what.contains("1904") == true)
    let mixed = Fixture.examine(rows + [Fixture.row(2, ["Date of Birth": "40238"])])
    #expect(mixed.rows.allSatisfy { $0.verdict == .held(.noDateOfBirth) }, "the file contradicts itself")
  }

  @Test func withoutYearGroupTheAgeTells() {
    var evidence = SpreadsheetSerial.Evidence()
    #expect(!evidence.isFrom1900)
    evidence.see(birth: CalendarDate(iso: "2010-03-01") ?? .first, cohort: nil, on: Fixture.day)
    #expect(evidence.isFrom1900)
    evidence.see(birth: CalendarDate(iso: "2006-03-01") ?? .first, cohort: nil, on: Fixture.day)
    #expect(!evidence.isFrom1900)
  }

  @Test func otherDates() {
    #expect(Fixture.check("46199", .leavingDate).value == "2026-06-26")
    #expect(Fixture.check("45171", .leavingDate).codes == ["L221"], "2023, or 2027 from 1904")
    #expect(Fixture.check("44440", .entryDate).codes == ["L221"])
    let proved = Fixture.context(ColumnSurvey(serialsFrom1900: true))
    #expect(Fixture.check("44440", .entryDate, proved).value == "2021-09-01")
    let row = Fixture.examine([Fixture.row(0, ["Entry Date": "44440", "Leaving Date": "46199"])]).row(2)
    #expect(row?.record[.entryDate] == "2021-09-01", "the leaving date shows what the file counts from")
  }
}
