// Surname and forename in each other's place are asked about and never moved.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Damage: swapped names") struct SwappedNamesTests {
  @Test func twoRowsThatSayItTheOtherWayRound() {
    let examination = Fixture.examine([
      Fixture.row(0, ["Legal Surname": "Zzred", "Legal Forename": "Qqblue", "UPN": ""]),
      Fixture.row(1, ["Legal Surname": "QQBLUE", "Legal Forename": "zzred", "Date of Birth": "01/03/2010"]),
      Fixture.row(2, ["Legal Surname": "Qqblue", "Legal Forename": "Zzred", "Date of Birth": "09/03/2010"]),
    ])
    #expect(examination.codes(row: 2).contains("L204"))
    #expect(examination.codes(row: 3) == ["L204"])
    #expect(examination.codes(row: 4) == [], "born on another day")
    #expect(examination.row(2)?.record[.legalSurname] == "Zzred")
    #expect(examination.rows.allSatisfy { $0.verdict == .clear })
    #expect(examination.row(3)?.details.first?.what.contains("row 2") == true)
  }

  @Test func oneRowWithPreferredNames() {
    let record = LeaverRecord([
      .legalSurname: "Qqblue", .legalForename: "Zzred", .preferredSurname: "Zzred", .preferredForename: "Qqblue",
    ])
    #expect(SwappedNames.isSwapped(record))
    var other = record
    other[.preferredForename] = "Qqgreen"
    #expect(!SwappedNames.isSwapped(other))
    let same = LeaverRecord([
      .legalSurname: "Zz", .legalForename: "Zz", .preferredSurname: "Zz", .preferredForename: "Zz",
    ])
    #expect(!SwappedNames.isSwapped(same))
    #expect(!SwappedNames.isSwapped(LeaverRecord([.legalSurname: "Zz", .legalForename: "Qq"])))
  }

  @Test func bothInOneCell() {
    #expect(Fixture.check("ZZSURNAME, Qqforename", .legalSurname).codes == ["L205"])
    #expect(Fixture.check("ZZSURNAME, Qqforename", .legalSurname).value == "ZZSURNAME, Qqforename")
    for text in ["Zz", "Zz,", "Zz, Qq, Rr", ", Qq"] { #expect(Fixture.check(text, .legalSurname).codes == []) }
    #expect(Fixture.check("Zz, Qq", .middleNames).codes == [])
  }
}
