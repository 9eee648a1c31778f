// What the daemon tells systemd: ready, reloading, stopping, alive, and one line of status. The only code that touches
// CSystemd, with the journal's log handler.

import CSystemd
import Glibc

/// The service manager that started us, if any; everything here does nothing without one.
package enum ServiceManager {
  package static func ready() { notify("READY=1") }
  package static func stopping() { notify("STOPPING=1") }

  /// From systemd 253 the time is required; before, it is ignored.
  package static func reloading(at monotonic: Duration) {
    let parts = monotonic.components
    let microseconds = parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000
    notify("RELOADING=1\nMONOTONIC_USEC=\(microseconds)")
  }

  /// One line for `systemctl status`; no personal data.
  package static func status(_ line: String) { notify("STATUS=\(line)") }
  package static func alive() { notify("WATCHDOG=1") }

  /// How often the service manager wants a sign of life; nil when it does not.
  package static var watchdogInterval: Duration? {
    var microseconds: UInt64 = 0
    guard sd_watchdog_enabled(0, &microseconds) > 0, microseconds > 0 else { return nil }
    return .microseconds(Int64(microseconds))
  }

  private static func notify(_ state: String) { _ = sd_notify(0, state) }
}
