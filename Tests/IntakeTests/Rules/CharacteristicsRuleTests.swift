// Several codes in one cell, each checked on its own.

import Leavers
import Ledger
import Testing

@testable import Intake

@Suite("Rule: characteristics") struct CharacteristicsRuleTests {
  @Test func characteristics() {
    #expect(Fixture.check("110; 180", .characteristics) == .kept("110;180"))
    let outcome = Fixture.check("110;999", .characteristics)
    #expect(outcome.value == "110")
    #expect(outcome.codes == ["L300"])
    #expect(Fixture.check("999", .characteristics).value == nil)
  }
}
