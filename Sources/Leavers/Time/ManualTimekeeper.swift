// A clock that a test moves by hand. No effect but waking its sleepers.

import Synchronization

/// Time that stands still until a test moves it; then those whose time has come wake, the earliest deadline first.
package final class ManualTimekeeper: Timekeeper {
  private enum Deadline {
    case monotonic(Duration)
    case wall(Timestamp)
  }

  private struct Sleeper {
    let id: UInt64
    let deadline: Deadline
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct Watcher {
    let count: Int
    let continuation: CheckedContinuation<Void, Never>
  }

  private struct State {
    var now: Timestamp
    var monotonic: Duration
    var nextID: UInt64 = 0
    var sleepers: [Sleeper] = []
    /// Sleepers that were cancelled before they lay down.
    var cancelled: Set<UInt64> = []
    var watchers: [Watcher] = []

    /// Takes out the sleepers whose time has come.
    mutating func due() -> [Sleeper] {
      func isDue(_ sleeper: Sleeper) -> Bool {
        switch sleeper.deadline {
        case .monotonic(let instant): instant <= monotonic
        case .wall(let instant): instant <= now
        }
      }
      func wait(_ sleeper: Sleeper) -> Duration {
        switch sleeper.deadline {
        case .monotonic(let instant): instant - monotonic
        case .wall(let instant): now.duration(to: instant)
        }
      }
      let due = sleepers.filter(isDue).sorted { (wait($0), $0.id) < (wait($1), $1.id) }
      sleepers.removeAll(where: isDue)
      return due
    }

    /// Takes out the watchers that waited for no more sleepers than there are.
    mutating func content() -> [Watcher] {
      let count = sleepers.count
      let content = watchers.filter { $0.count <= count }
      watchers.removeAll { $0.count <= count }
      return content
    }
  }

  private let state: Mutex<State>

  /// A clock that stands at `now`; its monotonic side stands at `monotonic`.
  package init(now: Timestamp, monotonic: Duration = .zero) {
    state = Mutex(State(now: now, monotonic: monotonic))
  }

  package func now() -> Timestamp { state.withLock { $0.now } }
  package func monotonic() -> Duration { state.withLock { $0.monotonic } }

  /// Time passes: both clocks go forward. `duration` is not negative.
  package func advance(by duration: Duration) {
    move { state in
      state.now = state.now + duration
      state.monotonic += duration
    }
  }

  /// The wall clock is stepped, forward or back; no time passes.
  package func set(now: Timestamp) {
    move { $0.now = now }
  }

  private func move(_ change: (inout State) -> Void) {
    let due = state.withLock { state in
      change(&state)
      return state.due()
    }
    for sleeper in due { sleeper.continuation.resume() }
  }

  /// How many sleep now.
  package var sleepers: Int { state.withLock { $0.sleepers.count } }

  /// Returns once at least `count` sleep at the same time: what a test waits for before it moves the clock.
  package func waitForSleepers(_ count: Int = 1) async {
    await withCheckedContinuation { continuation in
      let content = state.withLock { state in
        state.watchers.append(Watcher(count: count, continuation: continuation))
        return state.content()
      }
      for watcher in content { watcher.continuation.resume() }
    }
  }

  package func sleep(untilMonotonic instant: Duration) async throws {
    try await sleep(.monotonic(instant))
  }

  package func sleep(until instant: Timestamp) async throws {
    try await sleep(.wall(instant))
  }

  private func sleep(_ deadline: Deadline) async throws {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        lieDown(Sleeper(id: id, deadline: deadline, continuation: continuation))
      }
    } onCancel: {
      cancel(id)
    }
  }

  private func lieDown(_ sleeper: Sleeper) {
    let (cancelled, due, content) = state.withLock { state in
      if state.cancelled.remove(sleeper.id) != nil { return (true, [Sleeper](), [Watcher]()) }
      state.sleepers.append(sleeper)
      let due = state.due()
      return (false, due, state.content())
    }
    if cancelled { sleeper.continuation.resume(throwing: CancellationError()) }
    for sleeper in due { sleeper.continuation.resume() }
    for watcher in content { watcher.continuation.resume() }
  }

  private func cancel(_ id: UInt64) {
    let sleeper = state.withLock { state -> Sleeper? in
      guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
        state.cancelled.insert(id)
        return nil
      }
      return state.sleepers.remove(at: index)
    }
    sleeper?.continuation.resume(throwing: CancellationError())
  }
}
