// libcurl's process-wide preparation, done once before any handle is made.

import CCurl
import Dispatch
import Glibc
import Synchronization

enum CurlLibrary {
  /// `CURLE_OK` when the library is ready. Swift runs this once, whichever thread asks first.
  private static let initialised: CURLcode = {
    let code = curl_global_init(Int(CURL_GLOBAL_ALL))
    // OpenSSL frees its state at exit, in a handler that curl_global_init has just registered: a loop that still closes
    // connections then would crash. Handlers run last first, so this one ends the loops before.
    if code == CURLE_OK { atexit { CurlLibrary.endLoops() } }
    return code
  }()

  private static let loops = Mutex<[ObjectIdentifier: CurlCore]>([:])

  static func register(_ core: CurlCore) { loops.withLock { $0[ObjectIdentifier(core)] = core } }

  static func unregister(_ core: CurlCore) { loops.withLock { $0[ObjectIdentifier(core)] = nil } }

  private static func endLoops() {
    let cores = loops.withLock { Array($0.values) }
    for core in cores { core.stop() }
    for core in cores { _ = core.ended.wait(timeout: .now() + .seconds(3)) }
  }

  static func prepare() throws(TransportError) {
    guard initialised == CURLE_OK else {
      throw TransportError(
        .invalidConfiguration, "libcurl could not be initialised: \(String(cString: curl_easy_strerror(initialised))).",
        remedy: "Reinstall the Debian package libcurl4.")
    }
    guard let version = curl_version_info(CURLVERSION_TENTH)?.pointee else { return }
    // 7.88: CURLOPT_PROTOCOLS_STR and CURLOPT_QUICK_EXIT are there and tried.
    guard version.version_num >= 0x075800 else {
      throw TransportError(
        .invalidConfiguration, "libcurl is older than 7.88.", remedy: "Use Debian 12 or later.")
    }
    var protocols: Set<String> = []
    var entry = version.protocols
    while let name = entry?.pointee {
      protocols.insert(String(cString: name))
      entry = entry?.advanced(by: 1)
    }
    guard protocols.isSuperset(of: ["sftp", "https"]) else {
      throw TransportError(
        .invalidConfiguration, "This libcurl was built without SFTP or without HTTPS.",
        remedy: "Use the Debian package libcurl4.")
    }
  }
}
