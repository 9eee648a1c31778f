// A date of birth that is not sure holds the row.

import Leavers
import Ledger
import Testing

@testable import Intake

@Suite("Rule: date of birth") struct DateOfBirthRuleTests {
  @Test(arguments: ["01/03/2010", "2010-03-01", "2010-03-01 00:00:00", "40238"])
  func goodOnes(_ text: String) {
    let context = Fixture.context(ColumnSurvey(serialsFrom1900: true))
    #expect(Fixture.check(text, .dateOfBirth, context).value == "2010-03-01")
  }

  @Test(arguments: [
    ("01/03/99", "L211"), ("03/2010", "L211"), ("30/02/2010", "L211"), ("x", "L211"), ("01/03/2027", "L212"),
    ("01/03/2022", "L212"), ("01/03/1960", "L212"),
  ])
  func badOnesHoldTheRow(_ text: String, _ code: String) {
    let outcome = Fixture.check(text, .dateOfBirth)
    #expect(outcome.value == nil)
    #expect(outcome.hold == .noDateOfBirth)
    #expect(outcome.codes == [code])
    let row = Fixture.examine([Fixture.row(0, ["Date of Birth": text])]).row(2)
    #expect(row?.verdict == .held(.noDateOfBirth))
    #expect(row?.details.map(\.code.rawValue) == [code])
  }

  @Test func missingHoldsTheRow() {
    let row = Fixture.examine([Fixture.row(0, ["Date of Birth": ""])]).row(2)
    #expect(row?.verdict == .held(.noDateOfBirth))
    #expect(row?.details.map(\.code.rawValue) == ["L210"])
  }

  @Test(
    arguments: [("31/08/2009", ["L213"]), ("01/09/2009", []), ("31/08/2010", []), ("01/09/2010", ["L213"])]
      as [(String, [String])])
  func unusualForTheCohortIsAWarning(_ text: String, _ codes: [String]) {
    let row = Fixture.examine([Fixture.row(0, ["Date of Birth": text])]).row(2)
    #expect(row?.details.map(\.code.rawValue) == codes)
    #expect(row?.verdict == .clear)
  }

  @Test func americanDatesHoldWhatIsNotSure() {
    let examination = Fixture.examine([
      Fixture.row(0, ["Date of Birth": "03/25/2011"]), Fixture.row(1, ["Date of Birth": "03/04/2010"]),
      Fixture.row(2, ["Date of Birth": "04/04/2010"]), Fixture.row(3, ["Date of Birth": "2010-04-03"]),
    ])
    #expect(examination.rows.map(\.verdict) == [.held(.noDateOfBirth), .held(.noDateOfBirth), .clear, .clear])
    #expect(examination.codes(row: 2) == ["L214"], "unusual for the year group: nothing agrees")
    #expect(examination.codes(row: 3) == ["L214"], "usual in either order")
  }

  @Test func oneDayFirstDateMakesTheColumnBritish() {
    let examination = Fixture.examine([
      Fixture.row(0, ["Date of Birth": "03/25/2010"]), Fixture.row(1, ["Date of Birth": "03/04/2010"]),
      Fixture.row(2, ["Date of Birth": "25/03/2010"]),
    ])
    #expect(examination.rows.map(\.verdict) == [.held(.noDateOfBirth), .clear, .clear])
    #expect(examination.codes(row: 2) == ["L211"])
  }
}
