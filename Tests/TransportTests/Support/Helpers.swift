// Small things that tests hold in their hand: a clock that is set, a log, a server that says nothing.

import Foundation
import Synchronization

final class ClockBox: Sendable {
  private let value = Mutex(Duration.zero)
  var now: Duration {
    get { value.withLock { $0 } }
    set { value.withLock { $0 = newValue } }
  }
}

final class Log: Sendable {
  private let value = Mutex<[String]>([])
  var lines: [String] { value.withLock { $0 } }
  func add(_ line: String) { value.withLock { $0.append(line) } }
}

/// The kernel takes connections to its port, and nobody ever answers.
final class SilentServer: Sendable {
  private let listening: ListeningSocket
  var port: Int { listening.port }

  init() throws { listening = try ListeningSocket() }

  /// Waits until somebody has connected. The connection is left open: it ends with the process.
  func accept() { _ = Foundation.accept(listening.socket, nil, nil) }
}
