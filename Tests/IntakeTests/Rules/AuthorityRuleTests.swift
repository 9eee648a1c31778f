// Names of authorities become numbers; who placed a child is never lost.

import Leavers
import Ledger
import Testing

@testable import Intake

@Suite("Rule: authorities") struct AuthorityRuleTests {
  @Test(arguments: [
    ("343", "343"), ("Sefton", "343"), ("SEFTON COUNCIL", "343"), ("Sefton Metropolitan Borough Council", "343"),
    ("Liverpool City Council", "341"), ("St. Helens", "342"), ("St Helens MBC", "342"), ("Saint Helens", "342"),
    ("343 - Sefton", "343"), ("Sefton (343)", "343"), ("888", "888"), ("343.0", "343"), ("888 Lancashire", "888"),
    ("Lancashire County Council", "888"), ("Cheshire West and Chester", "896"),
    ("E08000014", "343"), ("e08000011", "340"),
  ])
  func known(_ text: String, _ code: String) { #expect(Fixture.check(text, .homeAuthority) == .kept(code)) }

  /// Left out, the postcode alone would decide against what the school meant to say.
  @Test(arguments: ["Bootle", "342 - Sefton", "341 343", "L20", "3", "E99999999", "Out of borough"])
  func unknownHomeIsKeptForAPerson(_ text: String) {
    let outcome = Fixture.check(text, .homeAuthority)
    #expect(outcome == .kept(text, Remark(.homeAuthorityUnknown)))
    #expect(outcome.value.flatMap { try? LACode($0) } == nil, "routing must not take it for a code")
    #expect(Fixture.examine([Fixture.row(0, ["Home LA": text])]).row(2)?.record[.homeAuthority] == text)
  }

  @Test(arguments: ["#N/A", "#####", "#REF!"]) func spreadsheetErrorIsNoBlankHome(_ text: String) {
    let outcome = Fixture.check(text, .homeAuthority)
    #expect(outcome.value == "?")
    #expect(outcome.codes == ["L340"])
  }

  @Test func placedBy() {
    #expect(Fixture.check("Wirral", .placedByAuthority) == .kept("344"))
    #expect(Fixture.check("No", .placedByAuthority) == .blank)
    #expect(Fixture.check("n/a", .placedByAuthority) == .blank)
    #expect(Fixture.check("social services", .placedByAuthority).hold == .placedByAnotherAuthority)
    #expect(Fixture.check("#N/A", .placedByAuthority).hold == .placedByAnotherAuthority)
    let row = Fixture.examine([Fixture.row(0, ["Placed By": "some council"])]).row(2)
    #expect(row?.verdict == .held(.placedByAnotherAuthority))
    #expect(row?.details.map(\.code.rawValue) == ["L341"])
  }

  /// A text that is no authority is kept to be seen, but not one that a spreadsheet would carry out.
  @Test func formulasAreNotKept() {
    let outcome = Fixture.check("=HYPERLINK(1)", .homeAuthority)
    #expect(outcome == .kept(AuthorityRule.notReadable, Remark(.homeAuthorityUnknown)))
    #expect(Fixture.check("Bootle", .homeAuthority).value == "Bootle")
  }
}
