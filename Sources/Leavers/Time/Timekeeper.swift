// Time as the service is given it: nothing but the outermost reads a clock or sleeps by itself.

/// The clocks of the machine, injected.
package protocol Timekeeper: Sendable {
  /// The wall clock.
  func now() -> Timestamp

  /// Time since an arbitrary origin that only goes forward; the machine's sleep (suspend) is not counted.
  func monotonic() -> Duration

  /// Returns once `monotonic()` has reached the instant. Throws `CancellationError` when the task is cancelled.
  func sleep(untilMonotonic instant: Duration) async throws

  /// Returns once the wall clock has reached the instant, also when it gets there by being stepped. Throws
  /// `CancellationError` when the task is cancelled.
  func sleep(until instant: Timestamp) async throws
}

extension Timekeeper {
  /// The day that it is in London.
  package func today() -> CalendarDate { LondonTime.day(of: now()) }

  /// Returns after a time on the monotonic clock.
  package func sleep(for duration: Duration) async throws {
    try await sleep(untilMonotonic: monotonic() + duration)
  }
}
