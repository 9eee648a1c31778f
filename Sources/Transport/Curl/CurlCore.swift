// What the curl thread and everybody else share: messages one way, results the other. Touches of libcurl only
// `curl_multi_wakeup`, the one call that other threads may make.

import CCurl
import Dispatch
import Synchronization

/// The multi handle on its way between threads.
///
/// Unchecked, because libcurl allows one thread at a time to use it: the worker's thread does, and all others make only
/// the call that libcurl documents as safe for them, `curl_multi_wakeup`, under the lock that the worker takes before it
/// frees the handle.
struct MultiHandle: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer
}

final class CurlCore: Sendable {
  enum Message: Sendable {
    case start(UInt64, CurlRequest, pool: Int)
    case cancel(UInt64)
    case closePool(Int)
  }

  private enum Phase { case running, stopping, ended }

  private struct State {
    var phase = Phase.running
    var messages: [Message] = []
    var waiting: [UInt64: CheckedContinuation<CurlOutcome, Never>] = [:]
    var nextRequest: UInt64 = 0
    var nextPool = 0
    var turns: UInt64 = 0
  }

  let multi: MultiHandle
  /// Signalled once when the thread has freed everything.
  let ended = DispatchSemaphore(value: 0)
  private let state = Mutex(State())

  init() throws(TransportError) {
    guard let pointer = curl_multi_init() else {
      throw TransportError(
        .invalidConfiguration, "libcurl could not make a multi handle.", remedy: "Look for exhausted memory.")
    }
    multi = MultiHandle(pointer: pointer)
    _ = leaverlink_curl_multi_setopt_long(pointer, CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING))
    // Idle connections of all pools together; more than endpoints, so that none closes another's.
    _ = leaverlink_curl_multi_setopt_long(pointer, CURLMOPT_MAXCONNECTS, 256)
  }

  var turns: UInt64 { state.withLock { $0.turns } }

  func makePool() -> Int {
    state.withLock { state in
      state.nextPool += 1
      return state.nextPool
    }
  }

  func closePool(_ id: Int) { post(.closePool(id)) }

  func nudge() { state.withLock { wake($0) } }

  func run(_ request: CurlRequest, pool: Int) async -> CurlOutcome {
    let id = state.withLock { state in
      state.nextRequest += 1
      return state.nextRequest
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let refusal = state.withLock { state -> CurlOutcome? in
          // Asked for under the lock: the cancellation handler runs after the flag is set and needs the same lock, so
          // its message cannot come before the start that it is to cancel.
          if Task.isCancelled { return .cancelled }
          guard state.phase == .running else { return .loopStopped }
          state.waiting[id] = continuation
          state.messages.append(.start(id, request, pool: pool))
          wake(state)
          return nil
        }
        if let refusal { continuation.resume(returning: refusal) }
      }
    } onCancel: {
      post(.cancel(id))
    }
  }

  /// Hands a result over, unless somebody else has already answered this request.
  func complete(_ id: UInt64, _ outcome: CurlOutcome) {
    state.withLock { $0.waiting.removeValue(forKey: id) }?.resume(returning: outcome)
  }

  /// Asks the thread to end and answers everybody who waits.
  func stop() {
    let waiting = state.withLock { state in
      if state.phase == .running {
        state.phase = .stopping
        wake(state)
      }
      defer { state.waiting = [:] }
      return state.waiting
    }
    // Not `.loopStopped`, which says that nothing was tried.
    for continuation in waiting.values { continuation.resume(returning: .cancelled) }
  }

  /// For the worker: what has come in, nil when it is to end. Counts a turn.
  func takeMessages() -> [Message]? {
    state.withLock { state in
      state.turns += 1
      guard state.phase == .running else { return nil }
      defer { state.messages = [] }
      return state.messages
    }
  }

  /// For the worker: nobody may wake the handle from now on.
  func markEnded() {
    state.withLock { $0.phase = .ended }
    CurlLibrary.unregister(self)
  }

  /// The thread never started.
  func abandon() {
    markEnded()
    curl_multi_cleanup(multi.pointer)
    ended.signal()
  }

  private func post(_ message: Message) {
    state.withLock { state in
      guard state.phase == .running else { return }
      state.messages.append(message)
      wake(state)
    }
  }

  /// Under the lock.
  private func wake(_ state: borrowing State) {
    if state.phase != .ended { curl_multi_wakeup(multi.pointer) }
  }
}
