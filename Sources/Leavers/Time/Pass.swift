// What a station says after it has looked through its work once. Pure.

/// What one pass of a station did, and when the next is due.
package struct Pass: Sendable, Equatable {
  /// Whether anything was done: then there may be more to do at once.
  package var didWork: Bool
  /// The instant, on the monotonic clock, at which to come again at the latest though no event came; nil for never.
  package var next: Duration?

  package init(didWork: Bool = false, next: Duration? = nil) {
    self.didWork = didWork
    self.next = next
  }

  /// Notes that something is due at an instant.
  package mutating func isDue(_ instant: Duration?) {
    guard let instant else { return }
    next = next.map { min($0, instant) } ?? instant
  }
}
