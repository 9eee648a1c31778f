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
  }

  /// Content is read back below this size; above it the size alone (ENGINEERING: S2).
  private static let contentLimit = 8 << 20

  private let bytes: [UInt8]
  private let coverSheet: [UInt8]?
  private let temporary: RemotePath
  private let final: RemotePath
  private let coverFinal: RemotePath
  private let coverTemporary: RemotePath
  private let publication: Publication
  private let readBack: Recipient.ReadBack
  private let faults: FaultHook

  init(
    item: ReturnSummary, ledger: Ledger, recipient: Recipient, configuration: Configuration, faults: @escaping FaultHook
  ) async throws {
    let folder = try Self.folder(of: item, recipient: recipient)
    guard let fileName = item.fileName else {
      throw LedgerError(.corrupt, "return \(item.id) has no file name; run leaverlink audit")
    }
    bytes = try await ledger.deliveries.bytes(of: item.id)
    let part = ReturnMachine.temporaryName(ledger: ledger.name, return: item.id, attempt: max(item.attempt, 1))
    temporary = try Self.path(part, in: folder)
    final = try Self.path(fileName, in: folder)
    coverTemporary = try Self.path(part + ".txt", in: folder)
    coverFinal = try Self.path(fileName + ".cover.txt", in: folder)
    publication = item.publication
    readBack = recipient.readBack
    self.faults = faults
    if publication == .desk {
      coverSheet = Array(try await Self.cover(of: item, ledger: ledger, recipient: recipient, configuration).utf8)
    } else {
      coverSheet = nil
    }
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
      if let coverSheet {
        try await replace(coverSheet, at: coverFinal, by: coverTemporary, over: session)
      }
      faults("S1")
      return Result(event: .put)
    case .removeTemporaries, .alarm, .scheduleRetry, .notifyWaitingForPerson:
      throw TransportError(.unsupported, "\(action) is not done over a session", remedy: "report this as a defect")
    }
  }

  /// The cover sheet is put before the return itself appears: nobody finds a pack without its sheet.
  private func replace(
    _ sheet: [UInt8], at final: RemotePath, by temporary: RemotePath, over session: any Session
  ) async throws(TransportError) {
    if try await session.stat(final) != nil {
      if try await session.fetch(final, limit: 1 << 20) == sheet { return }
      try await session.remove(final)
    }
    try await session.put(sheet, to: temporary)
    try await session.rename(temporary, to: final)
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
  static func folder(of item: ReturnSummary, recipient: Recipient) throws(TransportError) -> RemotePath? {
    if case .handover = recipient.endpoint { return try RemotePath("out/\(item.authority)") }
    return item.folder.isEmpty ? nil : try RemotePath(item.folder)
  }

  static func path(_ name: String, in folder: RemotePath?) throws(TransportError) -> RemotePath {
    if let folder { return try folder.appending(name) }
    return try RemotePath(name)
  }

  private static func cover(
    of item: ReturnSummary, ledger: Ledger, recipient: Recipient, _ configuration: Configuration
  ) async throws -> String {
    var means = "by the means agreed with it"
    if case .handover(let by) = recipient.endpoint { means = by }
    let detail = try await ledger.returns.detail(item.id)
    return CoverSheet.text(
      of: item, authorityName: configuration.authority(item.authority)?.name ?? item.authority.rawValue,
      schoolName: configuration.school(item.school)?.name ?? "the school", by: means,
      fullRows: detail.count(.full), floorRows: detail.count(.floor), chainHead: "\(try await ledger.chainHead())")
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
