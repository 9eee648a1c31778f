// The decimal point behind a whole number.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Damage: decimal tail") struct DecimalTailTests {
  @Test(arguments: [("12.0", "12"), ("12.00", "12"), ("12", "12"), ("x.0", "x.0"), (".0", ".0"), ("1.2.0", "1.2.0")])
  func tails(_ text: String, _ rest: String) { #expect(DecimalTail.removed(text) == rest) }

  @Test func numbersOfPlaces() {
    #expect(Fixture.check("10012345.0", .providerUKPRN) == .kept("10012345"))
    #expect(Fixture.check("3414787.0", .laestab) == .kept("3414787"))
    #expect(Fixture.check("7700900123.0", .phone).codes == ["L251"])
  }
}
