// E-mail addresses: the common form, no more.

import Leavers
import Ledger
import Testing

@testable import Intake

@Suite("Rule: e-mail") struct EmailRuleTests {
  @Test func emails() {
    #expect(Fixture.check("_zz.qq+1@example.org", .email) == .kept("_zz.qq+1@example.org"))
    for bad in ["zz", "zz@", "@example.org", "zz@example", "a@example.org; b@example.org", "zz qq@example.org"] {
      #expect(Fixture.check(bad, .email).value == nil)
    }
    #expect(Fixture.check("zz@example", .email).codes == ["L252"])
    #expect(Fixture.check("zz@-example.org", .email).codes == ["L252"])
  }
}
