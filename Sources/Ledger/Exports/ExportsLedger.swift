// What Intake does in the ledger: exports from stored to read, their rows and findings, the files on the desk.

import GRDB
package import Leavers

/// The exports of the ledger, for Intake.
package struct ExportsLedger: Sendable {
  let store: LedgerStore

  // MARK: Stored (I0 to I3)

  /// Whether a file was looked at before and nobody has touched it since.
  package func isKnown(_ observation: SourceObservation, school: SchoolID) async throws(LedgerError) -> Bool {
    try await store.read { transaction in
      try transaction.exists(
        "SELECT 1 FROM observation WHERE school = ? AND path_lookup = ? AND fingerprint = ?",
        [school.rawValue, Blob(transaction.pathLookup(observation.path, school)), observation.fingerprint])
    }
  }

  /// Takes a stored object in as an export of the school (I3), unless it says nothing new: then only the observation is
  /// renewed. Nothing new is the content of the school's newest export of the same series, and the content of any older one in a file that
  /// is no younger than that one was: it was moved, its rights were changed, or it came back from a backup, and older
  /// answers must not stand again over newer ones. Written anew, old content is what the school says now. What was
  /// unreadable is read again.
  ///
  /// Throws `notFound` for a school that was not registered.
  package func recordStored(
    _ object: PendingObject, observation: SourceObservation, school: SchoolID, mis: String?, observedAt: Timestamp
  ) async throws(LedgerError) -> StoredOutcome {
    try await store.write { transaction in
      guard try transaction.exists("SELECT 1 FROM school WHERE id = ?", [school.rawValue]) else {
        throw LedgerError(
          .notFound, "school \(school) is not registered; it is not in the configuration of this service")
      }
      try transaction.adopt(object)
      if let (known, isNewest) = try transaction.exportThatSaid(object.name, observation, school: school) {
        try transaction.keep(observation, of: known, school: school, at: observedAt)
        try transaction.append(
          .exportRepeated, subject: known.description,
          isNewest
            ? "\(known) of school \(school) was exported again unchanged"
            : "a file with what \(known) of school \(school) said lies there again, with its old date; newer exports stand"
        )
        return isNewest ? .repeat(of: known) : .outdated(known)
      }
      let id = ExportID(rawValue: (try transaction.integer("SELECT max(id) FROM export") ?? 0) + 1)
      try transaction.run(
        """
        INSERT INTO export (
          id, school, state, object, path_lookup, sealed_source, sealed_owner, fingerprint, observed_at, mis, stored_at)
        VALUES (?, ?, 'stored', ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
          id.rawValue, school.rawValue, object.name.rawValue, Blob(transaction.pathLookup(observation.path, school)),
          try transaction.seal(
            Array(observation.path.utf8), with: transaction.keys.sources, "export", "sealed_source", id.description),
          try transaction.sealOwner(observation.owner, of: id), observation.fingerprint, observedAt.milliseconds, mis,
          transaction.now.milliseconds,
        ])
      try transaction.keep(observation, of: id, school: school, at: observedAt)
      try transaction.append(
        .exportStored, subject: id.description, "\(id) of school \(school) stored: \(object.size) bytes")
      return .new(id)
    }
  }

  /// Takes an export in once more, to be read and decided by the configuration and the decisions of now, as the school's
  /// newest: because a return of it was withdrawn, or could not be read before.
  ///
  /// Throws `notFound`, and `conflict` while it waits to be read or decided anyway.
  package func again(_ id: ExportID, by person: Person, why: String?) async throws(LedgerError) -> ExportID {
    try await store.write { transaction in
      let old = try transaction.export(id)
      guard old.state == .decided || old.state == .unreadable else {
        throw LedgerError(.conflict, "\(id) is \(old.state.rawValue) and is gone through anyway")
      }
      return try transaction.takeAgain(old, because: "a person said so", details: person.details(why: why))
    }
  }

  /// The exports in a state, oldest first.
  package func inState(
    _ state: ExportState, school: SchoolID? = nil
  ) async throws(LedgerError) -> [ExportSummary] {
    try await store.read { transaction in
      try transaction.exports(
        "e.state = ? AND (? IS NULL OR e.school = ?)", [state.rawValue, school?.rawValue, school?.rawValue])
    }
  }

  /// Throws `notFound`.
  package func summary(of id: ExportID) async throws(LedgerError) -> ExportSummary {
    try await store.read { try $0.export(id) }
  }

  // MARK: Read (I4 and I5)

  /// Begins to read a stored export: gives the new generation, and discards the rows of those before it.
  package func beginReading(_ id: ExportID) async throws(LedgerError) -> Int {
    try await store.write { transaction in
      let generation = try transaction.export(id, in: .stored, to: "read").generation + 1
      try transaction.run("DELETE FROM word_use WHERE export = ?", [id.rawValue])
      try transaction.run("DELETE FROM export_row WHERE export = ?", [id.rawValue])
      try transaction.run("DELETE FROM finding WHERE export = ?", [id.rawValue])
      try transaction.run("UPDATE export SET generation = ? WHERE id = ?", [generation, id.rawValue])
      try transaction.append(.readingBegun, subject: id.description, "reading of \(id) begun, generation \(generation)")
      return generation
    }
  }

  /// The most rows that one transaction takes: a long one would block the intents of all others.
  package static let largestBatch = 500

  /// Adds rows of the present generation (I4), finding or making the pupil of each.
  package func append(rows: [RowDraft], export id: ExportID, generation: Int) async throws(LedgerError) {
    guard !rows.isEmpty else { return }
    guard rows.count <= Self.largestBatch else {
      throw LedgerError(.conflict, "\(rows.count) rows at once are more than \(Self.largestBatch); add them in batches")
    }
    try await store.write { transaction in
      let export = try transaction.export(id, in: .stored, to: "read", generation: generation)
      var writer = try ExportRowWriter(transaction, export: export)
      for row in rows { try writer.write(row) }
      try transaction.append(.rowsAdded, subject: id.description, "\(rows.count) rows of \(id) added")
    }
  }

  /// Ends the reading (I5): the export is `read`. Answers on sharing become the pupils', and held rows of older exports
  /// whose pupil is in this one are superseded by it.
  ///
  /// Throws `conservation` where the ledger does not hold as many rows as were read.
  package func finishReading(
    _ id: ExportID, generation: Int, summary: ReadingSummary, findings: [FindingNote]
  ) async throws(LedgerError) {
    try await store.write { transaction in
      let export = try transaction.export(id, in: .stored, to: "finish reading", generation: generation)
      let kept = try transaction.integer(
        "SELECT count(*) FROM export_row WHERE export = ? AND generation = ?", [id.rawValue, generation])
      guard kept == Int64(summary.rowsRead) else {
        throw LedgerError(
          .conservation,
          "\(id): \(summary.rowsRead) rows were read and \(kept ?? 0) are in the ledger; the export stays unread, read it again"
        )
      }
      for (ordinal, finding) in findings.enumerated() {
        try transaction.run(
          """
          INSERT INTO finding (export, generation, ordinal, code, severity, row_number, column_number, field, authority)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
          [
            id.rawValue, generation, ordinal, finding.code.rawValue, finding.severity.rawValue, finding.row,
            finding.columnNumber, finding.field?.rawValue, finding.authority?.rawValue,
          ])
      }
      try transaction.run(
        """
        UPDATE export SET state = 'read', rows_read = ?, blank_rows = ?, extent = ?, series = ?, sealed_summary = ?, read_at = ?
        WHERE id = ?
        """,
        [
          summary.rowsRead, summary.blankRows, summary.extent?.rawValue, summary.series.rawValue,
          try transaction.seal(
            Packed.encode(summary.pairs), with: transaction.keys.sources, "export", "sealed_summary", id.description),
          transaction.now.milliseconds, id.rawValue,
        ])
      try transaction.renewSharing(from: id, generation: generation)
      let superseded = try transaction.supersedeHeldRows(olderThan: id, of: export.school)
      try transaction.append(
        .exportRead, subject: id.description,
        "\(id) read: \(summary.rowsRead) rows, \(summary.errors) errors, \(summary.warnings) warnings; \(superseded) held fates of older exports superseded"
      )
    }
  }

  /// The export is no table that anybody can read. `message` is words without personal data.
  package func markUnreadable(_ id: ExportID, code: FindingCode, message: String) async throws(LedgerError) {
    try await store.write { transaction in
      _ = try transaction.export(id, in: .stored, to: "mark as unreadable")
      try transaction.run("DELETE FROM word_use WHERE export = ?", [id.rawValue])
      try transaction.run("DELETE FROM export_row WHERE export = ?", [id.rawValue])
      try transaction.run("DELETE FROM finding WHERE export = ?", [id.rawValue])
      try transaction.run(
        "UPDATE export SET state = 'unreadable', unreadable_code = ?, unreadable_why = ? WHERE id = ?",
        [code.rawValue, message, id.rawValue])
      try transaction.append(.exportUnreadable, subject: id.description, "\(id) is unreadable (\(code)): \(message)")
    }
  }

  /// What reading found out; nil before it is read.
  package func reading(of id: ExportID) async throws(LedgerError) -> ReadingSummary? {
    try await store.read { transaction in
      guard
        let row = try transaction.row(
          "SELECT rows_read, blank_rows, extent, series, sealed_summary FROM export WHERE id = ?", [id.rawValue])
      else { throw LedgerError(.notFound, "there is no export \(id)") }
      guard let sealed = row.optionalBytes("sealed_summary") else { return nil }
      let pairs = try Packed.decode(
        transaction.open(sealed, with: transaction.keys.sources, "export", "sealed_summary", id.description))
      return ReadingSummary(
        rowsRead: row["rows_read"], blankRows: row["blank_rows"], pairs: pairs,
        extent: try row.optionalValue("extent"), series: try row.optionalValue("series") ?? .export)
    }
  }

  /// The findings of an export in the order in which they were given.
  package func findings(of id: ExportID) async throws(LedgerError) -> [FindingNote] {
    try await store.read { transaction in
      try transaction.rows(
        """
        SELECT f.* FROM finding f JOIN export e ON e.id = f.export AND e.generation = f.generation
        WHERE f.export = ? ORDER BY f.ordinal
        """, [id.rawValue]
      ).map { row in
        FindingNote(
          code: FindingCode(rawValue: row["code"]), severity: try row.value("severity"), row: row["row_number"],
          columnNumber: row["column_number"], field: try row.optionalValue("field"),
          authority: (row["authority"] as String?).map { AuthorityID(unchecked: $0) })
      }
    }
  }
}

extension Ledger {
  package var exports: ExportsLedger { ExportsLedger(store: store) }
}
