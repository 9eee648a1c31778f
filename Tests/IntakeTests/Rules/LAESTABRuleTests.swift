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

  @Test func othersAreHeld() {
    #expect(Fixture.check("3436900", .laestab) == .held(.uncertainRoute, .laestabOther))
    #expect(Fixture.check("6900", .laestab) == .held(.uncertainRoute, .laestabOther))
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
    #expect(mixed.details.filter { $0.code == .laestabOther }.allSatisfy { $0.severity == .error })
    #expect(mixed.rows.map(\.verdict) == [.held(.uncertainRoute), .held(.uncertainRoute), .clear])
  }

  /// Whose number it is does not matter, nor whether all rows name the same, nor that some name none.
  @Test func everyRowOfSchoolsThatAreNotConfiguredIsFatal() {
    let unknown = Fixture.examine([
      Fixture.row(0, ["School DfE No": "8884000"]), Fixture.row(1, ["School DfE No": "888/4000"]), Fixture.row(2),
    ])
    #expect(unknown.fatal?.code.rawValue == "L008")
    #expect(unknown.fatal?.what.contains("2 rows") == true)
    #expect(unknown.rows.isEmpty)
    let several = [Fixture.row(0, ["School DfE No": "8884000"]), Fixture.row(1, ["School DfE No": "6900"])]
    #expect(Fixture.examine(several).fatal?.code.rawValue == "L008")
    #expect(Fixture.examine([Fixture.row(0, ["School DfE No": "8884000"])]).fatal?.what.contains("1 row") == true)
    #expect(Fixture.examine([Fixture.row(0, ["School DfE No": "34147"])]).fatal == nil, "that names no school")
    #expect(Fixture.examine([Fixture.row(0, ["School DfE No": ""])]).fatal == nil)
  }

  /// Another row of the pupil that names this school does not tell why the first one names another.
  @Test func aPupilOfTwoSchoolsStaysHeldAndSaysWhy() {
    for numbers in [["8884000", "3414787"], ["3414787", "8884000"]] {
      let rows = numbers.map { Fixture.row(0, ["School DfE No": $0]) }
      let examination = Fixture.examine(rows)
      #expect(examination.row(2)?.verdict == .held(.uncertainRoute))
      #expect(examination.codes(row: 2).contains("L240"))
    }
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
