// A UPN that fails its check is left out, the pupil is not.

import Leavers
import Ledger
import Testing

@testable import Intake

@Suite("Rule: UPN") struct UPNRuleTests {
  @Test(arguments: ["D341499924001", " d341499924001\u{A0}", "D341 4999 24001", "\u{FEFF}D341499924001"])
  func goodOnesAreKept(_ text: String) {
    #expect(Fixture.check(text, .upn).value == "D341499924001")
  }

  @Test(arguments: [
    ("A801200005001", "L111"), ("Q207000016049", "L111"), ("X80120000A001", "L112"), ("D34149992401S", "L112"),
    ("I341499924001", "L112"), ("12345", "L112"), ("UN3", "L115"),
  ])
  func badOnesAreLeftOut(_ text: String, _ code: String) {
    let outcome = Fixture.check(text, .upn)
    #expect(outcome.value == nil)
    #expect(outcome.hold == nil)
    #expect(outcome.codes == [code])
  }

  @Test func temporaryOneIsNoted() {
    #expect(Fixture.check("C34149992401A", .upn).codes == ["L114"])
    #expect(Fixture.check("C34149992401A", .upn).value == "C34149992401A")
  }

  @Test func unknownAuthorityIsNotedOnly() throws {
    let body = "00012345678" + "9"
    let letter = try #require(UPN.checkLetter(for: body))
    let outcome = Fixture.check("\(letter)\(body)", .upn)
    #expect(outcome.value == "\(letter)\(body)")
    #expect(outcome.codes == ["L113"])
  }

  @Test func blankSaysNothingByItself() {
    #expect(Fixture.check("  ", .upn) == .blank)
    #expect(Fixture.check("n/a", .upn) == .blank)
  }
}
