// Words of a school in one transaction: what stands, what a person decides, what is forgotten.

import GRDB
import Leavers

extension Transaction {
  // MARK: What stands

  /// The newest decision about each word of a school.
  func decisions(of school: SchoolID) throws -> SchoolWords {
    var confirmations: [Field: [String: WordConfirmation]] = [:]
    let found = try rows(
      """
      SELECT d.*, w.field AS field, w.lookup AS lookup, w.sealed_text AS sealed_text
      FROM word_decision d JOIN school_word w ON w.id = d.word
      WHERE w.school = ? AND d.id = (
        SELECT max(n.id) FROM word_decision n WHERE n.word = d.word AND n.sealed IS NOT NULL)
      """, [school.rawValue])
    for row in found {
      guard let word = try word(row), let confirmation = try confirmation(row) else { continue }
      confirmations[try row.value("field"), default: [:]][word.key] = confirmation
    }
    return SchoolWords(confirmations)
  }

  /// The words of the rows that stand, those that wait for a person first, then in the order in which they were first
  /// seen.
  func wordEntries(of school: SchoolID) throws -> [WordEntry] {
    let uses = Dictionary(
      grouping: try rows("SELECT * FROM standing_word WHERE school = ? ORDER BY export, row_number", [school.rawValue])
    ) { $0["word"] as Int64 }
    let entries = try uses.keys.sorted().compactMap { id -> WordEntry? in
      guard let row = try row("SELECT * FROM school_word WHERE id = ?", [id]), let word = try word(row) else {
        return nil
      }
      let uses = uses[id] ?? []
      let newest = try newestDecision(about: id)
      return WordEntry(
        key: wordKey(id, newest?.number, school), field: try row.value("field"), word: word,
        firstExport: ExportID(rawValue: row["first_export"]), firstSeenAt: row.instant("first_seen_at"),
        rows: uses.map {
          WordRow(
            export: ExportID(rawValue: $0["export"]), row: $0["row_number"], pupil: PupilID(rawValue: $0["pupil"]))
        },
        confirmation: newest, isOpen: uses.contains { Self.isOpen($0) })
    }
    return entries.filter(\.isOpen) + entries.filter { !$0.isOpen }
  }

  /// Whether a use of a word waits for a person: it was open when its row was read, and nothing was decided since.
  private static func isOpen(_ row: Row) -> Bool {
    (row["is_open"] as Bool) && (row["decision"] as Int64?) == (row["latest"] as Int64?)
  }

  private func newestDecision(about word: Int64) throws -> WordConfirmation? {
    try row("SELECT * FROM word_decision WHERE word = ? AND sealed IS NOT NULL ORDER BY id DESC LIMIT 1", [word])
      .flatMap { try confirmation($0) }
  }

  /// The words of a row of an export, by row number.
  func words(of export: ExportID, generation: Int) throws -> [Int: [RowWord]] {
    var words: [Int: [RowWord]] = [:]
    let found = try rows(
      """
      SELECT u.*, w.field AS field, w.lookup AS lookup, w.sealed_text AS sealed_text
      FROM word_use u JOIN school_word w ON w.id = u.word WHERE u.export = ? AND u.generation = ?
      """, [export.rawValue, generation])
    for row in found {
      guard let word = try word(row) else { continue }
      words[row["row_number"], default: []].append(
        RowWord(
          field: try row.value("field"), word: word, confirmation: row["decision"], isOpen: row["is_open"],
          filled: Set((row["filled"] as String).split(separator: ",").compactMap { Field(rawValue: String($0)) })))
    }
    return words
  }

  // MARK: What a person decides

  /// The row key of a word with the newest decision about it, so that a sheet from before another's decision is known.
  private func wordKey(_ word: Int64, _ decision: Int64?, _ school: SchoolID) -> String {
    rowKey(SheetKind.words.keyHeading, school, "\(word) \(decision ?? 0)")
  }

  /// Keeps what a person said that a word means; from then on it is read so. What a person wrote never throws.
  func apply(_ answer: WordAnswer, school: SchoolID, by person: Person) throws -> AnswerOutcome {
    guard let (word, text, field, seen) = try word(withKey: answer.key, school) else {
      return .refused("this row is of no word of this school; take the newest sheet of words from the desk")
    }
    guard field == answer.field else {
      return .refused("the column that the word stands in was changed; take the newest sheet of words from the desk")
    }
    // Columns can be sorted apart from the hidden one.
    if let shown = answer.shown, let text, shown != text {
      return .refused(
        "the row shows another word than its hidden first column is about; take the newest sheet of words from the desk and answer there"
      )
    }
    let newest = try newestDecision(about: word)
    if let newest, newest.decision == answer.decision { return .unchanged("it was decided so already") }
    // Also the same person's: an older sheet may lie there again.
    if let newest, newest.number != seen {
      return .refused(
        "it was decided about this word after the sheet was written; the newest sheet of words on the desk shows how")
    }
    let number = (try integer("SELECT max(id) FROM word_decision") ?? 0) + 1
    try run(
      "INSERT INTO word_decision (id, word, decision, sealed, at) VALUES (?, ?, ?, ?, ?)",
      [
        number, word, answer.decision.name, try seal(answer.decision, by: person, number: number), now.milliseconds,
      ])
    // Not which word, nor what it means: that may be about a pupil.
    try append(
      .wordDecided, subject: school.rawValue, "school \(school) said what a word of its own means: W\(word)",
      details: person.details())
    return .done(newest == nil ? "remembered" : "remembered in place of what was decided before")
  }

  /// The word of a row key, and the decision that its sheet showed.
  private func word(
    withKey key: String, _ school: SchoolID
  ) throws -> (id: Int64, text: SchoolWord?, field: Field, seen: Int64?)? {
    for row in try rows("SELECT * FROM school_word WHERE school = ? ORDER BY id DESC", [school.rawValue]) {
      let id: Int64 = row["id"]
      let decisions = try rows("SELECT id FROM word_decision WHERE word = ? ORDER BY id DESC", [id]).map {
        $0["id"] as Int64
      }
      for seen in decisions.map(Optional.some) + [nil] where wordKey(id, seen, school) == key {
        return (id, try word(row), try row.value("field"), seen)
      }
    }
    return nil
  }

  // MARK: What is forgotten

  /// Forgets the words that no row of another pupil says, and what was decided of them: part of erasing a pupil, since a
  /// word may name somebody. Gives how many.
  func forgetWords(of pupil: PupilID) throws -> Int {
    let only = try rows(
      """
      SELECT DISTINCT u.word AS word FROM word_use u
      JOIN export_row r ON r.export = u.export AND r.generation = u.generation AND r.row_number = u.row_number
      WHERE r.pupil = ?1 AND NOT EXISTS (
        SELECT 1 FROM word_use o
        JOIN export_row x ON x.export = o.export AND x.generation = o.generation AND x.row_number = o.row_number
        WHERE o.word = u.word AND x.pupil IS NOT ?1)
      """, [pupil.rawValue])
    for row in only {
      let word: Int64 = row["word"]
      try run("UPDATE school_word SET sealed_text = NULL WHERE id = ?", [word])
      try run("UPDATE word_decision SET sealed = NULL WHERE word = ?", [word])
    }
    return only.count
  }
}
