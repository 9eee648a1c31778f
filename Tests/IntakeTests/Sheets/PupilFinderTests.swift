// Whom a row of a register is about: nobody, where anything that it says is another child's.

import Leavers
import Testing

@testable import Intake

@Suite("Pupil finder") struct PupilFinderTests {
  private static let ann = Fixture.upns[0]
  private let finder = PupilFinder([
    (
      PupilID(rawValue: 1),
      LeaverRecord([
        .upn: ann, .uln: Fixture.ulns[0], .legalSurname: "Smith", .legalForename: "Ann", .preferredForename: "Annie",
        .formerSurname: "Jones", .dateOfBirth: "2010-03-04",
      ])
    )
  ])

  private func find(_ given: [Field: String]) -> Int64? { finder.find(LeaverRecord(given))?.rawValue }

  @Test(
    arguments: [
      [.legalSurname: "Smith", .legalForename: "Bob", .dateOfBirth: "2010-03-04"],
      [.legalSurname: "Brown", .legalForename: "Ann", .dateOfBirth: "2010-03-04"],
      [.legalSurname: "Smith", .legalForename: "Ann", .dateOfBirth: "2010-04-04"],
      [.legalForename: "Bob"], [.uln: Fixture.ulns[1]],
    ] as [[Field: String]])
  func theUPNOfOneAndTheNameOfAnotherAreNobody(_ given: [Field: String]) {
    #expect(find(given.merging([.upn: Self.ann]) { $1 }) == nil)
  }

  @Test(
    arguments: [
      [:], [.legalSurname: "SMITH", .legalForename: "ann", .dateOfBirth: "2010-03-04"],
      [.legalForename: "Annie", .dateOfBirth: "2010-03-04"], [.legalSurname: "Jones", .legalForename: "Ann"],
      [.legalSurname: "Smith", .legalForename: "Ánn"],
    ] as [[Field: String]])
  func whatIsKnownOfThePupilContradictsNothing(_ given: [Field: String]) {
    #expect(find(given.merging([.upn: Self.ann]) { $1 }) == 1)
  }
}
