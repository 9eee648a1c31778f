// How it stands with a recipient's endpoint. Pure value.

/// Whether an endpoint tries anything.
package enum EndpointCondition: Sendable, Equatable {
  case ready
  /// Failing again and again: nothing is tried before this instant of the endpoint's monotonic clock.
  case open(untilMonotonic: Duration, why: String)
  /// One side could not prove who it is: nothing is tried until a person resumes it.
  case stopped(why: String)
}
