// The facade for trials of a format. Touches the ledger's database.

import GRDB
package import Leavers

/// The trials of the ledger: what went of invented pupils, to whom, and what the authority said.
package struct TrialsLedger: Sendable {
  let store: LedgerStore

  /// The number that the next file of a series bears; each `begin` and each return takes one.
  package func nextSequence(of series: ReturnSeries) async throws(LedgerError) -> Int {
    try await store.read { try $0.nextSequence(of: series) }
  }

  /// Commits that a trial is about to go, before it does.
  ///
  /// Throws `conflict` where its number or its name was taken meanwhile: make it anew under the next number.
  package func begin(_ draft: TrialDraft, by person: Person) async throws(LedgerError) -> TrialSummary {
    try await store.write { transaction in
      let series = draft.series
      guard try transaction.exists("SELECT 1 FROM school WHERE id = ?", [series.school.rawValue]) else {
        throw LedgerError(.notFound, "school \(series.school) is new to the ledger; start the service once with it")
      }
      guard try transaction.nextSequence(of: series) == draft.sequence else {
        throw LedgerError(.conflict, "number \(draft.sequence) of the series was taken meanwhile")
      }
      let known = try transaction.exists(
        """
        SELECT 1 FROM return WHERE authority = ?1 AND folder = ?2 AND file_name = ?3
        UNION ALL SELECT 1 FROM trial WHERE authority = ?1 AND folder = ?2 AND file_name = ?3
        """, [series.authority.rawValue, draft.folder, draft.fileName])
      guard !known else {
        throw LedgerError(.conflict, "\(draft.fileName) went to \(series.authority) before")
      }
      try transaction.run(
        """
        INSERT INTO trial (school, authority, recipient, kind, cohort, sequence, folder, file_name, size, sha256,
          row_count, state, began_at, changed_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'sending', ?, ?)
        """,
        [
          series.school.rawValue, series.authority.rawValue, draft.recipient.rawValue, series.kind.rawValue,
          series.cohort.description, draft.sequence, draft.folder, draft.fileName, draft.size, draft.sha256, draft.rows,
          transaction.now.milliseconds, transaction.now.milliseconds,
        ])
      let id = TrialID(rawValue: transaction.lastID)
      try transaction.append(
        .trialBegan, subject: id.description,
        "\(id): a trial of \(series.kind.rawValue), \(series.cohort), number \(draft.sequence) for \(series.authority), "
          + "\(draft.rows) invented pupils, SHA-256 \(draft.sha256)", details: person.details())
      return try transaction.trial(id)
    }
  }

  /// How a trial ended. Throws `illegalTransition` where it has ended already.
  ///
  /// - Parameter problem: in words for the admin, without personal data.
  package func end(_ id: TrialID, _ state: TrialState, problem: String? = nil) async throws(LedgerError) {
    try await store.write { transaction in
      guard try transaction.trial(id).state == .sending, state != .sending else {
        throw LedgerError(.illegalTransition, "\(id) has ended already")
      }
      try transaction.run(
        "UPDATE trial SET state = ?, problem = ?, changed_at = ? WHERE id = ?",
        [state.rawValue, problem, transaction.now.milliseconds, id.rawValue])
      try transaction.append(
        .trialEnded, subject: id.description, "\(id) \(state.rawValue)" + (problem.map { ": \($0)" } ?? ""))
    }
  }

  /// The trials of an authority, or of all, oldest first.
  package func list(authority: AuthorityID? = nil) async throws(LedgerError) -> [TrialSummary] {
    try await store.read { transaction in
      try transaction.trials("?1 IS NULL OR authority = ?1", [authority?.rawValue])
    }
  }

  /// The newest trial of this authority and school that bears this file name.
  package func find(
    authority: AuthorityID, school: SchoolID, fileName: String
  ) async throws(LedgerError) -> TrialSummary? {
    try await store.read { transaction in
      try transaction.trials(
        "authority = ? AND school = ? AND file_name = ?", [authority.rawValue, school.rawValue, fileName]
      ).last
    }
  }
}

extension Transaction {
  /// Throws `notFound`.
  func trial(_ id: TrialID) throws -> TrialSummary {
    guard let trial = try trials("id = ?", [id.rawValue]).first else {
      throw LedgerError(.notFound, "there is no trial \(id); `leaverlink profile trials` lists them")
    }
    return trial
  }

  /// The trials that a condition on their columns selects, oldest first.
  fileprivate func trials(_ condition: String, _ arguments: StatementArguments) throws -> [TrialSummary] {
    try rows("SELECT * FROM trial WHERE \(condition) ORDER BY id", arguments).map { row in
      let id = TrialID(rawValue: row["id"])
      guard let cohort = Cohort(row["cohort"] as String) else {
        throw LedgerError(.corrupt, "\(id) has a cohort that this version does not know; run audit")
      }
      return TrialSummary(
        id: id,
        draft: TrialDraft(
          series: ReturnSeries(
            school: SchoolID(rawValue: row["school"]), authority: AuthorityID(unchecked: row["authority"]),
            kind: try row.value("kind"), cohort: cohort),
          recipient: RecipientID(unchecked: row["recipient"]), sequence: row["sequence"], folder: row["folder"],
          fileName: row["file_name"], size: row["size"], sha256: row["sha256"], rows: row["row_count"]),
        state: try row.value("state"), problem: row["problem"], beganAt: row.instant("began_at"),
        changedAt: row.instant("changed_at"), verdict: try row.optionalValue("verdict"))
    }
  }

  /// One more than the last of the series, whether a return or a trial.
  func nextSequence(of series: ReturnSeries) throws -> Int {
    let last = try integer(
      """
      SELECT max(sequence) FROM (
        SELECT sequence FROM return WHERE school = ?1 AND authority = ?2 AND kind = ?3 AND cohort = ?4
        UNION ALL SELECT sequence FROM trial WHERE school = ?1 AND authority = ?2 AND kind = ?3 AND cohort = ?4)
      """,
      [series.school.rawValue, series.authority.rawValue, series.kind.rawValue, series.cohort.description])
    return Int(last ?? 0) + 1
  }

  /// Notes what the authority said of a trial; its newest word holds.
  func note(_ verdict: ReturnEvent.Verdict, of id: TrialID, rejectedRows: Int, reply: ReplyID) throws {
    let refused = rejectedRows > 0 ? "\(rejectedRows) row(s) refused by the authority" : nil
    try run(
      "UPDATE trial SET verdict = ?, reply = ?, problem = coalesce(?, problem), changed_at = ? WHERE id = ?",
      [verdict.rawValue, reply.rawValue, refused, now.milliseconds, id.rawValue])
    try append(
      .trialEnded, subject: id.description,
      "\(id) \(verdict.rawValue) by the authority (\(reply))" + (refused.map { ", \($0)" } ?? ""))
  }
}

extension Ledger {
  package var trials: TrialsLedger { TrialsLedger(store: store) }
}
