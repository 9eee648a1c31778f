import Delivery
import Foundation
import Leavers
import Ledger
import Profiles
import Synchronization
import Tabular
import Transport

/// A ledger with a released return, a lane, and a far side that is a folder of this machine.
final class LaneBench: Sendable {
  static let school = SchoolID(rawValue: "3414787")
  static let sefton = AuthorityID(unchecked: "sefton")
  static let recipientID = RecipientID(unchecked: "career-connect")

  let root: String
  let clock: ManualTimekeeper
  let ledger: Ledger
  let loop: CurlLoop
  let endpoint: Endpoint
  let configuration: Configuration
  let isDesk: Bool
  let told = Mutex<[DeliveryEvent]>([])
  let steps = Mutex<[String]>([])

  var folder: String { isDesk ? root + "/far/out/sefton" : root + "/far/inbound" }

  init(isDesk: Bool = false, until: CalendarDate = CalendarDate(daysSinceEpoch: 30_000)) async throws {
    root = FileManager.default.temporaryDirectory.appendingPathComponent("leaverlink-lane-\(UUID().uuidString)").path
    self.isDesk = isDesk
    let clock = ManualTimekeeper(now: Timestamp(milliseconds: 1_782_475_200_000), monotonic: .seconds(1000))
    self.clock = clock
    for name in ["far/inbound", "far/out/sefton", "far/in/sefton"] {
      try FileManager.default.createDirectory(atPath: root + "/" + name, withIntermediateDirectories: true)
    }
    ledger = try await Self.open(root, clock)
    try await ledger.register(schools: [(Self.school, "Example High", ControllerID(unchecked: "example"))])
    loop = try CurlLoop()
    endpoint = Endpoint(
      recipient: "career-connect", place: .folder(try FolderPlace(path: root + "/far")), loop: loop,
      now: { clock.monotonic() })
    configuration = try Self.configuration(root: root, isDesk: isDesk, until: until)
  }

  func end() {
    ledger.close()
    loop.shutDown()
    try? FileManager.default.removeItem(atPath: root)
  }

  static func open(_ root: String, _ clock: ManualTimekeeper) async throws -> Ledger {
    try await Ledger.open(
      stateDirectory: root + "/state", masterKey: MasterKey(bytes: (0..<32).map { UInt8($0) }), timekeeper: clock,
      role: .daemon)
  }

  static func configuration(root: String, isDesk: Bool, until: CalendarDate) throws -> Configuration {
    let agreement = Agreement(
      kinds: [.intendedDestinations], basis: .esa2008s72, reference: "DSA-1",
      from: CalendarDate(daysSinceEpoch: 0), until: until, coversSpecial: false, parentInFloor: false)
    let column = ReturnColumn(name: "Surname", source: .field(.legalSurname))
    let profile = ReturnProfile(
      kind: .intendedDestinations, cohorts: [.y11], routedBy: .educated, send: .onRelease,
      fileName: try FileNamePattern("{laestab}_{sequence}.csv"), dialect: .standard, columns: [column], digest: "d1")
    let day = CalendarDate(daysSinceEpoch: 20_000)
    let authority = AuthorityProfile(
      id: sefton, name: "Sefton Council", laCode: try LACode("343"), gss: "E08000014", recipient: recipientID,
      evidence: .agreed(with: "tracking team", on: day), agreements: [agreement], acknowledges: .file,
      sendTo: "inbound", collectFrom: "outbound", returns: [profile], replies: [], contact: nil, file: "sefton.yaml")
    let place: EndpointPlace =
      isDesk
      ? .handover(by: "secure portal")
      : .sftp(
        SFTPEndpoint(
          host: "sftp.example.org", port: 22, user: "example",
          key: SecretSource(kind: .file("key"), path: "key"), hostKey: .pin("SHA256:x")))
    let recipient = Recipient(
      id: recipientID, name: "Career Connect", endpoint: place, collectEvery: .seconds(300), afterCollect: .leave,
      retryAfter: .seconds(60), readBack: .content, removesFiles: false, sandbox: nil, file: "career-connect.yaml")
    let school = School(
      name: "Example High", controller: ControllerID(unchecked: "example"), laestab: try LAESTAB("3414787"), urn: nil,
      ukprn: nil, desk: root + "/far", exports: root + "/far/in", mis: "sims", unlistedSharing: .hold)
    return Configuration(
      file: "leaverlink.yaml", schools: [school], authorities: [authority], recipients: [recipient],
      state: root + "/state", masterKey: SecretSource(kind: .file("key"), path: "key"), settle: .seconds(2),
      rescan: .seconds(60), codes: CodeTables([]), headerMaps: [:], postcodes: nil)
  }

  /// A lane as a fresh process would have it.
  func lane(_ other: Ledger? = nil, atStep hook: @escaping FaultHook = { _ in }) throws -> DeliveryLane {
    let endpoint = endpoint
    return DeliveryLane(
      recipient: configuration.recipients[0], configuration: configuration, ledger: other ?? ledger,
      endpoints: { _ in endpoint }, timekeeper: clock, chance: { 0 },
      faults: { [self] step in
        steps.withLock { $0.append(step) }
        hook(step)
      }, report: { [self] event in told.withLock { $0.append(event) } })
  }

  /// A queued return of two leavers with a content of its own.
  func queuedReturn(
    sharing: String = "YES", content: String = "Surname\r\nONE\r\nTWO\r\n", leavingYear: Int = 2026
  ) async throws -> ReturnID {
    let bytes = Array("export of \(content) \(sharing)".utf8)
    let object = try await ledger.objects.store(bytes, kind: .export)
    let stamp = Int64(abs(content.hashValue % 100_000))
    guard
      case .new(let export) = try await ledger.exports.recordStored(
        object,
        observation: SourceObservation(
          path: "/srv/\(stamp).csv", device: 1, inode: UInt64(stamp), size: Int64(bytes.count), modified: stamp,
          changed: stamp), school: Self.school, mis: nil, observedAt: clock.now())
    else { throw LedgerError(.conflict, "the test's export is a repeat") }
    let cohort = Cohort(stage: .y11, leavingYear: leavingYear)
    let generation = try await ledger.exports.beginReading(export)
    let records = ["ONE", "TWO"].map {
      LeaverRecord([.legalSurname: $0, .legalForename: "TEST", .dateOfBirth: "2010-01-02", .sharing: sharing])
    }
    try await ledger.exports.append(
      rows: records.enumerated().map {
        RowDraft(rowNumber: $0.offset + 2, record: $0.element, cohort: cohort, verdict: .clear)
      }, export: export, generation: generation)
    try await ledger.exports.finishReading(
      export, generation: generation,
      summary: ReadingSummary(
        rowsRead: 2, blankRows: 0, columns: [], encoding: "utf-8", delimiter: ",", errors: 0, warnings: 0, notes: 0),
      findings: [])
    try await ledger.returns.setScope(
      export, [ScopeEntry(authority: Self.sefton, kind: .intendedDestinations)])
    let draft = try await ledger.returns.draft(
      DraftRequest(
        export: export, school: Self.school, authority: Self.sefton, recipient: Self.recipientID,
        kind: .intendedDestinations, cohort: cohort, cycle: "2025/26", instant: clock.now(),
        way: configuration.recipients[0].way(for: configuration.authorities[0]), profileDigest: "d1",
        basis: .esa2008s72,
        agreementReference: "DSA-1", evidence: "agreed", acknowledges: .file))
    let pupils = try await ledger.returns.rows(of: export).compactMap(\.pupil)
    try await ledger.returns.decide(
      export, authority: Self.sefton, kind: .intendedDestinations,
      decision: ScopeDecision(
        returns: [
          RenderedReturn(
            id: draft.id, object: try await ledger.objects.store(Array(content.utf8), kind: .return),
            fileName: "3414787_\(draft.sequence)\(leavingYear == 2026 ? "" : "_\(leavingYear)").csv",
            rows: zip([2, 3], pupils).map { ($0, $1, [UInt8($0)], .full) },
            fields: [(.legalSurname, .floor, true)], next: .queued,
            totals: [
              CodeTotal(heading: "Plan <1>", code: "", lines: 1), CodeTotal(heading: "Plan <1>", code: "211", lines: 1),
            ])
        ], fates: [(2, .sent(draft.id, .full)), (3, .sent(draft.id, .full))], exclusions: [], abandoned: []))
    try await ledger.returns.finish(export)
    return draft.id
  }

  func summary(_ id: ReturnID) async throws -> ReturnSummary { try await ledger.deliveries.summary(of: id) }

  /// The names in the far folder, hidden ones too.
  func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }

  func text(_ name: String) throws -> String { try String(contentsOfFile: folder + "/" + name, encoding: .utf8) }
}
