// Nobody is talked to who is not who they should be: host keys, certificates, and what it does to the endpoint.

import AuthoritySandbox
import Foundation
import Testing
import Transport

@Suite(.timeLimit(.minutes(2)))
struct HostIdentityTests {
  private func attempt(_ place: Place) async throws -> (TransportError?, EndpointCondition) {
    let endpoint = Endpoint(recipient: "example", place: place, loop: try sharedLoop.get(), now: stillClock)
    let path = try RemotePath("never")
    let error = await failure { () throws(TransportError) in
      _ = try await endpoint.perform { session throws(TransportError) in try await session.stat(path) }
    }
    return (error, await endpoint.condition)
  }

  private func knownHosts(_ content: String?) async throws -> Place {
    let far = try await FarSide.shared()
    let file = try scratch() + "/known_hosts"
    if let content { try content.write(toFile: file, atomically: true, encoding: .utf8) }
    return .sftp(
      try SFTPPlace(
        host: "127.0.0.1", port: far.ssh.port, user: far.ssh.user,
        privateKeyFile: try requireValue(far.ssh.privateKeys["main"]), hostKey: .knownHosts(file)))
  }

  @Test("a wrong pin is refused although another endpoint has a connection open, and the key shown is named")
  func wrongPin() async throws {
    let far = try await FarSide.shared()
    let good = Endpoint(
      recipient: "good", place: .sftp(try far.sftp()), loop: try sharedLoop.get(), now: stillClock)
    let path = try RemotePath("never")
    _ = try await good.perform { session throws(TransportError) in try await session.stat(path) }

    let wrong = "SHA256:" + String(repeating: "A", count: 42) + "8"
    let (error, condition) = try await attempt(.sftp(try far.sftp(pin: wrong)))
    #expect(error?.code == .hostKeyMismatch)
    #expect(error?.message.contains(far.ssh.hostKeyPin) == true)
    guard case .stopped = condition else {
      Issue.record("the endpoint goes on")
      return
    }
    // The good one is none the worse.
    _ = try await good.perform { session throws(TransportError) in try await session.stat(path) }
  }

  @Test("known hosts: the right line is accepted")
  func knownHostsAccepted() async throws {
    let far = try await FarSide.shared()
    let (error, condition) = try await attempt(try await knownHosts(far.ssh.knownHostsLine))
    #expect(error == nil)
    #expect(condition == .ready)
  }

  @Test("known hosts: missing, empty, and without this host are refused as unknown")
  func knownHostsUnknown() async throws {
    let far = try await FarSide.shared()
    let other = far.ssh.knownHostsLine.replacingOccurrences(of: "127.0.0.1", with: "127.0.0.9")
    for content in [nil, "", other] {
      let (error, condition) = try await attempt(try await knownHosts(content))
      #expect(error?.code == .hostKeyUnknown)
      #expect(condition != .ready)
    }
  }

  @Test("known hosts: another key for this host is refused as changed")
  func knownHostsMismatch() async throws {
    let far = try await FarSide.shared()
    let key = try SSHServer.keyPair(try scratch() + "/other", comment: "other")
    let blob = try String(contentsOfFile: key + ".pub", encoding: .utf8).split(separator: " ").prefix(2)
    let line = "[127.0.0.1]:\(far.ssh.port) \(blob.joined(separator: " "))\n"
    let (error, _) = try await attempt(try await knownHosts(line))
    #expect(error?.code == .hostKeyMismatch)
  }

  @Test("an expired certificate, one for another name, and one of an unknown authority are refused")
  func certificates() async throws {
    let far = try await FarSide.shared()
    for place in [
      try far.https("expired"), try far.https("misnamed"), try far.https("plain", caFile: .some(nil)),
    ] {
      let (error, condition) = try await attempt(.https(place))
      #expect(error?.code == .certificateRejected)
      #expect(condition != .ready)
    }
  }

  @Test("the expired certificate is called expired")
  func expiredInWords() async throws {
    let (error, _) = try await attempt(.https(try await FarSide.shared().https("expired")))
    #expect(error?.message.contains("expired") == true)
  }

  @Test("a server that wants a client certificate and gets none stops the endpoint")
  func missingClientCertificate() async throws {
    let far = try await FarSide.shared()
    let (error, condition) = try await attempt(.https(try far.https("certified")))
    #expect(error?.code == .clientCertificateRefused)
    guard case .stopped = condition else {
      Issue.record("the endpoint goes on")
      return
    }
  }

  @Test("a client certificate of somebody else's authority is refused")
  func strangeClientCertificate() async throws {
    let far = try await FarSide.shared()
    let strange = try CertificateAuthority(directory: try scratch()).issue("stranger", names: "DNS:client.example.org")
    let place = try HTTPSPlace(
      url: try requireValue(far.web.url(of: "certified")), caFile: far.web.authority.certificate,
      clientCertificate: ClientCertificate(certificateFile: strange.certificate, keyFile: strange.key), webDAV: true)
    let (error, _) = try await attempt(.https(place))
    #expect(error?.code == .clientCertificateRefused)
  }

  @Test("certificate and key in one file work")
  func bundle() async throws {
    let far = try await FarSide.shared()
    let bundle = far.web.clientCertificate.bundle
    let place = try HTTPSPlace(
      url: try requireValue(far.web.url(of: "certified")), caFile: far.web.authority.certificate,
      clientCertificate: ClientCertificate(certificateFile: bundle, keyFile: bundle), webDAV: true)
    let (error, _) = try await attempt(.https(place))
    #expect(error == nil)
  }

  @Test("files of ours that are missing are our mistake, and stop nothing")
  func ourFiles() async throws {
    let far = try await FarSide.shared()
    let missing = ClientCertificate(certificateFile: "/nonexistent/c", keyFile: "/nonexistent/k")
    let places: [Place] = [
      .sftp(
        try SFTPPlace(
          host: "127.0.0.1", port: far.ssh.port, user: far.ssh.user, privateKeyFile: "/nonexistent/key",
          hostKey: .sha256(far.ssh.hostKeyPin))),
      .https(try far.https("plain", caFile: "/nonexistent/ca.pem")),
      .https(
        try HTTPSPlace(
          url: try requireValue(far.web.url(of: "certified")), caFile: far.web.authority.certificate,
          clientCertificate: missing)),
    ]
    for place in places {
      let (error, condition) = try await attempt(place)
      #expect(error?.code == .invalidConfiguration)
      #expect(condition == .ready)
    }
  }
}
