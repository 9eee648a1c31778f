// The files that we wrote on a school's desk: what they were, and how they go when their time has come. Touches the
// ledger's database.

import GRDB
package import Leavers

/// A file of ours on a desk whose time has come. Its name may come from a person and does not print.
package struct ExpiredDeskFile: Sendable {
  package let name: Redacted<String>
  /// Of what we wrote: a file with another hash is a person's.
  package let sha256: String
}

/// What became of a file whose time had come.
package enum DeskFileEnd: Sendable, Equatable {
  case removed
  /// Somebody had taken it away.
  case wasGone
  /// A person had changed it: it stays, and is ours no longer.
  case isAPersons
}

extension ExportsLedger {
  /// The files that lie on a school's desk since before an instant, the newest export's excepted (rows that are gone
  /// through again have no files); and those whose removal
  /// was begun.
  package func expiredDeskFiles(
    of school: SchoolID, writtenBefore instant: Timestamp
  ) async throws(LedgerError) -> [ExpiredDeskFile] {
    try await store.read { transaction in
      try transaction.rows(
        """
        SELECT name_lookup, sealed_name, sha256 FROM desk_file
        WHERE school = ?1 AND (removing_at IS NOT NULL OR written_at < ?2
          AND (export IS NULL OR export < (SELECT max(id) FROM export WHERE school = ?1 AND renews IS NULL)))
        ORDER BY written_at, name_lookup
        """, [school.rawValue, instant.milliseconds]
      ).map { row in
        let bytes = try transaction.open(
          row.bytes("sealed_name"), with: transaction.keys.sources, "desk_file", "sealed_name",
          "\(school)/\(Hex.text(row.bytes("name_lookup")))")
        return ExpiredDeskFile(
          name: Redacted(String(decoding: bytes, as: UTF8.self)), sha256: row["sha256"])
      }
    }
  }

  /// The intent to remove a file, before it is touched.
  package func beginRemoval(ofDeskFile name: String, school: SchoolID) async throws(LedgerError) {
    try await store.write { transaction in
      try transaction.run(
        "UPDATE desk_file SET removing_at = ? WHERE school = ? AND name_lookup = ? AND removing_at IS NULL",
        [
          transaction.now.milliseconds, school.rawValue,
          Blob(transaction.keys.digest("desk", school.rawValue, name)),
        ])
    }
  }

  /// A file whose time had come is dealt with, and forgotten.
  package func finishRemoval(
    ofDeskFile name: String, school: SchoolID, _ end: DeskFileEnd
  ) async throws(LedgerError) {
    try await store.write { transaction in
      let lookup = Blob(transaction.keys.digest("desk", school.rawValue, name))
      guard
        let row = try transaction.row(
          "SELECT export, sha256 FROM desk_file WHERE school = ? AND name_lookup = ?", [school.rawValue, lookup])
      else { return }
      try transaction.run(
        "DELETE FROM desk_file WHERE school = ? AND name_lookup = ?", [school.rawValue, lookup])
      let export = (row["export"] as Int64?).map { ExportID(rawValue: $0).description }
      let what =
        switch end {
        case .removed: "was removed: its time on the desk had come"
        case .wasGone: "was taken away by somebody before its time had come"
        case .isAPersons: "was changed by a person and stays, though its time has come"
        }
      try transaction.append(
        .deskFileRemoved, subject: export ?? school.rawValue, "a file on the desk of school \(school) \(what)",
        details: ["name": name, "sha256": row["sha256"]])
    }
  }
}
