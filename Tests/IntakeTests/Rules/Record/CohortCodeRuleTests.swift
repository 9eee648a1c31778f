// Codes against the stage at which the pupil leaves.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Rule: codes and cohort") struct CohortCodeRuleTests {
  private func codes(_ values: [Field: String], _ stage: Cohort.Stage, year: Int = 2026) -> [String] {
    CohortCodeRule.remarks(
      LeaverRecord(values), cohort: Cohort(stage: stage, leavingYear: year), in: Fixture.context()
    ).map(\.remark.code.rawValue)
  }

  @Test func sameSchoolAfterYear13() {
    #expect(codes([.intendedDestination: "111"], .y13) == ["L309"])
    #expect(codes([.intendedDestination: "111"], .y11) == [])
    #expect(codes([.intendedDestination: "121"], .y13) == [])
  }

  @Test func universityAfterYear11() {
    #expect(codes([.activity: "240"], .y11) == ["L310"])
    #expect(codes([.activity: "240"], .y13) == [])
    #expect(codes([.activity: "230"], .y11) == [])
    #expect(codes([.activity: "240"], .y11, year: 2024) == [], "two years later it can be")
  }

  @Test func withoutCohortNothingIsSaid() {
    let record = LeaverRecord([.intendedDestination: "111", .activity: "240"])
    #expect(CohortCodeRule.remarks(record, cohort: nil, in: Fixture.context()).isEmpty)
    #expect(!CohortCodeRule.isTooEarly(record, nil, Fixture.context()))
  }
}
