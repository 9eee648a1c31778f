// Objections that came after an authority had a return: what it must be told, and that it was told. Reads and writes the
// ledger's database.

import GRDB
package import Leavers

/// A return that an authority has, and that holds somebody otherwise than is now allowed. Never prints who.
package struct ObjectedReturn: Sendable {
  package let summary: ReturnSummary
  /// The row key of the release sheet.
  package let key: String
  package let rows: [Row]
  /// Which fields of which tier the return tells of pupils in full, and of those of whom the floor only.
  package let fields: [ReturnDetail.DisclosedField]
  /// In words, without personal data.
  package let words: String

  package struct Row: Sendable {
    /// Who it is; nil where the pupil's data was erased meanwhile.
    package let identity: LeaverRecord?
    package let disclosure: Disclosure
    package let reasons: [ObjectionReason]
  }
}

extension ObjectedReturn: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "ObjectedReturn(\(summary.id), \(rows.count) rows)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

extension ReturnsLedger {
  /// The returns of a school that their authorities have, and of which they must be told something, oldest first.
  package func objected(school: SchoolID) async throws(LedgerError) -> [ObjectedReturn] {
    try await store.read { transaction in
      try transaction.objectedAfterwards(school: school).filter { $0.summary.state != .prepared }.map {
        try transaction.objected($0.summary, $0.objections)
      }
    }
  }

  /// A person told the authority what it may not use any more of a return. What is decided later it must be told again.
  ///
  /// Throws `conflict` where there is nothing to tell, or a pack is still on the desk. Gives what was told, in words.
  package func told(_ id: ReturnID, by person: Person, why: String? = nil) async throws(LedgerError) -> String {
    try await store.write { transaction in
      let summary = try transaction.summary(of: id)
      guard let words = try transaction.noteTold(summary, by: person, why: why) else {
        throw LedgerError(.conflict, "there is nothing to tell \(summary.authority) of \(id)")
      }
      return words
    }
  }
}

extension Transaction {
  /// The returns that are out and hold somebody otherwise than is now allowed, of whom the authority has not been told.
  ///
  /// A full return takes the place of what the authority had before; one of changes does so for the pupils in it alone. A
  /// pack that lies on the desk can be handed over whatever is newer.
  func objectedAfterwards(school: SchoolID? = nil) throws -> [(summary: ReturnSummary, objections: Objections)] {
    // Asked at every pass for each school: its own pupils alone are looked at.
    func of(_ table: String) -> String { school == nil ? "" : "AND \(table).school = ?1" }
    return try summaries(
      """
      (state = 'prepared' OR state IN \(Self.out)) \(of("return"))
        AND id IN (
          SELECT w.return_id FROM pupil p CROSS JOIN return_row w ON w.pupil = p.id
          WHERE w.disclosure = 'full' AND p.sharing IN ('NO', 'UNS') \(of("p"))
          UNION SELECT w.return_id FROM register_entry d CROSS JOIN return_row w ON w.pupil = d.pupil
            WHERE 1 \(of("d")))
        AND (state = 'prepared' OR NOT EXISTS (
          SELECT 1 FROM return n WHERE n.school = return.school AND n.authority = return.authority
            AND n.kind = return.kind AND n.cohort = return.cohort AND n.id > return.id
            AND (n.state = 'prepared' OR n.state IN \(Self.out))
            AND n.id NOT IN (SELECT return_id FROM return_of_changes)))
      """, school.map { [$0.rawValue] } ?? []
    ).compactMap { summary in
      var objections = try objections(to: summary)
      if summary.state != .prepared {
        let settled = try self.settled(summary)
        objections.remove { row, reason in
          settled.replaced.contains(row) || settled.told[row]?.contains(reason) == true
        }
      }
      return objections.isEmpty ? nil : (summary, objections)
    }
  }

  /// The states in which the authority has a return and has not said no.
  private static let out = "('sent', 'delivered', 'collected', 'accepted')"

  /// The rows of a return whose pupils are in a newer one that is out, and what the authority was told of which row.
  private func settled(
    _ summary: ReturnSummary
  ) throws -> (replaced: Set<Int>, told: [Int: Set<ObjectionReason>]) {
    var replaced: Set<Int> = []
    try forEachRow(
      """
      SELECT w.row_number FROM return_row w WHERE w.return_id = ?1 AND EXISTS (
        SELECT 1 FROM return_row x JOIN return n ON n.id = x.return_id
        WHERE x.pupil = w.pupil AND n.id > ?1 AND n.school = ?2 AND n.authority = ?3 AND n.kind = ?4 AND n.cohort = ?5
          AND n.state IN \(Self.out))
      """,
      [
        summary.id.rawValue, summary.school.rawValue, summary.authority.rawValue, summary.kind.rawValue,
        summary.cohort.description,
      ]
    ) { replaced.insert($0[0]) }
    var told: [Int: Set<ObjectionReason>] = [:]
    for row in try rows("SELECT row_number, reason FROM objection_told WHERE return_id = ?", [summary.id.rawValue]) {
      told[row["row_number"], default: []].insert(try row.value("reason"))
    }
    return (replaced, told)
  }

  fileprivate func objected(_ summary: ReturnSummary, _ objections: Objections) throws -> ObjectedReturn {
    let detail = try detail(of: summary.id)
    let rows = try detail.rows.compactMap { row -> ObjectedReturn.Row? in
      let reasons = objections.reasons(of: row.row)
      guard !reasons.isEmpty else { return nil }
      var identity: LeaverRecord?
      do { identity = try self.identity(of: row.pupil) } catch let error as LedgerError
        where error.code == .objectDestroyed
      {}
      return ObjectedReturn.Row(identity: identity, disclosure: row.disclosure, reasons: reasons)
    }
    return ObjectedReturn(
      summary: summary, key: rowKey(of: summary), rows: rows, fields: detail.fields, words: objections.words)
  }

  /// Notes that the authority was told all there is to tell of a return; nil where there is nothing.
  func noteTold(_ summary: ReturnSummary, by person: Person, why: String?) throws -> String? {
    guard summary.state != .prepared,
      let (_, objections) = try objectedAfterwards(school: summary.school).first(where: { $0.summary.id == summary.id })
    else { return nil }
    for (reason, rows) in objections.rows {
      for row in rows.sorted() {
        try run(
          "INSERT INTO objection_told (return_id, row_number, reason, told_at) VALUES (?, ?, ?, ?)",
          [summary.id.rawValue, row, reason.rawValue, now.milliseconds])
      }
    }
    let words = "\(summary.authority) was told of \(summary.id): \(objections.words)"
    try append(.authorityTold, subject: summary.id.description, words, details: person.details(why: why))
    return words
  }
}

extension EventKind {
  /// An authority was told what it may not use any more of a return.
  package static let authorityTold = EventKind(rawValue: "authority-told")
}
