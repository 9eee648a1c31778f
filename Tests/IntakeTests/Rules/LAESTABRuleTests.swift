// The school's DfE number in a row, and a file that is another school's.

import Leavers
import Ledger
import Testing

@testable import Intake

@Suite("Rule: the school's DfE number") struct LAESTABRuleTests {
  @Test func ownInAnyForm() {
    #expect(Fixture.check("341/4787", .laestab) == .kept("3414787"))
    #expect(Fixture.check("4787", .laestab).value == "3414787")
    #expect(Fixture.check("4787", .laestab).codes == ["L242"])
  }

  @Test func othersAreLeftOut() {
    #expect(Fixture.check("3436900", .laestab) == .leftOut(.laestabOther))
    #expect(Fixture.check("6900", .laestab) == .leftOut(.laestabOther))
    #expect(Fixture.check("34147", .laestab).codes == ["L241"])
  }

  @Test func everyRowOfAnotherConfiguredSchoolIsFatal() {
    let own = Fixture.school()
    let other = Fixture.school(laestab: "3436900", name: "Other High School")
    let configuration = Fixture.configuration(schools: [own, other])
    let rows = [Fixture.row(0, ["School DfE No": "3436900"]), Fixture.row(1, ["School DfE No": "343/6900"])]
    let examination = examine(Fixture.export(rows), school: own, configuration: configuration, day: Fixture.day)
    #expect(examination.fatal?.code.rawValue == "L008")
    #expect(examination.rows.isEmpty)
    let mixed = examine(
      Fixture.export(rows + [Fixture.row(2, ["School DfE No": "3414787"])]), school: own, configuration: configuration,
      day: Fixture.day)
    #expect(mixed.fatal == nil)
    #expect(mixed.codes(row: 2) == ["L240"])
    #expect(mixed.rows.allSatisfy { $0.verdict == .clear })
  }

  @Test func schoolOfAFile() throws {
    let configuration = Fixture.configuration()
    let rows = [Fixture.row(0, ["School DfE No": "3436900"]), Fixture.row(1, ["School DfE No": "343/6900"])]
    #expect(schoolOf(Fixture.export(rows), configuration: configuration)?.rawValue == "3436900")
    #expect(schoolOf(Fixture.export([Fixture.row()]), configuration: configuration) == nil)
    let mixed = rows + [Fixture.row(2, ["School DfE No": "3414787"])]
    #expect(schoolOf(Fixture.export(mixed), configuration: configuration) == nil)
    #expect(schoolOf([], configuration: configuration) == nil)
  }
}
