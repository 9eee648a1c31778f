// What is not understood as a sharing answer is kept as not understood: it may be a refusal.

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

  /// Blank would mean that the school's decision for blanks may share a refusal in full.
  @Test(arguments: [
    "maybe", "yes please", "no idea", "1", "true", "not yet", "Yes if asked", "Refused", "opted out", "#N/A", "#####",
  ])
  func unknownIsNeitherBlankNorAnAnswer(_ text: String) {
    let outcome = Fixture.check(text, .sharing)
    #expect(outcome.value == "?")
    #expect(outcome.codes == ["L320"])
    let row = Fixture.examine([Fixture.row(0, ["YSSA": text])]).row(2)
    #expect(row?.record[.sharing] == "?")
    #expect(row?.record[.sharing].flatMap { Sharing(cell: $0) } == nil)
    #expect(row?.details.map(\.code.rawValue) == ["L320"])
    #expect(row?.verdict == .clear)
  }

  @Test func anAnswerDoesNotMendARefusalInOtherWords() {
    let rows = Fixture.examine([Fixture.row(0, ["YSSA": "Refused"]), Fixture.row(0, ["YSSA": "Yes"])]).rows
    #expect(rows.map(\.verdict) == [.held(.contradictoryRepeat), .held(.contradictoryRepeat)])
    let blank = Fixture.examine([Fixture.row(0, ["YSSA": ""]), Fixture.row(0, ["YSSA": "Refused"])])
    #expect(blank.row(2)?.record[.sharing] == "?")
  }

  @Test func blankIsSaid() {
    #expect(Fixture.check("n/a", .sharing) == .blank)
    #expect(Fixture.examine([Fixture.row(0, ["YSSA": ""])]).codes(row: 2) == ["L321"])
  }
}
