// An SFTP server and how it is recognised. Pure value; the key file is read only by libcurl.

/// How the host key of an SFTP server is recognised. There is no third way: libcurl accepts any key when it is told
/// nothing, so a place without trust cannot be made.
package enum HostKeyTrust: Sendable, Equatable {
  /// SHA-256 of the host key in base64, with or without the prefix `SHA256:` and the padding, as `ssh-keygen -l` prints.
  case sha256(String)
  /// Path of a file in the format of OpenSSH's `known_hosts`.
  case knownHosts(String)
}

/// An SFTP server.
package struct SFTPPlace: Sendable, Equatable {
  /// Name or address, without brackets.
  package let host: String
  package let port: Int
  package let user: String
  /// Path of an unencrypted private key: ed25519 or ECDSA (see `PrivateKeyKind`).
  package let privateKeyFile: String
  /// A pin is kept bare: 43 characters of base64, no prefix and no padding.
  package let hostKey: HostKeyTrust
  /// Mode of files that are written, before the server's umask.
  package let filePermissions: Int

  /// Throws `.invalidConfiguration` naming what is wrong, above all an empty or malformed pin or known-hosts path.
  package init(
    host: String, port: Int = 22, user: String, privateKeyFile: String, hostKey: HostKeyTrust,
    filePermissions: Int = 0o640
  ) throws(TransportError) {
    guard HostName.isUsable(host) else {
      throw Self.refusal("The SFTP host is not a host name or address.", "Give a bare name such as sftp.example.org.")
    }
    guard (1...65535).contains(port) else {
      throw Self.refusal("The SFTP port is not between 1 and 65535.", "22 is usual.")
    }
    guard !user.isEmpty, user.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
      throw Self.refusal("The SFTP user is missing or has control characters.", "Give the account's name.")
    }
    guard !privateKeyFile.isEmpty, !privateKeyFile.utf8.contains(0) else {
      throw Self.refusal("No private key is given for SFTP.", "Give the path of an ed25519 private key.")
    }
    self.host = host
    self.port = port
    self.user = user
    self.privateKeyFile = privateKeyFile
    self.hostKey = try Self.checked(hostKey)
    self.filePermissions = filePermissions
  }

  package var address: String { HostName.withPort(host, port) }

  private static func checked(_ trust: HostKeyTrust) throws(TransportError) -> HostKeyTrust {
    switch trust {
    case .sha256(let text):
      var bare = text.hasPrefix("SHA256:") ? text.dropFirst(7) : text[...]
      if bare.utf8.count == 44, bare.hasSuffix("=") { bare = bare.dropLast() }
      // 32 bytes are 43 characters of base64, the last of which carries four bits.
      guard bare.utf8.count == 43, bare.utf8.allSatisfy(isBase64) else {
        throw refusal(
          "The host key pin is not a SHA-256 fingerprint.",
          "Give it as `ssh-keygen -lf` prints it: SHA256: and 43 characters; confirm it with the server's owner.")
      }
      return .sha256(String(bare))
    case .knownHosts(let path):
      guard !path.isEmpty, !path.utf8.contains(0) else {
        throw refusal("The path of the known-hosts file is empty.", "Give the path, or pin the host key.")
      }
      return trust
    }
  }

  private static func isBase64(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
      true
    default: false
    }
  }

  private static func refusal(_ what: String, _ remedy: String) -> TransportError {
    TransportError(.invalidConfiguration, what, remedy: remedy)
  }
}
