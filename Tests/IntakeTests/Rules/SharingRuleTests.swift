// What is not understood as a sharing answer counts as none.

import Leavers
import Ledger
import Testing

@testable import Intake

@Suite("Rule: sharing") struct SharingRuleTests {
  @Test(arguments: [
    ("yes", "YES"), ("Y", "YES"), ("No", "NO"), ("n", "NO"), ("uns", "UNS"), ("Unsought", "UNS"), ("SNR", "SNR"),
    ("UNS - Unsought", "UNS"), ("No (refused)", "NO"),
  ])
  func known(_ text: String, _ value: String) { #expect(Fixture.check(text, .sharing) == .kept(value)) }

  @Test(arguments: ["maybe", "yes please", "no idea", "1", "true", "not yet", "Yes if asked"])
  func unknownCountsAsBlank(_ text: String) {
    #expect(Fixture.check(text, .sharing) == .leftOut(.sharingUnknown))
    let row = Fixture.examine([Fixture.row(0, ["YSSA": text])]).row(2)
    #expect(row?.record[.sharing] == nil)
    #expect(row?.details.map(\.code.rawValue) == ["L320"])
    #expect(row?.verdict == .clear)
  }

  @Test func blankIsSaid() {
    #expect(Fixture.examine([Fixture.row(0, ["YSSA": ""])]).codes(row: 2) == ["L321"])
  }
}
