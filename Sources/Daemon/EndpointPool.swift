// One Endpoint a recipient (for hand-over one a desk), made here and handed to both Delivery and Replies.

package import Leavers
package import Profiles
import Synchronization
package import Transport

/// The endpoints of all recipients. A recipient whose place changed gets a new one, with a connection of its own: a
/// pooled connection would not be held against the new host key.
package final class EndpointPool: Sendable {
  private struct Key: Hashable {
    let recipient: RecipientID
    let fingerprint: String
    /// The desk and who may reach it, for hand-over.
    let desk: String?
    let access: DeskAccess?
  }

  private let loop: CurlLoop
  private let timekeeper: any Timekeeper
  private let endpoints = Mutex<[Key: Endpoint]>([:])

  package init(loop: CurlLoop, timekeeper: any Timekeeper) {
    self.loop = loop
    self.timekeeper = timekeeper
  }

  /// The way to a recipient under this configuration, by school, for a lane or a collector to keep.
  ///
  /// Throws what makes a place impossible, such as a host without a key to know it by.
  package func endpoints(
    of recipient: Recipient, in configuration: Configuration
  ) throws(TransportError) -> @Sendable (SchoolID) -> Endpoint? {
    var bySchool: [SchoolID: Endpoint] = [:]
    for school in configuration.schools {
      let place = try Self.place(of: recipient, desk: school.desk, access: school.deskAccess)
      var desk: (path: String, access: DeskAccess)?
      if case .handover = recipient.endpoint { desk = (school.desk, school.deskAccess) }
      bySchool[school.id] = endpoint(
        Key(recipient: recipient.id, fingerprint: recipient.fingerprint, desk: desk?.path, access: desk?.access),
        at: place)
    }
    let found = bySchool
    return { found[$0] }
  }

  private func endpoint(_ key: Key, at place: Place) -> Endpoint {
    endpoints.withLock { endpoints in
      if let known = endpoints[key] { return known }
      let timekeeper = timekeeper
      let made = Endpoint(
        recipient: key.recipient.rawValue, place: place, loop: loop, now: { timekeeper.monotonic() })
      endpoints[key] = made
      return made
    }
  }

  /// Forgets the endpoints of places that the configuration no longer names.
  package func keep(only configuration: Configuration) {
    let current = Set(configuration.recipients.map { "\($0.id) \($0.fingerprint)" })
    endpoints.withLock { endpoints in
      endpoints = endpoints.filter { key, _ in current.contains("\(key.recipient) \(key.fingerprint)") }
    }
  }

  /// A recipient as a place of the transport.
  package static func place(
    of recipient: Recipient, desk: String, access: DeskAccess = .standard
  ) throws(TransportError) -> Place {
    switch recipient.endpoint {
    case .sftp(let sftp):
      let trust: HostKeyTrust =
        switch sftp.hostKey {
        case .pin(let pin): .sha256(pin)
        case .knownHosts(let path): .knownHosts(path)
        }
      return .sftp(
        try SFTPPlace(
          host: sftp.host, port: sftp.port, user: sftp.user, privateKeyFile: sftp.key.path, hostKey: trust))
    case .https(let https):
      let certificate = https.certificate.map { ClientCertificate(certificateFile: $0.path, keyFile: $0.path) }
      return .https(
        try HTTPSPlace(url: https.url, caFile: https.ca, clientCertificate: certificate, webDAV: https.webDAV))
    case .handover:
      return .folder(try FolderPlace(path: desk, filePermissions: access.fileMode))
    }
  }
}
