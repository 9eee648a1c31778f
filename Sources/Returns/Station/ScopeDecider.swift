// One export for one authority and one kind of return: the protocol R1 to R4. Touches the ledger and the gate.

import Leavers
import Ledger
import Profiles

/// Why a scope stays undecided.
enum ScopeFailure: Error {
  /// With the event that tells it.
  case selfCheck(ReturnsEvent)
}

/// Decides one scope.
struct ScopeDecider {
  let ledger: Ledger
  let configuration: Configuration
  let school: School
  let export: ExportID
  let entry: ScopeEntry
  /// What is known of the export as a whole.
  var facts = ExportFacts()
  let fault: FaultHook

  /// Plans, drafts, renders, checks and commits; gives what there is to tell.
  ///
  /// The instant of a draft that an earlier attempt left is taken for the whole scope, so that agreements, codes, names
  /// and dates come out as they would have then.
  func decide(_ rows: [LeaverRow], now: Timestamp) async throws -> [ReturnsEvent] {
    let drafts = try await ledger.returns.list(
      ReturnFilter(authority: entry.authority, kind: entry.kind, export: export, states: [ReturnState.drafted.name]))
    guard let authority = configuration.authority(entry.authority), let profile = authority.profile(for: entry.kind)
    else {
      return try await decideUnconfigured(rows, drafts: drafts)
    }
    guard let recipient = configuration.recipient(authority.recipient) else {
      throw ReturnsError(
        .unknownRecipient,
        message: "recipient \(authority.recipient) of \(authority.id) is not configured; add its file")
    }
    let instant = drafts.map(\.instant).min() ?? now
    let day = LondonTime.day(of: instant)
    let planner = ScopePlanner(
      authority: authority, profile: profile, school: school, configuration: configuration, day: day,
      gate: try FormatGate.gate(authority: authority, kind: entry.kind, recipient: recipient, school: school, day: day))
    let rows = planner.told(rows)
    let plan = planner.plan(rows)
    let brake = try await self.brake(plan, rows: rows, profile: profile, planner: planner)
    let records = Dictionary(rows.map { ($0.rowNumber, $0.record) }, uniquingKeysWith: { first, _ in first })
    var fates = Self.fates(plan)
    var returns: [RenderedReturn] = []
    var events: [ReturnsEvent] = []
    var closed: Set<Int> = []
    let moved = movedAway(plan, rows, planner, profile)
    var handled: Set<Cohort> = []
    var keeping: Set<ReturnID> = []
    let present = Set(rows.compactMap(\.pupil))
    for (cohort, ready) in plan.ready
      + moved.keys.filter({ cohort in !plan.ready.contains { $0.cohort == cohort } })
      .sorted().map({ ($0, []) })
    {
      // No agreement, no row is ready.
      guard let agreement = planner.disclosure.agreement else { continue }
      let had = moved[cohort] == nil ? [:] : try await firm(cohort)
      let closings = (moved[cohort] ?? []).filter { row in row.pupil.map { had[$0] != nil } ?? false }
      guard !ready.isEmpty || !closings.isEmpty else { continue }
      handled.insert(cohort)
      closed.formUnion(closings.map(\.rowNumber))
      let identified = try await identify(ready + closings, profile: profile)
      let (known, kept, lost) = try await known(
        cohort, profile, present: present, going: Set(identified.map(\.pupil)))
      keeping.formUnion(kept)
      let choice = ChangeCheck.choose(
        identified.map { ($0.pupil, $0.digest, $0.row.disclosure) }, known: known, changesOnly: profile.changesOnly)
      for (row, kept) in zip(identified, choice.unchanged) {
        if let kept { fates.append((row.row.rowNumber, .unchanged(kept))) }
      }
      func lostWith(_ id: ReturnID) -> ReturnsEvent? {
        lost.first { $0.return == id }.map {
          .changeLost(
            id, school: school.id, authority: authority.id, kind: entry.kind, cohort: cohort, pupils: $0.pupils)
        }
      }
      for obsolete in choice.obsolete {
        let event = lostWith(obsolete)
        guard try await withdraw(obsolete, because: event == nil ? Self.nothingLeft : Self.mayNotGo) else { continue }
        events.append(event ?? .takenBack(obsolete, authority: authority.id, kind: entry.kind, cohort: cohort))
      }
      let going = zip(identified, choice.unchanged).filter { $0.1 == nil }.map(\.0)
      if going.isEmpty {
        if let since = choice.unchanged.compactMap({ $0 }).max() {
          events.append(
            .unchanged(
              export: export, school: school.id, authority: authority.id, kind: entry.kind, cohort: cohort,
              since: since))
        }
        continue
      }
      let draft = try await ledger.returns.draft(
        DraftRequest(
          export: export, school: school.id, authority: authority.id, recipient: recipient.id, kind: entry.kind,
          cohort: cohort, cycle: ReturnNaming.cycle(of: cohort), instant: instant,
          way: recipient.way(for: authority), profileDigest: profile.digest, basis: agreement.basis,
          agreementReference: agreement.reference, evidence: authority.evidence.text,
          acknowledges: authority.acknowledges))
      fault("R1")
      events += lost.compactMap { lostWith($0.return) }
      let rendered = try await render(
        draft, rows: going, cohort: cohort, authority: authority, profile: profile, agreement: agreement,
        records: records, day: day, verdict: brake.verdict(of: cohort))
      returns.append(rendered)
      fates += going.map { ($0.row.rowNumber, .sent(draft.id, $0.row.disclosure)) }
      events.append(
        .ready(
          draft.id, school: school.id, authority: authority.id, kind: entry.kind, cohort: cohort, rows: going.count,
          floorRows: going.count { $0.row.disclosure == .floor }, next: rendered.next, brake: rendered.brake))
    }
    events += unknownCodes(plan, rows, planner)
    let takenBack = try await takeBack(plan, rows: rows, handled: handled)
    events += takenBack
    let gone = Self.gone(brake, takenBack)
    events += gone.map { .cohortGone(export: export, school: school.id, entry, $0) }
    let kept = Set(returns.map(\.id))
    try await ledger.returns.decide(
      export, authority: entry.authority, kind: entry.kind,
      decision: ScopeDecision(
        returns: returns, fates: fates, exclusions: Self.exclusions(plan).filter { !closed.contains($0.row) },
        abandoned: drafts.map(\.id).filter { !kept.contains($0) }, keeping: keeping,
        record: BrakeRecord(measures: brake.measures, gone: gone)))
    fault("R4")
    return events
  }

  /// The brake with what this export comes to and what it is compared with.
  private func brake(
    _ plan: ScopePlan, rows: [LeaverRow], profile: ReturnProfile, planner: ScopePlanner
  ) async throws -> Brake {
    let measures = BrakeMeasuring.measures(
      of: plan, rows: rows, profile: profile, routing: planner.routing, facts: facts)
    let present = Set(measures.filter { $0.value.leavers > 0 }.keys)
    let history = try await ledger.returns.brakeHistory(
      of: export, entry, present: present, extent: facts.extent ?? school.exportsAre)
    return Brake(policy: school.brake, history: history, measures: measures)
  }

  private static func gone(_ brake: Brake, _ takenBack: [ReturnsEvent]) -> [GoneCohort] {
    let cohorts = takenBack.compactMap { if case .takenBack(_, _, _, let cohort) = $0 { cohort } else { nil } }
    return brake.gone.map { cohort, last in
      GoneCohort(
        cohort: cohort, last: last, kept: brake.measures[cohort]?.detail?.rows ?? 0,
        takenBack: cohorts.contains(cohort))
    }
  }

  private struct IdentifiedRow {
    let row: MappedRow
    let pupil: PupilID
    let digest: [UInt8]
  }

  private func identify(_ rows: [MappedRow], profile: ReturnProfile) async throws -> [IdentifiedRow] {
    var identified: [IdentifiedRow] = []
    identified.reserveCapacity(rows.count)
    for row in rows {
      guard let pupil = row.pupil else {
        throw ReturnsError(.noPupil, message: "row \(row.rowNumber) is ready although nobody knows whose it is")
      }
      let bytes = try ReturnRenderer(profile: profile).identity(of: row)
      identified.append(IdentifiedRow(row: row, pupil: pupil, digest: ledger.returns.rowDigest(bytes)))
    }
    return identified
  }

  /// Which codes the authority's profile has nothing for, and whose they are.
  private func unknownCodes(_ plan: ScopePlan, _ rows: [LeaverRow], _ planner: ScopePlanner) -> [ReturnsEvent] {
    struct Unknown: Hashable {
      let column: String
      let code: String?
    }
    let pupils = Dictionary(rows.map { ($0.rowNumber, $0.pupil) }, uniquingKeysWith: { first, _ in first })
    var found: [Unknown: [PupilID]] = [:]
    for case (let number, .held(.codeUnknownToAuthority, let column?, let code)) in plan.outcomes {
      guard let pupil = pupils[number] ?? nil else { continue }
      found[Unknown(column: column, code: planner.isPlain(code, in: column) ? code : nil), default: []].append(pupil)
    }
    return found.sorted { ($0.key.column, $0.key.code ?? "") < ($1.key.column, $1.key.code ?? "") }.map {
      .codeUnknown(
        export: export, school: school.id, authority: entry.authority, kind: entry.kind, column: $0.key.column,
        code: $0.key.code, pupils: $0.value)
    }
  }

  /// What the authority has of a cohort: by the newest return, or, where it takes changes only, by all together.
  ///
  /// A return of changes that waits and tells of somebody whom this export does not name is kept, and goes before the new
  /// one: what it says of them nobody would say again. But what must not go of somebody goes in none: then it is replaced
  /// all the same, and of whom a change is lost with it is told.
  private func known(
    _ cohort: Cohort, _ profile: ReturnProfile, present: Set<PupilID>, going: Set<PupilID>
  ) async throws -> (known: ChangeCheck.Known, kept: [ReturnID], lost: [(return: ReturnID, pupils: [PupilID])]) {
    func known(_ rows: [PupilID: PreviousRow]) -> [PupilID: KnownRow] {
      rows.mapValues { KnownRow(digest: $0.digest, inReturn: $0.return, disclosure: $0.disclosure) }
    }
    guard profile.changesOnly else {
      let previous = try await ledger.returns.previousRows(
        school: school.id, authority: entry.authority, kind: entry.kind, cohort: cohort)
      return (ChangeCheck.Known(rows: known(previous)), [], [])
    }
    let (firm, pending) = try await ledger.returns.knownRows(
      school: school.id, authority: entry.authority, kind: entry.kind, cohort: cohort)
    var rows = known(firm)
    var kept: [ReturnID] = []
    var replaced: [(return: ReturnID, rows: [PupilID: KnownRow])] = []
    var lost: [(return: ReturnID, pupils: [PupilID])] = []
    for one in pending {
      let gone = one.rows.keys.filter { !present.contains($0) }.sorted()
      let mayGo = one.rows.keys.allSatisfy { going.contains($0) || !present.contains($0) }
      if !gone.isEmpty, mayGo, try await ledger.deliveries.objections(in: one.return).count == 0 {
        kept.append(one.return)
        rows.merge(known(one.rows)) { $1 }
      } else {
        replaced.append((one.return, known(one.rows)))
        if !gone.isEmpty { lost.append((one.return, gone)) }
      }
    }
    return (ChangeCheck.Known(rows: rows, pending: replaced), kept, lost)
  }

  /// What may have reached the authority of a cohort, by whatever return: who never went there is not closed there.
  private func firm(_ cohort: Cohort) async throws -> [PupilID: PreviousRow] {
    try await ledger.returns.knownRows(
      school: school.id, authority: entry.authority, kind: entry.kind, cohort: cohort
    ).firm
  }

  /// The closing records of those who moved to another authority, by cohort; of whom the authority knows is asked later.
  private func movedAway(
    _ plan: ScopePlan, _ rows: [LeaverRow], _ planner: ScopePlanner, _ profile: ReturnProfile
  ) -> [Cohort: [MappedRow]] {
    guard profile.closes else { return [:] }
    let byNumber = Dictionary(rows.map { ($0.rowNumber, $0) }, uniquingKeysWith: { first, _ in first })
    var moved: [Cohort: [MappedRow]] = [:]
    for case (let number, .notRouted) in plan.outcomes {
      guard let row = byNumber[number], let cohort = row.cohort, let closing = planner.closing(row) else { continue }
      moved[cohort, default: []].append(closing)
    }
    return moved
  }

  /// R2 and R3: the object, and the proof from the object.
  private func render(
    _ draft: ReturnSummary, rows: [IdentifiedRow], cohort: Cohort, authority: AuthorityProfile, profile: ReturnProfile,
    agreement: Agreement, records: [Int: LeaverRecord], day: CalendarDate, verdict: BrakeVerdict
  ) async throws -> RenderedReturn {
    let mapped = rows.map(\.row)
    let setting = RenderSetting(
      school: school, authority: authority, kind: entry.kind, cohort: cohort, sequence: draft.sequence, day: day,
      scratch: configuration.state)
    let bytes = try ReturnRenderer(profile: profile).bytes(of: mapped, setting)
    let object = try await ledger.objects.store(bytes, kind: .return)
    fault("R2")
    let check = SelfCheck(
      profile: profile, agreement: agreement, codes: configuration.codes, school: school, day: day
    ).check(try await ledger.objects.read(object), rows: mapped, records: records, setting)
    guard check.isClean else {
      throw ScopeFailure.selfCheck(
        .selfCheckFailed(
          export: export, school: school.id, authority: authority.id, kind: entry.kind, cohort: cohort,
          problems: check.problems.map(\.description)))
    }
    fault("R3")
    let name = try ReturnFile.name(
      profile.fileName,
      ReturnNaming.values(
        school: school, authority: authority.id, kind: entry.kind, cohort: cohort, sequence: draft.sequence, day: day),
      authority: authority.id, kind: entry.kind)
    return RenderedReturn(
      id: draft.id, object: object, fileName: name,
      rows: rows.map { ($0.row.rowNumber, $0.pupil, $0.digest, $0.row.disclosure) },
      fields: check.disclosed.flatMap { repeatElement(($0.field, $0.tier, $0.full), count: $0.rows) },
      next: verdict.start(
        ReturnNaming.next(
          profile.sendPlan(of: cohort, for: entry.authority, by: configuration.calendar), on: day)),
      brake: verdict.reasons,
      tellsContact: check.tellsContact, consent: agreement.consent,
      totals: CodeTotals.count(mapped, profile: profile), isOfChanges: profile.changesOnly)
  }

  /// A return that waits, and of whose pupils the newest export sends none here any more (held, withheld, of another
  /// authority or not of this kind), must not go by a release or a retry that knows nothing of it. Where any row of its
  /// cohort is left, the new return takes its place by itself.
  ///
  /// What the authority may have is left alone: that it goes again was decided by a person, or a look settles it.
  private func takeBack(
    _ plan: ScopePlan, rows: [LeaverRow], handled renewed: Set<Cohort>
  ) async throws -> [ReturnsEvent] {
    let byNumber = Dictionary(rows.map { ($0.rowNumber, $0) }, uniquingKeysWith: { first, _ in first })
    var staying: Set<PupilID> = []
    for (number, outcome) in plan.outcomes {
      switch outcome {
      case .held, .withheld, .notRouted, .notInKind:
        if let pupil = byNumber[number]?.pupil { staying.insert(pupil) }
      case .merged, .ready: continue
      }
    }
    guard !staying.isEmpty else { return [] }
    let open = try await ledger.returns.list(
      ReturnFilter(
        school: school.id, authority: entry.authority, kind: entry.kind,
        states: [ReturnState.queued.name, ReturnState.waiting(.release).name]))
    var events: [ReturnsEvent] = []
    for old in open where old.export < export && old.earlier == .not && !renewed.contains(old.cohort) {
      let names = try await ledger.returns.detail(old.id).rows.contains { staying.contains($0.pupil) }
      guard names, try await withdraw(old.id, because: Self.noneLeft) else { continue }
      events.append(.takenBack(old.id, authority: entry.authority, kind: entry.kind, cohort: old.cohort))
    }
    return events
  }

  /// False where it has just begun to go; what may be disclosed is decided again at that moment.
  private func withdraw(_ id: ReturnID, because why: String) async throws -> Bool {
    do {
      try await ledger.returns.withdraw(
        id, by: Person(name: "leaverlink", known: "service"), why: "by \(export) \(why)")
      return true
    } catch {
      guard error.code == .illegalTransition else { throw error }
      return false
    }
  }

  private static let noneLeft =
    "no pupil in it goes to this authority any more: held back, another authority's or not of this kind"
  private static let mayNotGo = "somebody in it may not go so any more, and nothing else of it is new"
  private static let nothingLeft = "nothing is other any more than what the authority has"

  /// The configuration does not name this authority or kind any more: what is no repeat has no agreement to go by.
  private func decideUnconfigured(_ rows: [LeaverRow], drafts: [ReturnSummary]) async throws -> [ReturnsEvent] {
    let fates = rows.map { row -> (row: Int, fate: Fate) in
      if case .merged(let into) = row.verdict { return (row.rowNumber, .merged(row: into)) }
      return (row.rowNumber, .withheld(.noAgreement))
    }
    try await ledger.returns.decide(
      export, authority: entry.authority, kind: entry.kind,
      decision: ScopeDecision(returns: [], fates: fates, exclusions: [], abandoned: drafts.map(\.id)))
    fault("R4")
    return []
  }

  private static func fates(_ plan: ScopePlan) -> [(row: Int, fate: Fate)] {
    plan.outcomes.compactMap { row, outcome in
      switch outcome {
      case .merged(let into): (row, .merged(row: into))
      case .held(let reason, _, _): (row, .held(reason))
      case .withheld(let reason, _): (row, .withheld(reason))
      case .notInKind(let reason): (row, .notInKind(reason))
      case .notRouted, .ready: nil
      }
    }
  }

  private static func exclusions(_ plan: ScopePlan) -> [(row: Int, reason: RoutingReason)] {
    plan.outcomes.compactMap { row, outcome in
      if case .notRouted(let reason) = outcome { (row, reason) } else { nil }
    }
  }
}
