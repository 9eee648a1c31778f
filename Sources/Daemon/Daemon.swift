// The daemon: opens what there is to open, runs every station as a service, reloads, and ends in time.

import Delivery
import Dispatch
import Glibc
import Intake
package import Leavers
import Ledger
package import Logging
import Profiles
import Replies
import Returns
import ServiceLifecycle
import Transport
import UnixSignals

/// The background service, from start to end.
package struct Daemon: Sendable {
  /// Exit codes of sysexits.h.
  package enum Exit {
    package static let ok: Int32 = 0
    package static let unavailable: Int32 = 69
    package static let software: Int32 = 70
    package static let io: Int32 = 74
    package static let configuration: Int32 = 78
  }

  private let source: ConfigurationSource
  private let environment: [String: String]
  private let timekeeper: any Timekeeper
  private let logger: Logger

  package init(
    source: ConfigurationSource, environment: [String: String], timekeeper: any Timekeeper, logger: Logger
  ) {
    self.source = source
    self.environment = environment
    self.timekeeper = timekeeper
    self.logger = logger
  }

  /// Runs until SIGTERM or SIGINT; gives the exit code.
  package func run() async -> Int32 {
    // A peer that closes its end is an error of one transfer, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    // What lies on a desk is for the school's people: its settings say who may read it, and no inherited umask. Others
    // never may. The state folder is closed as a whole.
    umask(0o007)
    // Before anything else, because an untrapped SIGHUP would end the process.
    let hangUps = await UnixSignalsSequence(trapping: .sighup)

    let configuration: Configuration
    do {
      let loaded = try source.loadToRun()
      for warning in loaded.warnings { logger.warning("\(warning)") }
      configuration = loaded.configuration
    } catch {
      for diagnostic in error.diagnostics { logger.critical("\(diagnostic)") }
      return Exit.configuration
    }

    do {
      let key = try MasterKey(file: configuration.masterKey.path)
      let ledger = try await Ledger.open(
        stateDirectory: configuration.state, masterKey: key, timekeeper: timekeeper, role: .daemon)
      try await ledger.register(
        schools: configuration.schools.map { ($0.id, $0.name, $0.controller) })
      let loop = try CurlLoop()
      let house = try House(
        configuration: configuration, ledger: ledger, loop: loop, timekeeper: timekeeper, logger: logger,
        faults: FaultSwitch.hook(environment: environment))
      let result = await serve(house, hangUps: hangUps)
      ServiceManager.stopping()
      // The ledger first: what follows may wait for a resolver or a dead peer.
      ledger.close()
      loop.shutDown()
      return result
    } catch let error as LedgerError {
      logger.critical("\(error.message)")
      switch error.code {
      case .locked: return Exit.unavailable
      case .wrongMasterKey, .masterKeyUnusable, .notOurs: return Exit.configuration
      default: return Exit.io
      }
    } catch {
      logger.critical("\(error)")
      return Exit.software
    }
  }

  private func serve(_ house: House, hangUps: UnixSignalsSequence) async -> Int32 {
    let reload = ReloadService(signals: hangUps, source: source, house: house, timekeeper: timekeeper, logger: logger)
    let deadline = ShutdownDeadline(seconds: 4, ledger: house.ledger, logger: logger)
    var services: [any Service] = [deadline, reload] + house.services()
    if let interval = ServiceManager.watchdogInterval {
      services.append(house.watchdog(interval: interval))
    }
    var settings = ServiceGroupConfiguration(
      services: services.map { .init(service: $0, successTerminationBehavior: .ignore) },
      gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    settings.maximumGracefulShutdownDuration = .seconds(3)
    let group = ServiceGroup(configuration: settings)
    await house.onNewServices { services in
      for service in services { await group.addServiceUnlessShutdown(service) }
    }
    do {
      await house.startWatching()
      ServiceManager.ready()
      logger.notice(
        "ready", metadata: ["schools": "\(house.schoolCount)", "recipients": "\(house.recipientCount)"])
      try await group.run()
      house.stopWatching()
      logger.notice("ended")
      return Exit.ok
    } catch {
      house.stopWatching()
      logger.critical("the service group failed", metadata: ["why": "\(error)"])
      return Exit.software
    }
  }
}

/// Ends the process a few seconds after SIGTERM whatever still hangs: every state survives a kill, so waiting longer
/// wins nothing.
private struct ShutdownDeadline: Service {
  let seconds: Int
  let ledger: Ledger
  let logger: Logger

  func run() async throws {
    // Throws where the task is cancelled, which means the same: the end has begun.
    try? await gracefulShutdown()
    let (ledger, logger) = (ledger, logger)
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds)) {
      logger.warning("something did not end in time; what was under way is taken up at the next start")
      ledger.close()
      _exit(Daemon.Exit.ok)
    }
  }
}
