// The keys of an open ledger, derived from or wrapped by the master key. Holds them in memory and does not print them.

import Crypto

/// What a wrapped key is for.
enum KeyPurpose: String, Sendable {
  case lookup, signing, object, pupil
}

/// The keys of an open ledger.
struct KeyRing: Sendable {
  private let master: MasterKey
  /// For digests and as the root of derived keys; seals nothing itself.
  let lookup: SymmetricKey
  /// For the chain of events.
  let signing: SymmetricKey
  /// Seals the payloads of events, and what belongs to no pupil: receipts, pauses.
  let events: SymmetricKey
  /// Seals the names and paths of files, which may hold a pupil's name.
  let sources: SymmetricKey
  /// Seals the words of schools and what they mean: they may name somebody.
  let words: SymmetricKey

  init(master: MasterKey, lookup: SymmetricKey, signing: SymmetricKey) {
    self.master = master
    self.lookup = lookup
    self.signing = signing
    events = Self.derive(lookup, "leaverlink events")
    sources = Self.derive(lookup, "leaverlink sources")
    words = Self.derive(lookup, "leaverlink words")
  }

  private static func derive(_ key: SymmetricKey, _ label: String) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Array(label.utf8), outputByteCount: 32)
  }

  // MARK: Wrapping

  private static func address(_ id: Int64, _ purpose: KeyPurpose) -> CellAddress {
    CellAddress(table: "wrapped_key", column: "wrapped", row: "\(id)/\(purpose.rawValue)")
  }

  static func wrap(_ key: SymmetricKey, id: Int64, purpose: KeyPurpose, master: MasterKey) throws -> [UInt8] {
    try Sealing.seal(key.withUnsafeBytes { Array($0) }, with: master.key, at: address(id, purpose))
  }

  static func unwrap(_ bytes: [UInt8], id: Int64, purpose: KeyPurpose, master: MasterKey) throws(LedgerError)
    -> SymmetricKey
  {
    SymmetricKey(data: try Sealing.open(bytes, with: master.key, at: address(id, purpose)))
  }

  func wrap(_ key: SymmetricKey, id: Int64, purpose: KeyPurpose) throws -> [UInt8] {
    try Self.wrap(key, id: id, purpose: purpose, master: master)
  }

  func unwrap(_ bytes: [UInt8], id: Int64, purpose: KeyPurpose) throws(LedgerError) -> SymmetricKey {
    try Self.unwrap(bytes, id: id, purpose: purpose, master: master)
  }

  // MARK: Digests

  /// HMAC with the lookup key over a label and parts, each with its length, so that no two lists give the same bytes.
  func digest(_ label: String, _ parts: [UInt8]...) -> [UInt8] {
    var mac = digester(label)
    for part in parts { mac.update(data: Self.framed(part)) }
    return Array(mac.finalize())
  }

  func digest(_ label: String, _ parts: String...) -> [UInt8] {
    var mac = digester(label)
    for part in parts { mac.update(data: Self.framed(Array(part.utf8))) }
    return Array(mac.finalize())
  }

  /// For content that comes in pieces: its length is not known beforehand, and it is the last thing digested.
  func digester(_ label: String) -> HMAC<SHA256> {
    var mac = HMAC<SHA256>(key: lookup)
    mac.update(data: Self.framed(Array(label.utf8)))
    return mac
  }

  /// HMAC with the signing key.
  func signature(_ label: String, _ parts: [[UInt8]]) -> [UInt8] {
    var mac = HMAC<SHA256>(key: signing)
    mac.update(data: Self.framed(Array(label.utf8)))
    for part in parts { mac.update(data: Self.framed(part)) }
    return Array(mac.finalize())
  }

  private static func framed(_ bytes: [UInt8]) -> [UInt8] { bytes.count.bigEndianBytes + bytes }
}

extension KeyRing: CustomStringConvertible, CustomReflectable {
  var description: String { "KeyRing(redacted)" }
  var customMirror: Mirror { Mirror(self, children: []) }
}

extension Int {
  /// Eight bytes, the highest first.
  var bigEndianBytes: [UInt8] { withUnsafeBytes(of: UInt64(truncatingIfNeeded: self).bigEndian) { Array($0) } }
}
