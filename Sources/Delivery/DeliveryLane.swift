// One recipient's lane: takes its returns from the ledger, one at a time, and carries out what their machines ask for.
// It decides nothing about states: ReturnMachine does. It touches the far side through the recipient's Endpoint only.

package import Leavers
package import Ledger
package import Profiles
package import Transport

/// Delivers the returns of one recipient, oldest first, strictly one at a time.
package actor DeliveryLane {
  package typealias Endpoints = @Sendable (SchoolID) -> Endpoint?

  let ledger: Ledger
  let timekeeper: any Timekeeper
  let report: @Sendable (DeliveryEvent) -> Void
  let faults: FaultHook
  let chance: @Sendable () -> Double
  /// In force for a whole pass: an actor takes calls while it waits.
  var terms: LaneTerms
  private var newTerms: LaneTerms?
  private var isRetired = false
  var failuresInARow: [ReturnID: Int] = [:]
  /// When to look again for a return of which we do not know whether the authority has it.
  private var looks: [ReturnID: Duration] = [:]
  var temporaries = TemporariesWatch()
  /// How often a person had resumed the recipient when its endpoints were last seen in order.
  private var resumes: Int?
  /// Since when the endpoint is stopped and the ledger knows nothing of it.
  private var unexplainedStop: Duration?

  /// - Parameters:
  ///   - endpoints: the endpoint for a school; the same for all but hand-over, where it is the school's desk.
  ///   - chance: a random number in 0..<1, for jitter.
  package init(
    recipient: Recipient, configuration: Configuration, ledger: Ledger, endpoints: @escaping Endpoints,
    timekeeper: any Timekeeper, chance: @escaping @Sendable () -> Double,
    faults: @escaping FaultHook = { _ in }, report: @escaping @Sendable (DeliveryEvent) -> Void
  ) {
    terms = LaneTerms(recipient: recipient, configuration: configuration, endpoints: endpoints)
    self.ledger = ledger
    self.timekeeper = timekeeper
    self.chance = chance
    self.faults = faults
    self.report = report
  }

  var recipient: RecipientID { terms.recipient.id }

  /// Takes a new configuration, in force from the next pass on; the present one begins no further return.
  package func replace(recipient: Recipient, configuration: Configuration, endpoints: @escaping Endpoints) {
    newTerms = LaneTerms(recipient: recipient, configuration: configuration, endpoints: endpoints)
    isRetired = false
  }

  /// The recipient is no longer configured: nothing goes there, and what it still held stays as it is.
  package func retire() {
    isRetired = true
  }

  /// Whether the pass must not begin anything more.
  private var isOver: Bool { isRetired || newTerms != nil }

  /// A pass ends after so long, that the watchdog sees it move on.
  private static let longestPass = Duration.seconds(300)
  /// How long after a look that proved nothing a return that is `unknown` is looked for again.
  private static let lookAgain = Duration.seconds(3600)
  /// An endpoint is stopped before the ledger hears of it, by whoever met the refusal.
  private static let stopIsTold = Duration.seconds(5)

  /// Sends all that is due.
  package func pass() async throws -> Pass {
    if let newTerms {
      terms = newTerms
      self.newTerms = nil
    }
    guard !isRetired else { return Pass() }
    let standing = try await ledger.recipients.state(recipient)
    guard standing.isOpen else { return Pass() }
    if let instant = try await liftStops(standing) { return Pass(didWork: false, next: instant) }

    let end = timekeeper.monotonic() + Self.longestPass
    var pass = Pass(didWork: try await queueWhatHasItsDate())
    pass.isDue(try await tidy())
    for item in try await ledger.deliveries.due(recipient: recipient, now: timekeeper.now()) {
      try Task.checkCancellation()
      guard !isOver, timekeeper.monotonic() < end else { return Pass(didWork: true) }
      // What the breaker refuses is no attempt, and no failure of the return.
      if let until = await breaker(of: item.school) {
        pass.isDue(until)
        continue
      }
      try await work(on: item)
      pass.didWork = true
      if try await ledger.recipients.state(recipient).stopped != nil { return pass }
    }
    try await lookForUnknown(&pass, until: end)
    for (school, at) in try await ledger.deliveries.nextDue(recipient: recipient) {
      let due = timekeeper.monotonic() + max(.zero, timekeeper.now().duration(to: at))
      pass.isDue(max(due, await breaker(of: school) ?? due))
    }
    return pass
  }

  // MARK: - Stops and breakers

  /// A person resumed the recipient: the endpoints, which keep stops and breakers of their own, try again.
  ///
  /// A stop of which the ledger knows nothing is about to be told it by whoever met the refusal; where nobody does, it is
  /// written down here. Gives when to come again meanwhile.
  private func liftStops(_ standing: RecipientState) async throws -> Duration? {
    let known = resumes ?? standing.resumes
    resumes = known
    let isResumed = standing.resumes > known
    var stopped: String?
    for endpoint in terms.distinct {
      switch await endpoint.condition {
      case .ready: continue
      case .stopped(let why) where !isResumed: stopped = why
      case .open where !isResumed: continue
      case .stopped, .open: await endpoint.resume()
      }
    }
    if isResumed { failuresInARow = [:] }
    guard let stopped else {
      (resumes, unexplainedStop) = (standing.resumes, nil)
      return nil
    }
    let now = timekeeper.monotonic()
    let since = unexplainedStop ?? now
    unexplainedStop = since
    guard now - since >= Self.stopIsTold else { return since + Self.stopIsTold }
    try await stop(why: stopped)
    return now + Self.stopIsTold
  }

  /// Nothing goes there until a person resumes it.
  func stop(why: String) async throws {
    try await ledger.recipients.stop(recipient, why: why)
    report(.init(recipient: recipient, return: nil, weight: .alarm, text: "stopped until resumed: \(why)"))
  }

  /// Until when the breaker of a school's endpoint lets nothing through.
  private func breaker(of school: SchoolID) async -> Duration? {
    guard let endpoint = terms.endpoints(school) else { return nil }
    return if case .open(let until, _) = await endpoint.condition { until } else { nil }
  }

  // MARK: - What is due

  /// Each return that waits for its day is asked for it anew: the calendar or the profile may have been corrected since.
  private func queueWhatHasItsDate() async throws -> Bool {
    let today = timekeeper.today()
    var found = false
    for item in try await ledger.deliveries.dated(recipient: recipient) {
      guard case .waiting(.date(let then)) = item.state else { continue }
      let day = day(of: item, insteadOf: then, today: today)
      if let day, day <= today {
        _ = try await ledger.deliveries.apply(.dateReached, to: item.id, note: note("its date has come"))
        found = true
      } else if day != then {
        let now = day.map { "goes on \(LondonTime.text($0))" } ?? "waits for its release"
        let text = "it was to go on \(LondonTime.text(then)); by the profile and the calendar of now it \(now)"
        _ = try await ledger.deliveries.apply(
          .dateMoved(day.map { .date($0) } ?? .release), to: item.id, note: note(text))
        report(.init(recipient: recipient, return: item.id, weight: .notable, text: text))
      }
    }
    return found
  }

  /// The day on which a return goes by the configuration of now. One that is configured no more keeps its day: what stands
  /// against it is said when it is to go.
  private func day(of item: ReturnSummary, insteadOf then: CalendarDate, today: CalendarDate) -> CalendarDate? {
    let configuration = terms.configuration
    guard let profile = configuration.authority(item.authority)?.profile(for: item.kind) else { return then }
    return profile.sendPlan(of: item.cohort, for: item.authority, by: configuration.calendar)
      .day(insteadOf: then, today: today)
  }

  /// Looks for returns of which we do not know whether the authority has them: at the start, and now and then.
  private func lookForUnknown(_ pass: inout Pass, until end: Duration) async throws {
    let unresolved = try await ledger.deliveries.unresolved(recipient: recipient)
    looks = looks.filter { look in unresolved.contains { $0.id == look.key } }
    for item in unresolved where item.way.readBack != .none {
      try Task.checkCancellation()
      guard !isOver, timekeeper.monotonic() < end else {
        pass.didWork = true
        return
      }
      if let until = await breaker(of: item.school) {
        pass.isDue(until)
        continue
      }
      if looks[item.id].map({ $0 <= timekeeper.monotonic() }) ?? true {
        let wasSeen = try await look(for: item)
        looks[item.id] = timekeeper.monotonic() + (wasSeen ? Self.lookAgain : terms.recipient.retryAfter)
      }
      pass.isDue(looks[item.id])
    }
  }

  func note(_ detail: String) -> DeliveryNote { DeliveryNote(at: timekeeper.now(), detail: detail) }
}
