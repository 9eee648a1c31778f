// Employment without training does not meet the duty to participate.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Rule: duty to participate") struct DutyRuleTests {
  private func code(_ values: [Field: String]) -> String? {
    DutyRule.remark(LeaverRecord(values), in: Fixture.context())?.remark.code.rawValue
  }

  @Test(arguments: ["330", "340", "350", "360", "380", "250", "260"])
  func notMet(_ activity: String) { #expect(code([.activity: activity]) == "L306") }

  /// NEET and unknown do not meet it either, which everybody knows; compulsory age and custody are no question of it.
  @Test(arguments: ["210", "310", "320", "530", "619", "810", "710", "110", "999"])
  func metOrNoQuestion(_ activity: String) { #expect(code([.activity: activity]) == nil) }

  @Test func intention() {
    #expect(code([.intendedDestination: "321"]) == "L306")
    #expect(code([.intendedDestination: "311"]) == nil)
    #expect(code([.intendedDestination: "321", .activity: "310"]) == nil, "what is done goes before what was meant")
  }

  @Test func theDutyEndsAtEighteen() {
    #expect(code([.activity: "330", .dateOfBirth: "2008-06-10"]) == nil)
    #expect(code([.activity: "330", .dateOfBirth: "2008-06-11"]) == "L306")
  }
}
