// Dates are read tolerantly; one that is not sure is left out.

import Leavers
import Ledger
import Testing

@testable import Intake

@Suite("Rule: dates") struct DateRuleTests {
  @Test(
    arguments: [
      ("26/06/2026", []), ("2026-06-26", []), ("26 Jun 2026", []), ("26.06.2026", []), ("46199", ["L220"]),
      ("2026-06-26 00:00:00", ["L220"]), ("46199.5", ["L220"]),
    ] as [(String, [String])])
  func notations(_ text: String, _ codes: [String]) {
    let outcome = Fixture.check(text, .leavingDate)
    #expect(outcome.value == "2026-06-26")
    #expect(outcome.codes == codes)
  }

  @Test(arguments: [
    ("07/2026", "L221"), ("26/06/46", "L221"), ("31/02/2026", "L221"), ("soon", "L221"), ("06/26/2026", "L221"),
    ("26/06/1926", "L222"), ("26/06/2226", "L222"), ("#VALUE!", "L032"), ("####", "L032"),
  ])
  func unreadableOnesAreLeftOut(_ text: String, _ code: String) {
    let outcome = Fixture.check(text, .leavingDate)
    #expect(outcome.value == nil)
    #expect(outcome.hold == nil)
    #expect(outcome.codes == [code])
  }

  @Test func americanColumnLeavesOutWhatIsNotSure() {
    let context = Fixture.context(ColumnSurvey(monthFirst: [.leavingDate]))
    #expect(Fixture.check("03/04/2026", .leavingDate, context).codes == ["L224"])
    #expect(Fixture.check("06/26/2026", .leavingDate, context).codes == ["L227"])
    #expect(Fixture.check("06/26/2026", .leavingDate, context).value == "2026-06-26")
    #expect(Fixture.check("06/26/2056", .leavingDate, context).codes == ["L224"])
    #expect(Fixture.check("04/04/2026", .leavingDate, context).value == "2026-04-04")
    #expect(Fixture.check("2026-04-03", .leavingDate, context).value == "2026-04-03")
  }

  @Test func confirmedInTheFutureCannotBe() {
    #expect(Fixture.check("10/06/2026", .dateConfirmed).value == "2026-06-10")
    #expect(Fixture.check("10/08/2026", .dateConfirmed).codes == ["L222"])
    #expect(Fixture.check("10/08/2026", .startDate).value == "2026-08-10")
  }

  @Test func leavingBeforeEntryIsSaid() {
    let examination = Fixture.examine([Fixture.row(0, ["Leaving Date": "26/06/2026", "Entry Date": "01/09/2026"])])
    #expect(examination.codes(row: 2) == ["L223"])
    #expect(examination.row(2)?.verdict == .clear)
    #expect(examination.row(2)?.record[.leavingDate] == "2026-06-26")
  }
}
