// The one way in which a return moves: its machine decides, and state, attempt, receipt and event are written together.

import GRDB
import Leavers

extension Transaction {
  /// What else there is to know when a return moves.
  struct Move {
    /// What happened, in words and without personal data.
    var detail: String?
    /// Particulars for the event and the receipt; sealed.
    var evidence: [String: String] = [:]
    /// When to come back, where it is not at once.
    var nextAttemptAt: Timestamp?
    /// The reply that it comes from.
    var reply: ReplyID?
    /// Where the attempt that begins goes to, in words.
    var whereabouts: String?
    /// The instant at which it happened, where it is not that of the transaction.
    var at: Timestamp?
  }

  // MARK: Moving

  /// Lets the machine take the event, and writes what comes of it. An event that changes nothing writes nothing. The
  /// actions are to be carried out after the commit.
  ///
  /// Disclosure and pause are decided here once more for `started`, in the transaction that begins the attempt: with an
  /// objection the return waits instead, and has no actions; for a recipient that is stopped or paused it throws
  /// `conflict`.
  @discardableResult
  func move(_ id: ReturnID, _ event: ReturnEvent, _ note: Move = Move()) throws -> (ReturnSummary, [ReturnAction]) {
    let before = try summary(of: id)
    guard let row = try row("SELECT earlier FROM return WHERE id = ?", [id.rawValue]) else {
      throw LedgerError(.notFound, "there is no return \(id)")
    }
    let start = ReturnMachine(
      publication: before.way.publication, readBack: before.way.readBack, takesFiles: before.way.takesFiles,
      state: before.state,
      attempt: before.attempt, earlier: try row.value("earlier"))
    var machine = start
    var event = event
    if event == .started {
      try requireOpen(before.recipient)
      if try !objections(to: before).isEmpty {
        // Nothing was published by an upload of before: its attempt is spent.
        if before.state == .sending, before.way.publication != .direct {
          try move(id, .restarted, Move(at: note.at))
          return try move(id, .held(.objection), note)
        }
        if before.state == .queued { event = .held(.objection) }
      }
    }
    let actions = try handle(event, by: &machine, id)
    let problem = problem(of: before, machine, event, actions, note)
    let next = machine.state.isResting ? nil : note.nextAttemptAt
    let at = note.at ?? now
    guard machine != start || problem != before.lastProblem || next != before.nextAttemptAt else {
      return (before, actions)
    }
    try run(
      """
      UPDATE return SET state = ?, state_detail = ?, attempt = ?, earlier = ?, next_attempt_at = ?, last_problem = ?,
        changed_at = ? WHERE id = ?
      """,
      [
        machine.state.name, machine.state.detail, machine.attempt, machine.earlier.rawValue, next?.milliseconds,
        problem,
        at.milliseconds, id.rawValue,
      ])
    try keepAttempts(id, from: start, to: machine, event, actions, note, at: at)
    if let evidence = machine.evidence { try keepReceipt(id, evidence, machine, note, at: at) }
    var eventNote = EventNote(state: machine.state.name, stateDetail: machine.state.detail)
    if before.state == .drafted { (eventNote.fileName, eventNote.sha256) = (before.fileName, before.sha256) }
    try append(
      .returnMoved, subject: id.description, text(of: before, machine, event, actions, note), details: note.evidence,
      note: eventNote)
    return (try summary(of: id), actions)
  }

  private func handle(
    _ event: ReturnEvent, by machine: inout ReturnMachine, _ id: ReturnID
  ) throws(LedgerError) -> [ReturnAction] {
    do {
      return try machine.handle(event)
    } catch {
      throw LedgerError(error.code, "\(id): \(error.message)")
    }
  }

  private func requireOpen(_ recipient: RecipientID) throws {
    let state = try recipientState(recipient)
    guard state.isOpen else {
      throw LedgerError(
        .conflict,
        "nothing goes to \(recipient) while it is \(state.stopped == nil ? "paused" : "stopped"); resume it first")
    }
  }

  // MARK: What is written beside the state

  private func problem(
    of before: ReturnSummary, _ machine: ReturnMachine, _ event: ReturnEvent, _ actions: [ReturnAction], _ note: Move
  ) -> String? {
    let alarm = Self.alarm(in: actions)
    // The Replies station carries out no actions: the alarm would be lost. It stays while the state does.
    if before.state == .withdrawn, machine.state.hasReached { return alarm }
    // Whoever withdraws carries none out either: it stays until the pack was seen to be gone.
    if machine.state == .withdrawn, alarm == ReturnMachine.packMayLie { return alarm }
    switch machine.state {
    case .unknown(let reason): return reason.explanation
    case .collected where before.state == .collected, .accepted where before.state == .accepted,
      .rejected where before.state == .rejected:
      return before.lastProblem
    case .rejected: return note.detail ?? event.text
    case .prepared, .sent, .delivered, .collected, .accepted: return nil
    default: break
    }
    switch event {
    case .failed, .temporaryReadBack(.different), .temporaryReadBack(.missing):
      return note.detail ?? alarm ?? event.text
    case .released, .settledByPerson, .resend: return nil
    default: return before.lastProblem
    }
  }

  /// The first alarm among the actions.
  private static func alarm(in actions: [ReturnAction]) -> String? {
    actions.lazy.compactMap { if case .alarm(let text) = $0 { text } else { nil } }.first
  }

  private func keepAttempts(
    _ id: ReturnID, from start: ReturnMachine, to machine: ReturnMachine, _ event: ReturnEvent,
    _ actions: [ReturnAction], _ note: Move, at: Timestamp
  ) throws {
    let isNew = machine.attempt > start.attempt
    if start.attempt > 0, start.state.isInFlight, isNew || !machine.state.isInFlight {
      try run(
        """
        UPDATE attempt SET ended_at = ?, outcome = ?, detail = ?
        WHERE return_id = ? AND number = ? AND ended_at IS NULL
        """,
        [
          at.milliseconds, isNew ? "given up" : machine.state.name, note.detail ?? event.text, id.rawValue,
          start.attempt,
        ])
    }
    if isNew {
      let temporary =
        machine.publication == .direct
        ? nil
        : ReturnMachine.temporaryName(
          ledger: try ledgerName(), return: id, attempt: machine.attempt)
      try run(
        "INSERT INTO attempt (return_id, number, temporary, started_at, whereabouts) VALUES (?, ?, ?, ?, ?)",
        [id.rawValue, machine.attempt, temporary, at.milliseconds, note.whereabouts])
    }
    // It was renamed away and no earlier one is left: nothing of it lies there under a temporary name.
    let isSettled = machine.state.hasReached || machine.state == .prepared
    if start.state == .publishing, isSettled, !actions.contains(.removeTemporaries) {
      try run("UPDATE attempt SET temporary = NULL WHERE return_id = ?", [id.rawValue])
    }
  }

  private func ledgerName() throws -> String {
    guard let row = try row("SELECT name FROM ledger") else {
      throw LedgerError(.corrupt, "the ledger has no row of its own; restore the state from a backup")
    }
    return row["name"]
  }

  private func keepReceipt(
    _ id: ReturnID, _ kind: ReturnEvidence, _ machine: ReturnMachine, _ note: Move, at: Timestamp
  ) throws {
    // Receipts are never deleted, so that the highest id plus one was never used.
    let number = (try integer("SELECT max(id) FROM receipt") ?? 0) + 1
    var particulars = note.evidence
    particulars["attempt"] = String(machine.attempt)
    particulars["detail"] = note.detail
    let sealed = try seal(
      Packed.encode(particulars), with: keys.events, "receipt", "sealed", "\(number)")
    try run(
      "INSERT INTO receipt (id, return_id, at, kind, state, sealed, reply) VALUES (?, ?, ?, ?, ?, ?, ?)",
      [number, id.rawValue, at.milliseconds, kind.rawValue, machine.state.name, sealed, note.reply?.rawValue])
  }

  private func text(
    of before: ReturnSummary, _ machine: ReturnMachine, _ event: ReturnEvent, _ actions: [ReturnAction], _ note: Move
  ) -> String {
    let state = machine.state
    let name = state.name + (state.detail.map { " (\($0))" } ?? "")
    var text = "\(before.id) for \(before.authority): "
    text += state.name == before.state.name ? name : "\(before.state.name) → \(name)"
    text += " (\(event.text)"
    if machine.attempt > 0 { text += ", attempt \(machine.attempt)" }
    text += ")"
    if let detail = note.detail { text += ": \(detail)" }
    if let next = note.nextAttemptAt, !state.isResting { text += "; next try not before \(next)" }
    // An acknowledgement is applied by the Replies station, which carries out no actions: the log must tell.
    if before.state == .withdrawn, let alarm = Self.alarm(in: actions) { text += "; \(alarm)" }
    return text
  }
}
