// One recipient's lane: takes its returns from the ledger, one at a time, and carries out what their machines ask for.
// It decides nothing about states: ReturnMachine does. It touches the far side through the recipient's Endpoint only.

package import Leavers
package import Ledger
package import Profiles
package import Transport

/// Delivers the returns of one recipient, oldest first, strictly one at a time.
package actor DeliveryLane {
  package typealias Endpoints = @Sendable (SchoolID) -> Endpoint?

  private let ledger: Ledger
  private let timekeeper: any Timekeeper
  private let report: @Sendable (DeliveryEvent) -> Void
  private let faults: FaultHook
  private let chance: @Sendable () -> Double
  private var configuration: Configuration
  private var recipient: Recipient
  private var endpoints: Endpoints
  /// When a return in flight may be taken up again, for those whose state keeps no time.
  private var notBefore: [ReturnID: Timestamp] = [:]
  private var failuresInARow: [ReturnID: Int] = [:]
  /// Unknown returns that this process has looked for already since the far side last answered.
  private var probed: Set<ReturnID> = []
  private var isRetired = false
  /// What a process before this one left at the far side is removed once.
  private var hasTidied = false

  /// - Parameters:
  ///   - endpoints: the endpoint for a school; the same for all but hand-over, where it is the school's desk.
  ///   - chance: a random number in 0..<1, for jitter.
  package init(
    recipient: Recipient, configuration: Configuration, ledger: Ledger, endpoints: @escaping Endpoints,
    timekeeper: any Timekeeper, chance: @escaping @Sendable () -> Double,
    faults: @escaping FaultHook = { _ in }, report: @escaping @Sendable (DeliveryEvent) -> Void
  ) {
    self.recipient = recipient
    self.configuration = configuration
    self.ledger = ledger
    self.endpoints = endpoints
    self.timekeeper = timekeeper
    self.chance = chance
    self.faults = faults
    self.report = report
  }

  /// Takes a new configuration, between two passes.
  package func replace(recipient: Recipient, configuration: Configuration, endpoints: @escaping Endpoints) {
    self.recipient = recipient
    self.configuration = configuration
    self.endpoints = endpoints
    isRetired = false
  }

  /// The recipient is no longer configured: nothing goes there, and what it still held stays as it is.
  package func retire() {
    isRetired = true
  }

  /// Sends all that is due.
  package func pass() async throws -> Pass {
    guard !isRetired else { return Pass(didWork: false, next: nil) }
    let standing = try await ledger.recipients.state(recipient.id)
    if standing.paused != nil || standing.stopped != nil { return Pass(didWork: false, next: nil) }
    await liftStops(failures: standing.failures)

    if !hasTidied {
      hasTidied = true
      for item in try await ledger.deliveries.withTemporaries(recipient: recipient.id) {
        await removeTemporaries(of: item)
      }
    }
    var didWork = try await queueWhatHasItsDate()
    let due = try await ledger.deliveries.due(recipient: recipient.id, now: timekeeper.now())
    for item in due where (notBefore[item.id] ?? timekeeper.now()) <= timekeeper.now() {
      try Task.checkCancellation()
      try await work(on: item)
      didWork = true
      if try await ledger.recipients.state(recipient.id).stopped != nil { break }
    }
    for item in try await ledger.deliveries.unresolved(recipient: recipient.id) where !probed.contains(item.id) {
      probed.insert(item.id)
      try await carry(on: item, from: .restarted)
    }
    return Pass(didWork: didWork, next: try await nextDue())
  }

  /// A person resumed the recipient: the endpoint, which keeps a stop and a breaker of its own, tries again. That the
  /// ledger knows of no failure while the breaker is open means the same.
  private func liftStops(failures: Int) async {
    for school in configuration.schools {
      guard let endpoint = endpoints(school.id) else { continue }
      switch await endpoint.condition {
      case .stopped: await endpoint.resume()
      case .open where failures == 0:
        await endpoint.resume()
        notBefore = [:]
        failuresInARow = [:]
      default: continue
      }
    }
  }

  private func queueWhatHasItsDate() async throws -> Bool {
    var found = false
    for item in try await ledger.deliveries.dates(now: timekeeper.now()) where item.recipient == recipient.id {
      _ = try await ledger.deliveries.apply(.dateReached, to: item.id, note: note("its date has come"))
      found = true
    }
    return found
  }

  private func nextDue() async throws -> Duration? {
    let queued = try await ledger.deliveries.nextDue(recipient: recipient.id)
    let now = timekeeper.now()
    let next = ([queued].compactMap { $0 } + notBefore.values.filter { $0 > now }).min()
    guard let next else { return nil }
    return timekeeper.monotonic()
      + max(.zero, now.duration(to: next))
  }

  // MARK: - One return

  private func work(on item: ReturnSummary) async throws {
    switch item.state {
    case .queued:
      if let obstacle = try await obstacle(to: item) {
        try await withhold(item, obstacle)
        return
      }
      try await carry(on: item, from: .started)
    default:
      try await carry(on: item, from: .restarted)
    }
  }

  /// S0: the basis, the gate and the objections are checked again at the moment of sending.
  private func obstacle(to item: ReturnSummary) async throws -> DeliveryObstacle? {
    guard let authority = configuration.authority(item.authority), let school = configuration.school(item.school) else {
      return .notConfigured
    }
    guard authority.recipient == recipient.id else { return .recipientChanged(authority.recipient) }
    let agreement = authority.agreement(for: item.kind, on: timekeeper.today())
    guard let agreement else { return .noAgreement }
    let record = try recipient.sandbox.map { directory in try SandboxRecord.read(directory: directory) }
    if let refusal = EvidenceGate.refusal(
      authority: authority, agreement: agreement, recipient: recipient, school: school, purpose: .run,
      sandboxRecord: record)
    {
      return .gate(refusal)
    }
    if let change = ChangedTerms.since(
      item, fields: try await ledger.returns.detail(item.id).fields, authority: authority, agreement: agreement)
    {
      return .changedTerms(change)
    }
    guard agreement.basis.knowsObjection else { return nil }
    let objections = try await ledger.deliveries.objections(in: item.id)
    return objections > 0 ? .objections(objections) : nil
  }

  private func withhold(_ item: ReturnSummary, _ obstacle: DeliveryObstacle) async throws {
    _ = try await ledger.deliveries.apply(.held(obstacle.waitReason), to: item.id, note: note(obstacle.text))
    report(.init(recipient: recipient.id, return: item.id, weight: .alarm, text: "not sent: \(obstacle.text)"))
  }

  /// Feeds the machine an event, carries out what it asks for, feeds it the outcome, until it asks for nothing more.
  /// Each outcome is committed before the next action begins.
  private func carry(on item: ReturnSummary, from event: ReturnEvent) async throws {
    var pending = event
    var detail: String?
    var evidence: [String: String] = [:]
    while true {
      let retryAt = retryTime(after: pending, of: item.id)
      let (current, actions) = try await ledger.deliveries.apply(
        pending, to: item.id,
        note: DeliveryNote(at: timekeeper.now(), detail: detail, nextAttemptAt: retryAt, evidence: evidence))
      faults("committed \(current.state.name)")
      tell(current, from: item.state, detail: detail)
      detail = nil
      evidence = [:]

      var outcome: ReturnEvent?
      for action in actions {
        switch action {
        case .alarm(let text):
          report(.init(recipient: recipient.id, return: item.id, weight: .alarm, text: text))
        case .notifyWaitingForPerson:
          report(
            .init(recipient: recipient.id, return: item.id, weight: .notable, text: "a pack waits on the desk"))
        case .scheduleRetry:
          if current.state != .queued { notBefore[item.id] = retryAt }
        case .removeTemporaries:
          await removeTemporaries(of: current)
        default:
          let result = await perform(action, for: current)
          (outcome, detail, evidence) = (result.event, result.detail, result.evidence)
        }
      }
      guard let outcome else {
        if !current.state.isInFlight && current.state != .queued { forget(item.id) }
        return
      }
      // At shutdown a step that was cut short is no failure of the recipient: the next start finds out what happened.
      try Task.checkCancellation()
      if case .failed(let failure) = outcome {
        try await note(failure: failure, detail: detail)
      } else if try await ledger.recipients.state(recipient.id).failures > 0 {
        try await ledger.recipients.noteProblem(recipient.id, nil)
      }
      pending = outcome
    }
  }

  private func forget(_ id: ReturnID) {
    notBefore[id] = nil
    failuresInARow[id] = nil
  }

  private func retryTime(after event: ReturnEvent, of id: ReturnID) -> Timestamp? {
    switch event {
    case .failed, .temporaryReadBack(.different), .temporaryReadBack(.missing):
      let failures = (failuresInARow[id] ?? 0) + 1
      failuresInARow[id] = failures
      let wait = BackOff(first: recipient.retryAfter).wait(afterFailures: failures, chance: chance())
      return timekeeper.now().advanced(by: wait)
    default: return nil
    }
  }

  private func note(failure: Failure, detail: String?) async throws {
    let text = detail ?? failure.rawValue
    switch failure {
    case .authentication:
      try await ledger.recipients.stop(recipient.id, why: text)
      report(.init(recipient: recipient.id, return: nil, weight: .alarm, text: "stopped until resumed: \(text)"))
    default:
      try await ledger.recipients.noteProblem(recipient.id, text)
    }
  }

  private func note(_ detail: String) -> DeliveryNote {
    DeliveryNote(at: timekeeper.now(), detail: detail, nextAttemptAt: nil, evidence: [:])
  }

  private func tell(_ current: ReturnSummary, from before: ReturnState, detail: String?) {
    guard current.state != before || detail != nil else { return }
    let text = detail.map { "\(current.state.name): \($0)" } ?? current.state.name
    report(.init(recipient: recipient.id, return: current.id, weight: .routine, text: text))
  }

  // MARK: - Effects

  private struct Outcome {
    var event: ReturnEvent
    var detail: String?
    var evidence: [String: String] = [:]
  }

  private func perform(_ action: ReturnAction, for item: ReturnSummary) async -> Outcome {
    guard let endpoint = endpoints(item.school) else {
      return Outcome(event: .failed(.notBegun), detail: "the recipient has no endpoint for this school")
    }
    do {
      let courier = try await Courier(
        item: item, ledger: ledger, recipient: recipient, configuration: configuration, faults: faults)
      let result = try await endpoint.perform { session throws(TransportError) in
        try await courier.perform(action, over: session)
      }
      return Outcome(event: result.event, evidence: result.evidence)
    } catch let error as TransportError {
      return Outcome(event: .failed(Courier.failure(of: error)), detail: error.description)
    } catch {
      return Outcome(event: .failed(.notBegun), detail: "\(error)")
    }
  }

  /// Takes away what earlier attempts left. What cannot be removed is named, and does no harm: it is never published.
  private func removeTemporaries(of item: ReturnSummary) async {
    guard let endpoint = endpoints(item.school) else { return }
    do {
      let names = try await ledger.deliveries.temporaries(of: item.id)
      let folder = try Courier.folder(of: item, recipient: recipient)
      try await endpoint.perform { session throws(TransportError) in
        for name in names {
          do throws(TransportError) {
            try await session.remove(Courier.path(name, in: folder))
          } catch let error where error.code == .notFound {
            continue
          }
        }
      }
      try await ledger.deliveries.temporariesRemoved(of: item.id)
    } catch {
      report(
        .init(
          recipient: recipient.id, return: item.id, weight: .notable,
          text: "temporary files of earlier attempts could not be removed: \(error)"))
    }
  }
}
