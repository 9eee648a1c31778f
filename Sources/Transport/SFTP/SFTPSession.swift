// The operations of a session over SFTP, made of libcurl transfers and quoted commands. Network through the curl loop;
// on this machine it only looks whether key and known-hosts file can be read.

import CCurl
import Glibc

/// Paths are relative to the login folder (`/~/`).
struct SFTPSession: Session {
  let place: SFTPPlace
  let pool: ConnectionPool
  let timeouts: Timeouts
  let location: String

  func list(_ folder: RemotePath) async throws(TransportError) -> [RemoteEntry] {
    let result = try await run(.names, folder.string + "/", total: short(4))
    guard result.code == CURLE_OK else { throw error(result) }
    let names = String(decoding: result.body, as: UTF8.self)
      .split(whereSeparator: { $0 == "\n" || $0 == "\r\n" }).map(String.init)
    var entries: [RemoteEntry] = []
    // The listing's own lines are `ls -l` in the server's form, with minutes at best: each name is asked about.
    for name in names where name != "." && name != ".." {
      guard let path = try? folder.appending(name) else {
        entries.append(RemoteEntry(name: name, size: RemoteEntry.unknownSize, modified: 0, isFolder: false))
        continue
      }
      // Gone since: taken away by its reader or writer.
      if let entry = try await stat(path) { entries.append(entry) }
    }
    return entries.sorted { $0.name < $1.name }
  }

  /// libcurl asks for the attributes, then opens and closes the file without reading. Whether it is a folder shows in
  /// the attributes of the path with a slash at its end, which only a folder has.
  func stat(_ path: RemotePath) async throws(TransportError) -> RemoteEntry? {
    let result = try await run(.inspect, path.string, total: short())
    let isMissing = result.code == CURLE_REMOTE_FILE_NOT_FOUND && result.modified == nil
    if isMissing { return nil }
    guard result.code == CURLE_OK || result.modified != nil else { throw error(result) }
    let folder = try await run(.inspect, path.string + "/", total: short())
    guard folder.code == CURLE_OK else { throw error(folder) }
    let isFolder = folder.modified != nil
    // Some servers do not open folders.
    guard result.code == CURLE_OK || isFolder else { throw error(result) }
    // libcurl gives no length for an empty file.
    return RemoteEntry(
      name: path.lastComponent, size: isFolder ? 0 : result.length ?? 0, modified: result.modified ?? 0,
      isFolder: isFolder)
  }

  func put(_ bytes: [UInt8], to path: RemotePath) async throws(TransportError) {
    let result = try await run(.send(bytes, appending: false), path.string, total: timeouts.total)
    guard result.code == CURLE_OK else {
      if result.code == CURLE_SSH, result.sent > 0, await refusesMore(bytes, after: path) {
        throw CurlFailure.storageFull(
          at: location, "The far side stopped taking the file: its disk or quota is most probably full.")
      }
      throw error(result)
    }
  }

  func fetch(_ path: RemotePath, limit: Int) async throws(TransportError) -> [UInt8] {
    let result = try await run(.receive(limit: limit), path.string, total: timeouts.total)
    if result.overLimit { throw CurlFailure.tooLarge(at: location, limit: limit) }
    guard result.code == CURLE_OK else { throw error(result) }
    return result.body
  }

  /// OpenSSH does not overwrite, but the protocol leaves it to the server: so the new name is looked for first, and
  /// the window between is closed by the server where it can.
  func rename(_ from: RemotePath, to: RemotePath) async throws(TransportError) {
    if try await exists(to) { throw CurlFailure.targetExists(at: location) }
    let result = try await command("rename \(quoted(from)) \(quoted(to))")
    if result.code == CURLE_OK { return }
    guard result.code == CURLE_QUOTE_ERROR else { throw error(result) }
    if isPermission(result) { throw CurlFailure.permissionDenied(at: location) }
    // The code tells no more than “failed”: what is there now does.
    let lost = TransportError(
      .interrupted, "The answer to a rename was lost; it may have been done.", at: location,
      remedy: "What lies there is compared before anything else is done.")
    let presence: (Bool, Bool)
    do throws(TransportError) {
      presence = (try await exists(from), try await exists(to))
    } catch {
      // Whatever keeps us from looking, the rename was asked for.
      throw lost
    }
    switch presence {
    case (true, true): throw CurlFailure.targetExists(at: location)
    case (false, false): throw CurlFailure.notFound(at: location)
    case (false, true): throw lost
    case (true, false):
      // A missing folder for the new name shows as the same failure.
      if isMissing(result) { throw CurlFailure.notFound(at: location) }
      throw TransportError(
        .refused, "The far side refused to rename.\(CurlFailure.sentence(result.detail))", at: location,
        remedy: "Check that the folder for the new name exists and may be written to.")
    }
  }

  func remove(_ path: RemotePath) async throws(TransportError) {
    let result = try await command("rm \(quoted(path))")
    if result.code == CURLE_OK { return }
    guard result.code == CURLE_QUOTE_ERROR else { throw error(result) }
    if isMissing(result) { throw CurlFailure.notFound(at: location) }
    if isPermission(result) { throw CurlFailure.permissionDenied(at: location) }
    throw TransportError(
      .refused, "The far side refused to remove it.\(CurlFailure.sentence(result.detail))", at: location,
      remedy: "Only files can be removed.")
  }

  // MARK: Parts

  private func exists(_ path: RemotePath) async throws(TransportError) -> Bool {
    let result = try await run(.inspect, path.string, total: short())
    if result.code == CURLE_OK || result.modified != nil { return true }
    if result.code == CURLE_REMOTE_FILE_NOT_FOUND { return false }
    throw error(result)
  }

  /// Whether the far side, reached afresh, takes no further part of a file whose sending it broke off.
  ///
  /// SFTP's servers report a full disk as “failure” and libcurl reports that like a lost connection. A lost connection
  /// does not fail again at once.
  private func refusesMore(_ bytes: [UInt8], after path: RemotePath) async -> Bool {
    do throws(TransportError) {
      let there = try await run(.inspect, path.string, total: short())
      guard there.code == CURLE_OK else { return false }
      let start = Int(there.length ?? 0)
      guard start < bytes.count else { return false }
      let more = Array(bytes[start..<min(bytes.count, start + 262_144)])
      let result = try await run(.send(more, appending: true), path.string, total: timeouts.total)
      return result.code == CURLE_SSH
    } catch {
      // The first error is the one that is told.
      return false
    }
  }

  private func command(_ command: String) async throws(TransportError) -> CurlResult {
    try await run(.commands([command]), "", total: short())
  }

  /// Relative to the login folder, as the server starts there. `RemotePath` has no quotes and no backslashes.
  private func quoted(_ path: RemotePath) -> String { "\"\(path.string)\"" }

  private func run(
    _ action: CurlRequest.Action, _ path: String, total: Duration
  ) async throws(TransportError) -> CurlResult {
    try checkFiles()
    let request = CurlRequest(
      url: "sftp://\(place.address)/~/\(PercentEncoding.encode(path))", action: action, access: .sftp(place),
      connectTimeout: timeouts.connect, stallTimeout: timeouts.stall, totalTimeout: total)
    return try CurlFailure.outcome(await pool.run(request), at: location)
  }

  private func short(_ factor: Int = 1) -> Duration {
    min(timeouts.total, (timeouts.connect + timeouts.stall) * factor)
  }

  /// libcurl would show the far side an unreadable key as a failed login.
  private func checkFiles() throws(TransportError) {
    guard access(place.privateKeyFile, R_OK) == 0 else {
      throw TransportError(
        .invalidConfiguration,
        "The private key \(place.privateKeyFile) cannot be read: \(String(cString: strerror(errno))).", at: location,
        remedy: "Correct the path, or let the service's user read it.")
    }
    if case .knownHosts(let path) = place.hostKey, access(path, R_OK) != 0 {
      throw TransportError(
        .hostKeyUnknown, "The known-hosts file \(path) cannot be read: \(String(cString: strerror(errno))).",
        at: location, remedy: "Correct the path, or pin the host key.")
    }
  }

  private func isMissing(_ result: CurlResult) -> Bool {
    result.detail.contains("not found") || result.detail.contains("No such")
  }

  private func isPermission(_ result: CurlResult) -> Bool { result.detail.contains("Permission denied") }

  private func error(_ result: CurlResult) -> TransportError {
    guard result.code == CURLE_PEER_FAILED_VERIFICATION else { return CurlFailure.error(result, at: location) }
    if result.hostKey == .unknown || isKnownHosts && result.hostKey == .notAsked {
      return TransportError(
        .hostKeyUnknown, "The known-hosts file has no key for this host and port.", at: location,
        remedy: "Add the line that the server's owner confirms ([host]:port for a port other than 22), or pin the key.")
    }
    return TransportError(
      .hostKeyMismatch,
      "The server's host key is not the one that is configured\(offered(result.detail)): another machine may be "
        + "answering in its place.", at: location,
      remedy: "Ask the server's owner by telephone for the fingerprint of every host key it has; change the "
        + "configuration only if one of them is the key shown here.")
  }

  private var isKnownHosts: Bool { if case .knownHosts = place.hostKey { true } else { false } }

  /// From libcurl's “… Remote FINGERPRINT is not equal to …”.
  private func offered(_ detail: String) -> String {
    let words = detail.split(separator: " ")
    guard let index = words.firstIndex(of: "Remote"), words.indices.contains(index + 1) else { return "" }
    return ", it shows SHA256:\(words[index + 1].prefix { $0 != "=" })"
  }
}
