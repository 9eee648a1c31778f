// SIGHUP: takes the whole new configuration, or keeps the old one and says what is wrong with the new.

import Leavers
import Logging
import Profiles
import ServiceLifecycle
import UnixSignals

struct ReloadService: Service {
  let signals: UnixSignalsSequence
  let source: ConfigurationSource
  let house: House
  let timekeeper: any Timekeeper
  let logger: Logger

  func run() async throws {
    for await _ in signals.cancelOnGracefulShutdown() {
      ServiceManager.reloading(at: timekeeper.monotonic())
      do {
        let loaded = try source.loadToRun()
        for warning in loaded.warnings { logger.warning("\(warning)") }
        try await house.replace(loaded.configuration)
        logger.notice("the new configuration is in force")
      } catch let errors as ConfigurationErrors {
        for diagnostic in errors.diagnostics { logger.error("\(diagnostic)") }
        logger.error("the new configuration has mistakes; the old one stays in force")
      } catch {
        logger.error("the new configuration was not taken; the old one stays", metadata: ["why": "\(error)"])
      }
      ServiceManager.ready()
    }
  }
}
