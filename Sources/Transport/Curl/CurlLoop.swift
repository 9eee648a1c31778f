// The one thread that owns every libcurl handle. Transfers go in as values and come out through a continuation that is
// resumed exactly once.

import CCurl
import Dispatch
import Synchronization

/// One dedicated thread with one `curl_multi`.
///
/// Each endpoint has a connection pool of its own, a `CURLSH` that shares connections and nothing else, because
/// libcurl does not tell pooled connections apart by the host key pin: in a common pool one endpoint could ride on a
/// connection that another one had checked against another pin. A multi handle an endpoint would separate them as
/// well, but one thread can wait for only one; and a single easy handle kept for each endpoint would have to be reset
/// by hand between protocols' options.
package final class CurlLoop: Sendable {
  let core: CurlCore

  /// Throws `.invalidConfiguration` when libcurl is too old or lacks SFTP or TLS, or no thread can be started.
  package init() throws(TransportError) {
    try CurlLibrary.prepare()
    core = try CurlCore()
    let core = core
    CurlLibrary.register(core)
    do throws(TransportError) {
      try OSThread.start {
        var worker = CurlWorker(core: core)
        worker.run()
      }.detach()
    } catch {
      core.abandon()
      throw error
    }
  }

  deinit { core.stop() }

  /// Turns of the loop so far. While nothing is under way the loop sleeps and it does not grow: a watchdog calls
  /// `nudge()` and expects another number at its next look.
  package var heartbeat: UInt64 { core.turns }

  /// Makes the loop turn once.
  package func nudge() { core.nudge() }

  /// Ends every transfer with `.cancelled`, and the thread; afterwards every operation fails with `.stopped`. Waits for the thread no
  /// longer than `patience`: libcurl may wait for a dead peer while it closes, and that must not hold up the end of the
  /// process. Blocks the calling thread; may be called more than once. At `exit` it happens by itself.
  package func shutDown(patience: Duration = .seconds(3)) {
    core.stop()
    let milliseconds = patience.milliseconds
    if core.ended.wait(timeout: .now() + .milliseconds(Int(milliseconds))) == .success { core.ended.signal() }
  }

  func run(_ request: CurlRequest, pool: Int) async -> CurlOutcome {
    await core.run(request, pool: pool)
  }
}

/// A pool of connections that are reused. They are closed when it goes away.
final class ConnectionPool: Sendable {
  private let loop: CurlLoop
  private let id: Int

  init(_ loop: CurlLoop) {
    self.loop = loop
    id = loop.core.makePool()
  }

  deinit { loop.core.closePool(id) }

  func run(_ request: CurlRequest) async -> CurlOutcome { await loop.run(request, pool: id) }
}

extension Duration {
  /// Whole milliseconds, at least 0 and within what libcurl's `long` and a `DispatchTimeInterval` take.
  var milliseconds: Int64 {
    let parts = components
    guard parts.seconds >= 0 else { return 0 }
    guard parts.seconds < 1_000_000_000 else { return 1_000_000_000_000 }
    return max(0, parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000)
  }
}
