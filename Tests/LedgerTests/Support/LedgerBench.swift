// A state directory of its own for a test, a clock that stands still, and shortcuts to what tests need first.

import FoundationEssentials
import GRDB
import Glibc
import Leavers
import Testing

@testable import Ledger

/// A state directory that is removed with this object.
final class LedgerBench: Sendable {
  let root: String
  let clock: ManualTimekeeper
  let masterKey: MasterKey

  static let school = SchoolID(rawValue: "3414787")
  static let otherSchool = SchoolID(rawValue: "3434000")
  static let keyBytes = (0..<32).map { UInt8($0 * 7 + 3) }

  var state: String { root + "/state" }

  init() throws {
    root = try Self.makeFolder()
    clock = ManualTimekeeper(now: Timestamp(milliseconds: 1_782_475_200_000))
    masterKey = try MasterKey(bytes: Self.keyBytes)
  }

  /// On a copy of another's state as it lies on disk now: what a `kill -9` at this instant would leave.
  init(crashOf other: LedgerBench) throws {
    root = try Self.makeFolder()
    clock = ManualTimekeeper(now: other.clock.now())
    masterKey = other.masterKey
    try FileManager.default.copyItem(atPath: other.state, toPath: state)
  }

  private static func makeFolder() throws -> String {
    let path = "/tmp/leaverlink-ledger-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    return path
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  func open(_ role: Ledger.Role = .daemon) async throws(LedgerError) -> Ledger {
    try await Ledger.open(stateDirectory: state, masterKey: masterKey, timekeeper: clock, role: role)
  }

  /// An open ledger with two schools of one controller.
  func openWithSchools(_ role: Ledger.Role = .daemon) async throws -> Ledger {
    let ledger = try await open(role)
    try await ledger.register(schools: [
      (id: Self.school, name: "Example High", controller: ControllerID(unchecked: "example-trust")),
      (id: Self.otherSchool, name: "Other High", controller: ControllerID(unchecked: "example-trust")),
    ])
    return ledger
  }

  /// Raw SQL on the database, past the ledger, as somebody with access to the file would.
  func tamper(_ statements: String...) throws {
    let queue = try DatabaseQueue(path: state + "/ledger.sqlite")
    try queue.writeWithoutTransaction { database in
      for statement in statements { try database.execute(sql: statement) }
    }
    try queue.close()
  }

  /// One integer by raw SQL.
  func integer(_ sql: String) throws -> Int {
    let queue = try DatabaseQueue(path: state + "/ledger.sqlite")
    defer { try? queue.close() }
    return try queue.read { try Int.fetchOne($0, sql: sql) ?? 0 }
  }

  /// All files below the state directory.
  func files(below path: String = "") throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: state + "/" + path).filter { name in
      var status = Glibc.stat()
      return lstat("\(state)/\(path)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }.sorted()
  }

  /// The files that hold objects, below `objects/`.
  func objectFiles() throws -> [String] { try files(below: "objects") }
}

/// The error of a call that is expected to fail.
func ledgerError(_ body: () async throws -> Void) async -> LedgerError? {
  do {
    try await body()
    return nil
  } catch {
    return error as? LedgerError
  }
}

/// Synthetic identifiers and records.
enum Synthetic {
  /// A valid UPN, another for each number.
  static func upn(_ number: Int) -> String {
    let body = "80120000" + String(String(10_000 + number).suffix(4))
    return UPN.checkLetter(for: body).map { "\($0)\(body)" } ?? ""
  }

  /// A valid ULN, another for each number; some numbers have none, so that the next is taken.
  static func uln(_ number: Int) -> String {
    var body = 100_000_000 + number * 20
    while true {
      if let digit = ULN.checkDigit(for: String(body)) { return "\(body)\(digit)" }
      body += 1
    }
  }

  static func record(
    _ number: Int, upn: String? = nil, uln: String? = nil, forename: String? = nil, sharing: String? = "YES",
    _ more: [Field: String] = [:]
  ) -> LeaverRecord {
    var record = LeaverRecord([
      .legalSurname: "Surname\(number)", .legalForename: forename ?? "Forename\(number)",
      .dateOfBirth: CalendarDate(daysSinceEpoch: 14_300 + number % 300).description,
    ])
    record[.upn] = upn
    record[.uln] = uln
    record[.sharing] = sharing
    for (field, value) in more { record[field] = value }
    return record
  }

  static func observation(_ path: String = "/srv/exports/leavers.csv", version: Int = 1) -> SourceObservation {
    SourceObservation(
      path: path, device: 1, inode: 2, size: Int64(version), modified: Int64(version), changed: Int64(version))
  }

  static let cohort = Cohort(stage: .y11, leavingYear: 2026)
}

/// Short ways to a read export and to its decision.
extension Ledger {
  /// Stores content of its own.
  func storeExport(_ content: String, school: SchoolID = LedgerBench.school, version: Int = 1) async throws -> ExportID
  {
    let object = try await objects.store(Array(content.utf8), kind: .export)
    let outcome = try await exports.recordStored(
      object, observation: Synthetic.observation(version: version), school: school, mis: "sims",
      observedAt: Timestamp(milliseconds: 1))
    switch outcome {
    case .new(let id), .repeat(let id), .outdated(let id): return id
    }
  }

  /// Stores and reads an export with these rows; row numbers begin with 2.
  func readExport(
    _ content: String, _ rows: [(LeaverRecord, RowVerdict)], school: SchoolID = LedgerBench.school, version: Int = 1,
    series: ExportSeries = .export
  ) async throws -> ExportID {
    let id = try await storeExport(content, school: school, version: version)
    let generation = try await exports.beginReading(id)
    let drafts = rows.enumerated().map {
      RowDraft(rowNumber: $0.offset + 2, record: $0.element.0, cohort: Synthetic.cohort, verdict: $0.element.1)
    }
    try await exports.append(rows: drafts, export: id, generation: generation)
    try await exports.finishReading(id, generation: generation, summary: .plain(rows: rows.count, series), findings: [])
    return id
  }

  /// Stores and reads an export of so many clear rows of pupils with UPNs 0, 1, 2, ….
  func readExport(_ content: String, clear count: Int) async throws -> ExportID {
    try await readExport(content, (0..<count).map { (Synthetic.record($0, upn: Synthetic.upn($0)), .clear) })
  }

  func pupils(of export: ExportID) async throws -> [Int: PupilID] {
    var pupils: [Int: PupilID] = [:]
    for row in try await returns.rows(of: export) { pupils[row.rowNumber] = row.pupil }
    return pupils
  }

  func draft(
    _ export: ExportID, _ entry: ScopeEntry = .sefton, cohort: Cohort = Synthetic.cohort, instant: Int64 = 1000
  ) async throws -> ReturnSummary {
    try await returns.draft(.plain(export, entry, cohort: cohort, instant: instant))
  }

  /// A rendered return of these rows.
  func render(
    _ draft: ReturnSummary, rows: [Int], content: String? = nil, fileName: String? = nil,
    next: ReturnEvent.Start = .queued
  ) async throws -> RenderedReturn {
    let pupils = try await pupils(of: draft.export)
    let object = try await objects.store(Array((content ?? "return \(draft.id)").utf8), kind: .return)
    return RenderedReturn(
      id: draft.id, object: object, fileName: fileName ?? "\(draft.id).csv",
      rows: try rows.map {
        (
          row: $0, pupil: try #require(pupils[$0]), digest: returns.rowDigest(Array("row \($0)".utf8)),
          disclosure: .full
        )
      }, fields: [(field: .legalSurname, tier: .floor, full: true)], next: next)
  }

  /// Decides that all of these rows are sent, and no others are there.
  @discardableResult
  func send(
    _ export: ExportID, _ entry: ScopeEntry = .sefton, rows: [Int], next: ReturnEvent.Start = .queued
  ) async throws -> ReturnID {
    let draft = try await draft(export, entry)
    let rendered = try await render(draft, rows: rows, next: next)
    try await returns.decide(
      export, authority: entry.authority, kind: entry.kind,
      decision: ScopeDecision(
        returns: [rendered], fates: rows.map { (row: $0, fate: .sent(draft.id, .full)) }, exclusions: [], abandoned: [])
    )
    return draft.id
  }
}

extension ScopeEntry {
  static let sefton = ScopeEntry(authority: AuthorityID(unchecked: "sefton"), kind: .intendedDestinations)
  static let wirral = ScopeEntry(authority: AuthorityID(unchecked: "wirral"), kind: .intendedDestinations)
}

extension ReadingSummary {
  static func plain(rows: Int, _ series: ExportSeries = .export) -> ReadingSummary {
    ReadingSummary(
      rowsRead: rows, blankRows: 1, columns: ["upn", "?", "legalSurname"], encoding: "utf-8", delimiter: ",", errors: 1,
      warnings: 2, notes: 3, series: series)
  }
}

extension DraftRequest {
  static func plain(
    _ export: ExportID, _ entry: ScopeEntry = .sefton, cohort: Cohort = Synthetic.cohort, instant: Int64 = 1000,
    folder: String = "inbound", school: SchoolID = LedgerBench.school, profileDigest: String = "d1"
  ) -> DraftRequest {
    DraftRequest(
      export: export, school: school, authority: entry.authority, recipient: RecipientID(unchecked: "career-connect"),
      kind: entry.kind, cohort: cohort, cycle: "2026-spring", instant: Timestamp(milliseconds: instant),
      way: DeliveryWay(publication: .twoStep, readBack: .content, takesFiles: false, folder: folder),
      profileDigest: profileDigest, basis: .esa2008s72,
      agreementReference: "DSA-1", evidence: "agreed", acknowledges: .never)
  }
}

let somebody = Person(name: "Pat Example", known: "login user")
