// The sealed cell of a reply's row: the record and the authority's own reference. Pure, but for the transaction's keys.

import Crypto
import GRDB
import Leavers

/// The content of a reply's row as bytes: the authority's reference first, under a name that no field has.
enum ReplyRowSeal {
  private static let reference = "#reference"

  static func encode(_ draft: ReplyRowDraft) -> [UInt8] {
    var pairs: [(String, String)] = draft.reference.map { [(reference, $0)] } ?? []
    for field in draft.record.fields {
      if let value = draft.record[field] { pairs.append((field.rawValue, value)) }
    }
    return Packed.encode(pairs)
  }

  static func decode(_ bytes: [UInt8], row: Int) throws(LedgerError) -> ReplyRowDraft {
    var values: [Field: String] = [:]
    var found: String?
    for (name, value) in try Packed.decode(bytes) {
      if name == reference {
        found = value
      } else if let field = Field(rawValue: name) {
        values[field] = value
      } else {
        throw LedgerError(.corrupt, "row \(row) of a reply holds a field that this version does not know; run audit")
      }
    }
    return ReplyRowDraft(row: row, record: LeaverRecord(values), reference: found)
  }

  static func address(_ id: ReplyID, _ row: Int) -> String { "\(id.rawValue)/\(row)" }
}

extension RepliesLedger {
  /// The key of the reply's bytes: its rows are under it until they are matched.
  static func objectKey(_ reply: Row, _ id: ReplyID, in transaction: Transaction) throws -> SymmetricKey {
    guard let name = (reply["object"] as String?).flatMap(ObjectName.init(rawValue:)) else {
      throw LedgerError(.conflict, "\(id) has no bytes yet: fetch it first")
    }
    return try transaction.key(of: name)
  }

  /// Opens a row under the pupil's key where it is matched, else under the key of the reply's bytes.
  static func open(_ row: Row, of reply: Row, _ id: ReplyID, in transaction: Transaction) throws -> ReplyRowDraft {
    let number: Int = row["row_number"]
    let isMatched = (row["verdict"] as String?) == "matched"
    let key =
      if isMatched, let pupil = row["pupil"] as Int64? {
        try transaction.key(of: PupilID(rawValue: pupil))
      } else {
        try objectKey(reply, id, in: transaction)
      }
    return try ReplyRowSeal.decode(
      transaction.open(row.bytes("sealed"), with: key, "reply_row", "sealed", ReplyRowSeal.address(id, number)),
      row: number)
  }
}
