// When to try again to remove what earlier attempts left at the far side. Pure.

import Leavers
import Ledger

/// Remembers for which settled returns temporaries could not be removed, and when to try again.
struct TemporariesWatch: Sendable {
  private struct Trouble {
    var next: Duration
    var pause: Duration
    var why: String
  }
  private var troubles: [ReturnID: Trouble] = [:]

  private static let firstPause = Duration.seconds(60)
  private static let longestPause = Duration.seconds(4 * 3600)

  /// Whether to try now.
  func isDue(_ id: ReturnID, at now: Duration) -> Bool { troubles[id].map { $0.next <= now } ?? true }

  /// Notes that it went wrong. True where that is news.
  mutating func failed(_ id: ReturnID, why: String, at now: Duration) -> Bool {
    let before = troubles[id]
    let pause = before.map { min($0.pause * 2, Self.longestPause) } ?? Self.firstPause
    troubles[id] = Trouble(next: now + pause, pause: pause, why: why)
    return before?.why != why
  }

  /// Forgets those of which nothing is left to remove, or not yet.
  mutating func keep(only ids: Set<ReturnID>) { troubles = troubles.filter { ids.contains($0.key) } }

  mutating func removed(_ id: ReturnID) { troubles[id] = nil }

  /// When to come again.
  var next: Duration? { troubles.values.map(\.next).min() }
}
