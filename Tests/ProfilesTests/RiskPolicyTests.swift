// A school's own weights: what is reckoned, and from which band on a person is asked to look.

import Leavers
import Testing

@testable import Profiles

struct RiskPolicyTests {
  private static func policy(_ suggestsFrom: String? = nil, light: Int = 1) -> RiskPolicy {
    RiskPolicy(
      weights: [
        RiskPolicy.Weight(
          condition: FieldCondition(field: .senProvision, test: .isOneOf(["E"])), score: 3, indicator: "EHC plan")
      ],
      bands: [
        .init(name: "light", from: light), .init(name: "substantial", from: 4), .init(name: "additional", from: 2),
      ],
      suggestsFrom: suggestsFrom)
  }

  @Test func thoseInAnyBandAreSuggestedUnlessTheSchoolSaysFromWhichOn() {
    func suggested(_ policy: RiskPolicy) -> [Int] { (0...5).filter(policy.suggests) }
    #expect(suggested(Self.policy()) == [1, 2, 3, 4, 5])
    #expect(suggested(Self.policy("additional")) == [2, 3, 4, 5])
    #expect(suggested(Self.policy("substantial")) == [4, 5])
    #expect(suggested(Self.policy(light: 0)) == [1, 2, 3, 4, 5], "of whom nothing counts there is nothing to look at")
    #expect(suggested(RiskPolicy(weights: [], bands: [])).isEmpty)
  }

  private func load(_ band: String) throws -> Fixture.Outcome {
    var fixture = Fixture()
    fixture.replace(
      "desk: desks/high\n",
      with:
        "desk: desks/high\n    risk:\n      weights: [{field: senProvision, is: present, score: 2, indicator: EHC plan}]\n"
        + "      bands: {high: 4, some: 1}\n      suggest-from: \(band)\n", in: Mistake.top)
    return try fixture.load()
  }

  @Test func theBandIsOneOfTheSchools() throws {
    let good = try load("high")
    #expect(good.diagnostics.isEmpty)
    #expect(good.configuration?.configuration.schools.compactMap { $0.risk?.suggestsFrom } == ["high"])
    let bad = try load("§hgih")
    #expect(bad.diagnostics.map(\.code) == [.unknownChoice])
    #expect(bad.diagnostics.first?.remedy.contains("high") == true)
    #expect(bad.diagnostics.first.map(bad.place) == bad.marks.first)
  }
}
