// A number in powers of ten is written out where no digit is lost.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Damage: powers of ten") struct ScientificNotationTests {
  @Test(arguments: [("9.276308686E+09", "9276308686"), ("7.700900123e9", "7700900123"), ("1,5E+1", "15")])
  func exact(_ text: String, _ digits: String) { #expect(ScientificNotation.exact(text) == digits) }

  @Test(arguments: [
    "9.28E+09", "9.27630868E+09", "9.2763086861E+09", "92.7E+09", "9E+09", "9.28", "9.2E-01", "E+09", "9.2E+0x", "",
    "9.2E+099", "9..2E+1", "x.2E+1", "1.2E+3E+4",
  ])
  func lostOrNone(_ text: String) { #expect(ScientificNotation.exact(text) == nil) }

  @Test func uln() {
    #expect(Fixture.check("9.276308686E+09", .uln) == .kept("9276308686", Remark(.numberRestored)))
    #expect(Fixture.check("9.28E+09", .uln).codes == ["L131"])
    #expect(Fixture.check("9.276308687E+09", .uln).codes == ["L131"], "the check digit does not agree")
  }

  @Test func phone() {
    #expect(Fixture.check("7.700900123E+09", .phone) == .kept("07700900123", Remark(.numberRestored)))
    #expect(Fixture.check("7.7009E+09", .phone).codes == ["L250"])
  }
}
