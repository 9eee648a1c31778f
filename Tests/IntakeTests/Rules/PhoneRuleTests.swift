// Telephone numbers: repaired where that is certain, else left out.

import Leavers
import Ledger
import Testing

@testable import Intake

@Suite("Rule: telephone") struct PhoneRuleTests {
  @Test func phones() {
    #expect(Fixture.check("0151 496 0001", .phone) == .kept("01514960001"))
    #expect(Fixture.check("7700900123", .phone).value == "07700900123")
    #expect(Fixture.check("7700900123", .phone).codes == ["L251"])
    #expect(Fixture.check("+44 7700 900123", .phone) == .kept("07700900123"), "no formula")
    #expect(Fixture.check("0151 mum", .phone).codes == ["L250"])
  }
}
