// One return on its way: what stands against it, and its machine's actions carried out one after the other.

import Leavers
import Ledger
import Profiles
import Transport

extension DeliveryLane {
  func work(on item: ReturnSummary) async throws {
    guard item.state == .queued else {
      try await carry(on: item, from: try await isElsewhere(item) ? .recipientMoved : .restarted)
      return
    }
    let (item, obstacle) = try await obstacle(to: item)
    if let obstacle {
      _ = try await ledger.deliveries.apply(.held(obstacle.waitReason), to: item.id, note: note(obstacle.text))
      report(.init(recipient: recipient, return: item.id, weight: .alarm, text: "not sent: \(obstacle.text)"))
      return
    }
    try await carry(on: item, from: .started)
  }

  /// Looks for one that is `unknown`; whether the far side could be asked. Where the recipient moved, only that it lies
  /// there whole proves anything, and the machine takes nothing else for a proof.
  func look(for item: ReturnSummary) async throws -> Bool { try await carry(on: item, from: .restarted) == nil }

  /// Whether the newest attempt went to another place than that of now.
  private func isElsewhere(_ item: ReturnSummary) async throws -> Bool {
    guard let then = try await ledger.deliveries.whereabouts(of: item.id), let now = terms.whereabouts(of: item.school)
    else { return false }
    return then != now
  }

  /// S0: the basis, the gate, the objections and the way there are checked again at the moment of sending. One that
  /// nobody can have yet goes by the way of now.
  private func obstacle(to item: ReturnSummary) async throws -> (ReturnSummary, DeliveryObstacle?) {
    let (configuration, here) = (terms.configuration, terms.recipient)
    guard let authority = configuration.authority(item.authority), let school = configuration.school(item.school) else {
      return (item, .notConfigured)
    }
    guard authority.recipient == recipient else { return (item, .recipientChanged(authority.recipient)) }
    guard let agreement = authority.agreement(for: item.kind, on: timekeeper.today()) else {
      return (item, .noAgreement)
    }
    let record = try here.sandbox.map { directory in try SandboxRecord.read(directory: directory) }
    if let refusal = EvidenceGate.refusal(
      authority: authority, agreement: agreement, recipient: here, school: school, purpose: .run, sandboxRecord: record)
    {
      return (item, .gate(refusal))
    }
    let detail = try await ledger.returns.detail(item.id)
    if let change = ChangedTerms.since(
      item, fields: detail.fields, consent: detail.consent, authority: authority, agreement: agreement)
    {
      return (item, .changedTerms(change))
    }
    let objections = try await ledger.deliveries.objections(in: item.id)
    if objections.count > 0 { return (item, .objections(objections.count, objections.reasons)) }
    let way = here.way(for: authority)
    let isElsewhere = try await isElsewhere(item) || item.way.publication != way.publication
    // What perhaps arrived must not arrive a second time by another way, or where nobody looks for the first.
    if item.earlier == .perhaps, isElsewhere || item.way.folder != way.folder { return (item, .movedAway) }
    return (try await ledger.deliveries.take(way, for: item.id, isElsewhere: isElsewhere), nil)
  }

  /// Feeds the machine an event, carries out what it asks for, feeds it the outcome, until it asks for nothing more.
  /// Each outcome is committed before the next action begins. Gives the failure that it ended with, if any.
  @discardableResult
  func carry(on item: ReturnSummary, from event: ReturnEvent) async throws -> Failure? {
    var outcome = Outcome(event: event)
    var contradictions = Contradictions()
    var failure: Failure?
    while true {
      let (current, actions) = try await ledger.deliveries.apply(
        outcome.event, to: item.id,
        note: DeliveryNote(
          at: timekeeper.now(), detail: outcome.detail, nextAttemptAt: retryTime(after: outcome.event, of: item.id),
          evidence: outcome.evidence, whereabouts: terms.whereabouts(of: item.school)))
      faults("committed \(current.state.name)")
      tell(current, from: item.state, detail: outcome.detail)

      var next: Outcome?
      for action in actions {
        switch action {
        case .alarm(let text):
          report(.init(recipient: recipient, return: item.id, weight: .alarm, text: text))
        case .notifyWaitingForPerson:
          report(.init(recipient: recipient, return: item.id, weight: .notable, text: "a pack waits on the desk"))
        case .scheduleRetry: break  // Committed with the state: `next_attempt_at`.
        case .removeTemporaries: try await removeTemporaries(of: current)
        default:
          next = contradictions.isEndless(action) ? Contradictions.outcome : await perform(action, for: current)
        }
      }
      guard let next else {
        if !current.state.isInFlight && current.state != .queued { failuresInARow[item.id] = nil }
        return failure
      }
      if case .failed(let kind) = next.event {
        // At shutdown a step that was cut short is no failure of the recipient: the next start finds out what happened.
        // What was done is committed all the same.
        try Task.checkCancellation()
        failure = kind
        try await note(kind, next)
      } else if try await ledger.recipients.state(recipient).failures > 0 {
        try await ledger.recipients.noteProblem(recipient, nil)
      }
      contradictions.saw(next.event)
      outcome = next
    }
  }

  private func retryTime(after event: ReturnEvent, of id: ReturnID) -> Timestamp? {
    switch event {
    case .failed, .temporaryReadBack(.different), .temporaryReadBack(.missing):
      let failures = (failuresInARow[id] ?? 0) + 1
      failuresInARow[id] = failures
      let wait = BackOff(first: terms.recipient.retryAfter).wait(afterFailures: failures, chance: chance())
      return timekeeper.now().advanced(by: wait)
    default: return nil
    }
  }

  private func note(_ failure: Failure, _ outcome: Outcome) async throws {
    let text = outcome.detail ?? failure.rawValue
    switch failure {
    case .authentication: try await stop(why: text)
    default:
      try await ledger.recipients.noteProblem(recipient, text, code: outcome.code)
    }
  }

  private func tell(_ current: ReturnSummary, from before: ReturnState, detail: String?) {
    guard current.state != before || detail != nil else { return }
    let text = detail.map { "\(current.state.name): \($0)" } ?? current.state.name
    report(.init(recipient: recipient, return: current.id, weight: .routine, text: text))
  }

  // MARK: - Effects

  /// What came of an action.
  struct Outcome {
    var event: ReturnEvent
    var detail: String?
    /// The kind of trouble.
    var code: String?
    var evidence: [String: String] = [:]
  }

  private func perform(_ action: ReturnAction, for item: ReturnSummary) async -> Outcome {
    guard let endpoint = terms.endpoints(item.school) else {
      return Outcome(event: .failed(.notBegun), detail: "the recipient has no endpoint for this school")
    }
    do {
      let courier = try await Courier(
        item: item, ledger: ledger, recipient: terms.recipient, configuration: terms.configuration, faults: faults)
      let result = try await endpoint.perform { session throws(TransportError) in
        try await courier.perform(action, over: session)
      }
      if let sheet = result.coverSheet {
        try await ledger.exports.recordDeskFile(
          school: item.school, name: sheet.name, sha256: sheet.sha256, export: item.export)
      }
      return Outcome(event: result.event, evidence: result.evidence)
    } catch let error as TransportError {
      return Outcome(event: .failed(Courier.failure(of: error)), detail: error.description, code: error.code.name)
    } catch {
      return Outcome(event: .failed(.notBegun), detail: "\(error)")
    }
  }
}
