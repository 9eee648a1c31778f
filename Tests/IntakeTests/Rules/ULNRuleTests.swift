// A ULN that fails its check is left out, the pupil is not.

import Leavers
import Ledger
import Testing

@testable import Intake

@Suite("Rule: ULN") struct ULNRuleTests {
  @Test(arguments: ["1000000043", "1000000043.0", " 100 000 0043 "])
  func goodOnesAreKept(_ text: String) { #expect(Fixture.check(text, .uln) == .kept("1000000043")) }

  @Test(arguments: [
    ("9276308687", "L130"), ("927630868", "L134"), ("92763086861", "L130"), ("0276308686", "L130"),
    ("9876543210", "L130"),
    ("9.27631E+09", "L131"), ("9.28E+09", "L131"), ("9999999999", "L132"),
  ])
  func badOnesAreLeftOut(_ text: String, _ code: String) {
    let outcome = Fixture.check(text, .uln)
    #expect(outcome.value == nil)
    #expect(outcome.hold == nil)
    #expect(outcome.codes == [code])
  }
}
