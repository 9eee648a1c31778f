// How a school reckons a pupil's risk of NEET: its own weights and bands. Pure.

package import Leavers

/// Weights of what a record says, and the bands that their sum falls into. Advice for a person, never a decision: nobody
/// is named to an authority by it.
package struct RiskPolicy: Sendable, Hashable {
  package struct Weight: Sendable, Hashable {
    package var condition: FieldCondition
    package var score: Int
    /// What it is called, such as `EHC plan`; told only where an agreement covers special category data.
    package var indicator: String

    package init(condition: FieldCondition, score: Int, indicator: String) {
      self.condition = condition
      self.score = score
      self.indicator = indicator
    }
  }
  package struct Band: Sendable, Hashable {
    package var name: String
    /// The least sum.
    package var from: Int

    package init(name: String, from: Int) {
      self.name = name
      self.from = from
    }
  }
  package var weights: [Weight]
  /// From the highest to the lowest.
  package var bands: [Band]
  /// The name of the lowest band of which a person is asked to look at pupils; nil for the lowest of all.
  package var suggestsFrom: String?

  package init(weights: [Weight], bands: [Band], suggestsFrom: String? = nil) {
    self.weights = weights
    self.bands = bands.sorted { $0.from > $1.from }
    self.suggestsFrom = suggestsFrom
  }

  /// Whether a person is asked to look at a pupil with this sum. Of whom nothing counts there is nothing to look at,
  /// wherever the lowest band begins.
  package func suggests(_ score: Int) -> Bool {
    guard score > 0, let least = bands.first(where: { $0.name == suggestsFrom }) ?? bands.last else { return false }
    return score >= least.from
  }

  /// The band of a record and what it comes from; no band where the sum is below the lowest.
  package func reckon(_ record: LeaverRecord) -> (band: String?, score: Int, hits: [Weight]) {
    let hits = weights.filter { $0.condition.holds(of: record[$0.condition.field]) }
    let score = hits.reduce(0) { $0 + $1.score }
    return (bands.first { score >= $0.from }?.name, score, hits)
  }
}
