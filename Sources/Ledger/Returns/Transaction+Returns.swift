// Returns, their scope and drafts as rows of the database. How one moves is in Deliveries.

import GRDB
import Leavers

extension Transaction {
  /// From a row with all columns of `return`.
  func summary(_ row: Row) throws -> ReturnSummary {
    let id = ReturnID(rawValue: row["id"])
    guard let cohort = Cohort(row["cohort"] as String),
      let state = ReturnState(name: row["state"], detail: row["state_detail"])
    else { throw LedgerError(.corrupt, "\(id) has a cohort or state that this version does not know; run audit") }
    return ReturnSummary(
      id: id, export: ExportID(rawValue: row["export"]), school: SchoolID(rawValue: row["school"]),
      authority: AuthorityID(unchecked: row["authority"]), recipient: RecipientID(unchecked: row["recipient"]),
      kind: try row.value("kind"), cohort: cohort, cycle: row["cycle"], sequence: row["sequence"],
      instant: row.instant("instant"), state: state,
      way: DeliveryWay(
        publication: try row.value("publication"), readBack: try row.value("read_back"), takesFiles: row["takes_files"],
        folder: row["folder"]),
      fileName: row["file_name"], object: try row.optionalValue("object"), size: (row["size"] as Int64?) ?? 0,
      sha256: row["sha256"], rows: row["row_count"], attempt: row["attempt"], earlier: try row.value("earlier"),
      nextAttemptAt: row.optionalInstant("next_attempt_at"), basis: try row.value("basis"),
      agreementReference: row["agreement_reference"], evidence: row["evidence"], profileDigest: row["profile_digest"],
      acknowledges: try row.value("acknowledges"), lastProblem: row["last_problem"],
      draftedAt: row.instant("drafted_at"), changedAt: row.instant("changed_at"))
  }

  /// Throws `notFound`.
  func summary(of id: ReturnID) throws -> ReturnSummary {
    guard let row = try row("SELECT * FROM return WHERE id = ?", [id.rawValue]) else {
      throw LedgerError(.notFound, "there is no return \(id); `leaverlink returns` lists them")
    }
    return try summary(row)
  }

  /// The summaries that a condition on the columns of `return` selects.
  func summaries(_ condition: String, _ arguments: StatementArguments = [], order: String = "id") throws
    -> [ReturnSummary]
  {
    try rows("SELECT * FROM return WHERE \(condition) ORDER BY \(order)", arguments).map(summary)
  }

  func scope(of export: ExportID) throws -> [(entry: ScopeEntry, decided: Bool)] {
    try rows(
      "SELECT authority, kind, decided_at FROM export_scope WHERE export = ? ORDER BY position", [export.rawValue]
    ).map { row in
      (
        entry: ScopeEntry(authority: AuthorityID(unchecked: row["authority"]), kind: try row.value("kind")),
        decided: (row["decided_at"] as Int64?) != nil
      )
    }
  }

  /// The return that was drafted for this request before: as it is where it is a draft no longer, else renewed.
  func drafted(_ request: DraftRequest) throws -> ReturnSummary? {
    let known = try summaries(
      "export = ? AND authority = ? AND kind = ? AND cohort = ?",
      [request.export.rawValue, request.authority.rawValue, request.kind.rawValue, request.cohort.description]
    ).first
    guard let known else { return nil }
    guard known.school == request.school else {
      throw LedgerError(.conflict, "\(known.id) is a return of school \(known.school), not \(request.school)")
    }
    guard known.state == .drafted else { return known }
    try run(
      """
      UPDATE return SET recipient = ?1, cycle = ?2, publication = ?3, read_back = ?4, takes_files = ?5, folder = ?6,
        profile_digest = ?7, basis = ?8, agreement_reference = ?9, evidence = ?10, acknowledges = ?11
      WHERE id = ?12 AND (recipient <> ?1 OR cycle <> ?2 OR publication <> ?3 OR read_back <> ?4 OR takes_files <> ?5
        OR folder <> ?6 OR profile_digest <> ?7 OR basis <> ?8 OR agreement_reference <> ?9 OR evidence <> ?10
        OR acknowledges <> ?11)
      """,
      [
        request.recipient.rawValue, request.cycle, request.way.publication.rawValue,
        request.way.readBack.rawValue, request.way.takesFiles, request.way.folder, request.profileDigest,
        request.basis.rawValue, request.agreementReference,
        request.evidence, request.acknowledges.rawValue, known.id.rawValue,
      ])
    if changes > 0 {
      try append(.returnDrafted, subject: known.id.description, "draft \(known.id) renewed by the configuration of now")
    }
    return try summary(of: known.id)
  }

  func insertDraft(_ request: DraftRequest) throws -> ReturnSummary {
    let sequence = try nextSequence(
      of: ReturnSeries(
        school: request.school, authority: request.authority, kind: request.kind, cohort: request.cohort))
    try run(
      """
      INSERT INTO return (export, school, authority, recipient, kind, cohort, cycle, sequence, instant, publication,
        read_back, takes_files, folder, profile_digest, basis, agreement_reference, evidence, acknowledges, drafted_at,
        state, changed_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'drafted', ?)
      """,
      [
        request.export.rawValue, request.school.rawValue, request.authority.rawValue, request.recipient.rawValue,
        request.kind.rawValue, request.cohort.description, request.cycle, sequence, request.instant.milliseconds,
        request.way.publication.rawValue, request.way.readBack.rawValue, request.way.takesFiles, request.way.folder,
        request.profileDigest, request.basis.rawValue, request.agreementReference, request.evidence,
        request.acknowledges.rawValue, now.milliseconds, now.milliseconds,
      ])
    let id = ReturnID(rawValue: lastID)
    try append(
      .returnDrafted, subject: id.description,
      "\(id) drafted of \(request.export): \(request.kind.rawValue), \(request.cohort), number \(sequence) for \(request.authority)"
    )
    return try summary(of: id)
  }

  func detail(of id: ReturnID) throws -> ReturnDetail {
    return ReturnDetail(
      summary: try summary(of: id),
      fields: try rows(
        "SELECT * FROM return_field WHERE return_id = ? ORDER BY field, tier, in_full", [id.rawValue]
      ).map {
        ReturnDetail.DisclosedField(
          field: try $0.value("field"), tier: try $0.value("tier"), full: $0["in_full"], count: $0["row_count"])
      },
      rows: try rows("SELECT * FROM return_row WHERE return_id = ? ORDER BY row_number", [id.rawValue]).map {
        ReturnDetail.DisclosedRow(
          row: $0["row_number"], pupil: PupilID(rawValue: $0["pupil"]), disclosure: try $0.value("disclosure"))
      },
      attempts: try rows("SELECT * FROM attempt WHERE return_id = ? ORDER BY number", [id.rawValue]).map {
        ReturnDetail.Attempt(
          number: $0["number"], temporary: $0["temporary"], startedAt: $0.instant("started_at"),
          endedAt: $0.optionalInstant("ended_at"), outcome: $0["outcome"], detail: $0["detail"])
      }, receipts: try receipts(of: id), brake: try brake(of: id),
      consent: try row("SELECT consent FROM return_consent WHERE return_id = ?", [id.rawValue])
        .map { try $0.value("consent") },
      totals: try rows("SELECT * FROM return_total WHERE return_id = ? ORDER BY ordinal", [id.rawValue]).map {
        CodeTotal(heading: $0["heading"], code: $0["code"], lines: $0["line_count"])
      })
  }

  /// The receipts of a return, oldest first.
  private func receipts(of id: ReturnID) throws -> [ReturnDetail.Receipt] {
    try rows("SELECT * FROM receipt WHERE return_id = ? ORDER BY id", [id.rawValue]).map { row in
      let number: Int64 = row["id"]
      let evidence = try Packed.dictionary(
        open(row.bytes("sealed"), with: keys.events, "receipt", "sealed", "\(number)"))
      return ReturnDetail.Receipt(
        at: row.instant("at"), kind: try row.value("kind"), state: row["state"], evidence: Redacted(evidence),
        reply: (row["reply"] as Int64?).map { ReplyID(rawValue: $0) })
    }
  }
}
