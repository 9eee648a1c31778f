// A real ledger in a folder of its own, a clock that a test moves, and exports put there as Intake would.

import Leavers
import Ledger
import Profiles
import Synchronization
import Testing

@testable import Returns

final class StationWorld: Sendable {
  struct NoExport: Error {}

  let folder: TemporaryFolder
  let timekeeper: ManualTimekeeper
  let masterKey: MasterKey
  let ledger: Ledger
  private let log = Mutex<[ReturnsEvent]>([])

  /// Noon in London of the day of the synthetic records.
  static let noon = LondonTime.timestamp(on: Synthetic.day, hour: 12)

  init(_ configuration: Configuration = Synthetic.configuration()) async throws {
    folder = try TemporaryFolder()
    timekeeper = ManualTimekeeper(now: Self.noon)
    masterKey = try MasterKey(bytes: MasterKey.generate())
    ledger = try await Ledger.open(
      stateDirectory: folder.path + "/state", masterKey: masterKey, timekeeper: timekeeper, role: .daemon)
    try await register(configuration)
  }

  /// The same state, as the next start of the daemon finds it.
  init(after other: StationWorld) async throws {
    other.ledger.close()
    folder = other.folder
    timekeeper = other.timekeeper
    masterKey = other.masterKey
    ledger = try await Ledger.open(
      stateDirectory: folder.path + "/state", masterKey: masterKey, timekeeper: timekeeper, role: .daemon)
  }

  func register(_ configuration: Configuration) async throws {
    try await ledger.register(schools: configuration.schools.map { ($0.id, $0.name, $0.controller) })
  }

  var events: [ReturnsEvent] { log.withLock { $0 } }
  func forget() { log.withLock { $0 = [] } }

  func station(_ configuration: Configuration = Synthetic.configuration(), fault: @escaping FaultHook = { _ in })
    -> ReturnsStation
  {
    ReturnsStation(
      configuration: configuration, ledger: ledger, timekeeper: timekeeper,
      journal: { [self] event in log.withLock { $0.append(event) } }, fault: fault)
  }

  /// Puts an export into the state `read`.
  @discardableResult
  func export(
    _ rows: [LeaverRow], school: School = Synthetic.school(), mark: String, columns: [Field] = [],
    findings: [FindingNote] = [], series: ExportSeries = .export
  ) async throws -> ExportID {
    let object = try await ledger.objects.store(Array("export \(mark)".utf8), kind: .export)
    let observation = SourceObservation(
      path: "/exports/\(school.id)/\(mark).csv", device: 1, inode: 1, size: object.size, modified: 1, changed: 1)
    let outcome = try await ledger.exports.recordStored(
      object, observation: observation, school: school.id, mis: "sims", observedAt: timekeeper.now())
    guard case .new(let id) = outcome else { throw NoExport() }
    let generation = try await ledger.exports.beginReading(id)
    let drafts = rows.map {
      RowDraft(rowNumber: $0.rowNumber, record: $0.record, cohort: $0.cohort, verdict: $0.verdict)
    }
    try await ledger.exports.append(rows: drafts, export: id, generation: generation)
    try await ledger.exports.finishReading(
      id, generation: generation,
      summary: ReadingSummary(
        rowsRead: rows.count, blankRows: 0, columns: columns.map(\.rawValue) + ["?"], encoding: "utf-8",
        delimiter: "comma", errors: 0, warnings: 0, notes: 0, series: series), findings: findings)
    return id
  }

  /// As a person who looked at it.
  func release(_ id: ReturnID) async throws {
    try await ledger.returns.release(id, by: Person(name: "Pat Example", known: "login user"), why: nil)
  }

  /// Releases whatever waits.
  func releaseAll() async throws {
    for item in try await returns(ReturnFilter(states: ["waiting"])) { try await release(item.id) }
  }

  /// What the brake said of a return, in words.
  func brake(_ id: ReturnID) async throws -> [String] {
    try await ledger.returns.detail(id).brake.map(\.words)
  }

  func todo() async throws -> [TodoItem] { try await ledger.overview.todo() }

  func returns(_ filter: ReturnFilter = ReturnFilter()) async throws -> [ReturnSummary] {
    try await ledger.returns.list(filter)
  }

  func text(_ summary: ReturnSummary) async throws -> String {
    let object = try #require(summary.object)
    return String(decoding: try await ledger.objects.read(object), as: UTF8.self)
  }

  /// The state of an export.
  func state(_ id: ExportID) async throws -> ExportState { try await ledger.exports.summary(of: id).state }

  func expectClean(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let report = try await ledger.audit()
    #expect(report.problems == [], sourceLocation: sourceLocation)
  }
}
