// Letters that two encodings damaged come back where all of the text does; else they are said.

import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import Intake

@Suite("Damage: two encodings") struct MojibakeTests {
  @Test(arguments: ["Zoë", "O\u{2019}Zz", "Łukasz", "Žoë-Ánna", "à", "ÀÉÏ", "São Zz", "Ząb", "Świt"])
  func comesBack(_ name: String) throws {
    let damaged = try TextEncoding.windows1252.decode(Array(name.utf8))
    #expect(damaged != name)
    #expect(Mojibake.repaired(damaged) == name)
    let twice = try TextEncoding.windows1252.decode(Array(damaged.utf8))
    #expect(Mojibake.repaired(twice) == name)
    #expect(Fixture.check(damaged, .legalSurname) == .kept(name, Remark(.lettersRepaired)))
  }

  @Test(arguments: ["Zoë", "Âgé Ãzé", "plain", "CAFÉ\u{2019}S", "Ã«\u{FFFD}", "Ã« ł", "Ø", "5 €"])
  func soundOrHalfDamagedStays(_ text: String) { #expect(Mojibake.repaired(text) == nil) }

  /// Read as letters of other alphabets it would make sense only by accident.
  @Test func nothingButLatinComesBack() throws {
    let greek = try TextEncoding.windows1252.decode(Array("Ζωή".utf8))
    #expect(Mojibake.repaired(greek) == nil)
    let mixed = try TextEncoding.windows1252.decode(Array("é\u{252}".utf8))
    #expect(Mojibake.repaired(mixed) == nil)
  }

  @Test func beforeAndAfterAreKept() {
    let row = Fixture.examine([Fixture.row(0, ["Legal Forename": "ZoÃ«"])]).row(2)
    #expect(row?.record[.legalForename] == "Zoë")
    #expect(row?.verdict == .clear)
    #expect(row?.details.map(\.code) == [.lettersRepaired])
    #expect(row?.details.first?.value?.exposed == "ZoÃ«")
    #expect(row?.details.first?.after?.exposed == "Zoë")
  }

  /// A formula does not pass because it was damaged.
  @Test func repairedTextGoesThroughTheRules() {
    #expect(Fixture.check("=Ã«", .course).codes == ["L034"])
  }
}
