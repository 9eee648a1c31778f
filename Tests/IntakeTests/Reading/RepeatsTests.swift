// Rows of one pupil: merged where they agree, held where they contradict; identifiers of two pupils taken out.

import Leavers
import Ledger
import Testing

@testable import Intake

@Suite("Repeats within a file") struct RepeatsTests {
  @Test func identicalRowsAreMerged() {
    let examination = Fixture.examine([Fixture.row(0), Fixture.row(1), Fixture.row(0)])
    #expect(examination.rows.map(\.verdict) == [.clear, .clear, .merged(into: 2)])
    #expect(examination.codes(row: 4) == ["L400"])
    #expect(examination.codes(row: 2) == [])
    #expect(examination.summary.rowsRead == 3)
    #expect(examination.summary.clear == 2)
    #expect(examination.summary.merged == 1)
  }

  @Test func addedValuesCompleteTheFirstRow() {
    let examination = Fixture.examine([
      Fixture.row(0, ["Date of Birth": "", "Course": "Zz bricks"]),
      Fixture.row(0, ["Legal Forename": "QQFORENAMEA", "Provider": "Zz College"]),
    ])
    #expect(examination.rows.map(\.verdict) == [.clear, .merged(into: 2)])
    #expect(examination.row(2)?.record[.dateOfBirth] == "2010-03-01")
    #expect(examination.row(2)?.record[.providerName] == "Zz College")
    #expect(examination.row(2)?.record[.course] == "Zz bricks")
    #expect(examination.row(3)?.record[.course] == nil)
    #expect(examination.codes(row: 2) == [])
  }

  /// What was wrong in the first row no longer holds it once another row gives the value.
  @Test func valueOfAnotherRowMendsTheFirst() {
    let examination = Fixture.examine([Fixture.row(0, ["Date of Birth": "03/2010"]), Fixture.row(0)])
    #expect(examination.rows.map(\.verdict) == [.clear, .merged(into: 2)])
    #expect(examination.codes(row: 2) == ["L404"])
    #expect(examination.row(2)?.record[.dateOfBirth] == "2010-03-01")
  }

  @Test func harmlessDifferencesAreMergedWithAWarning() {
    let examination = Fixture.examine([
      Fixture.row(0, ["Course": "Zz bricks"]), Fixture.row(0, ["Course": "Zz plumbing"]),
    ])
    #expect(examination.rows.map(\.verdict) == [.clear, .merged(into: 2)])
    #expect(examination.codes(row: 3) == ["L401"])
    #expect(examination.details.last?.what.contains("row 2 in Course") == true)
    #expect(examination.row(2)?.record[.course] == "Zz bricks")
  }

  @Test(arguments: [
    ("Legal Surname", "Zzother"), ("Legal Forename", "Qqother"), ("Date of Birth", "09/09/2009"), ("YSSA", "No"),
    ("Intended Destination", "111"), ("Home LA", "344"), ("Postcode", "L1 1AA"), ("Year Group", "12"),
    ("Placed By", "343"), ("Protected Address", "Y"),
  ])
  func contradictionsHoldAll(_ heading: String, _ value: String) {
    let first = Fixture.row(0, ["Placed By": "344", "Protected Address": "N"])
    var second = first
    second[heading] = value
    let examination = Fixture.examine([first, Fixture.row(1), second])
    #expect(examination.rows.map(\.verdict) == [.held(.contradictoryRepeat), .clear, .held(.contradictoryRepeat)])
    #expect(examination.codes(row: 2).contains("L402"))
    #expect(examination.codes(row: 4).contains("L402"))
    let finding = examination.details.first { $0.row == 2 && $0.code == .repeatContradicts }
    #expect(finding?.what.contains("row 4 differ in \(heading)") == true)
    #expect(finding?.what.contains(value) == false || value == "Y")
  }

  @Test func refusalOnOneRowIsNotOverruledByAnother() {
    let examination = Fixture.examine([Fixture.row(0, ["YSSA": "Yes"]), Fixture.row(0, ["YSSA": "No"])])
    #expect(examination.rows.allSatisfy { $0.verdict == .held(.contradictoryRepeat) })
    let blank = Fixture.examine([Fixture.row(0, ["YSSA": ""]), Fixture.row(0, ["YSSA": "No"])])
    #expect(blank.row(2)?.record[.sharing] == "NO")
  }

  @Test func protectionOfOneRowProtectsThePupil() {
    let examination = Fixture.examine([Fixture.row(0), Fixture.row(0, ["Placed By": "some council"])])
    #expect(examination.rows.map(\.verdict) == [.held(.placedByAnotherAuthority), .merged(into: 2)])
    #expect(examination.codes(row: 2) == ["L341"])
  }

  @Test func withoutUPNByNameAndDateOfBirth() {
    let row = Fixture.row(0, ["UPN": "", "ULN": ""])
    let examination = Fixture.examine([row, Fixture.row(1, ["UPN": ""]), row])
    #expect(examination.rows.map(\.verdict) == [.clear, .clear, .merged(into: 2)])
  }

  @Test func rowWithoutUPNJoinsTheOneWith() {
    let examination = Fixture.examine([Fixture.row(0, ["UPN": ""]), Fixture.row(0)])
    #expect(examination.rows.map(\.verdict) == [.clear, .merged(into: 2)])
    #expect(examination.row(2)?.record[.upn] == Fixture.upns[0])
  }

  @Test func rowWithoutUPNThatCouldBeEitherHoldsBoth() {
    let second = Fixture.row(0, ["UPN": Fixture.upns[1], "ULN": ""])
    let examination = Fixture.examine([Fixture.row(0), second, Fixture.row(0, ["UPN": "", "ULN": ""])])
    #expect(examination.rows.allSatisfy { $0.verdict == .held(.contradictoryRepeat) })
  }

  @Test func sameNameAndBirthdayWithTwoUPNsIsAWarning() {
    let examination = Fixture.examine([Fixture.row(0), Fixture.row(0, ["UPN": Fixture.upns[1], "ULN": ""])])
    #expect(examination.rows.map(\.verdict) == [.clear, .clear])
    #expect(examination.codes(row: 2) == ["L403"])
    #expect(examination.codes(row: 3) == ["L403"])
  }

  @Test func twoNamelessRowsAreNotOnePupil() {
    let row = Fixture.row(0, ["UPN": "", "ULN": "", "Legal Surname": "", "Legal Forename": ""])
    #expect(Fixture.examine([row, row]).rows.allSatisfy { $0.verdict == .held(.noName) })
  }

  @Test func numberOfTwoPupilsIsTakenOutOfBoth() {
    let examination = Fixture.examine([Fixture.row(0), Fixture.row(1, ["ULN": Fixture.ulns[0]]), Fixture.row(2)])
    #expect(examination.codes(row: 2) == ["L133"])
    #expect(examination.codes(row: 3) == ["L133"])
    #expect(examination.rows.map { $0.record[.uln] } == [nil, nil, Fixture.ulns[2]])
    #expect(examination.rows.allSatisfy { $0.verdict == .clear })
  }

  @Test func formerUPNOfAnotherIsTakenOut() {
    let examination = Fixture.examine([Fixture.row(0, ["Former UPN": Fixture.upns[1]]), Fixture.row(1)])
    #expect(examination.codes(row: 2) == ["L122"])
    #expect(examination.row(2)?.record[.formerUPN] == nil)
    let shared = Fixture.examine([
      Fixture.row(0, ["Former UPN": Fixture.upns[5]]), Fixture.row(1, ["Former UPN": Fixture.upns[5]]),
    ])
    #expect(shared.rows.allSatisfy { $0.record[.formerUPN] == nil })
    let right = Fixture.examine([Fixture.row(0, ["Former UPN": Fixture.upns[5]]), Fixture.row(1)])
    #expect(right.row(2)?.record[.formerUPN] == Fixture.upns[5])
  }

  @Test func rowsInWords() {
    #expect(Repeats.rows([7]) == "row 7")
    #expect(Repeats.rows([7, 9]) == "rows 7 and 9")
    #expect(Repeats.rows([7, 9, 11]) == "rows 7, 9 and 11")
    #expect(Repeats.rows(Array(1...20)) == "rows 1, 2, 3, 4, 5, 6, 7, 8 and 12 more")
  }

  @Test func nothingPrints() {
    let key = PersonKey(LeaverRecord([.legalSurname: "Zzsecret", .legalForename: "Qq", .dateOfBirth: "2010-01-01"]))
    #expect(key.map { "\($0)".contains("Zzsecret") } == false)
  }
}
