// Dates that cannot follow one another.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Rule: order of dates") struct DateOrderRuleTests {
  private func codes(_ values: [Field: String]) -> [String] {
    DateOrderRule.remarks(LeaverRecord(values)).map(\.remark.code.rawValue)
  }

  @Test func startAndLeaving() {
    #expect(codes([.leavingDate: "2026-06-26", .startDate: "2025-09-01"]) == ["L225"])
    #expect(codes([.leavingDate: "2026-06-26", .startDate: "2026-06-26"]) == [])
    #expect(codes([.leavingDate: "2026-06-26", .startDate: "2025-09-01", .intendedDestination: "111"]) == [])
    #expect(codes([.startDate: "2025-09-01"]) == [])
  }

  @Test func endAndStart() {
    #expect(codes([.expectedEnd: "2026-07-31", .startDate: "2026-09-01"]) == ["L226"])
    #expect(codes([.expectedEnd: "2026-07-31", .activityStart: "2026-09-01"]) == ["L226"])
    #expect(codes([.expectedEnd: "2027-07-31", .startDate: "2026-09-01"]) == [])
  }

  @Test func entryAndLeaving() {
    #expect(codes([.leavingDate: "2026-06-26", .entryDate: "2026-09-01"]) == ["L223"])
    #expect(codes([.leavingDate: "2026-06-26", .entryDate: "2021-09-01"]) == [])
  }
}
