// Whose rows they are and what they say of returns: the end of a reply's way. Touches the ledger's database.

import GRDB
package import Leavers

extension RepliesLedger {
  /// The fields of a destination, in the order in which they are sealed.
  private static let actualFields: [Field] = [
    .activity, .activityStart, .dateConfirmed, .expectedEnd, .providerName, .providerUKPRN, .providerLAESTAB, .course,
    .level, .startDate,
  ]

  /// The verdicts on all rows of a read reply; its state becomes `matched`.
  ///
  /// What a matched row says of a destination is recorded, with the authority's own reference; an unknown-destination
  /// request opens a case for each row, also for one that is nobody's. Throws `conservation` unless each row has
  /// exactly one verdict, `conflict` where a pupil is not of the school that the reply is for.
  package func match(
    _ id: ReplyID, verdicts: [(row: Int, verdict: MatchVerdict)]
  ) async throws(LedgerError) {
    try await store.write { transaction in
      let reply = try Self.row(id, in: transaction)
      var machine = try Self.machine(reply)
      _ = try Self.handle(.matched, &machine, id)
      try Self.requireOneVerdictEach(verdicts.map(\.row), id, in: transaction)
      let kind: ReplyKind = try reply.value("kind")
      for (number, verdict) in verdicts {
        guard
          let row = try transaction.row(
            "SELECT row_number, pupil, verdict, sealed FROM reply_row WHERE reply = ? AND row_number = ?",
            [id.rawValue, number])
        else { throw LedgerError(.conservation, "\(id) has no row \(number)") }
        let draft = try Self.open(row, of: reply, id, in: transaction)
        try Self.record(verdict, draft, reply: reply, id, kind: kind, in: transaction)
        if kind == .unknownRequest { try Self.openCase(verdict, number, reply: reply, id, in: transaction) }
      }
      try transaction.run(
        "UPDATE reply SET state = 'matched', matched_at = ? WHERE id = ?", [transaction.now.milliseconds, id.rawValue])
      let counts = Dictionary(grouping: verdicts, by: \.verdict.name).mapValues(\.count)
      try transaction.append(
        .replyMoved, subject: "\(id)",
        "matched: "
          + (verdicts.isEmpty
            ? "no rows" : counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")),
        note: EventNote(machine.state))
    }
  }

  private static func requireOneVerdictEach(_ rows: [Int], _ id: ReplyID, in transaction: Transaction) throws {
    let kept = try transaction.integer("SELECT count(*) FROM reply_row WHERE reply = ?", [id.rawValue]) ?? 0
    guard Set(rows).count == rows.count, Int(kept) == rows.count else {
      throw LedgerError(
        .conservation,
        "\(id) has \(kept) rows, and verdicts were given for \(Set(rows).count): each row needs exactly one")
    }
  }

  private static func record(
    _ verdict: MatchVerdict, _ draft: ReplyRowDraft, reply: Row, _ id: ReplyID, kind: ReplyKind,
    in transaction: Transaction
  ) throws {
    switch verdict {
    case .unmatched, .ambiguous:
      try transaction.run(
        "UPDATE reply_row SET verdict = ? WHERE reply = ? AND row_number = ?",
        [verdict.name, id.rawValue, draft.row])
    case .conflict(let pupil, let why):
      try requireOfSchool(pupil, reply, id, in: transaction)
      try transaction.run(
        "UPDATE reply_row SET verdict = ?, pupil = ?, why = ? WHERE reply = ? AND row_number = ?",
        [verdict.name, pupil.rawValue, why, id.rawValue, draft.row])
    case .matched(let pupil, let rule, let reconciliation):
      try requireOfSchool(pupil, reply, id, in: transaction)
      // From here on it is that pupil's data, and erased with it.
      let sealed = try transaction.seal(
        ReplyRowSeal.encode(draft), with: transaction.key(of: pupil), "reply_row", "sealed",
        ReplyRowSeal.address(id, draft.row))
      try transaction.run(
        """
        UPDATE reply_row SET verdict = ?, pupil = ?, rule = ?, reconciliation = ?, sealed = ?
        WHERE reply = ? AND row_number = ?
        """, [verdict.name, pupil.rawValue, rule, reconciliation.rawValue, sealed, id.rawValue, draft.row])
      try recordReference(draft.reference, pupil, reply, in: transaction)
      if kind == .activitySurvey { try recordDestination(draft, pupil, id, in: transaction) }
    }
  }

  private static func requireOfSchool(_ pupil: PupilID, _ reply: Row, _ id: ReplyID, in transaction: Transaction) throws
  {
    guard
      try transaction.exists(
        "SELECT 1 FROM pupil WHERE id = ? AND school = ?", [pupil.rawValue, reply["school"] as String])
    else {
      throw LedgerError(
        .conflict, "\(pupil) is no pupil of the school that \(id) is for; nothing is matched across schools")
    }
  }

  private static func recordReference(
    _ reference: String?, _ pupil: PupilID, _ reply: Row, in transaction: Transaction
  ) throws {
    guard let reference else { return }
    let authority: String = reply["authority"]
    let sealed = try transaction.seal(
      Array(reference.utf8), with: transaction.key(of: pupil), "pupil_reference", "sealed",
      "\(pupil.rawValue)/\(authority)")
    try transaction.run(
      """
      INSERT INTO pupil_reference (pupil, authority, sealed) VALUES (?, ?, ?)
      ON CONFLICT (pupil, authority) DO UPDATE SET sealed = excluded.sealed
      """, [pupil.rawValue, authority, sealed])
  }

  private static func recordDestination(
    _ draft: ReplyRowDraft, _ pupil: PupilID, _ id: ReplyID, in transaction: Transaction
  ) throws {
    var destination = LeaverRecord()
    for field in actualFields { destination[field] = draft.record[field] }
    guard destination[.activity] != nil else { return }
    let number = (try transaction.integer("SELECT max(id) FROM destination") ?? 0) + 1
    try transaction.run(
      """
      INSERT INTO destination (id, pupil, kind, reply, row_number, sealed, confirmed_on, recorded_at)
      VALUES (?, ?, 'actual', ?, ?, ?, ?, ?)
      """,
      [
        number, pupil.rawValue, id.rawValue, draft.row,
        try transaction.seal(
          Packed.encode(destination), with: transaction.key(of: pupil), "destination", "sealed", "\(number)"),
        destination.date(.dateConfirmed)?.description, transaction.now.milliseconds,
      ])
  }

  private static func openCase(
    _ verdict: MatchVerdict, _ row: Int, reply: Row, _ id: ReplyID, in transaction: Transaction
  ) throws {
    var pupil: PupilID?
    if case .matched(let matched, _, _) = verdict { pupil = matched }
    try transaction.run(
      """
      INSERT INTO work_case (pupil, school, authority, reply, row_number, opened_at, state)
      VALUES (?, ?, ?, ?, ?, ?, 'open')
      """,
      [
        pupil?.rawValue, reply["school"] as String, reply["authority"] as String, id.rawValue, row,
        transaction.now.milliseconds,
      ])
  }

  // MARK: Acknowledgements

  /// The newest return of this authority and school that bears this file name.
  package func findReturn(authority: AuthorityID, fileName: String) async throws(LedgerError) -> ReturnID? {
    try await store.read { transaction in
      try transaction.integer(
        "SELECT max(id) FROM return WHERE authority = ? AND file_name = ?", [authority.rawValue, fileName]
      ).map(ReturnID.init(rawValue:))
    }
  }

  /// What an acknowledgement says of returns: each goes to accepted or rejected by its machine, and the reply becomes
  /// `matched`; all of it or nothing.
  ///
  /// Throws `conflict` for a return of another authority or school, `illegalTransition` for one that never went, and
  /// `conflict` where it says nothing of any return. One that was withdrawn after an attempt, or from the desk, takes
  /// the authority's word, and the alarm stands in its `lastProblem` and in the log. `why` may quote the authority: it
  /// stays sealed.
  package func acknowledge(
    _ id: ReplyID,
    outcomes: [(return: ReturnID, accepted: Bool, reference: String?, rejectedRows: Int, why: String?)],
    trials: [(trial: TrialID, accepted: Bool, rejectedRows: Int)] = []
  ) async throws(LedgerError) {
    try await store.write { transaction in
      let reply = try Self.row(id, in: transaction)
      var machine = try Self.machine(reply)
      if machine.state == .fetched { _ = try Self.handle(.read, &machine, id) }
      _ = try Self.handle(.matched, &machine, id)
      guard !outcomes.isEmpty || !trials.isEmpty else {
        throw LedgerError(.conflict, "\(id) acknowledges no return; quarantine it and ask the authority")
      }
      for (trial, accepted, refused) in trials {
        let series = try transaction.trial(trial).draft.series
        guard series.authority.rawValue == reply["authority"], series.school.rawValue == reply["school"] else {
          throw LedgerError(
            .conflict, "\(id) acknowledges \(trial), which is not a trial of that school for that authority")
        }
        try transaction.note(accepted ? .accepted : .rejected, of: trial, rejectedRows: refused, reply: id)
      }
      for outcome in outcomes {
        let summary = try transaction.summary(of: outcome.return)
        guard summary.authority.rawValue == reply["authority"], summary.school.rawValue == reply["school"] else {
          throw LedgerError(
            .conflict, "\(id) acknowledges \(summary.id), which is not a return of that school to that authority")
        }
        var evidence = ["rejected-rows": String(outcome.rejectedRows)]
        evidence["reference"] = outcome.reference
        evidence["why"] = outcome.why
        try transaction.move(
          outcome.return, .acknowledged(outcome.accepted ? .accepted : .rejected),
          Transaction.Move(evidence: evidence, reply: id))
      }
      try transaction.run(
        "UPDATE reply SET state = 'matched', matched_at = ? WHERE id = ?", [transaction.now.milliseconds, id.rawValue])
      let accepted = outcomes.count { $0.accepted }
      try transaction.append(
        .replyMoved, subject: "\(id)",
        "matched: acknowledges \(accepted) accepted, \(outcomes.count - accepted) rejected"
          + (trials.isEmpty ? "" : ", and of trials \(trials.count)"),
        note: EventNote(machine.state))
    }
  }

  // MARK: Cases

  /// The answers that schools still owe, oldest first.
  package func openCases() async throws(LedgerError) -> [CaseSummary] {
    try await store.read { transaction in
      try transaction.rows("SELECT * FROM work_case WHERE state = 'open' ORDER BY opened_at, id").map { row in
        CaseSummary(
          id: row["id"], pupil: (row["pupil"] as Int64?).map(PupilID.init(rawValue:)),
          school: SchoolID(rawValue: row["school"]), authority: AuthorityID(unchecked: row["authority"]),
          reply: ReplyID(rawValue: row["reply"]), row: row["row_number"], openedAt: row.instant("opened_at"),
          dueOn: (row["due_on"] as String?).flatMap(CalendarDate.init(iso:)))
      }
    }
  }
}
