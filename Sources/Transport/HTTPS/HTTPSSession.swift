// The operations of a session over HTTPS: PUT, GET, HEAD, DELETE, WebDAV's MOVE, and nginx's JSON listing. Network
// through the curl loop only.

import CCurl
import Synchronization

final class HTTPSSession: Session {
  let place: HTTPSPlace
  let pool: ConnectionPool
  let timeouts: Timeouts
  let location: String
  /// Whether the far side has let us do anything yet: until then a 403 is a refused login.
  private let wasAdmitted = Mutex(false)

  init(place: HTTPSPlace, pool: ConnectionPool, timeouts: Timeouts, location: String) {
    self.place = place
    self.pool = pool
    self.timeouts = timeouts
    self.location = location
  }

  func list(_ folder: RemotePath) async throws(TransportError) -> [RemoteEntry] {
    let result = try await run(.receive(limit: 16 << 20), folder, slash: true, total: short(4))
    try check(result)
    guard let entries = AutoindexListing.entries(result.body) else {
      throw TransportError(
        .unsupported, "The folder's page is not a JSON listing.", at: location,
        remedy: "Ask the server's owner for nginx's `autoindex_format json` on the folder.")
    }
    return entries.sorted { $0.name < $1.name }
  }

  func stat(_ path: RemotePath) async throws(TransportError) -> RemoteEntry? {
    let result = try await run(.inspect, path, total: short())
    if result.code == CURLE_OK, result.status == 404 { return nil }
    // A folder without its slash is redirected to the name with the slash.
    if result.code == CURLE_OK, (301...308).contains(result.status), result.redirect?.hasSuffix("/") == true {
      return RemoteEntry(name: path.lastComponent, size: 0, modified: 0, isFolder: true)
    }
    // The answer to HEAD has no page, and only nginx's page tells that it is the client certificate that it misses.
    if result.status == 400 { try check(try await run(.receive(limit: 1), path, total: short())) }
    try check(result)
    guard let size = result.length else {
      throw TransportError(
        .unsupported, "The far side does not tell the size of a file.", at: location,
        remedy: "Configure the recipient without read-back of the size.")
    }
    return RemoteEntry(name: path.lastComponent, size: size, modified: result.modified ?? 0, isFolder: false)
  }

  func put(_ bytes: [UInt8], to path: RemotePath) async throws(TransportError) {
    let result = try await run(
      .send(bytes, appending: false), path, headers: ["Content-Type: application/octet-stream"], total: timeouts.total)
    // nginx reports a missing folder, a full disk and a missing right alike.
    if result.status == 500 { throw await refusedPut(path) }
    try check(result)
  }

  func fetch(_ path: RemotePath, limit: Int) async throws(TransportError) -> [UInt8] {
    let result = try await run(.receive(limit: limit), path, total: timeouts.total)
    if result.overLimit { throw CurlFailure.tooLarge(at: location, limit: limit) }
    try check(result)
    return result.body
  }

  func rename(_ from: RemotePath, to: RemotePath) async throws(TransportError) {
    guard place.webDAV else {
      throw TransportError(
        .unsupported, "This server cannot rename.", at: location,
        remedy: "Upload under the final name, or set `webdav` if the server has it.")
    }
    let result = try await run(
      .method("MOVE"), from, headers: ["Destination: \(url(to))", "Overwrite: F"], total: short())
    // nginx answers 204 for a move; 412 is the refusal to overwrite.
    try check(result)
  }

  func remove(_ path: RemotePath) async throws(TransportError) {
    try check(await run(.method("DELETE"), path, total: short()))
  }

  // MARK: Parts

  private func url(_ path: RemotePath, slash: Bool = false) -> String {
    place.url + PercentEncoding.encode(path.string) + (slash ? "/" : "")
  }

  private func run(
    _ action: CurlRequest.Action, _ path: RemotePath, slash: Bool = false, headers: [String] = [], total: Duration
  ) async throws(TransportError) -> CurlResult {
    let request = CurlRequest(
      url: url(path, slash: slash), action: action, access: .https(place), headers: headers,
      connectTimeout: timeouts.connect, stallTimeout: timeouts.stall, totalTimeout: total)
    return try CurlFailure.outcome(await pool.run(request), at: location)
  }

  private func short(_ factor: Int = 1) -> Duration {
    min(timeouts.total, (timeouts.connect + timeouts.stall) * factor)
  }

  /// What is behind a PUT that the far side could not do: a missing folder, or what only its log can tell.
  private func refusedPut(_ path: RemotePath) async -> TransportError {
    // Whether the folder is there cannot be asked when the connection fails now: then the first error stands.
    if let parent = path.parent, let folder = try? await run(.inspect, parent, slash: true, total: short()),
      folder.code == CURLE_OK, folder.status == 404
    {
      return CurlFailure.notFound(at: location)
    }
    return TransportError(
      .refused,
      "The far side could not store the file: its disk or quota is full, or it may not write there (HTTP 500).",
      at: location, remedy: "Tell its owner, whose error log has the reason; it is tried again later.",
      isTransient: true)
  }

  /// Throws for anything but a 2xx. The status is looked at first: an answer that came before the body was sent whole
  /// shows as a broken connection as well.
  private func check(_ result: CurlResult) throws(TransportError) {
    if result.status >= 300 {
      let mayHaveLogin = place.credentials != nil || place.clientCertificate != nil
      let admitted = wasAdmitted.withLock { $0 }
      let error = HTTPStatus.error(
        result.status, page: result.body, isLogin: mayHaveLogin && !admitted, at: location)
      if error.provesContact, error.code != .permissionDenied { wasAdmitted.withLock { $0 = true } }
      throw error
    }
    guard result.code == CURLE_OK else { throw CurlFailure.error(result, at: location) }
    guard (200...299).contains(result.status) else {
      throw TransportError(
        .refused, "The far side's answer was not one of HTTP.", at: location, remedy: "Check host and port.")
    }
    wasAdmitted.withLock { $0 = true }
  }
}
