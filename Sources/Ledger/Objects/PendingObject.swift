// The names and kinds of objects, and an object that is on disk but not yet in the ledger. Pure.

import Crypto

/// What an object is.
package enum ObjectKind: String, Sendable, Hashable, CaseIterable {
  case export
  case `return`
  case reply
}

/// The name of an object: the keyed digest of its kind and content, as 64 hex digits.
package struct ObjectName: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  package let rawValue: String

  /// Nil unless 64 lower-case hex digits.
  package init?(rawValue: String) {
    guard rawValue.utf8.count == 64,
      rawValue.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
    else { return nil }
    self.rawValue = rawValue
  }

  init(digest: [UInt8]) { rawValue = Hex.text(digest) }

  /// The first twelve digits: enough to tell objects apart in a message.
  package var description: String { String(rawValue.prefix(12)) }
}

/// A sealed object that is on disk, and becomes part of the ledger when a transaction takes it in. Until then it is an
/// orphan: dropped, its bytes cannot be opened by anybody, since the only copy of its key is here.
package struct PendingObject: Sendable {
  package let name: ObjectName
  package let kind: ObjectKind
  /// The size of the plain content in bytes.
  package let size: Int64
  /// The SHA-256 of the plain content in hex.
  package let sha256: String
  /// The file below `objects/`.
  let file: String
  /// Nil where the ledger knew the object already.
  let key: SymmetricKey?
}

extension PendingObject: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "PendingObject(\(name), \(size) bytes)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
