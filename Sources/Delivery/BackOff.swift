// How long a lane waits before it tries again. Pure; the randomness is handed in.

/// Waiting times that double from the first to the ceiling, each shortened by up to a quarter so that many schools do
/// not come back at the same instant.
package struct BackOff: Sendable, Equatable {
  package var first: Duration
  package var ceiling: Duration

  package init(first: Duration, ceiling: Duration = .seconds(4 * 3600)) {
    self.first = first
    self.ceiling = ceiling
  }

  /// The wait after a number of failures in a row (from 1); `chance` is in 0..<1.
  package func wait(afterFailures failures: Int, chance: Double) -> Duration {
    var wait = min(first, ceiling)
    for _ in 1..<max(failures, 1) where wait < ceiling { wait = min(wait * 2, ceiling) }
    return wait - wait * (chance / 4)
  }
}
