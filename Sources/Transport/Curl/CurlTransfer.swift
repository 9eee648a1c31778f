// One easy handle with everything that it points to. Used on the curl thread only.

import CCurl
import Glibc

/// Made on the curl thread and never seen by another. `free()` ends it.
final class CurlTransfer {
  let easy: UnsafeMutableRawPointer
  var pool = 0
  /// The first option that libcurl did not accept.
  private(set) var problem: CURLcode?

  private let limit: Int
  private let outgoing: [UInt8]
  private var offset = 0
  private var sent = 0
  private var incoming: [UInt8] = []
  private var overLimit = false
  private var hostKey = CurlResult.HostKey.notAsked
  private var lists: [UnsafeMutablePointer<curl_slist>] = []
  private let errorText: UnsafeMutablePointer<CChar>

  /// What is kept of the page that comes with an HTTP error: enough to recognise it.
  private static let errorPageLimit = 4096

  init?(_ request: CurlRequest, share: UnsafeMutableRawPointer) {
    guard let easy = curl_easy_init() else { return nil }
    self.easy = easy
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    if case .receive(let limit) = request.action { self.limit = limit } else { limit = 16 << 20 }
    if case .send(let bytes, _) = request.action { outgoing = bytes } else { outgoing = [] }
    configure(request, share)
  }

  func free() {
    curl_easy_cleanup(easy)
    for list in lists { curl_slist_free_all(list) }
    lists = []
    errorText.deallocate()
  }

  func result(_ code: CURLcode) -> CurlResult {
    var result = CurlResult(code: code, detail: String(cString: errorText))
    if result.detail.isEmpty, code != CURLE_OK { result.detail = String(cString: curl_easy_strerror(code)) }
    var status = 0
    leaverlink_curl_getinfo_long(easy, CURLINFO_RESPONSE_CODE, &status)
    result.status = status
    var number: curl_off_t = -1
    leaverlink_curl_getinfo_offset(easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &number)
    result.length = number >= 0 ? Int64(number) : nil
    number = -1
    leaverlink_curl_getinfo_offset(easy, CURLINFO_FILETIME_T, &number)
    result.modified = number >= 0 ? Int64(number) : nil
    var text: UnsafeMutablePointer<CChar>?
    leaverlink_curl_getinfo_string(easy, CURLINFO_REDIRECT_URL, &text)
    result.redirect = text.map { String(cString: $0) }
    result.body = incoming
    result.sent = sent
    result.overLimit = overLimit
    result.hostKey = hostKey
    return result
  }

  // MARK: Options

  private func configure(_ request: CurlRequest, _ share: UnsafeMutableRawPointer) {
    let context = Unmanaged.passUnretained(self).toOpaque()
    accept(leaverlink_curl_setopt_pointer(easy, CURLOPT_ERRORBUFFER, errorText))
    accept(leaverlink_curl_setopt_share(easy, share))
    accept(leaverlink_curl_setopt_cloexec_sockets(easy))
    set(CURLOPT_NOSIGNAL, 1)
    // Without it, giving up a name look-up waits for the resolver, and with it every other endpoint.
    set(CURLOPT_QUICK_EXIT, 1)
    set(CURLOPT_TCP_KEEPALIVE, 1)
    set(CURLOPT_TCP_NODELAY, 1)
    // No proxy by environment: the recipient's address is where the data goes.
    set(CURLOPT_NOPROXY, "*")
    set(CURLOPT_PROXY, "")
    set(CURLOPT_FILETIME, 1)
    set(CURLOPT_BUFFERSIZE, 256 * 1024)
    set(CURLOPT_UPLOAD_BUFFERSIZE, 2 * 1024 * 1024)
    set(CURLOPT_CONNECTTIMEOUT_MS, Int(max(1, request.connectTimeout.milliseconds)))
    set(CURLOPT_TIMEOUT_MS, Int(max(1, request.totalTimeout.milliseconds)))
    set(CURLOPT_LOW_SPEED_LIMIT, 1)
    set(CURLOPT_LOW_SPEED_TIME, Int(max(1, (request.stallTimeout.milliseconds + 999) / 1000)))
    set(CURLOPT_URL, request.url)
    accept(leaverlink_curl_setopt_write(easy, Self.writeCallback, context))
    switch request.access {
    case .sftp(let place): configure(place, context)
    case .https(let place): configure(place)
    }
    configure(request.action, context)
    if let list = makeList(request.headers) { accept(leaverlink_curl_setopt_list(easy, CURLOPT_HTTPHEADER, list)) }
  }

  private func configure(_ place: SFTPPlace, _ context: UnsafeMutableRawPointer) {
    set(CURLOPT_PROTOCOLS_STR, "sftp")
    set(CURLOPT_USERNAME, place.user)
    set(CURLOPT_SSH_AUTH_TYPES, Int(CURLSSH_AUTH_PUBLICKEY))
    set(CURLOPT_SSH_PRIVATE_KEYFILE, place.privateKeyFile)
    set(CURLOPT_SSH_COMPRESSION, 0)
    set(CURLOPT_NEW_FILE_PERMS, place.filePermissions)
    switch place.hostKey {
    case .sha256(let pin): set(CURLOPT_SSH_HOST_PUBLIC_KEY_SHA256, pin)
    case .knownHosts(let path):
      set(CURLOPT_SSH_KNOWNHOSTS, path)
      accept(leaverlink_curl_setopt_ssh_key(easy, Self.hostKeyCallback, context))
    }
  }

  private func configure(_ place: HTTPSPlace) {
    set(CURLOPT_PROTOCOLS_STR, "https")
    set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    set(CURLOPT_FOLLOWLOCATION, 0)
    set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    set(CURLOPT_USERAGENT, "leaverlink")
    if let file = place.caFile {
      set(CURLOPT_CAINFO, file)
      // The given authority instead of the system's, not beside it.
      accept(leaverlink_curl_setopt_string(easy, CURLOPT_CAPATH, nil))
    }
    if let certificate = place.clientCertificate {
      set(CURLOPT_SSLCERT, certificate.certificateFile)
      set(CURLOPT_SSLKEY, certificate.keyFile)
    }
    if let credentials = place.credentials {
      set(CURLOPT_HTTPAUTH, 1)  // CURLAUTH_BASIC, a cast macro that Swift does not see
      set(CURLOPT_USERNAME, credentials.user)
      set(CURLOPT_PASSWORD, credentials.password)
    }
  }

  private func configure(_ action: CurlRequest.Action, _ context: UnsafeMutableRawPointer) {
    switch action {
    case .receive: break
    case .names: set(CURLOPT_DIRLISTONLY, 1)
    case .inspect: set(CURLOPT_NOBODY, 1)
    case .method(let name): set(CURLOPT_CUSTOMREQUEST, name)
    case .commands(let commands):
      set(CURLOPT_NOBODY, 1)
      if let list = makeList(commands) { accept(leaverlink_curl_setopt_list(easy, CURLOPT_QUOTE, list)) }
    case .send(let bytes, let appending):
      set(CURLOPT_UPLOAD, 1)
      accept(leaverlink_curl_setopt_offset(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(bytes.count)))
      if appending { set(CURLOPT_APPEND, 1) }
      accept(leaverlink_curl_setopt_read(easy, Self.readCallback, context))
      accept(leaverlink_curl_setopt_seek(easy, Self.seekCallback, context))
    }
  }

  private func set(_ option: CURLoption, _ value: Int) { accept(leaverlink_curl_setopt_long(easy, option, value)) }
  private func set(_ option: CURLoption, _ value: String) { accept(leaverlink_curl_setopt_string(easy, option, value)) }
  private func accept(_ code: CURLcode) { if problem == nil, code != CURLE_OK { problem = code } }

  private func makeList(_ lines: [String]) -> UnsafeMutablePointer<curl_slist>? {
    var list: UnsafeMutablePointer<curl_slist>?
    for line in lines {
      guard let longer = curl_slist_append(list, line) else {
        curl_slist_free_all(list)
        accept(CURLE_OUT_OF_MEMORY)
        return nil
      }
      list = longer
    }
    if let list { lists.append(list) }
    return list
  }

  // MARK: Callbacks

  private static func transfer(_ context: UnsafeMutableRawPointer) -> CurlTransfer {
    Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
  }

  private static let writeCallback: curl_write_callback = { bytes, size, count, context in
    guard let bytes, let context else { return 0 }
    let transfer = CurlTransfer.transfer(context)
    let length = size * count
    var status = 0
    leaverlink_curl_getinfo_long(transfer.easy, CURLINFO_RESPONSE_CODE, &status)
    let isErrorPage = status >= 300
    let limit = isErrorPage ? CurlTransfer.errorPageLimit : transfer.limit
    let room = max(0, limit - transfer.incoming.count)
    if length > room && !isErrorPage {
      transfer.overLimit = true
      return 0
    }
    let kept = min(length, room)
    bytes.withMemoryRebound(to: UInt8.self, capacity: length) {
      transfer.incoming.append(contentsOf: UnsafeBufferPointer(start: $0, count: kept))
    }
    return length
  }

  private static let readCallback: curl_read_callback = { target, size, count, context in
    guard let target, let context else { return 0 }
    let transfer = CurlTransfer.transfer(context)
    let length = min(size * count, transfer.outgoing.count - transfer.offset)
    guard length > 0 else { return 0 }
    transfer.outgoing.withUnsafeBytes { bytes in
      UnsafeMutableRawBufferPointer(start: target, count: length)
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[transfer.offset..<transfer.offset + length]))
    }
    transfer.offset += length
    transfer.sent = max(transfer.sent, transfer.offset)
    return length
  }

  /// libcurl rewinds when it repeats a request on a fresh connection.
  private static let seekCallback: curl_seek_callback = { context, offset, origin in
    guard let context, origin == SEEK_SET else { return CURL_SEEKFUNC_CANTSEEK }
    let transfer = CurlTransfer.transfer(context)
    guard offset >= 0, offset <= transfer.outgoing.count else { return CURL_SEEKFUNC_FAIL }
    transfer.offset = Int(offset)
    return CURL_SEEKFUNC_OK
  }

  private static let hostKeyCallback: curl_sshkeycallback = { _, _, _, match, context in
    guard let context else { return Int32(CURLKHSTAT_REJECT.rawValue) }
    let transfer = CurlTransfer.transfer(context)
    switch match {
    case CURLKHMATCH_OK:
      transfer.hostKey = .matched
      return Int32(CURLKHSTAT_FINE.rawValue)
    case CURLKHMATCH_MISMATCH: transfer.hostKey = .different
    default: transfer.hostKey = .unknown
    }
    return Int32(CURLKHSTAT_REJECT.rawValue)
  }
}
