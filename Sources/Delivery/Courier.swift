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

  /// The cover sheet that goes with the return.
  struct Sheet: Sendable {
    let bytes: [UInt8]
    /// Nil where it is put under its own name at once.
    let temporary: RemotePath?
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
    bytes: [UInt8], temporary: RemotePath, final: RemotePath, readBack: ReadBack, sheet: Sheet?,
    faults: @escaping FaultHook
  ) {
    self.bytes = bytes
    self.temporary = temporary
    self.final = final
    self.readBack = readBack
    self.sheet = sheet
    self.faults = faults
  }

  func perform(_ action: ReturnAction, over session: any Session) async throws(TransportError) -> Result {
    switch action {
    case .putTemporary:
      if let sheet { _ = try await put(sheet, over: session) }
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
      if let sheet { _ = try await put(sheet, over: session) }
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

  /// The cover sheet is put before the return itself appears: nobody finds a return without its sheet. One that is
  /// another's, or that a person changed, stays, and ours goes beside it.
  private func put(
    _ sheet: Sheet, over session: any Session
  ) async throws(TransportError) -> (name: String, sha256: String)? {
    for place in sheet.places {
      if readBack != .none, let entry = try await session.stat(place.path) {
        // Where content is not to be read, the size has to do.
        if readBack == .size, entry.size == Int64(sheet.bytes.count) { return nil }
        guard readBack == .content else { continue }
        let there = try await contents(of: place.path, over: session)
        if there == sheet.bytes { return nil }
        guard let ours = place.ours, let there, ContentDigest.sha256(there) == ours else { continue }
        try await session.remove(place.path)
      }
      do throws(TransportError) {
        try await session.put(sheet.bytes, to: sheet.temporary ?? place.path)
        if let temporary = sheet.temporary { try await session.rename(temporary, to: place.path) }
      } catch let error where error.code == .targetExists {
        continue
      }
      return (place.name, ContentDigest.sha256(sheet.bytes))
    }
    throw TransportError(
      .targetExists, "The names for its cover sheet are all taken.",
      remedy: "Have the cover sheets that are no longer needed taken away.")
  }

  /// Nil of what is larger than any sheet.
  private func contents(of path: RemotePath, over session: any Session) async throws(TransportError) -> [UInt8]? {
    do throws(TransportError) {
      return try await session.fetch(path, limit: 1 << 20)
    } catch let error where error.code == .tooLarge {
      return nil
    }
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

  /// The folder of returns that go this way; nil for the recipient's top.
  static func folder(of way: DeliveryWay) throws(TransportError) -> RemotePath? {
    if way.publication == .desk { return try RemotePath("out/\(way.folder)") }
    return way.folder.isEmpty ? nil : try RemotePath(way.folder)
  }

  /// The temporary name of a cover sheet, by that of its return.
  static func coverTemporary(_ part: String) -> String { part + ".html" }

  static func path(_ name: String, in folder: RemotePath?) throws(TransportError) -> RemotePath {
    if let folder { return try folder.appending(name) }
    return try RemotePath(name)
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
