// From a fetched reply to its matched rows: acknowledgements settle returns, lists are matched to pupils.
// Works on the ledger alone; shared by the collector and by `receive`.

import Leavers
import Ledger
import Linkage
import Profiles

/// Reads and matches replies that are in the ledger.
struct ReplyReading: Sendable {
  struct Outcome: Sendable {
    var weight: CollectorEvent.Weight
    var text: String
  }

  /// How an attempt came out.
  enum Attempt: Sendable {
    case finished(Outcome)
    /// Another process (the service, or `receive`) took it to its end meanwhile.
    case overtaken(ReplySummary)
    /// What is held of it cannot be opened at present: it stays as it is, to be tried again.
    case hindered(LedgerError)
  }

  let ledger: Ledger
  let configuration: Configuration
  let faults: FaultHook

  /// Takes a fetched or read reply to its end, beside another process that may be about the same.
  ///
  /// It is set aside only for what it says. Throws where disk or database fail.
  func attempt(_ reply: ReplySummary) async throws -> Attempt {
    do {
      return .finished(try await finish(reply))
    } catch let error as LedgerError {
      switch error.code {
      case .io: throw error
      case .conflict, .conservation: return try await refuse(reply, error)
      case .illegalTransition:
        let now = try await ledger.replies.detail(reply.id).summary
        if now.state.isTerminal { return .overtaken(now) }
        // It went a step on meanwhile.
        if now.state != reply.state { return try await attempt(now) }
        // The reply could take the step, and what it speaks of cannot: such as a return that never went.
        return try await refuse(reply, error)
      default: return .hindered(error)
      }
    }
  }

  /// What the ledger refuses it would refuse every time: a person looks at it.
  private func refuse(_ reply: ReplySummary, _ error: LedgerError) async throws -> Attempt {
    do {
      return .finished(try await quarantine(reply, error.message))
    } catch let refusal as LedgerError where refusal.code == .illegalTransition {
      return .overtaken(try await ledger.replies.detail(reply.id).summary)
    }
  }

  /// Takes a fetched or read reply to its end. A reply that cannot be read is set aside with the reason.
  private func finish(_ reply: ReplySummary) async throws -> Outcome {
    guard let object = reply.object,
      let profile = configuration.authority(reply.authority)?.replies.first(where: { $0.kind == reply.kind })
    else {
      return try await quarantine(reply, "its authority's profile no longer knows this kind of reply")
    }
    guard profile.level == .pupil else {
      return try await quarantine(reply, "this version reads pupil-level replies only; open it by hand")
    }
    let table: ReplyTable
    do {
      table = try ReplyTable(try await ledger.objects.read(object), profile: profile)
    } catch let error as ReplyTable.Unreadable {
      return try await quarantine(reply, error.why)
    }
    if reply.state == .fetched {
      let rows = table.rows.map {
        ReplyRowDraft(row: $0.number, record: $0.record, reference: $0.other[.reference])
      }
      try await ledger.replies.read(reply.id, rows: rows, findings: [])
      faults("C7")
    }
    return profile.kind == .acknowledgement
      ? try await settle(reply, table, profile) : try await match(reply, table)
  }

  private func quarantine(_ reply: ReplySummary, _ why: String) async throws -> Outcome {
    try await ledger.replies.quarantine(reply.id, why: why)
    return Outcome(weight: .alarm, text: "set aside: \(why)")
  }

  // MARK: - Acknowledgements

  private typealias Verdict = (
    return: ReturnID, accepted: Bool, reference: String?, rejectedRows: Int, why: String?
  )

  /// One verdict a return, of all rows that name it: rows that contradict one another, or another hash than ours, mean
  /// that the authority does not have what we sent.
  private func settle(_ reply: ReplySummary, _ table: ReplyTable, _ profile: ReplyProfile) async throws -> Outcome {
    var rowsByFile: [(file: SentFile, rows: [ReplyTable.Row])] = []
    var strangers = 0
    for row in table.rows {
      guard let name = row.other[.returnFile], let file = try await sent(name, reply) else {
        strangers += 1
        continue
      }
      if let place = rowsByFile.firstIndex(where: { $0.file == file }) {
        rowsByFile[place].rows.append(row)
      } else {
        rowsByFile.append((file, [row]))
      }
    }
    var outcomes: [Verdict] = []
    var trials: [(trial: TrialID, accepted: Bool, rejectedRows: Int)] = []
    for (file, rows) in rowsByFile {
      switch file {
      case .return(let id):
        let item = try await ledger.returns.detail(id).summary
        let word = Self.word(on: item.sha256, of: item.rows, by: rows, profile)
        outcomes.append((id, word.accepted, word.reference, word.rejectedRows, word.why))
      case .trial(let id, let sha256, let pupils):
        let word = Self.word(on: sha256, of: pupils, by: rows, profile)
        trials.append((id, word.accepted, word.rejectedRows))
      }
    }
    guard !outcomes.isEmpty || !trials.isEmpty else {
      return try await quarantine(reply, "it acknowledges no file that we sent to this authority")
    }
    try await ledger.replies.acknowledge(reply.id, outcomes: outcomes, trials: trials)
    faults("C8")
    let accepted = outcomes.count { $0.accepted }
    let refusedRows = outcomes.reduce(0) { $0 + $1.rejectedRows }
    var text = "acknowledges \(outcomes.count) return(s): \(accepted) accepted, \(outcomes.count - accepted) rejected"
    if refusedRows > 0 { text += ", \(refusedRows) row(s) refused" }
    for (trial, accepted, refused) in trials {
      text += "; trial \(trial) \(accepted ? "accepted" : "rejected")"
      if refused > 0 { text += ", \(refused) row(s) of it refused" }
    }
    if strangers > 0 { text += "; \(strangers) row(s) about files that are not ours" }
    let isRoutine = accepted == outcomes.count && refusedRows == 0 && trials.isEmpty
    return Outcome(weight: isRoutine ? .routine : .notable, text: text)
  }

  /// A file of ours that an acknowledgement is about.
  private enum SentFile: Equatable {
    case `return`(ReturnID)
    case trial(TrialID, sha256: String, pupils: Int)
  }

  private func sent(_ name: String, _ reply: ReplySummary) async throws -> SentFile? {
    if let id = try await ledger.replies.findReturn(authority: reply.authority, fileName: name) { return .return(id) }
    return try await ledger.trials.find(authority: reply.authority, school: reply.school, fileName: name)
      .map { .trial($0.id, sha256: $0.draft.sha256, pupils: $0.draft.rows) }
  }

  /// The authority's word on a file with this hash and so many pupils, of all rows that name it.
  private static func word(
    on sha256: String?, of pupils: Int, by rows: [ReplyTable.Row], _ profile: ReplyProfile
  ) -> (accepted: Bool, reference: String?, rejectedRows: Int, why: String?) {
    let words = rows.map { profile.acceptedWords.contains($0.other[.verdict]?.lowercased() ?? "") }
    let hashes = rows.compactMap { $0.other[.sha256]?.lowercased() }
    let refused = rows.compactMap { $0.other[.rowsRejected].flatMap { Int($0) } }.max() ?? 0
    var why = rows.compactMap { $0.other[.reason] }.first
    var accepted = words.allSatisfy { $0 }
    if !accepted && words.contains(true) {
      why = "the authority says both that it accepts and that it rejects it"
    }
    if hashes.contains(where: { $0 != sha256 }) {
      accepted = false
      why = "the authority names another SHA-256 than the one we sent"
    }
    return (accepted, rows.compactMap { $0.other[.reference] }.first, min(max(refused, 0), pupils), why)
  }

  // MARK: - Lists of pupils

  private func match(_ reply: ReplySummary, _ table: ReplyTable) async throws -> Outcome {
    var verdicts: [(row: Int, verdict: MatchVerdict)] = []
    for row in table.rows {
      verdicts.append((row.number, try await verdict(on: row.record, reply)))
    }
    try await ledger.replies.match(reply.id, verdicts: verdicts)
    faults("C8")
    var matched = 0
    for case .matched in verdicts.map(\.verdict) { matched += 1 }
    let open = verdicts.count - matched
    return Outcome(
      weight: open == 0 ? .routine : .notable,
      text: "\(reply.kind.rawValue): \(verdicts.count) row(s), \(matched) matched, \(open) for a person to look at")
  }

  private func verdict(on record: LeaverRecord, _ reply: ReplySummary) async throws -> MatchVerdict {
    var candidates: [IdentifierCandidate] = []
    for (upn, uln) in [(record.upn, nil), (nil, record.uln)] {
      switch try await ledger.replies.pupil(school: reply.school, upn: upn, uln: uln) {
      case .none: continue
      case .several: return .ambiguous
      case .one(let pupil, let rule):
        guard let identifier = IdentifierMatch.Identifier(rawValue: rule) else { continue }
        let held = try await ledger.replies.identity(of: pupil)
        candidates.append(IdentifierCandidate(pupil: pupil, identifier: identifier, dateOfBirth: held.dateOfBirth))
      }
    }
    switch IdentifierMatch(candidates: candidates, dateOfBirth: record.dateOfBirth) {
    case .unmatched: return .unmatched
    case .ambiguous: return .ambiguous
    case .contradicted(let pupil, let identifier):
      return .conflict(pupil, why: "\(identifier.rawValue) agrees, date of birth does not")
    case .matched(let pupil, let identifier):
      let held = try await ledger.replies.newestRecord(of: pupil)
      let reconciliation = Reconciler.compare(theirs: record[.activity], ours: held?[.activity])
      return .matched(pupil, rule: identifier.rawValue, reconciliation: reconciliation)
    }
  }
}
