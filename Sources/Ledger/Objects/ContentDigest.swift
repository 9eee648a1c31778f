// The SHA-256 of bytes as hex, for the stations: whose file on the desk is it, is it still what was written. Pure.

import Crypto

/// The plain digest of content that lies in clear anyway, as on a school's desk. Objects are named by a keyed one.
package enum ContentDigest {
  /// SHA-256 as 64 lower-case hex digits.
  package static func sha256(_ bytes: [UInt8]) -> String { Hex.text(Array(SHA256.hash(data: bytes))) }

  /// The same of bytes that come in pieces, up to one that is empty.
  package static func sha256<Failure: Error>(
    ofPieces next: () throws(Failure) -> [UInt8]
  ) throws(Failure) -> String {
    var hash = SHA256()
    while true {
      let piece = try next()
      if piece.isEmpty { return Hex.text(Array(hash.finalize())) }
      hash.update(data: piece)
    }
  }
}
