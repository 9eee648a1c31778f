// Places that cannot be made: without trust, without TLS, with nonsense.

import Testing
import Transport

struct PlaceTests {
  private static let pin = "SHA256:" + String(repeating: "A", count: 42) + "8"

  private func sftp(
    host: String = "sftp.example.org", port: Int = 22, user: String = "school", key: String = "/k",
    trust: HostKeyTrust = .sha256(pin)
  ) throws -> SFTPPlace {
    try SFTPPlace(host: host, port: port, user: user, privateKeyFile: key, hostKey: trust)
  }

  @Test(arguments: ["", "SHA256:", "MD5:aa:bb", "SHA256:tooshort", "SHA256:" + String(repeating: "!", count: 43)])
  func pinRefused(pin: String) {
    #expect {
      try sftp(trust: .sha256(pin))
    } throws: {
      ($0 as? TransportError)?.code == .invalidConfiguration
    }
  }

  @Test func emptyKnownHostsRefused() {
    #expect(throws: TransportError.self) { try sftp(trust: .knownHosts("")) }
  }

  @Test func pinIsKeptBare() throws {
    let bare = String(Self.pin.dropFirst(7))
    for text in [Self.pin, bare, bare + "=", Self.pin + "="] {
      #expect(try sftp(trust: .sha256(text)).hostKey == .sha256(bare))
    }
  }

  @Test(arguments: ["", "a b", "host/path", "user@host", "a\nb", "-oProxyCommand=x"])
  func hostRefused(host: String) {
    #expect(throws: TransportError.self) { try sftp(host: host) }
  }

  @Test func otherSFTPMistakes() throws {
    #expect(throws: TransportError.self) { try sftp(port: 0) }
    #expect(throws: TransportError.self) { try sftp(port: 65536) }
    #expect(throws: TransportError.self) { try sftp(user: "") }
    #expect(throws: TransportError.self) { try sftp(key: "") }
    #expect(try sftp(host: "::1", port: 2222).address == "[::1]:2222")
  }

  @Test(
    arguments: [
      "http://example.org/", "ftp://example.org/", "https://", "https:///x", "https://user:pw@example.org/",
      "https://example.org/?a=b", "https://example.org/#f", "https://exa mple.org/", "https://example.org:0/",
      "https://example.org:port/", "https://example.org\\@evil.org/", "example.org",
    ])
  func urlRefused(url: String) {
    #expect(throws: TransportError.self) { try HTTPSPlace(url: url) }
  }

  @Test func urlGetsItsSlash() throws {
    #expect(try HTTPSPlace(url: "https://example.org").url == "https://example.org/")
    #expect(try HTTPSPlace(url: "HTTPS://example.org:8443/in").url == "https://example.org:8443/in/")
    #expect(try HTTPSPlace(url: "https://[::1]:8443/").address == "[::1]:8443")
  }

  @Test func otherHTTPSMistakes() {
    #expect(throws: TransportError.self) { try HTTPSPlace(url: "https://example.org/", caFile: "") }
    #expect(throws: TransportError.self) {
      try HTTPSPlace(
        url: "https://example.org/", clientCertificate: ClientCertificate(certificateFile: "/c", keyFile: ""))
    }
    #expect(throws: TransportError.self) {
      try HTTPSPlace(url: "https://example.org/", credentials: BasicCredentials(user: "a:b", password: "x"))
    }
  }

  @Test func passwordDoesNotPrint() throws {
    let place = try HTTPSPlace(
      url: "https://example.org/", credentials: BasicCredentials(user: "school", password: "hunter2"))
    var dumped = ""
    dump(place, to: &dumped)
    for text in ["\(place)", String(reflecting: place), dumped] { #expect(!text.contains("hunter2")) }
  }

  @Test func folderMustBeAbsolute() {
    #expect(throws: TransportError.self) { try FolderPlace(path: "relative") }
    #expect(throws: TransportError.self) { try FolderPlace(path: "") }
  }
}
