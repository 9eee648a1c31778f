// A pupil whom two schools have: told where both have one controller, and nowhere else.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Pupils at two schools") struct ElsewhereTests {
  private static let sibling = "3436900"

  /// The codes of the findings of the second school's export, after the first one's was read.
  private func said(
    _ first: [String: String] = [:], pupil: Int = 0,
    adjust: (inout Configuration) -> Void = { _ in }
  ) async throws -> [String] {
    let yard = try Yard(schools: [Fixture.laestab, Self.sibling]) { adjust(&$0) }
    let station = try await yard.station()
    try yard.drop("one.csv", Fixture.export([Fixture.row(0, first)]))
    try await yard.settle(station)
    yard.clock.advance(by: .seconds(60))
    try await yard.settle(station)
    try yard.drop("two.csv", Fixture.export([Fixture.row(pupil)]), laestab: Self.sibling)
    try await yard.settle(station)
    yard.clock.advance(by: .seconds(60))
    try await yard.settle(station)
    let ledger = try await yard.ledger()
    return try await ledger.exports.findings(of: ExportID(rawValue: 2)).map(\.code.rawValue)
  }

  @Test func bothSchoolsOfATrustHaveThePupil() async throws {
    #expect(try await said().contains("L508"))
  }

  @Test func aPupilWhoLeftTheOtherSchoolIsThisOnes() async throws {
    #expect(try await !said(["Leaving Date": "01/06/2026"]).contains("L508"))
    #expect(try await said(["Leaving Date": "26/06/2026"]).contains("L508"))
  }

  @Test func anotherPupilIsAnother() async throws {
    #expect(try await !said(pupil: 1).contains("L508"))
  }

  /// What another controller has is told to nobody.
  @Test func nothingIsToldAcrossControllers() async throws {
    let codes = try await said { configuration in
      configuration.schools[1].controller = ControllerID(unchecked: "another-trust")
    }
    #expect(!codes.contains("L508"))
  }
}
