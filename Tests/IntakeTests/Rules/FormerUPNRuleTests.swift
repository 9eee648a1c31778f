// The former UPN is checked like the UPN.

import Leavers
import Ledger
import Testing

@testable import Intake

@Suite("Rule: former UPN") struct FormerUPNRuleTests {
  @Test func goodIsKeptAndBadLeftOut() {
    #expect(Fixture.check("N340499924002", .formerUPN) == .kept("N340499924002"))
    #expect(Fixture.check("A340499924002", .formerUPN).codes == ["L120"])
    #expect(Fixture.check("A340499924002", .formerUPN).value == nil)
    #expect(Fixture.check("UN1", .formerUPN) == .blank)
  }

  @Test func sameAsUPNIsLeftOut() {
    let examination = Fixture.examine([Fixture.row(0, ["Former UPN": Fixture.upns[0]])])
    #expect(examination.codes(row: 2) == ["L121"])
    #expect(examination.row(2)?.record[.formerUPN] == nil)
    #expect(examination.row(2)?.record[.upn] == Fixture.upns[0])
  }
}
