// Numbers of a provider: left out when wrong.

import Leavers
import Ledger
import Testing

@testable import Intake

@Suite("Rule: provider") struct ProviderRuleTests {
  @Test func providers() {
    #expect(Fixture.check("10012345", .providerUKPRN) == .kept("10012345"))
    #expect(Fixture.check("20012345", .providerUKPRN).codes == ["L260"])
    #expect(Fixture.check("341/4787", .providerLAESTAB) == .kept("3414787"))
    #expect(Fixture.check("4787", .providerLAESTAB).codes == ["L261"])
  }
}
