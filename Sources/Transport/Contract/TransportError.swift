// What can go wrong with a remote place, in words for the person who must put it right. Pure.

/// An error of a session or an endpoint.
///
/// No text of it contains file content or the name of a remote file: names of returns carry no personal data, but what
/// lies in a folder at the far side was named by others.
package struct TransportError: Error, Sendable, Equatable {
  /// What kind of thing went wrong. Open: more may be added.
  package struct Code: Hashable, Sendable, CustomStringConvertible {
    package let name: String
    package init(_ name: String) { self.name = name }
    package var description: String { name }

    /// The far side refused key, password or user.
    package static let authenticationFailed = Code("authentication-failed")
    /// The SSH host key is not the pinned one, or not the one in the known-hosts file.
    package static let hostKeyMismatch = Code("host-key-mismatch")
    /// The known-hosts file is missing, unreadable or has no key for this host.
    package static let hostKeyUnknown = Code("host-key-unknown")
    /// The TLS certificate of the far side did not pass: expired, wrong name, unknown authority.
    package static let certificateRejected = Code("certificate-rejected")
    /// The far side wants a client certificate and did not get one that it accepts.
    package static let clientCertificateRefused = Code("client-certificate-refused")
    package static let notFound = Code("not-found")
    package static let targetExists = Code("target-exists")
    package static let permissionDenied = Code("permission-denied")
    /// Disk or quota at the far side is full.
    package static let storageFull = Code("storage-full")
    /// No connection: name not resolved, nothing listening, no route.
    package static let unreachable = Code("unreachable")
    /// A connection ended in the middle.
    package static let interrupted = Code("interrupted")
    package static let timedOut = Code("timed-out")
    /// The far side answered, but with a refusal or failure that has no code of its own.
    package static let refused = Code("refused")
    package static let tooLarge = Code("too-large")
    package static let invalidPath = Code("invalid-path")
    /// Something on this side is wrong: a key file that cannot be read, an address that is none.
    package static let invalidConfiguration = Code("invalid-configuration")
    /// The breaker is open after repeated failures; nothing was tried.
    package static let breakerOpen = Code("breaker-open")
    /// The endpoint is stopped until a person resumes it, or the service is shutting down; nothing was tried.
    package static let stopped = Code("stopped")
    /// Given up by us, also because the service ends; what was under way may have been done or not.
    package static let cancelled = Code("cancelled")
    /// The place cannot do this, whatever is tried.
    package static let unsupported = Code("unsupported")
  }

  package let code: Code
  /// What happened.
  package let what: String
  /// Recipient and host (or folder); nil when no place was involved.
  package let location: String?
  /// What a person can do.
  package let remedy: String
  /// Whether trying again later may help without anybody changing anything.
  package let isTransient: Bool

  /// `isTransient` follows from the code unless given.
  package init(_ code: Code, _ what: String, at location: String? = nil, remedy: String, isTransient: Bool? = nil) {
    self.code = code
    self.what = what
    self.location = location
    self.remedy = remedy
    self.isTransient = isTransient ?? Self.transientCodes.contains(code)
  }

  /// What, where and what to do, in one paragraph.
  package var message: String {
    let place = location.map { "\($0): " } ?? ""
    return "\(place)\(what) \(remedy)"
  }

  /// Code and place only: for metrics and one-line logs.
  package var shortDescription: String {
    location.map { "\(code.name) (\($0))" } ?? code.name
  }

  /// Whether one side could not prove to the other who it is. Such an error stops the endpoint at once.
  package var isAuthentication: Bool { Self.authenticationCodes.contains(code) }

  private static let transientCodes: Set<Code> = [.unreachable, .interrupted, .timedOut, .storageFull, .breakerOpen]
  private static let authenticationCodes: Set<Code> = [
    .authenticationFailed, .hostKeyMismatch, .hostKeyUnknown, .certificateRejected, .clientCertificateRefused,
  ]
}

extension TransportError: CustomStringConvertible {
  package var description: String { "\(code.name): \(message)" }
}
