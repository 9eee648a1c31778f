// The real servers that the tests talk to: one sshd and one nginx for the whole test process, ended with it.

import AuthoritySandbox
import Foundation
import Transport

/// Started by whichever test comes first.
struct FarSide: Sendable {
  let directory: String
  let ssh: SSHServer
  let web: WebServer

  static func shared() async throws -> FarSide { try await started.value }

  static let started = Task<FarSide, any Error> {
    let directory = try scratch()
    let authority = try CertificateAuthority(directory: directory + "/ca")
    for name in ["sftp", "plain", "certified", "put-only"] {
      try FileManager.default.createDirectory(atPath: "\(directory)/\(name)", withIntermediateDirectories: true)
    }
    let ssh = try await SSHServer.start(
      directory: directory + "/ssh", accounts: [.init(name: "main", root: directory + "/sftp")])
    let web = try await WebServer.start(
      directory: directory + "/web", authority: authority,
      sites: [
        .init(name: "plain", root: directory + "/plain"),
        .init(name: "certified", root: directory + "/certified", requiresClientCertificate: true),
        .init(name: "put-only", root: directory + "/put-only", webDAV: false),
        .init(
          name: "expired", root: directory + "/plain",
          certificate: try authority.issue("expired", names: "IP:127.0.0.1,DNS:localhost", days: -1)),
        .init(
          name: "misnamed", root: directory + "/plain",
          certificate: try authority.issue("misnamed", names: "DNS:other.example.org")),
      ])
    return FarSide(directory: directory, ssh: ssh, web: web)
  }

  func sftp(pin: String? = nil) throws -> SFTPPlace {
    try SFTPPlace(
      host: "127.0.0.1", port: ssh.port, user: ssh.user, privateKeyFile: try requireValue(ssh.privateKeys["main"]),
      hostKey: .sha256(pin ?? ssh.hostKeyPin))
  }

  func https(_ site: String, caFile: String?? = nil, certificate: Bool = false) throws -> HTTPSPlace {
    let client = ClientCertificate(
      certificateFile: web.clientCertificate.certificate, keyFile: web.clientCertificate.key)
    return try HTTPSPlace(
      url: try requireValue(web.url(of: site)), caFile: caFile ?? web.authority.certificate,
      clientCertificate: certificate ? client : nil, webDAV: site != "put-only")
  }
}

struct MissingValue: Error {}

func requireValue<T>(_ value: T?) throws -> T {
  guard let value else { throw MissingValue() }
  return value
}

private let scratchFolders = ScratchFolders()

/// A folder of the test's own below the system's temporary folder, removed when the process ends.
func scratch() throws -> String { try scratchFolders.make() }

private final class ScratchFolders: Sendable {
  private let root: String

  init() {
    root = FileManager.default.temporaryDirectory.path + "/leaverlink-transport-\(getpid())"
    atexit {
      try? FileManager.default.removeItem(
        atPath: FileManager.default.temporaryDirectory.path + "/leaverlink-transport-\(getpid())")
    }
  }

  func make() throws -> String {
    let path = "\(root)/\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }
}

/// The clock of tests that do not care about time.
let stillClock: @Sendable () -> Duration = { .zero }

/// The curl thread of the whole test process.
let sharedLoop = Result { () throws(TransportError) in try CurlLoop() }
