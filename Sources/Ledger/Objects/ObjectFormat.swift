// How a sealed object lies on disk. Pure.
//
//   8 bytes    "LVLKOBJ1"
//   16 bytes   salt, at random, part of the associated data of each chunk
//   chunks     AES-GCM: 12 bytes nonce, up to 65,536 bytes sealed, 16 bytes tag
//
// Each chunk's associated data holds kind, salt, its index, and whether it is the last. Every chunk but the last is
// full; an empty object has one empty chunk. So a chunk that is changed, moved, left out or put in does not open, and
// neither does a file that was cut, even between two chunks.

import Crypto

/// How a sealed object lies on disk.
enum ObjectFormat {
  static let magic = Array("LVLKOBJ1".utf8)
  static let saltSize = 16
  static let headerSize = 24
  /// Plain bytes in every chunk but the last.
  static let chunkSize = 65_536
  /// What sealing adds to a chunk.
  static let overhead = 28

  static func associatedData(kind: ObjectKind, salt: [UInt8], index: Int, isLast: Bool) -> [UInt8] {
    Array("object|\(kind.rawValue)|".utf8) + salt + index.bigEndianBytes + [isLast ? 1 : 0]
  }

  static func seal(
    _ plain: [UInt8], kind: ObjectKind, salt: [UInt8], index: Int, isLast: Bool, key: SymmetricKey
  ) throws(LedgerError) -> [UInt8] {
    do {
      let box = try AES.GCM.seal(
        plain, using: key, authenticating: associatedData(kind: kind, salt: salt, index: index, isLast: isLast))
      guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
      return Array(combined)
    } catch {
      throw LedgerError(.io, "sealing an object failed: \(error)")
    }
  }

  /// Nil where the chunk does not open.
  static func open(
    _ sealed: [UInt8], kind: ObjectKind, salt: [UInt8], index: Int, isLast: Bool, key: SymmetricKey
  ) -> [UInt8]? {
    guard let box = try? AES.GCM.SealedBox(combined: sealed),
      let plain = try? AES.GCM.open(
        box, using: key, authenticating: associatedData(kind: kind, salt: salt, index: index, isLast: isLast))
    else { return nil }
    return Array(plain)
  }
}
