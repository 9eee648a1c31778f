// Carries out one action of a return's machine over a session, and says what came of it as an event. Knows no states.

import Leavers
import Ledger
import Profiles
import Transport

/// One return's bytes and names at the far side.
struct Courier: Sendable {
  struct Result: Sendable {
    var event: ReturnEvent
    var evidence: [String: String] = [:]
    /// The name, under the desk's `out`, and the hash of a cover sheet that was put there.
    var coverSheet: (name: String, sha256: String)?
  }

  /// The cover sheet of a hand-over pack.
  private struct Sheet: Sendable {
    let bytes: [UInt8]
    let temporary: RemotePath
    /// The names that it may get, the first that is free or ours; and, for each, the hash of what we last wrote there.
    let places: [(name: String, path: RemotePath, ours: String?)]
  }

  /// Content is read back below this size; above it the size alone (ENGINEERING: S2).
  private static let contentLimit = 8 << 20

  private let bytes: [UInt8]
  private let sheet: Sheet?
  private let temporary: RemotePath
  private let final: RemotePath
  private let readBack: ReadBack
  private let faults: FaultHook

  init(
    item: ReturnSummary, ledger: Ledger, recipient: Recipient, configuration: Configuration, faults: @escaping FaultHook
  ) async throws {
    let folder = try Self.folder(of: item)
    guard let fileName = item.fileName else {
      throw LedgerError(.corrupt, "return \(item.id) has no file name; run leaverlink audit")
    }
    bytes = try await ledger.deliveries.bytes(of: item.id)
    let part = ReturnMachine.temporaryName(ledger: ledger.name, return: item.id, attempt: max(item.attempt, 1))
    temporary = try Self.path(part, in: folder)
    final = try Self.path(fileName, in: folder)
    readBack = item.way.readBack
    self.faults = faults
    guard item.way.publication == .desk else {
      sheet = nil
      return
    }
    var places: [(name: String, path: RemotePath, ours: String?)] = []
    for number in 1...9 {
      let name = number == 1 ? "\(fileName).cover.html" : "\(fileName).cover-\(number).html"
      let desk = "\(item.way.folder)/\(name)"
      places.append(
        (
          desk, try Self.path(name, in: folder),
          try await ledger.exports.deskFile(school: item.school, name: desk)?.sha256
        ))
    }
    sheet = Sheet(
      bytes: try await Self.cover(of: item, ledger: ledger, recipient: recipient, configuration),
      temporary: try Self.path(Self.coverTemporary(part), in: folder), places: places)
  }

  func perform(_ action: ReturnAction, over session: any Session) async throws(TransportError) -> Result {
    switch action {
    case .putTemporary:
      try await session.put(bytes, to: temporary)
      faults("S1")
      return Result(event: .put)
    case .readBackTemporary:
      let presence = try await presence(of: temporary, over: session)
      faults("S2")
      return Result(event: .temporaryReadBack(presence))
    case .rename:
      faults("S3")
      let result = try await rename(over: session)
      faults("S4")
      return Result(event: .renamed(result))
    case .readBackFinal:
      let presence = try await presence(of: final, over: session)
      faults("S5")
      return Result(event: .finalReadBack(presence), evidence: evidence(presence))
    case .putFinal:
      try await session.put(bytes, to: final)
      faults("H2")
      return Result(event: .put)
    case .probeFinal:
      let presence = try await presence(of: final, over: session)
      faults("H1")
      return Result(event: .probed(temporary: .missing, final: presence), evidence: evidence(presence))
    case .probeBoth:
      let there = try await presence(of: temporary, over: session)
      let published = try await presence(of: final, over: session)
      return Result(event: .probed(temporary: there, final: published), evidence: evidence(published))
    case .writePack:
      try await session.put(bytes, to: temporary)
      var written: (name: String, sha256: String)?
      if let sheet { written = try await put(sheet, over: session) }
      faults("S1")
      return Result(event: .put, coverSheet: written)
    case .removeTemporaries, .alarm, .scheduleRetry, .notifyWaitingForPerson:
      throw TransportError(.unsupported, "\(action) is not done over a session", remedy: "report this as a defect")
    }
  }

  /// The cover sheet is put before the return itself appears: nobody finds a pack without its sheet. One that a person
  /// changed stays, and ours goes beside it.
  private func put(
    _ sheet: Sheet, over session: any Session
  ) async throws(TransportError) -> (name: String, sha256: String)? {
    for place in sheet.places {
      if try await session.stat(place.path) != nil {
        let there = try await session.fetch(place.path, limit: 1 << 20)
        if there == sheet.bytes { return nil }
        guard let ours = place.ours, ContentDigest.sha256(there) == ours else { continue }
        try await session.remove(place.path)
      }
      try await session.put(sheet.bytes, to: sheet.temporary)
      try await session.rename(sheet.temporary, to: place.path)
      return (place.name, ContentDigest.sha256(sheet.bytes))
    }
    throw TransportError(
      .targetExists, "The names for its cover sheet are all taken on the desk.",
      remedy: "Take away the cover sheets that are no longer needed.")
  }

  private func rename(over session: any Session) async throws(TransportError) -> RenameResult {
    do {
      try await session.rename(temporary, to: final)
      return .done
    } catch let error where error.code == .targetExists {
      return .targetExists
    } catch let error where error.code == .notFound {
      return .sourceMissing
    }
  }

  private func presence(of path: RemotePath, over session: any Session) async throws(TransportError) -> Presence {
    guard let entry = try await session.stat(path) else { return .missing }
    guard entry.size == Int64(bytes.count) else { return .different }
    guard readBack == .content, bytes.count <= Self.contentLimit else { return .equal }
    do {
      return try await session.fetch(path, limit: Self.contentLimit) == bytes ? .equal : .different
    } catch let error where error.code == .notFound {
      return .missing
    } catch let error where error.code == .tooLarge {
      return .different
    }
  }

  private func evidence(_ presence: Presence) -> [String: String] {
    guard presence == .equal else { return [:] }
    let how = readBack == .content && bytes.count <= Self.contentLimit ? "content" : "size"
    return ["read-back": how, "size": "\(bytes.count)"]
  }

  // MARK: - Names

  /// The folder of a return at its recipient; nil for the recipient's top.
  static func folder(of item: ReturnSummary) throws(TransportError) -> RemotePath? {
    if item.way.publication == .desk { return try RemotePath("out/\(item.way.folder)") }
    return item.way.folder.isEmpty ? nil : try RemotePath(item.way.folder)
  }

  /// The temporary name of a cover sheet, by that of its return.
  static func coverTemporary(_ part: String) -> String { part + ".html" }

  static func path(_ name: String, in folder: RemotePath?) throws(TransportError) -> RemotePath {
    if let folder { return try folder.appending(name) }
    return try RemotePath(name)
  }

  private static func cover(
    of item: ReturnSummary, ledger: Ledger, recipient: Recipient, _ configuration: Configuration
  ) async throws -> [UInt8] {
    var means = "by the means agreed with it"
    if case .handover(let by) = recipient.endpoint { means = by }
    let authority = configuration.authority(item.authority)
    let lines = try await ledger.overview.decisions(of: item.export).lines
    let counts = lines.filter { $0.authority == item.authority && $0.kind == item.kind && $0.cohort == item.cohort }
      .reduce(into: [FateKind: Int]()) { $0.merge($1.counts, uniquingKeysWith: +) }
    let columns = authority?.profile(for: item.kind)?.columns ?? []
    return CoverSheet(
      item: item, detail: try await ledger.returns.detail(item.id),
      authorityName: authority?.name ?? item.authority.rawValue,
      schoolName: configuration.school(item.school)?.name ?? "the school", means: means, counts: counts,
      chainHead: "\(try await ledger.chainHead())",
      label: { heading, code in
        // Where the authority has words of its own they are their own label.
        guard let column = columns.first(where: { $0.name == heading }), column.map.isEmpty,
          case .field(let field) = column.source, case .code(let set) = field.type
        else { return nil }
        return configuration.codes.entry(code, in: column.codes ?? set, on: LondonTime.day(of: item.instant))?.entry?
          .label
      }
    ).bytes
  }

  /// What a transport error means for the return's machine.
  static func failure(of error: TransportError) -> Failure {
    if error.isAuthentication { return .authentication }
    switch error.code {
    case .unreachable, .breakerOpen, .stopped, .invalidConfiguration: return .notBegun
    case .permissionDenied, .invalidPath, .unsupported, .tooLarge, .notFound: return .permanent
    default: return .transient
    }
  }
}
