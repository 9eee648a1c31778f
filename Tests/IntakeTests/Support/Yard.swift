// A school with real folders, a real ledger and a clock that the test moves.

import Glibc
import Leavers
import Ledger
import Profiles
import Synchronization
import Testing

@testable import Intake

/// Thrown by a step to crash the station there.
struct Crash: Error {}

/// What intake works in, for a test: folders, ledger, clock, the events told.
final class Yard: Sendable {
  let folder: TemporaryFolder
  let clock: ManualTimekeeper
  let configuration: Configuration
  let school: School
  private let events = Mutex<[IntakeEvent]>([])
  private let ledgers = Mutex<Ledger?>(nil)

  static let instant = Timestamp(date: Fixture.day, secondsOfDay: 43_200)

  init(
    schools: [String] = [Fixture.laestab], exportsAre: ExportExtent = .full,
    authorities: [AuthorityProfile] = [], adjust: (inout Configuration) throws -> Void = { _ in }
  ) throws {
    folder = try TemporaryFolder()
    clock = ManualTimekeeper(now: Self.instant, monotonic: .seconds(1000))
    var all: [School] = []
    for laestab in schools {
      try folder.makeFolder(laestab)
      try folder.makeFolder("\(laestab)/exports")
      try folder.makeFolder("\(laestab)/desk")
      var school = Fixture.school(folder: "\(folder.path)/\(laestab)", laestab: laestab, name: "School \(laestab)")
      school.exportsAre = exportsAre
      all.append(school)
    }
    var configuration = Fixture.configuration(schools: all, authorities: authorities)
    configuration.state = folder.path + "/state"
    try adjust(&configuration)
    self.configuration = configuration
    school = all[0]
  }

  deinit { ledgers.withLock { $0?.close() } }

  /// The ledger, opened where it is not.
  func ledger(registering all: Bool = true) async throws -> Ledger {
    if let open = ledgers.withLock({ $0 }) { return open }
    let ledger = try await Ledger.open(
      stateDirectory: folder.path + "/state", masterKey: MasterKey(bytes: Array(1...32)),
      timekeeper: clock, role: .daemon)
    try await ledger.register(
      schools: configuration.schools.prefix(all ? .max : 1).map { ($0.id, $0.name, $0.controller) })
    ledgers.withLock { $0 = ledger }
    return ledger
  }

  /// The process is gone: the ledger is closed, the next one opens it again.
  func crash() {
    let open = ledgers.withLock { ledger in
      defer { ledger = nil }
      return ledger
    }
    open?.close()
  }

  func station(
    files: any IntakeFiles = SystemFiles(), sizeLimit: Int64 = 1 << 20, configuration other: Configuration? = nil,
    step: @escaping IntakeStation.Step = { _ in }
  ) async throws -> IntakeStation {
    IntakeStation(
      configuration: other ?? configuration, ledger: try await ledger(), timekeeper: clock, files: files,
      sizeLimit: sizeLimit,
      step: step, journal: { event in self.events.withLock { $0.append(event) } })
  }

  var told: [IntakeEvent.Kind] { events.withLock { $0.map(\.kind) } }
  func forgetEvents() { events.withLock { $0 = [] } }

  /// Passes until nothing is left to do now; gives what the last one said.
  @discardableResult
  func settle(_ station: IntakeStation) async throws -> Pass {
    var pass = Pass(didWork: true)
    for _ in 0..<20 where pass.didWork { pass = try await station.pass() }
    #expect(!pass.didWork, "a station always comes to rest")
    return pass
  }

  /// A look, the settling time, and all that follows.
  @discardableResult
  func run(_ station: IntakeStation) async throws -> Pass {
    try await settle(station)
    clock.advance(by: configuration.settle)
    return try await settle(station)
  }

  /// The configuration with a change of the first school.
  func configuration(_ change: (inout School) -> Void) -> Configuration {
    var changed = configuration
    change(&changed.schools[0])
    return changed
  }

  func drop(_ name: String, _ bytes: [UInt8], laestab: String = Fixture.laestab) throws {
    try folder.write("\(laestab)/exports/\(name)", bytes)
  }

  /// What lies in `out`, save its page and the folder of sheets.
  func out(_ laestab: String = Fixture.laestab) -> [String] {
    TemporaryFolder.names(in: "\(folder.path)/\(laestab)/desk/out").filter { $0 != "sheets" && !DeskNames.isPage($0) }
  }

  /// The files that an export gives when it is read, in the order in which they are written.
  func deskFiles(named name: String, _ export: [UInt8], as number: Int64 = 1) async throws -> [DeskFile] {
    let id = ExportID(rawValue: number)
    let exports = try await ledger().exports
    return Fixture.examine(export, named: name, school: school).deskFiles(
      named: name, export: export, school: school, configuration: configuration,
      taken: "\(LondonTime.text(try await exports.summary(of: id).observedAt)) as \(id)",
      reference: try await exports.reference(of: id), decisions: nil)
  }

  func outBytes(_ name: String, _ laestab: String = Fixture.laestab) -> [UInt8] {
    folder.bytes("\(laestab)/desk/out/\(name)")
  }

  func exports() async throws -> [ExportSummary] {
    let ledger = try await ledger()
    var all: [ExportSummary] = []
    for state in ExportState.allCases { all += try await ledger.exports.inState(state) }
    return all.sorted { $0.id < $1.id }
  }
}

/// The system's files, with trouble where a test wants it.
final class TroubledFiles: IntakeFiles {
  let problems = Mutex<[String: FileProblem]>([:])
  /// Looks by name that a share's cache answers, whatever became of the file; by the end of its path.
  let cached = Mutex<[String: FileLook]>([:])
  /// Where folders lie, for those that do not lie where the system says; by the end of their path.
  let places = Mutex<[String: PlaceLook]>([:])
  /// The users that the machine knows.
  let names = Mutex<[UInt32: String]>([:])

  private func check(_ path: String) throws(FileProblem) {
    if let problem = problems.withLock({ all in all.first { path.hasSuffix($0.key) }?.value }) { throw problem }
  }

  func list(_ folder: String) throws(FileProblem) -> FolderListing {
    try check(folder)
    return try SystemFiles().list(folder)
  }
  func look(_ path: String) throws(FileProblem) -> FileLook {
    if let look = cached.withLock({ all in all.first { path.hasSuffix($0.key) }?.value }) { return look }
    return try SystemFiles().look(path)
  }
  func open(_ path: String) throws(FileProblem) -> any OpenExport {
    try check(path)
    return try SystemFiles().open(path)
  }
  func userName(_ user: UInt32) -> String? { names.withLock { $0[user] } }
  func place(of folder: String) throws(FileProblem) -> PlaceLook {
    try check(folder)
    if let place = places.withLock({ all in all.first { folder.hasSuffix($0.key) }?.value }) { return place }
    return try SystemFiles().place(of: folder)
  }
}
