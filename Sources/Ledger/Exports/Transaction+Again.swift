// Takes an export in once more. Lives in one transaction.

import GRDB
import Leavers

extension Transaction {
  /// Takes what an export said in as the school's newest export, to be read and decided by what holds now.
  func takeAgain(_ old: ExportSummary, because reason: String, details: [String: String]) throws -> ExportID {
    guard
      let row = try row(
        "SELECT path_lookup, sealed_source, fingerprint, observed_at, mis FROM export WHERE id = ?", [old.id.rawValue])
    else { throw LedgerError(.notFound, "there is no export \(old.id)") }
    let new = ExportID(rawValue: (try integer("SELECT max(id) FROM export") ?? 0) + 1)
    let source = try open(
      row.bytes("sealed_source"), with: keys.sources, "export", "sealed_source", old.id.description)
    try run(
      """
      INSERT INTO export (
        id, school, state, object, path_lookup, sealed_source, sealed_owner, fingerprint, observed_at, mis, stored_at)
      VALUES (?, ?, 'stored', ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        new.rawValue, old.school.rawValue, old.object.rawValue, Blob(row.bytes("path_lookup")),
        try seal(source, with: keys.sources, "export", "sealed_source", new.description),
        try sealOwner(owner(of: old.id), of: new), row["fingerprint"] as String, row["observed_at"] as Int64,
        row["mis"] as String?, now.milliseconds,
      ])
    try run("UPDATE observation SET export = ? WHERE export = ?", [new.rawValue, old.id.rawValue])
    try append(
      .exportStored, subject: new.description, "\(new) of school \(old.school): \(old.id) taken in again: \(reason)",
      details: details)
    return new
  }
}
