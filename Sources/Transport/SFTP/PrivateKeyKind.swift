// What kind of private key a file holds, so that the configuration check can say which keys cannot work. Reads the one
// file; keeps nothing of it but the kind.

import FoundationEssentials
import Glibc

/// The kind of a private key file, as far as SFTP is concerned.
package enum PrivateKeyKind: Sendable, Equatable {
  case ed25519
  case ecdsa
  /// Does not work: libssh2 1.10 signs with SHA-1 only, which OpenSSH refuses since 8.8.
  case rsa
  case dsa
  /// Has a passphrase: a service has nobody to ask for it.
  case encrypted
  /// Cannot be read, with the system's reason.
  case unreadable(String)
  /// Read, but no private key; what it seems to be instead.
  case notAKey(String)

  /// Looks into a file. Never throws: what is wrong is the answer.
  package static func detect(file: String) -> PrivateKeyKind {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return .unreadable(String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return .unreadable(String(cString: strerror(errno))) }
    guard status.st_mode & S_IFMT == S_IFREG else { return .unreadable("it is not a regular file") }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = read(descriptor, &bytes, bytes.count)
    guard count >= 0 else { return .unreadable(String(cString: strerror(errno))) }
    return detect(String(decoding: bytes[..<count], as: UTF8.self))
  }

  /// The kind by the content of a file.
  static func detect(_ text: String) -> PrivateKeyKind {
    let lines = text.split(whereSeparator: \.isNewline)
    guard let begin = lines.firstIndex(where: { $0.hasPrefix("-----BEGIN ") }) else { return without(text) }
    let label = lines[begin].dropFirst(11).prefix { $0 != "-" }
    let end = lines[begin...].firstIndex { $0.hasPrefix("-----END ") } ?? lines.endIndex
    let inside = lines[(begin + 1)..<end]
    if inside.contains(where: { $0.contains("ENCRYPTED") }) { return .encrypted }
    let body = Data(base64Encoded: inside.filter { !$0.contains(":") }.joined())
    switch label {
    case "RSA PRIVATE KEY": return .rsa
    case "EC PRIVATE KEY": return .ecdsa
    case "DSA PRIVATE KEY": return .dsa
    case "ENCRYPTED PRIVATE KEY": return .encrypted
    case "PRIVATE KEY": return pkcs8(body.map(Array.init) ?? [])
    case "OPENSSH PRIVATE KEY": return openSSH(body.map(Array.init) ?? [])
    default: return .notAKey("it is a \(label.lowercased())")
    }
  }

  /// Whether a login with it can work.
  package var isUsable: Bool { self == .ed25519 || self == .ecdsa }

  /// What a person should know about it, in one sentence; nil when it is usable.
  package var complaint: String? {
    switch self {
    case .ed25519, .ecdsa: nil
    case .rsa:
      "RSA keys do not work: this machine's SSH library signs with SHA-1 only, which OpenSSH 8.8 and later refuse. "
        + "Make an ed25519 key with `ssh-keygen -t ed25519`."
    case .dsa: "DSA keys are refused by OpenSSH. Make an ed25519 key with `ssh-keygen -t ed25519`."
    case .encrypted:
      "The key has a passphrase, for which a service cannot ask. Store it without one, as a credential of the service."
    case .unreadable(let why): "The key cannot be read: \(why)."
    case .notAKey(let what): "The file is not a private key: \(what)."
    }
  }

  private static func without(_ text: String) -> PrivateKeyKind {
    if text.hasPrefix("PuTTY-User-Key-File") {
      return .notAKey("it is a PuTTY key; export it in OpenSSH's format with PuTTYgen")
    }
    if ["ssh-", "ecdsa-", "sk-"].contains(where: text.hasPrefix) {
      return .notAKey("it is the public half; the private one has the same name without .pub")
    }
    return .notAKey(text.isEmpty ? "it is empty" : "it has no line “BEGIN … PRIVATE KEY”")
  }

  /// By the object identifier of the algorithm in the DER (RFC 5208, 8410).
  private static func pkcs8(_ der: [UInt8]) -> PrivateKeyKind {
    let identifiers: [([UInt8], PrivateKeyKind)] = [
      ([0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01], .rsa),
      ([0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01], .ecdsa),
      ([0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x38, 0x04, 0x01], .dsa),
      ([0x06, 0x03, 0x2B, 0x65, 0x70], .ed25519),
    ]
    // The identifier stands within the first bytes, before the key itself.
    let head = der.prefix(40)
    for (identifier, kind) in identifiers
    where head.indices.contains(where: { head[$0...].starts(with: identifier) }) {
      return kind
    }
    return .notAKey("its algorithm is not known for SSH")
  }

  /// OpenSSH's own format (PROTOCOL.key): magic, cipher, KDF, its options, number of keys, public key.
  private static func openSSH(_ bytes: [UInt8]) -> PrivateKeyKind {
    let magic = Array("openssh-key-v1\0".utf8)
    guard bytes.starts(with: magic) else { return .notAKey("it is damaged") }
    var rest = bytes[magic.count...]
    func field() -> ArraySlice<UInt8>? {
      guard rest.count >= 4 else { return nil }
      let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(4)
      guard length <= rest.count else { return nil }
      defer { rest = rest.dropFirst(length) }
      return rest.prefix(length)
    }
    guard let cipher = field(), field() != nil, field() != nil, rest.count >= 4 else {
      return .notAKey("it is damaged")
    }
    guard String(decoding: cipher, as: UTF8.self) == "none" else { return .encrypted }
    rest = rest.dropFirst(4)
    guard let blob = field() else { return .notAKey("it is damaged") }
    rest = blob
    guard let name = field() else { return .notAKey("it is damaged") }
    switch String(decoding: name, as: UTF8.self) {
    case "ssh-ed25519": return .ed25519
    case let curve where curve.hasPrefix("ecdsa-sha2-"): return .ecdsa
    case "ssh-rsa": return .rsa
    case "ssh-dss": return .dsa
    default: return .notAKey("its kind is not one that works without a security token")
    }
  }
}
