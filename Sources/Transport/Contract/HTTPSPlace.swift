// An HTTPS server and how the two sides recognise each other. Pure value; files are read only by libcurl.

/// A certificate with its key, both PEM files, shown to a server that asks for one.
package struct ClientCertificate: Sendable, Equatable {
  package var certificateFile: String
  package var keyFile: String

  package init(certificateFile: String, keyFile: String) {
    self.certificateFile = certificateFile
    self.keyFile = keyFile
  }
}

/// Name and password for HTTP's basic authentication. Prints without the password.
package struct BasicCredentials: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  package var user: String
  package var password: String

  package init(user: String, password: String) {
    self.user = user
    self.password = password
  }

  package var description: String { "BasicCredentials(redacted)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// An HTTPS server, or a folder of it.
package struct HTTPSPlace: Sendable, Equatable {
  /// `https://…/`, always with a slash at the end.
  package let url: String
  /// PEM file of the authorities to trust instead of the system's; nil for the system's.
  package let caFile: String?
  package let clientCertificate: ClientCertificate?
  package let credentials: BasicCredentials?
  /// Whether the server understands MOVE, so that renaming works.
  package let webDAV: Bool

  /// Throws `.invalidConfiguration` unless the address is https, with a host, without user, query and fragment.
  package init(
    url: String, caFile: String? = nil, clientCertificate: ClientCertificate? = nil, webDAV: Bool = false,
    credentials: BasicCredentials? = nil
  ) throws(TransportError) {
    guard url.utf8.count > 8, url.prefix(8).lowercased() == "https://" else {
      throw Self.refusal("The address does not begin with https://.", "Only HTTPS is spoken.")
    }
    let rest = url.dropFirst(8)
    guard rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "\"") })
    else {
      throw Self.refusal(
        "The address has characters that may not stand in a URL.", "Percent-encode them.")
    }
    guard !rest.contains("?"), !rest.contains("#") else {
      throw Self.refusal("The address has a query or fragment.", "Give the folder's plain address.")
    }
    let authority = rest.prefix { $0 != "/" }
    guard !authority.contains("@") else {
      throw Self.refusal("The address contains a user.", "Give user and password as credentials of their own.")
    }
    guard Self.isUsable(authority) else {
      throw Self.refusal("The address has no usable host and port.", "Give it as https://host/folder/.")
    }
    for (name, path) in [
      ("CA file", caFile), ("client certificate", clientCertificate?.certificateFile),
      ("client certificate's key", clientCertificate?.keyFile),
    ] {
      if let path, path.isEmpty || path.utf8.contains(0) {
        throw Self.refusal("The path of the \(name) is empty.", "Give the path or leave the setting out.")
      }
    }
    if let credentials, credentials.user.isEmpty || credentials.user.contains(":") {
      throw Self.refusal("The user for HTTPS is empty or contains a colon.", "Give the account's name.")
    }
    self.url = rest.hasSuffix("/") ? "https://" + rest : "https://" + rest + "/"
    self.caFile = caFile
    self.clientCertificate = clientCertificate
    self.webDAV = webDAV
    self.credentials = credentials
  }

  /// Host and port for messages.
  package var address: String { String(url.dropFirst(8).prefix { $0 != "/" }) }

  private static func isUsable(_ authority: Substring) -> Bool {
    var host = authority
    if let colon = authority.lastIndex(of: ":"), authority.last != "]" {
      guard let port = Int(authority[authority.index(after: colon)...]), (1...65535).contains(port) else {
        return false
      }
      host = authority[..<colon]
    }
    if host.hasPrefix("[") {
      guard host.hasSuffix("]") else { return false }
      return HostName.isUsable(String(host.dropFirst().dropLast()))
    }
    return !host.contains(":") && HostName.isUsable(String(host))
  }

  private static func refusal(_ what: String, _ remedy: String) -> TransportError {
    TransportError(.invalidConfiguration, what, remedy: remedy)
  }
}
