// Which pupil an authority's row is about, by identifiers. Touches the ledger's database.

import GRDB
package import Leavers

extension RepliesLedger {
  /// Which pupil of a school the identifiers in a reply point to: the UPN, else as a former UPN, else the ULN.
  ///
  /// Where UPN and ULN point to two pupils it is `several`: an identifier in a reply may be mistyped as well.
  package func pupil(school: SchoolID, upn: UPN?, uln: ULN?) async throws(LedgerError) -> PupilLookup {
    try await store.read { transaction in
      let lookups = PupilLookups(upn: upn, uln: uln, school: school, keys: transaction.keys)
      let byULN = try Self.pupils("uln_lookup", lookups.uln, school, in: transaction)
      for (column, rule) in [("upn_lookup", "upn"), ("former_upn_lookup", "former-upn")] {
        let found = try Self.pupils(column, lookups.upn, school, in: transaction)
        guard let pupil = found.first else { continue }
        return found.count == 1 && byULN.allSatisfy { $0 == pupil } ? .one(pupil, by: rule) : .several
      }
      guard let pupil = byULN.first else { return .none }
      return byULN.count == 1 ? .one(pupil, by: "uln") : .several
    }
  }

  private static func pupils(
    _ column: String, _ lookup: [UInt8]?, _ school: SchoolID, in transaction: Transaction
  ) throws -> [PupilID] {
    guard let lookup else { return [] }
    return try transaction.rows(
      "SELECT id FROM pupil WHERE school = ? AND \(column) = ? ORDER BY id", [school.rawValue, Blob(lookup)]
    ).map { PupilID(rawValue: $0["id"]) }
  }

  /// What tells a pupil from others: identifiers, names and date of birth, to be compared with a reply's row.
  ///
  /// Throws `notFound`, and `objectDestroyed` after erasure.
  package func identity(of pupil: PupilID) async throws(LedgerError) -> LeaverRecord {
    try await store.read { try $0.identity(of: pupil) }
  }

  /// What the newest export that named the pupil says of them; nil where no row of theirs is kept any more.
  ///
  /// Throws `notFound`, and `objectDestroyed` after erasure.
  package func newestRecord(of pupil: PupilID) async throws(LedgerError) -> LeaverRecord? {
    try await store.read { transaction in
      guard let owner = try transaction.row("SELECT key FROM pupil WHERE id = ?", [pupil.rawValue]) else {
        throw LedgerError(.notFound, "there is no pupil \(pupil)")
      }
      guard
        let row = try transaction.row(
          """
          SELECT export, generation, row_number, sealed FROM export_row
          WHERE pupil = ? AND verdict <> 'merged' ORDER BY export DESC, row_number LIMIT 1
          """, [pupil.rawValue])
      else { return nil }
      return try Packed.record(
        transaction.open(
          row.bytes("sealed"), with: try transaction.key(owner["key"] as Int64), "export_row", "sealed",
          ExportRow.address(
            export: ExportID(rawValue: row["export"]), generation: row["generation"], row: row["row_number"])))
    }
  }
}
