// The September Guarantee's status against intention and stage.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Rule: September Guarantee") struct GuaranteeRuleTests {
  private func codes(_ status: String?, _ intended: String?, _ stage: Cohort.Stage = .y12) -> [String] {
    var record = LeaverRecord()
    record[.guaranteeStatus] = status
    record[.intendedDestination] = intended
    return GuaranteeRule.remarks(
      record, cohort: Cohort(stage: stage, leavingYear: 2026), in: Fixture.context()
    ).map(\.remark.code.rawValue)
  }

  @Test(arguments: [("110", "321"), ("115", "611"), ("120", "121"), ("120", "211"), ("151", "111")])
  func contradictions(_ status: String, _ intended: String) { #expect(codes(status, intended) == ["L307"]) }

  @Test(arguments: [("110", "121"), ("110", "511"), ("120", "321"), ("140", "121"), ("151", "511"), ("159", "611")])
  func whatGoesTogether(_ status: String, _ intended: String) { #expect(codes(status, intended) == []) }

  @Test func stage() {
    #expect(codes("114", "121", .y11) == ["L308"])
    #expect(codes("114", "121", .y12) == [])
    #expect(codes("110", "121", .y11) == [])
    #expect(codes(nil, "321", .y11) == [])
  }
}
