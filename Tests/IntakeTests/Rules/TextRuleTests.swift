// Free text: one line, without formulas.

import Leavers
import Ledger
import Testing

@testable import Intake

@Suite("Rule: text") struct TextRuleTests {
  @Test func addressLinesBecomeOneLine() {
    #expect(Fixture.check("12 Zz Street\r\nBootle", .addressLine1) == .kept("12 Zz Street, Bootle"))
    #expect(Fixture.check("12 Zz Street,\nBootle\n", .addressLine1) == .kept("12 Zz Street, Bootle"))
    #expect(Fixture.check("A\nB", .course) == .kept("A B"))
    #expect(Fixture.check("A\u{7}B", .course) == .kept("AB"))
  }

  @Test(arguments: ["=1+1", "+zz", "-zz", "@zz"])
  func formulasAreLeftOut(_ text: String) {
    let outcome = Fixture.check(text, .course)
    #expect(outcome == .leftOut(.formulaText))
    #expect(Fixture.examine([Fixture.row(0, ["Course": text])]).row(2)?.verdict == .clear)
  }

  @Test(arguments: ["-", "\u{2013}", "N/A", "none", "Null", "?"])
  func wordsForNothing(_ text: String) { #expect(Fixture.check(text, .course) == .blank) }
}
