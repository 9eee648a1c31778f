// Postcodes: the form only; the placeholder is kept and said.

import Leavers
import Ledger
import Testing

@testable import Intake

@Suite("Rule: postcode") struct PostcodeRuleTests {
  @Test func kept() { #expect(Fixture.check("l203dl", .postcode) == .kept("L20 3DL")) }

  @Test func placeholderIsKeptAndNoted() {
    let outcome = Fixture.check("ZZ999ZZ", .postcode)
    #expect(outcome.value == "ZZ99 9ZZ")
    #expect(outcome.codes == ["L230"])
  }

  @Test(arguments: ["L20", "L2O 3DL", "12345", "L20 3DLX9"])
  func invalidIsLeftOut(_ text: String) { #expect(Fixture.check(text, .postcode).codes == ["L231"]) }
}
