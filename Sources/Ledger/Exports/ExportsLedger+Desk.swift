// What lies on the desks by the ledger: which files are ours, and which exports were handed back (I6).

import GRDB
package import Leavers

/// A file that we wrote on a school's desk. The name may hold a person's and does not print.
package struct DeskFileNote: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
  package let name: String
  package let sha256: String
  /// The export that it is about; nil where it is about none.
  package let export: ExportID?
  package let at: Timestamp

  package var description: String { "DeskFileNote(\(export.map { "\($0)" } ?? "of no export"), redacted)" }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

extension ExportsLedger {
  /// Remembers the hash of a file that we wrote on a school's desk: one with another hash is a person's work.
  package func recordDeskFile(
    school: SchoolID, name: String, sha256: String, export: ExportID?
  ) async throws(LedgerError) {
    try await store.write { transaction in
      let lookup = transaction.keys.digest("desk", school.rawValue, name)
      try transaction.run(
        """
        INSERT INTO desk_file (school, name_lookup, sealed_name, sha256, export, written_at) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (school, name_lookup) DO UPDATE SET sha256 = excluded.sha256, export = excluded.export,
          written_at = excluded.written_at, removing_at = NULL
        """,
        [
          school.rawValue, Blob(lookup),
          try transaction.seal(
            Array(name.utf8), with: transaction.keys.sources, "desk_file", "sealed_name",
            "\(school)/\(Hex.text(lookup))"),
          sha256, export?.rawValue, transaction.now.milliseconds,
        ])
      try transaction.append(
        .deskFileWritten, subject: export?.description ?? school.rawValue,
        "a file for the desk of school \(school) noted",
        details: ["name": name, "sha256": sha256])
    }
  }

  /// What we last wrote under a name on a school's desk; nil if nothing.
  package func deskFile(school: SchoolID, name: String) async throws(LedgerError) -> DeskFileNote? {
    try await store.read { transaction in
      try transaction.row(
        "SELECT * FROM desk_file WHERE school = ? AND name_lookup = ?",
        [school.rawValue, Blob(transaction.keys.digest("desk", school.rawValue, name))]
      ).map(transaction.deskFile)
    }
  }

  /// All that we ever wrote on a school's desk, by name. Whether it still lies there, only the desk knows.
  ///
  /// Throws `notFound` for a school that was not registered.
  package func deskFiles(school: SchoolID) async throws(LedgerError) -> [DeskFileNote] {
    try await store.read { transaction in
      guard try transaction.exists("SELECT 1 FROM school WHERE id = ?", [school.rawValue]) else {
        throw LedgerError(.notFound, "school \(school) is not registered")
      }
      return try transaction.rows("SELECT * FROM desk_file WHERE school = ?", [school.rawValue]).map(
        transaction.deskFile
      )
      .sorted { $0.name < $1.name }
    }
  }

  /// The desk files of an export are complete: those of what was read and, `withFates`, of what was decided as well. Once
  /// is enough: again is no error and changes nothing.
  ///
  /// Throws `illegalTransition` where there is nothing to hand back yet.
  package func handedBack(_ id: ExportID, withFates: Bool = false) async throws(LedgerError) {
    try await store.write { transaction in
      let export = try transaction.export(id)
      guard export.state != .stored else {
        throw LedgerError(.illegalTransition, "\(id) is not read yet: there is nothing to hand back")
      }
      guard !withFates || export.state == .decided else {
        throw LedgerError(.illegalTransition, "\(id) is not decided yet: there are no fates to hand back")
      }
      if export.handedBackAt == nil {
        try transaction.run(
          "UPDATE export SET handed_back_at = ? WHERE id = ?", [transaction.now.milliseconds, id.rawValue])
        try transaction.append(.exportHandedBack, subject: id.description, "the desk files of \(id) are complete")
      }
      if withFates, export.fatesHandedBackAt == nil {
        try transaction.run(
          "UPDATE export SET fates_handed_back_at = ? WHERE id = ?", [transaction.now.milliseconds, id.rawValue])
        try transaction.append(
          .exportHandedBack, subject: id.description, "the desk files that tell what was decided of \(id) are complete")
      }
    }
  }

  /// Exports whose desk files are not complete, oldest first: those of what was read, or of what was decided since. Nobody
  /// put in one whose rows are gone through again because the register changed: nothing of it goes back.
  package func notHandedBack() async throws(LedgerError) -> [ExportSummary] {
    try await store.read {
      try $0.exports(
        """
        e.renews IS NULL AND (
          e.handed_back_at IS NULL AND e.state <> 'stored' OR e.state = 'decided' AND e.fates_handed_back_at IS NULL)
        """)
    }
  }
}

extension Transaction {
  fileprivate func deskFile(_ row: Row) throws -> DeskFileNote {
    let school: String = row["school"]
    let name = try open(
      row.bytes("sealed_name"), with: keys.sources, "desk_file", "sealed_name",
      "\(school)/\(Hex.text(row.bytes("name_lookup")))")
    return DeskFileNote(
      name: String(decoding: name, as: UTF8.self), sha256: row["sha256"],
      export: (row["export"] as Int64?).map { ExportID(rawValue: $0) }, at: row.instant("written_at"))
  }
}
