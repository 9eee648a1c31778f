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

  package init() {}

  package func set(_ name: String, _ pulse: Pulse) { pulses.withLock { $0[name] = pulse } }
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
