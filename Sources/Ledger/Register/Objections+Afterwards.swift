// Objections that came after an authority had a return: what it must be told, and that it was told. Reads and writes the
// ledger's database.

import GRDB
package import Leavers

/// A return that an authority has, and that holds somebody otherwise than is now allowed. Never prints who.
package struct ObjectedReturn: Sendable {
  package let summary: ReturnSummary
  /// The number of the notice: another where it names others, or other reasons.
  package let code: String
  /// The row key of the release sheet, which changes with the number.
  package let key: String
  package let rows: [Row]
  /// Which fields of which tier the return tells of pupils in full, and of those of whom the floor only.
  package let fields: [ReturnDetail.DisclosedField]
  /// In words, without personal data.
  package let words: String
  /// Since when the authority has it.
  package let since: Timestamp

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

  /// A person told the authority what it may not use any more of a return. Another reason, and another row, must be told
  /// again.
  ///
  /// Throws `conflict` where there is nothing to tell, a pack is still on the desk, or the notice of this number does not say
  /// all there is to tell. Gives what was told, in words.
  package func told(
    _ id: ReturnID, notice code: String, by person: Person, why: String? = nil
  ) async throws(LedgerError) -> String {
    try await store.write { transaction in
      try transaction.noteTold(try transaction.summary(of: id), code: code, by: person, why: why)
    }
  }
}

extension Transaction {
  /// The returns that are out and hold somebody otherwise than is now allowed, of whom the authority has not been told.
  ///
  /// A newer return that is out takes the place of the rows of its own pupils; a full one, of what was told beyond the
  /// floor of all. That somebody is in a file no more tells nobody that the pupil died. A pack that lies on the desk can be
  /// handed over whatever is newer.
  func objectedAfterwards(school: SchoolID? = nil) throws -> [(summary: ReturnSummary, objections: Objections)] {
    // Asked at every pass for each school: its own pupils alone are looked at.
    func of(_ table: String) -> String { school == nil ? "" : "AND \(table).school = ?1" }
    return try summaries(
      """
      (state = 'prepared' OR \(Self.isOut("return"))) \(of("return"))
        AND id IN (
          SELECT w.return_id FROM pupil p CROSS JOIN return_row w ON w.pupil = p.id
          WHERE w.disclosure = 'full' AND p.sharing IN ('NO', 'UNS') \(of("p"))
          UNION SELECT w.return_id FROM register_entry d CROSS JOIN return_row w ON w.pupil = d.pupil
            WHERE 1 \(of("d")))
      """, school.map { [$0.rawValue] } ?? []
    ).compactMap { summary in
      var objections = try objections(to: summary)
      if summary.state != .prepared, !objections.isEmpty {
        let settled = try self.settled(summary)
        objections.remove { row, reason in
          settled.replaced.contains(row) || reason == .sharing && settled.byFull
            || settled.told[row]?.contains(reason) == true
        }
      }
      return objections.isEmpty ? nil : (summary, objections)
    }
  }

  /// Whether the authority has a return and has not said no, also while it goes there once more.
  private static func isOut(_ table: String) -> String {
    """
    (\(table).state IN ('sent', 'delivered', 'collected', 'accepted')
      OR \(table).earlier = 'reached' AND \(table).state IN ('waiting', 'queued', 'sending', 'publishing', 'unknown'))
    """
  }

  /// The rows of a return whose pupils are in a newer one that is out, whether one of these is full, and what the authority
  /// was told of which row.
  private func settled(
    _ summary: ReturnSummary
  ) throws -> (replaced: Set<Int>, byFull: Bool, told: [Int: Set<ObjectionReason>]) {
    let newer = """
      n.id > ?1 AND n.school = ?2 AND n.authority = ?3 AND n.kind = ?4 AND n.cohort = ?5 AND \(Self.isOut("n"))
      """
    let series: StatementArguments = [
      summary.id.rawValue, summary.school.rawValue, summary.authority.rawValue, summary.kind.rawValue,
      summary.cohort.description,
    ]
    var replaced: Set<Int> = []
    try forEachRow(
      """
      SELECT w.row_number FROM return_row w WHERE w.return_id = ?1 AND EXISTS (
        SELECT 1 FROM return_row x JOIN return n ON n.id = x.return_id WHERE x.pupil = w.pupil AND \(newer))
      """, series
    ) { replaced.insert($0[0]) }
    var told: [Int: Set<ObjectionReason>] = [:]
    for row in try rows("SELECT row_number, reason FROM objection_told WHERE return_id = ?", [summary.id.rawValue]) {
      told[row["row_number"], default: []].insert(try row.value("reason"))
    }
    return (
      replaced,
      try exists(
        "SELECT 1 FROM return n WHERE \(newer) AND n.id NOT IN (SELECT return_id FROM return_of_changes)", series),
      told
    )
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
      summary: summary, code: noticeCode(of: summary, objections), key: rowKey(of: summary, objections), rows: rows,
      fields: detail.fields, words: objections.words,
      since: detail.receipts.first { $0.kind != .authority }?.at ?? summary.changedAt)
  }

  /// What a person who says that a notice was sent must have seen: changes with whom it names, and why.
  private func noticeCode(of summary: ReturnSummary, _ objections: Objections) -> String {
    Hex.text(Array(keys.digest("notice", summary.id.description, objections.stamp).prefix(3)))
  }

  /// The row key of what there is to tell of a return.
  private func rowKey(of summary: ReturnSummary, _ objections: Objections) -> String {
    rowKey(SheetKind.release.keyHeading, summary.school, "\(summary.id) told \(objections.stamp)")
  }

  /// The return of a school that a row of the release sheet says the authority was told of; nil where what there is to tell
  /// is other by now.
  func objected(school: SchoolID, key: String) throws -> ReturnSummary? {
    try objectedAfterwards(school: school).first {
      $0.summary.state != .prepared && rowKey(of: $0.summary, $0.objections) == key
    }?
    .summary
  }

  /// Notes that the authority got the notice of a return. Gives it in words.
  ///
  /// - Parameter code: of the notice that went; nil where the sheet's key has proved which.
  func noteTold(_ summary: ReturnSummary, code: String?, by person: Person, why: String?) throws -> String {
    guard summary.state != .prepared else {
      throw LedgerError(
        .conflict,
        "\(summary.id) is a pack on the desk; withdraw it, or say first that it was handed over before the objection")
    }
    guard
      let (_, objections) = try objectedAfterwards(school: summary.school).first(where: { $0.summary.id == summary.id })
    else { throw LedgerError(.conflict, "there is nothing to tell \(summary.authority) of \(summary.id)") }
    let current = noticeCode(of: summary, objections)
    guard code == nil || code?.lowercased() == current else {
      throw LedgerError(
        .conflict,
        "what there is to tell \(summary.authority) of \(summary.id) is other than that notice says; send the newest from the desk, which names its number"
      )
    }
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
