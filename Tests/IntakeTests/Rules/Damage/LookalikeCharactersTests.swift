// A letter typed for a digit in a UPN: put right only where one reading has the check letter and another field agrees.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Damage: letters for digits") struct LookalikeCharactersTests {
  /// A UPN of the school of the fixture, 3414787, with the serial 001 of 2014; and one of another school.
  private static let own = upn("341478714001")
  private static let other = upn("343499920105")

  private static func upn(_ body: String) -> String { UPN.checkLetter(for: body).map { "\($0)\(body)" } ?? "" }

  private func damaged(_ upn: String) -> String { upn.replacing("0", with: "O") }

  @Test func oneReading() {
    #expect(LookalikeCharacters.upn(damaged(Self.own))?.rawValue == Self.own)
    #expect(LookalikeCharacters.upn(Self.own.lowercased().replacing("1", with: "l"))?.rawValue == Self.own)
    #expect(LookalikeCharacters.upn(Self.own) == nil, "nothing is to be changed")
    #expect(LookalikeCharacters.upn("A" + damaged(Self.own).dropFirst()) == nil, "no check letter agrees")
    #expect(LookalikeCharacters.upn("12") == nil)
    #expect(LookalikeCharacters.upn(damaged(Self.own).replacing("7", with: "é")) == nil)
  }

  /// The last character may be a letter, so that both readings can have the right check letter.
  @Test func lastCharacter() throws {
    let body = "341478714005"
    let letter = try #require(UPN.checkLetter(for: body))
    #expect(LookalikeCharacters.upn("\(letter)34147871400S")?.rawValue == "\(letter)\(body)")
    #expect(LookalikeCharacters.cause("\(letter)34147871400S")?.contains("13") == true)
    // A temporary number that is right stays one.
    #expect(LookalikeCharacters.upn("J34349992499Z") == nil)
  }

  @Test func theCauseInWords() {
    #expect(LookalikeCharacters.cause(damaged(Self.own)) == "character 11 is the letter O, probably for the digit 0")
    #expect(LookalikeCharacters.cause(Self.own) == nil)
    #expect(Fixture.check("X80120000A001", .upn).codes == ["L112"])
  }

  private func row(_ upn: String, _ changes: [String: String] = [:]) -> ExaminedRow? {
    Fixture.examine([Fixture.row(0, ["UPN": upn].merging(changes) { $1 }), Fixture.row(1)]).row(2)
  }

  @Test func repairedWhereTheSchoolsOwnNumberAgrees() {
    let row = row(damaged(Self.own), ["Date of Birth": "01/03/2009"])
    #expect(row?.record[.upn] == Self.own)
    #expect(row?.details.map(\.code.rawValue) == ["L116", "L213"])
    #expect(row?.details.first?.value?.exposed == damaged(Self.own))
    #expect(row?.details.first?.after?.exposed == Self.own)
    #expect(row?.details.first?.column == "UPN" && row?.details.first?.columnNumber == 1)
  }

  /// Given in 2020, to somebody born in 2010: nothing agrees.
  @Test func leftOutWhereNothingAgrees() {
    let row = row(damaged(Self.other))
    #expect(row?.record[.upn] == nil)
    #expect(row?.details.map(\.code.rawValue) == ["L112"])
    #expect(row?.details.first?.what.contains("the letter O") == true)
    #expect(row?.verdict == .clear)
  }

  @Test func repairedWhereTheFormerOneAgrees() {
    #expect(row(damaged(Self.other), ["Former UPN": Self.other])?.record[.upn] == Self.other)
  }

  @Test func repairedWhereTheYearOfBirthAgrees() {
    let upn = Self.upn("343499914105")
    #expect(row(upn.replacing("1", with: "I"))?.record[.upn] == upn)
    #expect(row(upn.replacing("1", with: "I"), ["Date of Birth": "01/03/2008"])?.record[.upn] == nil)
    #expect(UPNAgreement.holds(upn, LeaverRecord([.dateOfBirth: "2009-09-01"]), Fixture.school().laestab))
    #expect(UPNAgreement.holds(upn, LeaverRecord([.dateOfBirth: "2010-09-01"]), Fixture.school().laestab))
    #expect(!UPNAgreement.holds(upn, LeaverRecord([.dateOfBirth: "2011-09-01"]), Fixture.school().laestab))
    #expect(!UPNAgreement.holds(upn, LeaverRecord(), Fixture.school().laestab))
  }

  /// The number is another pupil's: repaired, it would hold both.
  @Test func notRepairedIntoAnothersNumber() {
    let rows = [
      Fixture.row(0, ["UPN": damaged(Self.own)]), Fixture.row(1, ["UPN": Self.own]),
    ]
    let examination = Fixture.examine(rows)
    #expect(examination.rows.map(\.verdict) == [.clear, .clear])
    #expect(examination.rows.map { $0.record[.upn] } == [nil, Self.own])
  }

  /// Typed for two pupils, it is nobody's for certain.
  @Test func notRepairedForTwoPupils() {
    let rows = [0, 1].map { Fixture.row($0, ["UPN": damaged(Self.own)]) }
    let examination = Fixture.examine(rows)
    #expect(examination.rows.map(\.verdict) == [.clear, .clear])
    #expect(examination.rows.map { $0.record[.upn] } == [nil, nil])
    let twice = Fixture.examine([rows[0], rows[0]])
    #expect(twice.rows.map { $0.record[.upn] } == [Self.own, Self.own])
  }

  @Test func repairedIntoTheNumberOfThePupilsOtherRow() {
    let rows = [Fixture.row(0, ["UPN": Self.other]), Fixture.row(0, ["UPN": damaged(Self.other)])]
    let examination = Fixture.examine(rows)
    #expect(examination.rows.map(\.verdict) == [.clear, .merged(into: 2)])
    #expect(examination.rows.map { $0.record[.upn] } == [Self.other, Self.other])
  }
}
