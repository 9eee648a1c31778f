// A thread of our own, for what must never run on the cooperative pool. Touches pthread only.

import Glibc

/// A started thread. It is either joined or left to itself.
struct OSThread: Sendable {
  private let handle: pthread_t

  /// Starts a thread with every signal blocked: signals are for the process, and a write to a closed connection must be
  /// an error and not a SIGPIPE.
  static func start(_ body: @escaping @Sendable () -> Void) throws(TransportError) -> OSThread {
    let box = Unmanaged.passRetained(Box(body))
    var handle = pthread_t()
    let code = pthread_create(
      &handle, nil,
      { context in
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
        if let context { Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body() }
        return nil
      }, box.toOpaque())
    guard code == 0 else {
      box.release()
      throw TransportError(
        .invalidConfiguration, "No thread could be started: \(String(cString: strerror(code))).",
        remedy: "Raise the limit on threads (TasksMax in the unit).")
    }
    return OSThread(handle: handle)
  }

  /// Waits for its end. Never from the thread itself.
  func join() { pthread_join(handle, nil) }

  /// Lets it end by itself.
  func detach() { pthread_detach(handle) }

  /// Whether this is the calling thread.
  var isCurrent: Bool { pthread_equal(pthread_self(), handle) != 0 }

  private final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
