// Yes and no; protection in doubt is protection.

import Leavers
import Ledger
import Testing

@testable import Intake

@Suite("Rule: flags") struct FlagRuleTests {
  @Test(arguments: [("Y", "Y"), ("yes", "Y"), ("TRUE", "Y"), ("1", "Y"), ("No", "N"), ("false", "N"), ("0", "N")])
  func known(_ text: String, _ value: String) { #expect(Fixture.check(text, .lookedAfter) == .kept(value)) }

  @Test func unclear() {
    #expect(Fixture.check("perhaps", .lookedAfter) == .leftOut(.flagUnknown))
    #expect(Fixture.check("see file", .protectedAddress) == .kept("Y", Remark(.protectionUnclear)))
    #expect(Fixture.check("#REF!", .protectedAddress).value == "Y")
    #expect(Fixture.check("no", .protectedAddress) == .kept("N"))
    #expect(Fixture.check("", .protectedAddress) == .blank)
  }
}
