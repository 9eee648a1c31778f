// All stations and lanes of a running daemon, what wakes them, and how a new configuration reaches them.

import Delivery
import Intake
import Leavers
import Ledger
import Logging
import Profiles
import Replies
import Returns
import ServiceLifecycle
import Synchronization
import Transport

/// The stations with their bells. A file event, a decision of a person, or work that one station leaves for the next
/// rings a bell; nothing polls but what has a clock of its own.
final class House: Sendable {
  struct Lane: Sendable {
    let delivery: DeliveryLane
    let collector: ReplyCollector
    let deliveryBell: Doorbell
    let collectorBell: Doorbell
  }

  private struct State {
    var configuration: Configuration
    var lanes: [RecipientID: Lane]
    var watch: FolderWatch?
    /// Whether a desk lies on a share, whose writers elsewhere raise no event.
    var hasDeskOnShare = false
    /// Whether the file that commands touch raises events; without them every station looks at each rescan.
    var isWokenByCommands = false
    var watched: [String: [Doorbell]] = [:]
  }

  let ledger: Ledger
  private let loop: CurlLoop
  private let timekeeper: any Timekeeper
  private let logger: Logger
  private let faults: FaultHook
  private let pool: EndpointPool
  private let heartbeat = Heartbeat()
  private let intake: IntakeStation
  private let returns: ReturnsStation
  private let intakeBell = Doorbell()
  private let returnsBell = Doorbell()
  private let statusBell = Doorbell()
  private let state: Mutex<State>
  private let returned = ReturnedSchools()
  private let adopt = Mutex<(@Sendable ([any Service]) async -> Void)?>(nil)

  init(
    configuration: Configuration, ledger: Ledger, loop: CurlLoop, timekeeper: any Timekeeper, logger: Logger,
    faults: @escaping FaultHook
  ) throws {
    self.ledger = ledger
    self.loop = loop
    self.timekeeper = timekeeper
    self.logger = logger
    self.faults = faults
    pool = EndpointPool(loop: loop, timekeeper: timekeeper)
    let journal = Journal(logger: logger)
    let returned = returned
    intake = IntakeStation(
      configuration: configuration, ledger: ledger, timekeeper: timekeeper, faults: faults,
      journal: { event in
        journal.tell(event)
        switch event.kind {
        case .deskThere: returned.tell(event.school, isDesk: true)
        case .folderBack: returned.tell(event.school, isDesk: false)
        default: break
        }
      })
    returns = ReturnsStation(
      configuration: configuration, ledger: ledger, timekeeper: timekeeper, journal: { journal.tell($0) },
      fault: faults)
    state = Mutex(State(configuration: configuration, lanes: [:]))
    let lanes = Dictionary(
      uniqueKeysWithValues: try configuration.recipients.map { ($0.id, try makeLane($0, configuration)) })
    state.withLock { $0.lanes = lanes }
  }

  var schoolCount: Int { state.withLock { $0.configuration.schools.count } }
  var recipientCount: Int { state.withLock { $0.configuration.recipients.count } }

  // MARK: - Services

  func services() -> [any Service] {
    let lanes = state.withLock { $0.lanes }
    let (intakeBell, returnsBell, statusBell) = (intakeBell, returnsBell, statusBell)
    var services: [any Service] = [
      StatusLineService(
        bell: statusBell, heartbeat: heartbeat, ledger: ledger, timekeeper: timekeeper,
        configuration: { [self] in state.withLock { $0.configuration } }),
      station("intake", intakeBell, onward: { [returnsBell, statusBell] }) { [intake] in try await intake.pass() },
      // Intake tells the schools what was decided.
      station("returns", returnsBell, onward: { [self] in deliveryBells + [intakeBell, statusBell] }) { [returns] in
        try await returns.pass()
      },
    ]
    for (id, lane) in lanes.sorted(by: { $0.key < $1.key }) { services += self.services(of: lane, id) }
    return services
  }

  /// Of the lanes of now.
  private var deliveryBells: [Doorbell] { state.withLock { $0.lanes.values.map(\.deliveryBell) } }

  func watchdog(interval: Duration) -> any Service {
    WatchdogService(
      interval: interval, heartbeat: heartbeat, loop: loop, ledger: ledger, timekeeper: timekeeper, logger: logger)
  }

  /// How services of recipients that a new configuration brings are started.
  func onNewServices(_ start: @escaping @Sendable ([any Service]) async -> Void) async {
    adopt.withLock { $0 = start }
  }

  private func services(of lane: Lane, _ id: RecipientID) -> [any Service] {
    let statusBell = statusBell
    return [
      station("delivery \(id)", lane.deliveryBell, onward: { [statusBell] }) { try await lane.delivery.pass() },
      station("replies \(id)", lane.collectorBell, onward: { [statusBell] }, polls: { [self] in pollsDesks(for: id) }) {
        try await lane.collector.pass()
      },
    ]
  }

  /// Whether what a recipient sends is put on desks, and one of them lies on a share.
  private func pollsDesks(for id: RecipientID) -> Bool {
    state.withLock { state in
      guard state.hasDeskOnShare, case .handover = state.configuration.recipient(id)?.endpoint else { return false }
      return true
    }
  }

  private func station(
    _ name: String, _ bell: Doorbell, onward: @escaping @Sendable () -> [Doorbell],
    polls: @escaping @Sendable () -> Bool = { false },
    pass: @escaping @Sendable () async throws -> Pass
  ) -> StationService {
    StationService(
      name: name, bell: bell, onward: onward,
      longestRest: { [self] in
        let polls = polls()
        return state.withLock { polls ? $0.configuration.poll : $0.isWokenByCommands ? nil : $0.configuration.rescan }
      },
      timekeeper: timekeeper, heartbeat: heartbeat, logger: logger, pass: pass)
  }

  private func makeLane(_ recipient: Recipient, _ configuration: Configuration) throws -> Lane {
    makeLane(recipient, configuration, try pool.endpoints(of: recipient, in: configuration))
  }

  private func makeLane(
    _ recipient: Recipient, _ configuration: Configuration, _ endpoints: @escaping DeliveryLane.Endpoints
  ) -> Lane {
    let journal = Journal(logger: logger)
    return Lane(
      delivery: DeliveryLane(
        recipient: recipient, configuration: configuration, ledger: ledger, endpoints: endpoints,
        timekeeper: timekeeper, chance: { Double.random(in: 0..<1) }, faults: faults, report: { journal.tell($0) }),
      collector: ReplyCollector(
        recipient: recipient, configuration: configuration, ledger: ledger, endpoints: endpoints,
        timekeeper: timekeeper, faults: faults, report: { journal.tell($0) }),
      deliveryBell: Doorbell(), collectorBell: Doorbell())
  }

  // MARK: - A new configuration

  /// Puts a new, checked configuration in force, between two passes of each station; whole, or not at all.
  ///
  /// Throws where a place is impossible, and `HouseError` where the new configuration needs a restart.
  func replace(_ configuration: Configuration) async throws {
    let before = state.withLock { $0.configuration }
    guard configuration.state == before.state, configuration.masterKey == before.masterKey else {
      throw HouseError.needsRestart
    }
    let ways = try configuration.recipients.map { ($0, try pool.endpoints(of: $0, in: configuration)) }
    try await ledger.register(schools: configuration.schools.map { ($0.id, $0.name, $0.controller) })
    await intake.replace(configuration: configuration)
    await returns.replace(configuration: configuration)
    pool.keep(only: configuration)
    var fresh: [any Service] = []
    for (recipient, endpoints) in ways {
      if let lane = state.withLock({ $0.lanes[recipient.id] }) {
        await lane.delivery.replace(recipient: recipient, configuration: configuration, endpoints: endpoints)
        await lane.collector.replace(recipient: recipient, configuration: configuration, endpoints: endpoints)
      } else {
        let lane = makeLane(recipient, configuration, endpoints)
        state.withLock { $0.lanes[recipient.id] = lane }
        fresh += services(of: lane, recipient.id)
      }
    }
    let gone = state.withLock { state in
      let known = Set(configuration.recipients.map(\.id))
      state.configuration = configuration
      let gone = state.lanes.filter { !known.contains($0.key) }
      return gone
    }
    // A recipient that is no longer configured keeps its lane, which has nowhere to send: what it still held is shown.
    for lane in gone.values { await lane.delivery.retire() }
    for lane in gone.values { await lane.collector.retire() }
    if let start = adopt.withLock({ $0 }), !fresh.isEmpty { await start(fresh) }
    stopWatching()
    await startWatching()
    ringAll()
  }

  // MARK: - What wakes the stations

  /// Watches exports, desks and the wake file. A folder that cannot be watched is polled: the stations look through
  /// all folders at every rescan whatever happens.
  func startWatching() async {
    let (configuration, lanes) = state.withLock { ($0.configuration, $0.lanes) }
    await makeDesks(of: configuration)
    returned.onReturn { [weak self] school, isDesk in self?.takeBack(school, isDesk: isDesk) }
    var bells: [String: [Doorbell]] = [configuration.state: [intakeBell, returnsBell, statusBell]]
    bells[configuration.state, default: []] += lanes.values.flatMap { [$0.deliveryBell, $0.collectorBell] }
    for school in configuration.schools {
      // What people put back lies on the desk, wherever the system's exports lie.
      for folder in Set([school.exports, school.deskIn]) { bells[folder, default: []].append(intakeBell) }
      for authority in configuration.authorities {
        guard let recipient = configuration.recipient(authority.recipient), case .handover = recipient.endpoint,
          let lane = lanes[recipient.id]
        else { continue }
        bells["\(school.deskIn)/\(authority.id)", default: []].append(lane.collectorBell)
      }
    }
    state.withLock { $0.watched = bells }
    do {
      let watch = try FolderWatch { [weak self] event in self?.heard(event) }
      for folder in bells.keys {
        do {
          try watch.add(folder)
          if folder == configuration.state { state.withLock { $0.isWokenByCommands = true } }
        } catch {
          logger.notice("a folder is not watched but polled", metadata: ["folder": "\(folder)", "why": "\(error)"])
        }
      }
      state.withLock { $0.watch = watch }
    } catch {
      logger.warning("file events are not to be had; folders are polled", metadata: ["why": "\(error)"])
    }
  }

  /// Makes the desks complete that are there. Where nobody can tell, nothing is made: intake tries again and says why.
  private func makeDesks(of configuration: Configuration) async {
    do {
      let away = try await intake.schoolsWithoutDesk()
      for trouble in DeskFolders.make(for: configuration, besides: away) {
        logger.error("the desk is not complete: \(trouble)")
      }
    } catch {
      logger.error("the desks were not made complete", metadata: ["why": "\(error)"])
    }
    let files = SystemFiles()
    let hasShare = configuration.schools.contains { school in
      do throws(FileProblem) { return try files.place(of: school.deskIn).kind.isShare } catch { return false }
    }
    state.withLock { $0.hasDeskOnShare = hasShare }
  }

  /// A school's desk or folder of exports is there again: a desk is made complete, and both are watched anew.
  private func takeBack(_ id: SchoolID, isDesk: Bool) {
    let (configuration, watch, watched) = state.withLock { ($0.configuration, $0.watch, $0.watched) }
    guard let school = configuration.school(id) else { return }
    for trouble in isDesk ? DeskFolders.make(for: school, in: configuration) : [] {
      logger.error("the desk is not complete: \(trouble)")
    }
    for folder in watched.keys where folder == school.exports || folder.hasPrefix(school.desk + "/") {
      do { try watch?.add(folder) } catch {
        logger.notice("a folder is not watched but polled", metadata: ["folder": "\(folder)", "why": "\(error)"])
      }
    }
  }

  func stopWatching() {
    let watch = state.withLock { state -> FolderWatch? in
      defer { (state.watch, state.isWokenByCommands) = (nil, false) }
      return state.watch
    }
    watch?.stop()
  }

  private func heard(_ event: FolderEvent) {
    switch event {
    case .changed(let folder, let name):
      let (bells, stateFolder) = state.withLock { ($0.watched[folder] ?? [], $0.configuration.state) }
      // In the state directory only the file that commands touch is news; the ledger's own writes are ours.
      if folder == stateFolder && name != "wake" { return }
      for bell in bells { bell.ring() }
    case .overflow: ringAll()
    case .lost(let folder):
      logger.warning(
        "a watched folder went away; it is looked for and watched again when it is back",
        metadata: ["folder": "\(folder)"])
      let bells = state.withLock { state -> [Doorbell] in
        if folder == state.configuration.state { state.isWokenByCommands = false }
        return state.watched[folder] ?? []
      }
      for bell in bells { bell.ring() }
    }
  }

  private func ringAll() {
    intakeBell.ring()
    returnsBell.ring()
    statusBell.ring()
    for lane in state.withLock({ $0.lanes }).values {
      lane.deliveryBell.ring()
      lane.collectorBell.ring()
    }
  }
}

/// Passes on that a school's folder is there again, from the station to the house that is made after it.
private final class ReturnedSchools: Sendable {
  typealias Handler = @Sendable (_ school: SchoolID, _ isDesk: Bool) -> Void
  private let handler = Mutex<Handler?>(nil)

  func onReturn(_ handler: @escaping Handler) { self.handler.withLock { $0 = handler } }
  func tell(_ school: SchoolID, isDesk: Bool) { handler.withLock { $0 }?(school, isDesk) }
}

/// Why a new configuration cannot be taken by the running service.
enum HouseError: Error, CustomStringConvertible {
  case needsRestart

  var description: String {
    "the state directory or the master key is another: that takes a restart (systemctl restart leaverlink)"
  }
}
