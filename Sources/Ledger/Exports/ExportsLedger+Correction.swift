// Checked files that come back: the reference that they carry, and which export they are of. Touches the ledger's database.

import GRDB
package import Leavers

extension ExportsLedger {
  /// The words by which a checked workbook of an export is known again. They say nothing to anybody else, and a person
  /// cannot make them up for another export.
  package func reference(of export: ExportID) async throws(LedgerError) -> String {
    try await store.read { try $0.reference(of: $0.export(export)) }
  }

  /// The export of a school that a reference is of, if it came before `later`; nil for one that is none of ours.
  package func export(
    of reference: String, school: SchoolID, before later: ExportID
  ) async throws(LedgerError) -> ExportID? {
    try await store.read { transaction in
      let parts = reference.split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count == 2, let id = ExportID(String(parts[0])), id < later,
        let export = try transaction.exports("e.id = ? AND e.school = ?", [id.rawValue, school.rawValue]).first
      else { return nil }
      return transaction.reference(of: export) == reference ? id : nil
    }
  }

  /// The earlier export of the same school with which a read one has most pupils in common, the newest of several; nil
  /// unless those are more than half of its own.
  package func nearest(to export: ExportID) async throws(LedgerError) -> ExportID? {
    try await store.read { transaction in
      let summary = try transaction.export(export)
      let row = try transaction.row(
        """
        SELECT o.export AS export, count(DISTINCT o.pupil) AS common,
          (SELECT count(DISTINCT pupil) FROM export_row
            WHERE export = ?1 AND generation = ?2 AND carried_from IS NULL) AS own
        FROM export_row n
        JOIN export_row o ON o.pupil = n.pupil AND o.export < n.export AND o.carried_from IS NULL
        JOIN export e ON e.id = o.export AND e.generation = o.generation AND e.state IN ('read', 'decided')
        WHERE n.export = ?1 AND n.generation = ?2 AND n.carried_from IS NULL AND e.school = ?3
        GROUP BY o.export ORDER BY common DESC, o.export DESC LIMIT 1
        """, [export.rawValue, summary.generation, summary.school.rawValue])
      guard let row, (row["common"] as Int) * 2 > (row["own"] as Int) else { return nil }
      return ExportID(rawValue: row["export"])
    }
  }

  /// Notes that an export is the corrected file of an earlier one. Once is enough: again changes nothing.
  package func noteCorrection(_ id: ExportID, of corrected: ExportID) async throws(LedgerError) {
    try await store.write { transaction in
      guard try transaction.export(id).corrects != corrected else { return }
      try transaction.run("UPDATE export SET corrects = ? WHERE id = ?", [corrected.rawValue, id.rawValue])
      try transaction.append(
        .correctionNoted, subject: id.description, "\(id) is the checked file of \(corrected), corrected")
    }
  }
}

extension Transaction {
  fileprivate func reference(of export: ExportSummary) -> String {
    let digest = keys.digest("reference", export.school.rawValue, export.id.description, export.object.rawValue)
    return "\(export.id)-\(Hex.text(digest.prefix(12)))"
  }
}
