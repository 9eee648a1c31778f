// What Intake and the desk do in the ledger with a school's own words.

import GRDB
package import Leavers

/// The words of schools that stand where codes should, and what their people decided about them.
package struct WordsLedger: Sendable {
  let store: LedgerStore

  /// What stands about the words of a school, to read exports by.
  package func decided(school: SchoolID) async throws(LedgerError) -> SchoolWords {
    try await store.read { try $0.decisions(of: school) }
  }

  /// The words of a school that stand in rows: those that wait for a person first.
  package func entries(school: SchoolID) async throws(LedgerError) -> [WordEntry] {
    try await store.read { try $0.wordEntries(of: school) }
  }

  /// Keeps what a person said about a word.
  package func decide(
    _ answer: WordAnswer, school: SchoolID, by person: Person
  ) async throws(LedgerError) -> AnswerOutcome {
    try await store.write { try $0.apply(answer, school: school, by: person) }
  }

  /// Forgets the words that nobody but a pupil used.
  @discardableResult
  package func forget(_ pupil: PupilID) async throws(LedgerError) -> Int {
    try await store.write { transaction in
      let count = try transaction.forgetWords(of: pupil)
      if count > 0 { try transaction.append(.wordsForgotten, subject: pupil.description, "\(count) words forgotten") }
      return count
    }
  }

  // MARK: Reading anew

  /// The export that must be gone through anew because of what was decided since: the newest of the school, since it
  /// carries on what the others said. Nil where no row that stands says a word otherwise than it was decided, or a newer
  /// export is on its way and is read by what was decided anyway.
  package func affectedExport(school: SchoolID) async throws(LedgerError) -> ExportID? {
    try await store.read { try $0.affectedByWords(school)?.export }
  }

  /// Takes that export in once more, as the school's newest; nil where there is none. Once for each decision.
  package func takeAgain(school: SchoolID) async throws(LedgerError) -> ExportID? {
    // In nearly every pass there is nothing: no need to wait for whoever writes.
    guard try await store.read({ try $0.affectedByWords(school) != nil }) else { return nil }
    return try await store.write { transaction in
      guard let (export, upto) = try transaction.affectedByWords(school) else { return nil }
      let new = try transaction.takeAgain(
        try transaction.export(export), because: "what words mean was decided", details: [:])
      try transaction.run(
        "INSERT INTO word_reading (school, upto, export) VALUES (?, ?, ?)", [school.rawValue, upto, export.rawValue])
      return new
    }
  }
}

extension Transaction {
  fileprivate func affectedByWords(_ school: SchoolID) throws -> (export: ExportID, upto: Int64)? {
    let done =
      try integer("SELECT max(upto) FROM word_reading WHERE school = ?", [school.rawValue]) ?? 0
    let stale = try integer(
      "SELECT max(latest) FROM standing_word WHERE school = ? AND latest IS NOT decision AND latest > ?",
      [school.rawValue, done])
    guard let upto = stale else { return nil }
    let newest = try row(
      """
      SELECT e.id, e.state, k.destroyed_at IS NOT NULL AS destroyed FROM export e
      JOIN object o ON o.name = e.object JOIN wrapped_key k ON k.id = o.key
      WHERE e.school = ? AND (e.state IN ('stored', 'read') OR e.state = 'decided' AND e.rows_read > 0)
      ORDER BY e.id DESC LIMIT 1
      """, [school.rawValue])
    guard let newest, newest["state"] == ExportState.decided.rawValue, !(newest["destroyed"] as Bool) else {
      return nil
    }
    return (ExportID(rawValue: newest["id"]), upto)
  }
}

extension EventKind {
  /// A person said what a school's word means.
  package static let wordDecided = EventKind(rawValue: "word-decided")
  /// Words that only a pupil who is erased used are gone.
  package static let wordsForgotten = EventKind(rawValue: "words-forgotten")
}

extension Ledger {
  package var words: WordsLedger { WordsLedger(store: store) }
}
