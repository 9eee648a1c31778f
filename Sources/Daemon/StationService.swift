// One station or lane as a service: pass after pass until there is nothing to do, then wait for the bell or the hour.

import Leavers
import Logging
import ServiceLifecycle

/// Runs a station's passes. A pass that throws is logged, counted and tried again with growing patience: one station's
/// trouble never ends the daemon.
struct StationService: Service {
  let name: String
  let bell: Doorbell
  /// The bells of the stations that find work in what this one leaves in the ledger, asked for at each ring: a new
  /// configuration brings new lanes.
  let onward: @Sendable () -> [Doorbell]
  /// How long it may rest at most; nil where the bell tells of everything.
  let longestRest: @Sendable () -> Duration?
  let timekeeper: any Timekeeper
  let heartbeat: Heartbeat
  let logger: Logger
  let pass: @Sendable () async throws -> Pass

  init(
    name: String, bell: Doorbell, onward: @escaping @Sendable () -> [Doorbell] = { [] },
    longestRest: @escaping @Sendable () -> Duration? = { nil }, timekeeper: any Timekeeper, heartbeat: Heartbeat,
    logger: Logger, pass: @escaping @Sendable () async throws -> Pass
  ) {
    self.name = name
    self.bell = bell
    self.onward = onward
    self.longestRest = longestRest
    self.timekeeper = timekeeper
    self.heartbeat = heartbeat
    self.logger = logger
    self.pass = pass
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var patience = Duration.seconds(1)
      while !Task.isCancelled {
        heartbeat.set(name, .working(since: timekeeper.monotonic()))
        var next: Duration?
        do {
          let pass = try await pass()
          patience = .seconds(1)
          heartbeat.setFailure(name, nil)
          if pass.didWork {
            for bell in onward() { bell.ring() }
            continue
          }
          next = pass.next
          if let rest = longestRest() {
            let limit = timekeeper.monotonic() + rest
            next = next.map { min($0, limit) } ?? limit
          }
        } catch {
          if Task.isCancelled { break }
          heartbeat.setFailure(name, "\(error)")
          for bell in onward() { bell.ring() }
          logger.error("the station failed and will try again", metadata: ["station": "\(name)", "why": "\(error)"])
          next = timekeeper.monotonic() + patience
          patience = min(patience * 2, .seconds(60))
        }
        heartbeat.set(name, .resting(until: next))
        await bell.wait(until: next, by: timekeeper)
      }
      heartbeat.remove(name)
    }
  }
}
