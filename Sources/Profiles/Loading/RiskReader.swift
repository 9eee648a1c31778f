// A school's own weights for the risk of NEET.

import Leavers

/// Reads a school's risk policy.
struct RiskReader {
  let codes: CodeTables

  func read(_ node: ConfigNode) -> RiskPolicy? {
    guard let mapping = node.mapping(KeyLevels.risk) else { return nil }
    let weights = (mapping["weights"]?.list() ?? []).compactMap { item -> RiskPolicy.Weight? in
      guard let one = item.mapping(KeyLevels.riskWeight), let condition = ConditionReader(codes: codes).condition(one),
        let score = one["score"]?.integer(in: 1...100), let indicator = one["indicator"]?.text()
      else { return nil }
      return RiskPolicy.Weight(condition: condition, score: score, indicator: indicator)
    }
    let bands = (mapping["bands"]?.table() ?? []).compactMap { key, value -> RiskPolicy.Band? in
      guard let name = key.text(), let from = value.integer(in: 0...1000) else { return nil }
      return RiskPolicy.Band(name: name, from: from)
    }
    for (place, band) in bands.enumerated() where bands[..<place].contains(where: { $0.from == band.from }) {
      mapping["bands"]?.error(
        .repeated, "two bands begin at \(band.from)", remedy: "let each begin at a sum of its own")
    }
    let suggestsFrom = mapping["suggest-from"]?.word(among: bands.map(\.name))
    return RiskPolicy(weights: weights, bands: bands, suggestsFrom: suggestsFrom)
  }
}
