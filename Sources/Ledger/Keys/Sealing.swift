// Sealing of single cells: AES-GCM, with the place of the cell as associated data. Pure but for the nonce, which the
// crypto library draws from the system: an injected nonce could be used twice, which would undo the cipher.

import Crypto
import FoundationEssentials

/// The place of a sealed cell. What was sealed for one place does not open at another.
struct CellAddress: Sendable, Hashable {
  let table: String
  let column: String
  let row: String

  var associatedData: [UInt8] { Array("\(table)|\(column)|\(row)".utf8) }
  /// For messages.
  var text: String { "\(table).\(column) of \(row)" }
}

/// Seals and opens cells.
enum Sealing {
  static func seal(_ bytes: [UInt8], with key: SymmetricKey, at address: CellAddress) throws -> [UInt8] {
    let box = try AES.GCM.seal(bytes, using: key, authenticating: address.associatedData)
    guard let combined = box.combined else {
      throw LedgerError(.io, "sealing \(address.text) failed: the cipher gave no combined form")
    }
    return Array(combined)
  }

  /// Throws `corrupt` when the bytes were changed, moved from another place, or sealed with another key.
  static func open(_ bytes: [UInt8], with key: SymmetricKey, at address: CellAddress) throws(LedgerError) -> [UInt8] {
    do {
      return Array(
        try AES.GCM.open(AES.GCM.SealedBox(combined: bytes), using: key, authenticating: address.associatedData))
    } catch {
      throw LedgerError(
        .corrupt,
        "\(address.text) does not open: it was changed outside leaverlink; run audit, and restore the state from a backup"
      )
    }
  }
}
