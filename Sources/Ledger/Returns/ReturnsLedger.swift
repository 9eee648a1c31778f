// What the Returns station does in the ledger: scope, drafts, decisions; and what a person decides of a return.

import GRDB
package import Leavers

/// The returns of the ledger, for the Returns station and for commands.
package struct ReturnsLedger: Sendable {
  let store: LedgerStore

  /// The rows of a read export in their order, opened, each under its pupil's standing answer on sharing and with how the
  /// pupil stands in the register today. Throws
  /// `objectDestroyed` where a pupil among them was erased.
  package func rows(of export: ExportID) async throws(LedgerError) -> [ExportRow] {
    try await store.read { transaction in
      let summary = try transaction.export(export)
      let standings = try transaction.standings(of: summary.school)
      var rows: [ExportRow] = []
      let words = try transaction.words(of: export, generation: summary.generation)
      try transaction.forEachRow(
        """
        SELECT r.*, p.key AS pupil_key, p.sharing AS standing, coalesce(p.cohort_stage, r.cohort_stage) AS stage,
          coalesce(p.cohort_year, r.cohort_year) AS year
        FROM export_row r LEFT JOIN pupil p ON p.id = r.pupil
        WHERE r.export = ? AND r.generation = ? ORDER BY r.row_number
        """, [export.rawValue, summary.generation]
      ) { row in
        let number: Int = row["row_number"]
        let key =
          try (row["pupil_key"] as Int64?).map { try transaction.key($0) } ?? transaction.key(of: summary.object)
        let bytes = try transaction.open(
          row.bytes("sealed"), with: key, "export_row", "sealed",
          ExportRow.address(export: export, generation: summary.generation, row: number))
        var cohort: Cohort?
        if let stage = (row["stage"] as Int?).flatMap({ Cohort.Stage(rawValue: $0) }), let year = row["year"] as Int? {
          cohort = Cohort(stage: stage, leavingYear: year)
        }
        let pupil = (row["pupil"] as Int64?).map { PupilID(rawValue: $0) }
        let record = try Packed.record(bytes).under(standing: row["standing"])
        let undecided = (words[number] ?? []).filter { $0.isOpen && record[$0.field] == nil }.map(\.field)
        rows.append(
          ExportRow(
            rowNumber: number, pupil: pupil, cohort: cohort, record: record, verdict: try RowVerdict(row),
            standing: pupil.flatMap { standings[$0] } ?? .none, undecided: Set(undecided)))
      }
      return rows
    }
  }

  // MARK: Scope

  /// The most entries that a scope may have.
  package static let largestScope = 63

  /// Sets to which authorities an export may go, by kind. The same again changes nothing; another one takes its place
  /// only while nothing is decided, and removes drafts that are no longer in scope.
  package func setScope(_ export: ExportID, _ scope: [ScopeEntry]) async throws(LedgerError) {
    guard scope.count <= Self.largestScope, Set(scope).count == scope.count else {
      throw LedgerError(
        .conflict,
        "a scope has at most \(Self.largestScope) entries, each authority and kind once; this has \(scope.count)")
    }
    try await store.write { transaction in
      let summary = try transaction.export(export)
      let present = try transaction.scope(of: export)
      if present.map(\.entry) == scope { return }
      guard summary.state == .read else {
        throw LedgerError(.illegalTransition, "\(export) is \(summary.state.rawValue): its scope cannot be set")
      }
      guard !present.contains(where: \.decided) else {
        throw LedgerError(.conflict, "\(export) is decided in part: its scope is fixed, finish it as it is")
      }
      try transaction.run("DELETE FROM export_scope WHERE export = ?", [export.rawValue])
      for (position, entry) in scope.enumerated() {
        try transaction.run(
          "INSERT INTO export_scope (export, position, authority, kind) VALUES (?, ?, ?, ?)",
          [export.rawValue, position, entry.authority.rawValue, entry.kind.rawValue])
      }
      let drafts = try transaction.summaries("export = ? AND state = 'drafted'", [export.rawValue])
      for draft in drafts where !scope.contains(ScopeEntry(authority: draft.authority, kind: draft.kind)) {
        try transaction.run("DELETE FROM return WHERE id = ?", [draft.id.rawValue])
      }
      let list = scope.map { "\($0.authority) \($0.kind.rawValue)" }.joined(separator: ", ")
      try transaction.append(
        .scopeSet, subject: export.description, "scope of \(export): \(list.isEmpty ? "none" : list)")
    }
  }

  /// The scope of an export in its order; empty before it is set.
  package func scope(of export: ExportID) async throws(LedgerError) -> [(entry: ScopeEntry, decided: Bool)] {
    try await store.read { try $0.scope(of: export) }
  }

  // MARK: Drafts (R1)

  /// Drafts a return, or gives the one that is there: one of export, authority, kind and cohort, with the sequence and
  /// instant that it had. What else a draft says is renewed by the request.
  package func draft(_ request: DraftRequest) async throws(LedgerError) -> ReturnSummary {
    try await store.write { transaction in
      if let known = try transaction.drafted(request) { return known }
      let export = try transaction.export(request.export, in: .read, to: "draft a return of")
      guard export.school == request.school else {
        throw LedgerError(.conflict, "\(request.export) is an export of school \(export.school), not \(request.school)")
      }
      let scope = try transaction.scope(of: request.export)
      guard let entry = scope.first(where: { $0.entry == ScopeEntry(authority: request.authority, kind: request.kind) })
      else {
        throw LedgerError(
          .conflict, "\(request.kind.rawValue) for \(request.authority) is not in the scope of \(request.export)")
      }
      guard !entry.decided else {
        throw LedgerError(
          .conflict, "\(request.kind.rawValue) for \(request.authority) is decided for \(request.export) already")
      }
      return try transaction.insertDraft(request)
    }
  }

  // MARK: Decisions (R4)

  /// What the authority has, or will have by a return that is on its way: the rows of the newest return of that school,
  /// authority, kind and cohort that is not a draft, withdrawn, superseded or rejected.
  package func previousRows(
    school: SchoolID, authority: AuthorityID, kind: ReturnKind, cohort: Cohort
  ) async throws(LedgerError) -> [PupilID: PreviousRow] {
    try await store.read { transaction in
      let rows = try transaction.rows(
        """
        SELECT w.return_id, w.pupil, w.digest, w.disclosure FROM return_row w WHERE w.return_id = (
          SELECT id FROM return
          WHERE school = ? AND authority = ? AND kind = ? AND cohort = ?
            AND state NOT IN ('drafted', 'withdrawn', 'superseded', 'rejected')
          ORDER BY sequence DESC LIMIT 1) AND \(Self.isStillThere)
        ORDER BY w.row_number
        """, [school.rawValue, authority.rawValue, kind.rawValue, cohort.description])
      var previous: [PupilID: PreviousRow] = [:]
      for row in rows {
        previous[PupilID(rawValue: row["pupil"])] = PreviousRow(
          digest: row.bytes("digest"), return: ReturnID(rawValue: row["return_id"]),
          disclosure: try row.value("disclosure"))
      }
      return previous
    }
  }

  /// What an authority has of each pupil of a series by all its returns together, and what those that the authority cannot have
  /// yet will add, oldest first: for an authority that takes changes only.
  package func knownRows(
    school: SchoolID, authority: AuthorityID, kind: ReturnKind, cohort: Cohort
  ) async throws(LedgerError) -> (
    firm: [PupilID: PreviousRow], pending: [(return: ReturnID, rows: [PupilID: PreviousRow])]
  ) {
    try await store.read { transaction in
      let rows = try transaction.rows(
        """
        SELECT w.return_id, w.pupil, w.digest, w.disclosure, NOT \(Self.isStillThere) AS told,
          r.state IN ('waiting', 'queued') AND r.earlier = 'not' AS pending
        FROM return r JOIN return_row w ON w.return_id = r.id
        WHERE r.school = ? AND r.authority = ? AND r.kind = ? AND r.cohort = ?
          AND r.state NOT IN ('drafted', 'withdrawn', 'superseded', 'rejected')
        ORDER BY r.sequence, w.row_number
        """, [school.rawValue, authority.rawValue, kind.rawValue, cohort.description])
      var firm: [PupilID: PreviousRow] = [:]
      var pending: [(return: ReturnID, rows: [PupilID: PreviousRow])] = []
      for row in rows {
        let id = ReturnID(rawValue: row["return_id"])
        let known = PreviousRow(digest: row.bytes("digest"), return: id, disclosure: try row.value("disclosure"))
        let pupil = PupilID(rawValue: row["pupil"])
        guard row["pending"] == true else {
          // What it was told to delete it has no longer, whatever it had before.
          firm[pupil] = row["told"] == true ? nil : known
          continue
        }
        if pending.last?.return != id { pending.append((id, [:])) }
        pending[pending.count - 1].rows[pupil] = known
      }
      return (firm, pending)
    }
  }

  /// What an authority was told to delete, or to use no more, it has no longer: once it may go again it goes.
  private static let isStillThere = """
    NOT EXISTS (SELECT 1 FROM objection_told t WHERE t.return_id = w.return_id AND t.row_number = w.row_number)
    """

  /// The keyed digest of a row as rendered: tells whether it changed, and nothing else.
  package func rowDigest(_ bytes: [UInt8]) -> [UInt8] { store.keys.digest("row", bytes) }

  /// Decides one authority and kind of an export in one transaction: its returns leave `drafted`, every row has its
  /// fate, and older returns of the same school, authority, kind and cohort that wait, and that the authority cannot
  /// have, are superseded.
  ///
  /// Throws `conservation` unless every row has exactly one fate, `conflict` where the scope is decided already or a
  /// row is called unchanged against a return that the authority never gets.
  package func decide(
    _ export: ExportID, authority: AuthorityID, kind: ReturnKind, decision: ScopeDecision
  ) async throws(LedgerError) {
    try await store.write { transaction in
      try ScopeDecider(transaction, export: export, entry: ScopeEntry(authority: authority, kind: kind))
        .decide(decision)
    }
  }

  /// The export is decided: for every authority and kind in its scope. Throws `conservation` otherwise.
  ///
  /// Of an export that is said to hold all leavers, those in the one before who are not in it become questions for a
  /// person, unless they are too many by the policy; gives what was found, by cohort.
  @discardableResult
  package func finish(
    _ export: ExportID, extent: ExportExtent = .partial, policy: BrakePolicy = .standard
  ) async throws(LedgerError) -> [MissingLeavers] {
    try await store.write { transaction in
      let summary = try transaction.export(export, in: .read, to: "finish")
      let open = try transaction.scope(of: export).filter { !$0.decided }
      guard open.isEmpty else {
        let list = open.map { "\($0.entry.authority) \($0.entry.kind.rawValue)" }.joined(separator: ", ")
        throw LedgerError(.conservation, "\(export) is not decided for: \(list)")
      }
      try transaction.run(
        "UPDATE export SET state = 'decided', decided_at = ? WHERE id = ?",
        [transaction.now.milliseconds, export.rawValue])
      try transaction.append(
        .exportDecided, subject: export.description, "\(export) is decided: \(summary.rowsRead) rows")
      return try transaction.askForMissing(in: summary, extent: extent, policy: policy)
    }
  }

  // MARK: The brake

  /// What an export is compared with for one authority and kind, before it is decided.
  ///
  /// - Parameters:
  ///   - present: The cohorts of which leavers go by the export.
  ///   - extent: Whether it is said to hold all leavers.
  package func brakeHistory(
    of export: ExportID, _ entry: ScopeEntry, present: Set<Cohort>, extent: ExportExtent
  ) async throws(LedgerError) -> BrakeHistory {
    try await store.read { transaction in
      try transaction.brakeHistory(of: transaction.export(export), entry, present: present, extent: extent)
    }
  }

  /// What the brake said of returns, by return; those of which it said nothing are left out.
  package func brakeNotes(of ids: [ReturnID]) async throws(LedgerError) -> [ReturnID: [BrakeNote]] {
    try await store.read { transaction in
      var notes: [ReturnID: [BrakeNote]] = [:]
      for id in ids {
        let found = try transaction.brake(of: id)
        if !found.isEmpty { notes[id] = found }
      }
      return notes
    }
  }

  /// The returns of a school, or of all, that a person may release, oldest first: what a release sheet shows.
  package func toRelease(school: SchoolID? = nil) async throws(LedgerError) -> [ReturnToRelease] {
    try await store.read { transaction in
      try transaction.summaries(
        "state = 'waiting' AND state_detail IN ('release', 'brake') AND (?1 IS NULL OR school = ?1)",
        [school?.rawValue]
      ).map { try transaction.toRelease($0) }
    }
  }

  // MARK: Looking

  /// The returns that the filter lets through, oldest first.
  package func list(_ filter: ReturnFilter) async throws(LedgerError) -> [ReturnSummary] {
    try await store.read { transaction in
      let found = try transaction.summaries(
        """
        (?1 IS NULL OR school = ?1) AND (?2 IS NULL OR authority = ?2) AND (?3 IS NULL OR recipient = ?3)
          AND (?4 IS NULL OR kind = ?4) AND (?5 IS NULL OR export = ?5)
        """,
        [
          filter.school?.rawValue, filter.authority?.rawValue, filter.recipient?.rawValue, filter.kind?.rawValue,
          filter.export?.rawValue,
        ])
      return filter.states.isEmpty ? found : found.filter { filter.states.contains($0.state.name) }
    }
  }

  /// One return with all that the ledger holds of it. Throws `notFound`.
  package func detail(_ id: ReturnID) async throws(LedgerError) -> ReturnDetail {
    try await store.read { try $0.detail(of: id) }
  }

  // MARK: What a person decides

  /// Lets a waiting return go; gives what the brake had to say of it, which this overrides.
  ///
  /// From here on its numbers count as right: the next of its series is compared with it, and leavers who were missing
  /// from its export become questions.
  @discardableResult
  package func release(_ id: ReturnID, by person: Person, why: String?) async throws(LedgerError) -> [BrakeNote] {
    try await store.write { try $0.release(id, by: person, why: why) }
  }

  /// Takes a return back before it goes; gives what came of it, in words.
  @discardableResult
  package func withdraw(_ id: ReturnID, by person: Person, why: String?) async throws(LedgerError) -> String {
    try await store.write { try $0.withdraw(id, by: person, why: why) }
  }

  /// Says what became of a return of which we do not know.
  package func settleUnknown(
    _ id: ReturnID, as settlement: ReturnEvent.Settlement, by person: Person, why: String?
  ) async throws(LedgerError) {
    try await move(id, .settledByPerson(settlement), by: person, why: why)
  }

  /// A hand-over pack was handed over. Throws `conflict` where it must not be any more, unless a person says that it went
  /// before something stood against it. Gives what the authority is to be told then, in words.
  @discardableResult
  package func handedOver(
    _ id: ReturnID, by person: Person, evidence: String?, beforeObjection: Bool = false
  ) async throws(LedgerError) -> String? {
    try await store.write { transaction in
      let handedOver = try transaction.handOver(
        try transaction.summary(of: id), by: person, evidence: evidence, beforeObjection: beforeObjection)
      switch handedOver {
      case .success(let toTell): return toTell
      case .failure(let refusal): throw LedgerError(.conflict, refusal.words)
      }
    }
  }

  /// Sends the same bytes once more.
  package func resend(_ id: ReturnID, by person: Person, why: String?) async throws(LedgerError) {
    try await move(id, .resend, by: person, why: why)
  }

  private func move(_ id: ReturnID, _ event: ReturnEvent, by person: Person, why: String?) async throws(LedgerError) {
    try await store.write { transaction in
      _ = try transaction.move(id, event, Transaction.Move(evidence: person.details(why: why)))
    }
  }
}

extension Ledger {
  package var returns: ReturnsLedger { ReturnsLedger(store: store) }
}
