// When to leave a failing recipient alone for a while. Pure value.

/// After `failures` transient failures in a row nothing is tried for `pause`; then one attempt is let through, and each
/// further failure doubles the pause up to `longestPause`.
package struct BreakerPolicy: Sendable, Equatable {
  package var failures: Int
  package var pause: Duration
  package var longestPause: Duration

  package init(failures: Int = 5, pause: Duration = .seconds(30), longestPause: Duration = .seconds(600)) {
    self.failures = max(1, failures)
    self.pause = pause
    self.longestPause = max(pause, longestPause)
  }
}
