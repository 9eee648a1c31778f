// What Intake does in the ledger with sheets of answers: from stored to applied, and back to the desk.

import GRDB
package import Leavers

/// The sheets of answers that came back from desks.
package struct SheetsLedger: Sendable {
  let store: LedgerStore

  // MARK: Stored

  /// Whether a file was looked at before as a sheet and nobody has touched it since.
  package func isKnown(_ observation: SourceObservation, school: SchoolID) async throws(LedgerError) -> Bool {
    try await store.read { transaction in
      try transaction.exists(
        "SELECT 1 FROM sheet_observation WHERE school = ? AND path_lookup = ? AND fingerprint = ?",
        [school.rawValue, Blob(transaction.pathLookup(observation.path, school)), observation.fingerprint])
    }
  }

  /// Takes a stored object in as a sheet of answers, unless it says nothing new: the content of the newest of its kind once
  /// more, or that of any older one in a file that is no younger than that one was. Such a file was moved, its rights were
  /// changed, or it came back from a backup, and older answers must not be given again over newer ones.
  ///
  /// Throws `notFound` for a school that was not registered.
  package func recordStored(
    _ object: PendingObject, kind: SheetKind, observation: SourceObservation, school: SchoolID, by person: Person
  ) async throws(LedgerError) -> SheetStored {
    try await store.write { transaction in
      guard try transaction.exists("SELECT 1 FROM school WHERE id = ?", [school.rawValue]) else {
        throw LedgerError(
          .notFound, "school \(school) is not registered; it is not in the configuration of this service")
      }
      try transaction.adopt(object)
      if let known = try transaction.sheetThatSaid(object.name, kind, observation, school: school) {
        try transaction.keep(observation, of: known, school: school)
        try transaction.run(
          "UPDATE sheet SET modified = max(coalesce(modified, 0), ?) WHERE id = ?",
          [transaction.modified(observation), known.rawValue])
        return .repeat(of: known)
      }
      let id = SheetID(rawValue: (try transaction.integer("SELECT max(id) FROM sheet") ?? 0) + 1)
      let sources = transaction.keys.sources
      try transaction.run(
        """
        INSERT INTO sheet (id, school, kind, state, object, sealed_source, sealed_person, stored_at, modified)
        VALUES (?, ?, ?, 'stored', ?, ?, ?, ?, ?)
        """,
        [
          id.rawValue, school.rawValue, kind.rawValue, object.name.rawValue,
          try transaction.seal(
            Array(observation.path.utf8), with: sources, "sheet", "sealed_source", id.description),
          try transaction.seal(
            Packed.encode(person.details()), with: sources, "sheet", "sealed_person", id.description),
          transaction.now.milliseconds, transaction.modified(observation),
        ])
      try transaction.keep(observation, of: id, school: school)
      try transaction.append(
        .sheetStored, subject: id.description, "\(id) of school \(school) stored: answers (\(kind.rawValue))")
      return .new(id)
    }
  }

  /// The sheets of a school, or of all, in a state, oldest first.
  package func inState(_ state: SheetState, school: SchoolID? = nil) async throws(LedgerError) -> [SheetSummary] {
    try await store.read { transaction in
      try transaction.sheets(
        "state = ? AND (? IS NULL OR school = ?)", [state.rawValue, school?.rawValue, school?.rawValue])
    }
  }

  /// The path that it was read from: for the desk only, it may hold a person's name.
  package func source(of id: SheetID) async throws(LedgerError) -> String {
    try await store.read { transaction in
      guard let row = try transaction.row("SELECT sealed_source FROM sheet WHERE id = ?", [id.rawValue]) else {
        throw LedgerError(.notFound, "there is no sheet \(id)")
      }
      let bytes = try transaction.open(
        row.bytes("sealed_source"), with: transaction.keys.sources, "sheet", "sealed_source", id.description)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  // MARK: Applied

  /// Does what all answers of a sheet say, in one transaction, and keeps what each row led to. Who decided is whose file
  /// it was. Applied once: again is no error, and gives what it led to then.
  @discardableResult
  package func apply(_ id: SheetID, _ rows: [SheetRowReading]) async throws(LedgerError) -> [Int: AnswerOutcome] {
    try await store.write { transaction in
      let sheet = try transaction.sheet(id)
      guard sheet.state == .stored else { return try transaction.outcomes(of: id) }
      let person = try transaction.person(of: id)
      var outcomes: [Int: AnswerOutcome] = [:]
      let copied = rows.copiedKeys
      for reading in rows where outcomes[reading.row] == nil {
        let outcome: AnswerOutcome
        switch reading.content {
        case .mistake(let words): outcome = .refused(words)
        case .answer(.register(var answer)):
          answer.isCopy = answer.key.map(copied.contains) ?? false
          outcome = try transaction.apply(answer, school: sheet.school, by: person)
        case .answer(let answer): outcome = try transaction.apply(answer, school: sheet.school, by: person)
        }
        outcomes[reading.row] = outcome
        let (name, words) = outcome.columns
        try transaction.run(
          "INSERT INTO sheet_outcome (sheet, row_number, outcome, words) VALUES (?, ?, ?, ?)",
          [id.rawValue, reading.row, name, words])
      }
      try transaction.end(sheet, as: .applied, why: nil)
      let refused = outcomes.values.count { $0.isRefused }
      try transaction.append(
        .sheetApplied, subject: id.description,
        "\(id) of school \(sheet.school) (\(sheet.kind.rawValue)): \(outcomes.count) rows answered, \(refused) refused",
        details: person.details())
      return outcomes
    }
  }

  /// Nothing of a sheet can be done. `why` is words without personal data.
  package func refuse(_ id: SheetID, why: String) async throws(LedgerError) {
    try await store.write { transaction in
      let sheet = try transaction.sheet(id)
      guard sheet.state == .stored else { return }
      try transaction.end(sheet, as: .refused, why: why)
      try transaction.append(.sheetApplied, subject: id.description, "\(id) of school \(sheet.school) refused: \(why)")
    }
  }

  /// What each answered row led to, by its number.
  package func outcomes(of id: SheetID) async throws(LedgerError) -> [Int: AnswerOutcome] {
    try await store.read { try $0.outcomes(of: id) }
  }

  // MARK: The desk

  /// The sheets whose result does not lie on the desk yet, oldest first.
  package func notHandedBack() async throws(LedgerError) -> [SheetSummary] {
    try await store.read { try $0.sheets("handed_back_at IS NULL AND state <> 'stored'", []) }
  }

  /// What the sheets of a school are made of, told without opening anything: while a stamp is the same, its sheet is.
  package func stamps(school: SchoolID) async throws(LedgerError) -> SheetStamps {
    try await store.read { transaction in
      func stamp(_ sql: String) throws -> String {
        (try transaction.row(sql, [school.rawValue])?[0] as String?) ?? ""
      }
      // A pack against which something stands now says so.
      let objected = try transaction.summaries("state = 'prepared' AND school = ?", [school.rawValue]).compactMap {
        let objections = try transaction.objections(to: $0)
        return objections.isEmpty ? nil : "; \($0.id): \(objections.words)"
      }
      let notices = try transaction.objectedAfterwards(school: school).filter { $0.summary.state != .prepared }
        .map { "; \($0.summary.id): \($0.objections.stamp)" }.joined()
      return SheetStamps(
        release: try stamp(
          """
          SELECT group_concat(id || coalesce(state_detail, 'prepared'), ' ') FROM (
            SELECT id, state_detail FROM return
            WHERE (state = 'waiting' AND state_detail IN ('release', 'brake') OR state = 'prepared') AND school = ?
            ORDER BY id)
          """) + objected.joined() + notices,
        notices: notices,
        questions: try stamp(
          """
          SELECT group_concat(id, ' ') FROM (
            SELECT id FROM leaver_question WHERE school = ? AND answered_at IS NULL ORDER BY id)
          """),
        words: try stamp(
          """
          SELECT group_concat(stamp, ' ') FROM (
            SELECT word || ':' || coalesce(latest, 0) || ':' || count(DISTINCT pupil) || ':'
              || sum(is_open AND decision IS latest) AS stamp
            FROM standing_word WHERE school = ? GROUP BY word ORDER BY word)
          """),
        pupils: try stamp(
          "SELECT CAST(max(id) AS TEXT) FROM export WHERE school = ? AND state IN ('read', 'decided')"))
    }
  }

  package func handedBack(_ id: SheetID) async throws(LedgerError) {
    try await store.write { transaction in
      try transaction.run(
        "UPDATE sheet SET handed_back_at = ? WHERE id = ? AND handed_back_at IS NULL",
        [transaction.now.milliseconds, id.rawValue])
    }
  }
}

extension Transaction {
  /// The sheet that said already what a file says now; nil where the file is news. What was refused is tried again.
  fileprivate func sheetThatSaid(
    _ object: ObjectName, _ kind: SheetKind, _ observation: SourceObservation, school: SchoolID
  ) throws -> SheetID? {
    let newest = try integer(
      "SELECT max(id) FROM sheet WHERE school = ? AND kind = ?", [school.rawValue, kind.rawValue])
    return try rows(
      """
      SELECT id, modified FROM sheet WHERE school = ? AND kind = ? AND object = ? AND state <> 'refused' ORDER BY id DESC
      """, [school.rawValue, kind.rawValue, object.rawValue]
    ).first { row in
      row["id"] == newest || (row["modified"] as Int64?).map { observation.modified <= $0 } == true
    }.map { SheetID(rawValue: $0["id"]) }
  }

  /// When a file was last written. A clock that was ahead then must not make repeats of what is written until that day
  /// comes.
  fileprivate func modified(_ observation: SourceObservation) -> Int64 {
    let seen = now.milliseconds.multipliedReportingOverflow(by: 1_000_000)
    return seen.overflow ? observation.modified : min(observation.modified, seen.partialValue)
  }

  fileprivate func keep(_ observation: SourceObservation, of sheet: SheetID, school: SchoolID) throws {
    try run(
      """
      INSERT INTO sheet_observation (school, path_lookup, fingerprint, sheet) VALUES (?, ?, ?, ?)
      ON CONFLICT (school, path_lookup) DO UPDATE SET fingerprint = excluded.fingerprint, sheet = excluded.sheet
      """,
      [school.rawValue, Blob(pathLookup(observation.path, school)), observation.fingerprint, sheet.rawValue])
  }

  fileprivate func sheets(_ condition: String, _ arguments: StatementArguments) throws -> [SheetSummary] {
    try rows("SELECT * FROM sheet WHERE \(condition) ORDER BY id", arguments).map { row in
      SheetSummary(
        id: SheetID(rawValue: row["id"]), school: SchoolID(rawValue: row["school"]), kind: try row.value("kind"),
        state: try row.value("state"), object: try row.value("object"), storedAt: row.instant("stored_at"),
        refused: row["refused_why"])
    }
  }

  fileprivate func sheet(_ id: SheetID) throws -> SheetSummary {
    guard let sheet = try sheets("id = ?", [id.rawValue]).first else {
      throw LedgerError(.notFound, "there is no sheet \(id)")
    }
    return sheet
  }

  fileprivate func person(of id: SheetID) throws -> Person {
    guard let row = try row("SELECT sealed_person FROM sheet WHERE id = ?", [id.rawValue]) else {
      throw LedgerError(.notFound, "there is no sheet \(id)")
    }
    let details = try Packed.dictionary(
      open(row.bytes("sealed_person"), with: keys.sources, "sheet", "sealed_person", id.description))
    return Person(name: details["by"] ?? "", known: details["known"] ?? "")
  }

  fileprivate func end(_ sheet: SheetSummary, as state: SheetState, why: String?) throws {
    try run(
      "UPDATE sheet SET state = ?, refused_why = ?, applied_at = ? WHERE id = ?",
      [state.rawValue, why, now.milliseconds, sheet.id.rawValue])
  }

  fileprivate func outcomes(of id: SheetID) throws -> [Int: AnswerOutcome] {
    var outcomes: [Int: AnswerOutcome] = [:]
    for row in try rows("SELECT * FROM sheet_outcome WHERE sheet = ?", [id.rawValue]) {
      outcomes[row["row_number"]] = try AnswerOutcome(name: row["outcome"], words: row["words"])
    }
    return outcomes
  }
}

extension AnswerOutcome {
  fileprivate var columns: (name: String, words: String) {
    switch self {
    case .done(let words): ("done", words)
    case .unchanged(let words): ("unchanged", words)
    case .refused(let words): ("refused", words)
    }
  }

  fileprivate init(name: String, words: String) throws(LedgerError) {
    switch name {
    case "done": self = .done(words)
    case "unchanged": self = .unchanged(words)
    case "refused": self = .refused(words)
    default: throw LedgerError(.corrupt, "a row of a sheet has an outcome that this version does not know; run audit")
    }
  }
}

extension EventKind {
  /// A sheet of answers was taken in.
  package static let sheetStored = EventKind(rawValue: "sheet-stored")
  /// What it says was done, or refused.
  package static let sheetApplied = EventKind(rawValue: "sheet-applied")
}

extension Ledger {
  package var sheets: SheetsLedger { SheetsLedger(store: store) }
}

extension [SheetRowReading] {
  /// The keys that stand beside more than one row, whatever is said there.
  fileprivate var copiedKeys: Set<String> {
    var seen: Set<String> = []
    return Set(compactMap(\.ownKey).filter { !seen.insert($0).inserted })
  }
}

extension SheetRowReading {
  fileprivate var ownKey: String? {
    if let key { return key }
    guard case .answer(.register(let answer)) = content else { return nil }
    return answer.key
  }
}
