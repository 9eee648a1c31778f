// Names are kept as they are written; a formula is no name; without any name the row is held.

import Leavers
import Ledger
import Testing

@testable import Intake

@Suite("Rule: names") struct NameRuleTests {
  @Test(arguments: [
    ("O\u{2019}Zzbrien", "O\u{2019}Zzbrien"), ("  Zz  Qq ", "Zz Qq"), ("Zé-Øst", "Zé-Øst"),
    ("St. Zz (Qq)", "St. Zz (Qq)"), ("Null", "Null"), ("None", "None"), ("王", "王"),
  ])
  func kept(_ text: String, _ name: String) { #expect(Fixture.check(text, .legalSurname) == .kept(name)) }

  @Test(arguments: ["Zz1", "Zz@home", "Test", "unknown", "...", "Zz_Qq", "Zz/Qq"])
  func oddOnesAreKeptWithAWarning(_ text: String) {
    let outcome = Fixture.check(text, .legalForename)
    #expect(outcome.value == text)
    #expect(outcome.codes == ["L202"])
  }

  @Test(arguments: ["O\u{FFFD}Zz", "ZoÃ\u{FFFD}«", "Ã« \u{142}"])
  func damagedOnesAreSaid(_ text: String) {
    #expect(Fixture.check(text, .legalSurname).codes == ["L033"])
    #expect(Fixture.check(text, .legalSurname).value == text)
  }

  @Test func accentsAloneAreNotDamage() {
    #expect(Fixture.check("Âgé Ãzé", .legalSurname).codes == [])
  }

  @Test(arguments: ["=HYPERLINK(1)", "+Zz", "-Zz", "@Zz", "\u{FF1D}Zz"])
  func formulaHoldsTheRow(_ text: String) {
    let row = Fixture.examine([Fixture.row(0, ["Legal Surname": text])]).row(2)
    #expect(row?.verdict == .held(.noName))
    #expect(row?.details.map(\.code.rawValue) == ["L203"])
    #expect(row?.record[.legalSurname] == nil)
  }

  @Test func formulaInMiddleNamesHoldsNothingElse() {
    let row = Fixture.examine([Fixture.row(0, ["Middle Names": "=1"])]).row(2)
    #expect(row?.record[.middleNames] == nil)
    #expect(row?.record[.legalSurname] != nil)
  }

  @Test func missing() {
    let both = Fixture.examine([Fixture.row(0, ["Legal Surname": " ", "Legal Forename": "-"])]).row(2)
    #expect(both?.verdict == .held(.noName))
    #expect(both?.details.map(\.code.rawValue) == ["L200"])
    let one = Fixture.examine([Fixture.row(0, ["Legal Forename": ""])]).row(2)
    #expect(one?.verdict == .clear)
    #expect(one?.details.map(\.code.rawValue) == ["L201"])
  }
}
