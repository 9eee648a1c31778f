// The breaker and the authentication stop of one endpoint: what has failed, and so what may be tried. No I/O; the clock
// is handed in.

import Synchronization

/// Shared by an endpoint and its session, so that an authentication failure stops even the rest of the same piece of
/// work, whatever that work makes of the error.
final class Gate: Sendable {
  private struct State {
    var stopped: String?
    var consecutive = 0
    var openUntil: Duration?
    /// How long the breaker was open the last time; nil after a success.
    var lastPause: Duration?
    var why = ""
  }

  private let state: Mutex<State>
  private let policy: BreakerPolicy
  private let location: String
  private let recipient: String
  private let now: @Sendable () -> Duration

  init(
    policy: BreakerPolicy, recipient: String, location: String, stopped: String?,
    now: @escaping @Sendable () -> Duration
  ) {
    self.policy = policy
    self.recipient = recipient
    self.location = location
    self.now = now
    self.state = Mutex(State(stopped: stopped))
  }

  var condition: EndpointCondition {
    let instant = now()
    return state.withLock { state in
      if let why = state.stopped { return .stopped(why: why) }
      if let until = state.openUntil, instant < until { return .open(untilMonotonic: until, why: state.why) }
      return .ready
    }
  }

  /// Before a piece of work: neither stopped nor open. An open breaker whose time is over lets this one through.
  func admit() throws(TransportError) {
    switch condition {
    case .ready: return
    case .stopped(let why): throw stoppedError(why)
    case .open(_, let why):
      throw TransportError(
        .breakerOpen, "It failed several times in a row (\(why)), so nothing is tried for a while.", at: location,
        remedy: "It is tried again by itself.")
    }
  }

  /// Before each operation within a piece of work.
  func check() throws(TransportError) {
    if let why = state.withLock({ $0.stopped }) { throw stoppedError(why) }
  }

  func succeeded() {
    state.withLock { state in
      state.consecutive = 0
      state.openUntil = nil
      state.lastPause = nil
    }
  }

  func failed(_ error: TransportError) {
    if error.isAuthentication {
      state.withLock { $0.stopped = error.what }
      return
    }
    if !error.countsForBreaker {
      if error.provesContact { succeeded() }
      return
    }
    let instant = now()
    state.withLock { state in
      state.consecutive += 1
      state.why = error.code.name
      if let last = state.lastPause {
        // Half open: the one that was let through failed.
        guard let until = state.openUntil, instant >= until else { return }
        state.lastPause = min(last + last, policy.longestPause)
      } else if state.consecutive >= policy.failures {
        state.lastPause = policy.pause
      } else {
        return
      }
      state.openUntil = instant + (state.lastPause ?? policy.pause)
    }
  }

  func reset() {
    state.withLock { $0 = State(stopped: nil) }
  }

  private func stoppedError(_ why: String) -> TransportError {
    TransportError(
      .stopped, "Stopped, because one side could not prove to the other who it is: \(why)", at: location,
      remedy: "Put that right, then lift the stop with `leaverlink resume \(recipient)`.")
  }
}

extension TransportError {
  /// Whether it speaks for a far side that is down or in trouble.
  var countsForBreaker: Bool { isTransient && code != .storageFull && code != .breakerOpen }

  /// Whether the far side answered sensibly, although not with what was hoped for.
  var provesContact: Bool {
    switch code {
    case .notFound, .targetExists, .permissionDenied, .storageFull, .tooLarge, .refused: true
    default: false
    }
  }
}
