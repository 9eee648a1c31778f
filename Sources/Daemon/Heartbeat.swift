// What each part of the daemon last did, so that the watchdog is fed by progress and not by a timer. A value behind a lock.

import Synchronization

/// The pulse of every station: when it began the pass it is in, or until when it rests.
package final class Heartbeat: Sendable {
  package enum Pulse: Sendable, Equatable {
    /// Working since this monotonic time.
    case working(since: Duration)
    /// Waiting for its bell, or until this monotonic time.
    case resting(until: Duration?)
  }

  private let pulses = Mutex<[String: Pulse]>([:])
  private let failures = Mutex<[String: String]>([:])

  package init() {}

  package func set(_ name: String, _ pulse: Pulse) { pulses.withLock { $0[name] = pulse } }
  /// Notes why a station's pass failed, or with nil that one went well.
  package func setFailure(_ name: String, _ why: String?) { failures.withLock { $0[name] = why } }
  /// The stations whose newest pass failed, with the reason, by name.
  package var failing: [(name: String, why: String)] {
    failures.withLock { $0.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
  }

  package func remove(_ name: String) { pulses.withLock { _ = $0.removeValue(forKey: name) } }

  /// The stations that neither rest nor finished a pass within the limit, or that overslept by it.
  package func stuck(at now: Duration, limit: Duration) -> [String] {
    pulses.withLock { pulses in
      pulses.filter { _, pulse in
        switch pulse {
        case .working(let since): now - since > limit
        case .resting(let until?): now - until > limit
        case .resting(nil): false
        }
      }.keys.sorted()
    }
  }
}
