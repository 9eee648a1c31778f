// Where a recipient is reached and what it can do, checked and compiled.

package import Leavers

/// The organisation that runs an authority's tracking, and how it is reached.
package struct Recipient: Sendable {
  package enum AfterCollect: Sendable, Hashable {
    case leave, remove
    case move(folder: String)
  }

  package var id: RecipientID
  package var name: String
  package var endpoint: EndpointPlace
  package var collectEvery: Duration
  package var afterCollect: AfterCollect
  /// How long to wait after a failed attempt; doubled with each further one, up to four hours.
  package var retryAfter: Duration
  /// How a delivered file can be seen again.
  package var readBack: ReadBack
  /// The recipient declares that it takes files away from where they were put.
  package var removesFiles: Bool
  /// The sandbox directory that wrote this recipient, when one did.
  package var sandbox: String?
  /// The file it was read from, for messages.
  package var file: String

  package init(
    id: RecipientID, name: String, endpoint: EndpointPlace, collectEvery: Duration, afterCollect: AfterCollect,
    retryAfter: Duration = .seconds(60), readBack: ReadBack, removesFiles: Bool, sandbox: String?, file: String
  ) {
    self.id = id
    self.name = name
    self.endpoint = endpoint
    self.collectEvery = collectEvery
    self.afterCollect = afterCollect
    self.retryAfter = retryAfter
    self.readBack = readBack
    self.removesFiles = removesFiles
    self.sandbox = sandbox
    self.file = file
  }
}

extension Recipient {
  /// The way of an authority's returns to this recipient.
  package func way(for authority: AuthorityProfile) -> DeliveryWay {
    let publication: Publication
    var folder = authority.sendTo
    switch endpoint {
    case .sftp: publication = .twoStep
    case .https(let place): publication = place.webDAV ? .twoStep : .direct
    case .handover:
      publication = .desk
      folder = authority.id.rawValue
    }
    return DeliveryWay(publication: publication, readBack: readBack, takesFiles: removesFiles, folder: folder)
  }

  /// Where it is, and by which keys either side knows the other, as a text: where that is another, what was put there
  /// may be looked for in vain, since a key can lead to another machine or folder.
  ///
  /// - Parameter desk: the school's, for a hand-over.
  package func whereabouts(desk: String) -> String {
    if case .handover = endpoint { return "\(fingerprint) \(desk)" }
    return fingerprint
  }
}

/// How a recipient is reached.
package enum EndpointPlace: Sendable {
  case sftp(SFTPEndpoint)
  case https(HTTPSEndpoint)
  /// A person hands the packs over, by the means named.
  case handover(by: String)
}

package struct SFTPEndpoint: Sendable {
  package enum HostKey: Sendable, Hashable {
    /// `SHA256:` and the base64 text of `ssh-keygen -lf`.
    case pin(String)
    /// The path of a known_hosts file.
    case knownHosts(String)
  }
  package var host: String
  package var port: Int
  package var user: String
  package var key: SecretSource
  package var hostKey: HostKey

  package init(host: String, port: Int, user: String, key: SecretSource, hostKey: HostKey) {
    self.host = host
    self.port = port
    self.user = user
    self.key = key
    self.hostKey = hostKey
  }
}

package struct HTTPSEndpoint: Sendable {
  package var url: String
  /// With WebDAV a return is put under a temporary name and then moved; without, put under its final name.
  package var webDAV: Bool
  /// A file with the certification authority; the system's own when nil.
  package var ca: String?
  /// A PEM file with certificate and private key.
  package var certificate: SecretSource?

  package init(url: String, webDAV: Bool, ca: String?, certificate: SecretSource?) {
    self.url = url
    self.webDAV = webDAV
    self.ca = ca
    self.certificate = certificate
  }
}

/// Where a secret is; never the secret itself.
package struct SecretSource: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case credential(String)
    case file(String)
  }
  package var kind: Kind
  /// The file that it comes to on this machine.
  package var path: String

  package init(kind: Kind, path: String) {
    self.kind = kind
    self.path = path
  }
}
