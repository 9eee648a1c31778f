// The machine's clocks: with the command, the only code that reads them.

import Glibc
package import Leavers

/// Time as the machine tells it.
package struct SystemTimekeeper: Timekeeper {
  package init() {}

  package func now() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  package func monotonic() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
  }

  package func sleep(untilMonotonic deadline: Duration) async throws {
    let left = deadline - monotonic()
    if left > .zero { try await Task.sleep(for: left, clock: .suspending) }
  }

  /// Sleeps in slices of a minute at most, because a wall clock can be stepped while we sleep.
  package func sleep(until deadline: Timestamp) async throws {
    while true {
      let left = deadline.milliseconds - now().milliseconds
      guard left > 0 else { return }
      try await Task.sleep(for: .milliseconds(Int(min(left, 60_000))), clock: .suspending)
    }
  }
}
