// The one key that is not in the ledger: it wraps all others. Reads its own file and nothing else.

import Crypto
import Glibc

/// The master key: 32 bytes from a systemd credential or a key file. It never leaves this value and does not print.
package struct MasterKey: Sendable {
  let key: SymmetricKey
  /// The first eight hex digits of a keyed digest: tells master keys apart and says nothing about them.
  package let id: String

  /// The length of a master key.
  package static let byteCount = 32

  /// From 32 bytes. Throws `masterKeyUnusable` for any other number.
  package init(bytes: [UInt8]) throws(LedgerError) {
    guard bytes.count == Self.byteCount else {
      throw LedgerError(.masterKeyUnusable, "a master key has \(Self.byteCount) bytes, this has \(bytes.count)")
    }
    guard Set(bytes).count > 1 else {
      throw LedgerError(.masterKeyUnusable, "this master key is one byte repeated: make one from random bytes")
    }
    key = SymmetricKey(data: bytes)
    let digest = HMAC<SHA256>.authenticationCode(for: Array("leaverlink master key id".utf8), using: key)
    id = Hex.text(Array(digest).prefix(4))
  }

  /// From a file of 32 raw bytes, or of 64 hex digits and at most a line end.
  ///
  /// Throws `masterKeyUnusable` for anything else, and where others can read the file: no others at all, the group only
  /// where root owns it, as systemd does with credentials.
  package init(file path: String) throws(LedgerError) {
    let number = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard number >= 0 else {
      throw LedgerError(
        .masterKeyUnusable,
        "cannot open the master key \(path): \(String(cString: strerror(errno))); name a file that this user can read")
    }
    let file = Descriptor(number)
    var status = stat()
    guard fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw LedgerError(.masterKeyUnusable, "the master key \(path) is not a regular file")
    }
    let forbidden: mode_t = status.st_uid == 0 ? 0o007 : 0o077
    guard status.st_mode & forbidden == 0 else {
      throw LedgerError(.masterKeyUnusable, "other users can read the master key \(path); close it: chmod 600 \(path)")
    }
    let bytes = try Files.read(Self.byteCount * 2 + 3, from: file, path: path)
    try self.init(content: bytes, path: path)
  }

  private init(content: [UInt8], path: String) throws(LedgerError) {
    if content.count == Self.byteCount {
      try self.init(bytes: content)
      return
    }
    var digits = content[...]
    if digits.last == UInt8(ascii: "\n") { digits.removeLast() }
    if digits.last == UInt8(ascii: "\r") { digits.removeLast() }
    guard digits.count == Self.byteCount * 2, let bytes = Hex.bytes(digits) else {
      throw LedgerError(
        .masterKeyUnusable,
        "the master key \(path) holds neither 32 bytes nor 64 hex digits; make one: head -c 32 /dev/urandom > FILE")
    }
    try self.init(bytes: bytes)
  }

  /// The bytes of a new master key, from the system's generator.
  package static func generate() -> [UInt8] {
    SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
  }
}

extension MasterKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "MasterKey(\(id))" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
