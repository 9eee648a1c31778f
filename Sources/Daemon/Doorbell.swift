// Wakes one waiting station: rung by events, by other stations, or by the time at which work is due.

package import Leavers
import Synchronization

/// A bell for one station. A ring while the station works is kept, so that no event is lost between two passes; any
/// number of rings before the station listens count as one.
package final class Doorbell: Sendable {
  private struct State {
    var rung = false
    var listener: CheckedContinuation<Void, Never>?
  }
  private let state = Mutex(State())

  package init() {}

  package func ring() {
    let listener = state.withLock { state -> CheckedContinuation<Void, Never>? in
      defer { state.listener = nil }
      if state.listener == nil { state.rung = true }
      return state.listener
    }
    listener?.resume()
  }

  /// Returns when the bell was rung, when the monotonic time has come, or when the task is cancelled.
  package func wait(until deadline: Duration?, by timekeeper: any Timekeeper) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.listen() }
      if let deadline {
        group.addTask {
          do { try await timekeeper.sleep(untilMonotonic: deadline) } catch { /* cancelled: the bell was rung */  }
        }
      }
      await group.next()
      group.cancelAll()
    }
  }

  private func listen() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let now = state.withLock { state -> Bool in
          if state.rung || Task.isCancelled {
            state.rung = false
            return true
          }
          state.listener = continuation
          return false
        }
        if now { continuation.resume() }
      }
    } onCancel: {
      let listener = state.withLock { state -> CheckedContinuation<Void, Never>? in
        defer { state.listener = nil }
        return state.listener
      }
      listener?.resume()
    }
  }
}
