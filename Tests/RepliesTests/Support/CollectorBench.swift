import Foundation
import Leavers
import Ledger
import Profiles
import Synchronization
import Tabular
import Transport

@testable import Replies

/// A ledger with two known pupils and a return that went, a collector, and a far side that is a folder of this machine.
final class CollectorBench: Sendable {
  static let school = SchoolID(rawValue: "3414787")
  static let sefton = AuthorityID(unchecked: "sefton")
  static let recipientID = RecipientID(unchecked: "career-connect")
  static let upns = ["D341499924001", "N340499924002"]

  let root: String
  let clock: ManualTimekeeper
  let ledger: Ledger
  let loop: CurlLoop
  let endpoint: Endpoint
  let configuration: Configuration
  let told = Mutex<[CollectorEvent]>([])
  var folder: String { root + "/far/outbound" }

  init(after afterCollect: Recipient.AfterCollect = .leave) async throws {
    root = FileManager.default.temporaryDirectory.appendingPathComponent("leaverlink-replies-\(UUID().uuidString)").path
    let clock = ManualTimekeeper(now: Timestamp(milliseconds: 1_782_475_200_000), monotonic: .seconds(1000))
    self.clock = clock
    for name in ["far/outbound", "far/done"] {
      try FileManager.default.createDirectory(atPath: root + "/" + name, withIntermediateDirectories: true)
    }
    ledger = try await Self.open(root, clock)
    try await ledger.register(schools: [(Self.school, "Example High", ControllerID(unchecked: "example"))])
    loop = try CurlLoop()
    endpoint = Endpoint(
      recipient: "career-connect", place: .folder(try FolderPlace(path: root + "/far")), loop: loop,
      now: { clock.monotonic() })
    configuration = try Self.configuration(root: root, after: afterCollect)
    try await knowPupils()
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

  private static func configuration(root: String, after: Recipient.AfterCollect) throws -> Configuration {
    func reply(_ kind: ReplyKind, _ match: String, _ columns: [(ReplyProfile.Column, String)]) throws -> ReplyProfile {
      ReplyProfile(
        kind: kind, match: try FileNamePattern(match), level: .pupil,
        columns: columns.map { (column: $0.0, header: $0.1) }, acceptedWords: ["accepted"])
    }
    let replies = [
      try reply(
        .acknowledgement, "ACK_{laestab}_*.csv",
        [(.returnFile, "File"), (.verdict, "Result"), (.rowsRejected, "Rejected"), (.sha256, "SHA-256")]),
      try reply(
        .activitySurvey, "AS_{laestab}_*.csv",
        [(.field(.upn), "UPN"), (.field(.uln), "ULN"), (.field(.dateOfBirth), "DOB"), (.field(.activity), "Activity")]),
      try reply(.unknownRequest, "Unknowns_{laestab}_*.csv", [(.field(.upn), "UPN"), (.reference, "Ref")]),
    ]
    let authority = AuthorityProfile(
      id: sefton, name: "Sefton Council", laCode: try LACode("343"), gss: "E08000014", recipient: recipientID,
      evidence: .illustrative, agreements: [], acknowledges: .file, sendTo: "inbound", collectFrom: "outbound",
      returns: [], replies: replies, contact: nil, file: "sefton.yaml")
    let recipient = Recipient(
      id: recipientID, name: "Career Connect",
      endpoint: .sftp(
        SFTPEndpoint(
          host: "sftp.example.org", port: 22, user: "example", key: SecretSource(kind: .file("key"), path: "key"),
          hostKey: .pin("SHA256:x"))), collectEvery: .seconds(300), afterCollect: after, readBack: .content,
      removesFiles: false, sandbox: nil, file: "career-connect.yaml")
    let school = School(
      name: "Example High", controller: ControllerID(unchecked: "example"), laestab: try LAESTAB("3414787"), urn: nil,
      ukprn: nil, desk: root + "/desk", exports: root + "/desk/in", mis: "sims", unlistedSharing: .hold)
    return Configuration(
      file: "leaverlink.yaml", schools: [school], authorities: [authority], recipients: [recipient],
      state: root + "/state", masterKey: SecretSource(kind: .file("key"), path: "key"), settle: .seconds(2),
      rescan: .seconds(60), codes: CodeTables([]), headerMaps: [:], postcodes: nil)
  }

  /// Two pupils, and a return `sent.csv` of them that was delivered.
  private func knowPupils() async throws {
    let id = try await queueReturn("sent.csv", inode: 1)
    for event in [ReturnEvent.started, .put, .temporaryReadBack(.equal), .renamed(.done), .finalReadBack(.equal)] {
      try await ledger.deliveries.apply(event, to: id, note: DeliveryNote(at: clock.now()))
    }
  }

  /// A return of two pupils that has not gone yet.
  @discardableResult
  func queueReturn(_ fileName: String, inode: UInt64) async throws -> ReturnID {
    let object = try await ledger.objects.store(Array("export of \(fileName)".utf8), kind: .export)
    guard
      case .new(let export) = try await ledger.exports.recordStored(
        object,
        observation: SourceObservation(
          path: "/srv/\(inode).csv", device: 1, inode: inode, size: 6, modified: 1, changed: 1),
        school: Self.school, mis: nil, observedAt: clock.now())
    else { throw LedgerError(.conflict, "the test's export is a repeat") }
    let cohort = Cohort(stage: .y11, leavingYear: 2026)
    let generation = try await ledger.exports.beginReading(export)
    let records = [
      LeaverRecord([
        .upn: Self.upns[0], .uln: "1000000043", .legalSurname: "ONE", .legalForename: "TEST",
        .dateOfBirth: "2010-01-02", .activity: "230",
      ]),
      LeaverRecord([
        .upn: Self.upns[1], .legalSurname: "TWO", .legalForename: "TEST", .dateOfBirth: "2010-03-04",
      ]),
    ]
    try await ledger.exports.append(
      rows: records.enumerated().map {
        RowDraft(rowNumber: $0.offset + 2, record: $0.element, cohort: cohort, verdict: .clear)
      }, export: export, generation: generation)
    try await ledger.exports.finishReading(
      export, generation: generation,
      summary: ReadingSummary(
        rowsRead: 2, blankRows: 0, columns: [], encoding: "utf-8", delimiter: ",", errors: 0, warnings: 0, notes: 0),
      findings: [])
    try await ledger.returns.setScope(export, [ScopeEntry(authority: Self.sefton, kind: .intendedDestinations)])
    let draft = try await ledger.returns.draft(
      DraftRequest(
        export: export, school: Self.school, authority: Self.sefton, recipient: Self.recipientID,
        kind: .intendedDestinations, cohort: cohort, cycle: "2025/26", instant: clock.now(),
        way: DeliveryWay(publication: .twoStep, readBack: .content, takesFiles: false, folder: "inbound"),
        profileDigest: "d1", basis: .esa2008s72, agreementReference: "DSA-1", evidence: "agreed", acknowledges: .file))
    let pupils = try await ledger.returns.rows(of: export).compactMap(\.pupil)
    try await ledger.returns.decide(
      export, authority: Self.sefton, kind: .intendedDestinations,
      decision: ScopeDecision(
        returns: [
          RenderedReturn(
            id: draft.id, object: try await ledger.objects.store(Array(fileName.utf8), kind: .return),
            fileName: fileName, rows: zip([2, 3], pupils).map { ($0, $1, [UInt8($0)], .full) },
            fields: [(.legalSurname, .floor, true)], next: .queued)
        ], fates: [(2, .sent(draft.id, .full)), (3, .sent(draft.id, .full))], exclusions: [], abandoned: []))
    try await ledger.returns.finish(export)
    return draft.id
  }

  var sent: ReturnSummary {
    get async throws {
      let all = try await ledger.returns.list(ReturnFilter())
      guard let first = all.first else { throw LedgerError(.notFound, "no return") }
      return first
    }
  }

  /// A collector as a fresh process would have it.
  func collector(_ other: Ledger? = nil, atStep hook: @escaping FaultHook = { _ in }) -> ReplyCollector {
    let endpoint = endpoint
    return ReplyCollector(
      recipient: configuration.recipients[0], configuration: configuration, ledger: other ?? ledger,
      endpoints: { _ in endpoint }, timekeeper: clock, faults: hook,
      report: { [self] event in told.withLock { $0.append(event) } })
  }

  /// Two looks, so that what holds still is fetched.
  func collect(_ collector: ReplyCollector) async throws {
    _ = try await collector.pass()
    clock.advance(by: .seconds(2))
    _ = try await collector.pass()
    clock.advance(by: .seconds(300))
  }

  func write(_ text: String, as name: String) throws {
    try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
  }

  func names(in folder: String? = nil) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder ?? self.folder).sorted()
  }
}
