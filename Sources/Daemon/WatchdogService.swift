// Feeds the service manager's watchdog from real progress: stations, the curl thread and the ledger must all answer.

import Leavers
import Ledger
import Logging
import ServiceLifecycle
import Transport

/// Says that we are alive, twice in each interval, and only when every part is.
struct WatchdogService: Service {
  let interval: Duration
  let heartbeat: Heartbeat
  let loop: CurlLoop
  let ledger: Ledger
  let timekeeper: any Timekeeper
  let logger: Logger
  /// A pass may hold one transfer, which ends after a quarter of an hour at the latest, and its read-back.
  private let limit = Duration.seconds(40 * 60)

  init(
    interval: Duration, heartbeat: Heartbeat, loop: CurlLoop, ledger: Ledger, timekeeper: any Timekeeper,
    logger: Logger
  ) {
    self.interval = interval
    self.heartbeat = heartbeat
    self.loop = loop
    self.ledger = ledger
    self.timekeeper = timekeeper
    self.logger = logger
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          // The curl thread must turn when it is nudged, and the ledger must answer: one that hangs keeps the sign of
          // life back.
          let turns = loop.heartbeat
          loop.nudge()
          _ = try await ledger.recipients.all()
          try await timekeeper.sleep(for: interval / 2)
          var stuck = heartbeat.stuck(at: timekeeper.monotonic(), limit: limit)
          if loop.heartbeat == turns { stuck.append("transport") }
          if stuck.isEmpty {
            ServiceManager.alive()
          } else {
            logger.critical("no progress", metadata: ["parts": "\(stuck.joined(separator: ","))"])
          }
        } catch {
          if Task.isCancelled { break }
          logger.critical("the ledger does not answer the watchdog", metadata: ["why": "\(error)"])
          do { try await timekeeper.sleep(for: interval / 2) } catch { break }
        }
      }
    }
  }
}
