// Whether a return may go by itself, by comparison with the last one that was accepted. Pure.

package import Leavers
package import Ledger

/// What the brake says of a return.
package enum BrakeVerdict: Sendable, Hashable {
  case released
  /// A person looks at these; at least one.
  case stopped([BrakeReason])

  package init(_ reasons: [BrakeReason]) { self = reasons.isEmpty ? .released : .stopped(reasons) }

  package var reasons: [BrakeReason] {
    switch self {
    case .released: []
    case .stopped(let reasons): reasons
    }
  }

  /// Where a return goes that would go there without a brake.
  ///
  /// A return that waits for its release anyway does not become an alarm only because it is the first: a person looks at
  /// it in any case, and is told so.
  package func start(_ wanted: ReturnEvent.Start) -> ReturnEvent.Start {
    switch self {
    case .released: wanted
    case .stopped(let reasons):
      wanted == .waiting(.release) && reasons.allSatisfy(\.isFirst) ? wanted : .waiting(.brake)
    }
  }
}

/// The cohort brake for one export, authority and kind of return.
package struct Brake: Sendable {
  package let policy: BrakePolicy
  package let history: BrakeHistory
  package let measures: [Cohort: BrakeMeasure]

  package init(policy: BrakePolicy, history: BrakeHistory, measures: [Cohort: BrakeMeasure]) {
    self.policy = policy
    self.history = history
    self.measures = measures
  }

  /// What the brake says of the return of a cohort.
  package func verdict(of cohort: Cohort) -> BrakeVerdict {
    guard let now = measures[cohort] else { return .released }
    var reasons: [BrakeReason] = []
    if let last = history.last[cohort] {
      reasons += policy.reasons(now, last: last.measure)
    } else if history.last.isEmpty {
      reasons.append(.firstReturn(leavers: now.leavers))
    } else {
      reasons.append(.newCohort(cohort, leavers: now.leavers))
    }
    if let missing = history.missing[cohort], policy.isTooMany(missing.number, of: missing.whole) {
      reasons.append(.leaversMissing(missing))
    }
    reasons += gone.map { .cohortGone($0.cohort, last: $0.last) }
    return BrakeVerdict(reasons)
  }

  /// The cohorts that went the last time and of which nobody goes by this export, in order.
  package var gone: [(cohort: Cohort, last: Int)] {
    history.last.filter { cohort, _ in
      (measures[cohort]?.leavers ?? 0) == 0 && history.expected.contains(cohort)
    }.map { ($0.key, $0.value.measure.leavers) }.sorted { $0.0 < $1.0 }
  }
}
