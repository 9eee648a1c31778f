// Which rows of an export were held or withheld, from whom and why. Reads the ledger's database, changes nothing.

import GRDB
package import Leavers

/// A row that did not go to an authority, by its number in the export: it names nobody.
package struct KeptRow: Sendable, Hashable {
  package let row: Int
  package let authority: AuthorityID
  package let kind: ReturnKind
  /// `held` or `withheld`.
  package let fate: FateKind
  /// The reason's name, such as `code-unknown-to-authority`.
  package let reason: String
}

extension OverviewLedger {
  /// The held and withheld rows of an export, in order of row and scope.
  package func keptRows(of export: ExportID) async throws(LedgerError) -> [KeptRow] {
    try await store.read { try Self.keptRows(of: export, in: $0) }
  }

  static func keptRows(of export: ExportID, in transaction: Transaction) throws -> [KeptRow] {
    try transaction.rows(
      """
      SELECT f.row_number, f.fate, coalesce(f.reason, '') AS reason, s.authority, s.kind
      FROM fate f JOIN export_scope s ON s.export = f.export AND s.position = f.position
      WHERE f.export = ? AND f.fate IN ('held', 'withheld') ORDER BY f.row_number, f.position
      """, [export.rawValue]
    ).map { row in
      KeptRow(
        row: row["row_number"], authority: AuthorityID(unchecked: row["authority"]), kind: try row.value("kind"),
        fate: try row.value("fate"), reason: row["reason"])
    }
  }
}
