// Coded fields against dated lists; two generations of codes.

import Leavers
import Ledger
import Testing

@testable import Intake

@Suite("Rule: codes") struct CodeRuleTests {
  @Test(arguments: [
    ("121", Field.intendedDestination, "121"), ("121.0", .intendedDestination, "121"),
    (" 121 ", .intendedDestination, "121"),
    ("undecided", .intendedDestination, "511"), ("511 - Undecided", .intendedDestination, "511"),
    ("N - No SEN", .senProvision, "N"), ("k", .senProvision, "K"), ("Female", .sex, "F"), ("E", .senProvision, "E"),
    ("110", .guaranteeStatus, "110"), ("210", .activity, "210"),
  ])
  func known(_ text: String, _ field: Field, _ code: String) {
    #expect(Fixture.check(text, field) == .kept(code))
  }

  @Test func unknownIsLeftOutAndTheListNamed() {
    let outcome = Fixture.check("999", .intendedDestination)
    #expect(outcome.value == nil)
    #expect(outcome.hold == nil)
    #expect(outcome.codes == ["L300"])
    #expect(outcome.remarks.first?.detail?.contains("111, 121, 211") == true)
    #expect(outcome.remarks.first?.detail?.contains("999") == false)
  }

  @Test func headerMapMayMeanBlank() { #expect(Fixture.check("Not given", .sex) == .blank) }

  /// Legacy 410 was Undecided and 510 Other: the table decides, never arithmetic.
  @Test(arguments: [
    ("110", "111"), ("120", "121"), ("130", "121"), ("220", "211"), ("230", "211"), ("410", "511"), ("510", "411"),
    ("610", "611"),
  ])
  func legacyColumnIsConverted(_ old: String, _ current: String) {
    let row = Fixture.examine([Fixture.row(0, ["Intended Destination": old])]).row(2)
    #expect(row?.record[.intendedDestination] == current)
    #expect(row?.details.map(\.code.rawValue) == ["L302"])
    #expect(row?.details.first?.what.contains("\(old) ") == true)
    #expect(row?.verdict == .clear)
  }

  @Test(arguments: ["310", "320"])
  func ambiguousLegacyIsLeftOut(_ old: String) {
    let row = Fixture.examine([Fixture.row(0, ["Intended Destination": old])]).row(2)
    #expect(row?.record[.intendedDestination] == nil)
    #expect(row?.details.map(\.code.rawValue) == ["L304"])
  }

  @Test func mixedGenerationsLeaveTheOlderOut() {
    let examination = Fixture.examine([
      Fixture.row(0, ["Intended Destination": "410"]), Fixture.row(1, ["Intended Destination": "411"]),
    ])
    #expect(examination.codes(row: 2) == ["L303"])
    #expect(examination.row(2)?.record[.intendedDestination] == nil)
    #expect(examination.row(3)?.record[.intendedDestination] == "411")
    #expect(examination.codes(row: 3) == [])
  }

  @Test func wordsAreOfNoGeneration() {
    let examination = Fixture.examine([
      Fixture.row(0, ["Intended Destination": "410"]), Fixture.row(1, ["Intended Destination": "Undecided"]),
    ])
    #expect(examination.row(2)?.record[.intendedDestination] == "511")
    #expect(examination.row(3)?.record[.intendedDestination] == "511")
  }

  /// School Action beside SEN support is an old entry, not another generation of the list.
  @Test func retiredCodeWithSuccessor() {
    let examination = Fixture.examine([Fixture.row(0, ["SEN Status": "A"]), Fixture.row(1, ["SEN Status": "K"])])
    #expect(examination.row(2)?.record[.senProvision] == "K")
    #expect(examination.codes(row: 2) == ["L302"])
  }

  @Test func datedCodes() throws {
    let set = try CodeSet(
      id: "nccis-guarantee",
      entries: [
        CodeEntry(code: "1", label: "Old", until: CalendarDate(iso: "2026-01-01")),
        CodeEntry(code: "2", label: "New", from: CalendarDate(iso: "2026-09-01")),
      ])
    var context = Fixture.context()
    context.codes = CodeTables([set])
    #expect(Fixture.check("1", .guaranteeStatus, context).codes == ["L301"])
    #expect(Fixture.check("2", .guaranteeStatus, context).codes == ["L301"])
    context.day = try #require(CalendarDate(iso: "2026-09-02"))
    #expect(Fixture.check("2", .guaranteeStatus, context) == .kept("2"))
    #expect(Fixture.check("210", .activity, context).codes == ["L300"])
  }

  @Test func compulsorySchoolAgeEndsInJune() throws {
    let after = try #require(CalendarDate(iso: "2026-06-27"))
    let export = Fixture.export([Fixture.row(0, ["Activity": "120", "Leaving Date": "26/06/2026"])])
    #expect(Fixture.examine(export).row(2)?.record[.activity] == "120")
    let late = Fixture.examine(export, day: after).row(2)
    #expect(late?.record[.activity] == nil)
    #expect(late?.details.map(\.code.rawValue) == ["L305"])
    let later = Fixture.examine(export, day: CalendarDate(iso: "2026-10-01") ?? .first).row(2)
    #expect(later?.cohort?.description == "Y11-2026")
    #expect(later?.record[.activity] == nil)
  }

  /// A number with its older label beside it is still that number; a field without words has labels of both generations.
  @Test func whatBearsItsOlderNumberOrHasNoWords() {
    #expect(Fixture.check("130 - College", .intendedDestination).value == "121")
    #expect(Fixture.check("School Action", .senProvision).value == "K")
  }
}
