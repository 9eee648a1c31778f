// The limits of the cohort brake in leaverlink.yaml.

import Leavers

/// Reads the limits of the cohort brake.
enum BrakeReader {
  /// Those that are given; the others as they are otherwise.
  static func read(_ node: ConfigNode?, otherwise policy: BrakePolicy) -> BrakePolicy {
    guard let mapping = node?.mapping(KeyLevels.brake) else { return policy }
    var policy = policy
    func limit(_ key: String, _ range: ClosedRange<Int>) -> Int? { mapping[key]?.integer(in: range) }
    policy.fewerLeavers = limit("fewer-leavers", 1...100) ?? policy.fewerLeavers
    policy.moreLeavers = limit("more-leavers", 1...10_000) ?? policy.moreLeavers
    policy.atLeast = limit("at-least", 1...10_000) ?? policy.atLeast
    policy.moreUnknown = limit("more-unknown", 1...100) ?? policy.moreUnknown
    policy.moreErrors = limit("more-errors", 1...100) ?? policy.moreErrors
    return policy
  }
}
