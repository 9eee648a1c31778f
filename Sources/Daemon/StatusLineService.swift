// Keeps the one line that `systemctl status` shows up to date.

import Intake
import Leavers
import Ledger
import Profiles
import ServiceLifecycle

/// Writes the status line after every piece of work.
struct StatusLineService: Service {
  let bell: Doorbell
  let heartbeat: Heartbeat
  let ledger: Ledger
  let timekeeper: any Timekeeper
  /// Of now: what the calendar says is due counts as well.
  let configuration: @Sendable () -> Configuration

  init(
    bell: Doorbell, heartbeat: Heartbeat, ledger: Ledger, timekeeper: any Timekeeper,
    configuration: @escaping @Sendable () -> Configuration
  ) {
    self.bell = bell
    self.heartbeat = heartbeat
    self.ledger = ledger
    self.timekeeper = timekeeper
    self.configuration = configuration
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          let todo = try await configuration().todo(by: ledger, on: timekeeper.today())
          let authorities = try await ledger.overview.authorities()
          let failing = heartbeat.failing.map { "\($0.name) fails: \($0.why)" }
          ServiceManager.status(
            (failing + ["\(authorities.count) authorities"]
              + [todo.isEmpty ? "nothing for a person to do" : "\(todo.count) thing(s) for a person to do"])
              .joined(separator: "; "))
        } catch {
          if Task.isCancelled { break }
          ServiceManager.status("the ledger does not answer: \(error)")
        }
        await bell.wait(until: nil, by: timekeeper)
      }
    }
  }
}
