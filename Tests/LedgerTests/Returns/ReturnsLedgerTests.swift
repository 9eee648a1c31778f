// Scope, drafts, decisions, superseding; and what a person decides of a return.

import Leavers
import Testing

@testable import Ledger

@Suite struct ReturnsLedgerTests {
  private let bench: LedgerBench

  init() throws { bench = try LedgerBench() }

  private func fates(_ export: ExportID) throws -> [String: Int] {
    var counts: [String: Int] = [:]
    for fate in FateKind.allCases {
      let count = try bench.integer(
        "SELECT count(*) FROM fate WHERE export = \(export.rawValue) AND fate = '\(fate.rawValue)'")
      if count > 0 { counts[fate.rawValue] = count }
    }
    return counts
  }

  // MARK: Scope and drafts

  @Test func theScopeIsSetOnceAndReplacedOnlyWhileNothingIsDecided() async throws {
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.readExport("a", clear: 1)
    try await ledger.returns.setScope(id, [.sefton, .wirral])
    let head = try await ledger.chainHead()
    try await ledger.returns.setScope(id, [.sefton, .wirral])
    #expect(try await ledger.chainHead() == head)
    let draft = try await ledger.draft(id, .wirral)
    try await ledger.returns.setScope(id, [.sefton])
    #expect(try await ledger.returns.scope(of: id).map(\.entry) == [.sefton])
    #expect(try await ledger.returns.list(ReturnFilter()).isEmpty, "\(draft.id) is out of scope")
    try await ledger.send(id, rows: [2])
    #expect(try await ledger.returns.scope(of: id).map(\.decided) == [true])
    try await ledger.returns.setScope(id, [.sefton])
    let error = await ledgerError { try await ledger.returns.setScope(id, [.sefton, .wirral]) }
    #expect(error?.code == .conflict)
    try await ledger.returns.finish(id)
    let late = await ledgerError { try await ledger.returns.setScope(id, []) }
    #expect(late?.code == .illegalTransition)
  }

  @Test func aScopeHasNoTwiceAndAtMostAsManyAsBits() async throws {
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.readExport("a", clear: 1)
    let entries = (0..<64).map { ScopeEntry(authority: AuthorityID(unchecked: "a\($0)"), kind: .riskOfNEET) }
    for wrong in [entries, [.sefton, .sefton]] {
      let error = await ledgerError { try await ledger.returns.setScope(id, wrong) }
      #expect(error?.code == .conflict)
    }
    try await ledger.returns.setScope(id, Array(entries.prefix(63)))
    // The last bit holds as well as the first.
    for position in [62, 0] {
      try await ledger.returns.decide(
        id, authority: entries[position].authority, kind: .riskOfNEET,
        decision: ScopeDecision(
          returns: [], fates: [], exclusions: [(row: 2, reason: .educatedElsewhere)], abandoned: []))
    }
    #expect(try bench.integer("SELECT count(*) FROM routing_exclusion") == 1)
    #expect(try await ledger.audit().isClean)
  }

  @Test func aDraftIsMadeOnceWithItsSequenceAndInstant() async throws {
    let ledger = try await bench.openWithSchools()
    let first = try await ledger.readExport("a", clear: 1)
    try await ledger.returns.setScope(first, [.sefton, .wirral])
    let draft = try await ledger.draft(first, instant: 1000)
    #expect(draft.sequence == 1)
    #expect(draft.state == .drafted)
    #expect(draft.rows == 0)
    bench.clock.advance(by: .seconds(60))
    let again = try await ledger.returns.draft(
      .plain(first, instant: 9999, folder: "inbound/new", profileDigest: "d2"))
    #expect(again.id == draft.id)
    #expect(again.sequence == 1)
    #expect(again.instant == Timestamp(milliseconds: 1000))
    #expect(again.way.folder == "inbound/new")
    #expect(again.profileDigest == "d2")
    let head = try await ledger.chainHead()
    _ = try await ledger.returns.draft(.plain(first, instant: 9999, folder: "inbound/new", profileDigest: "d2"))
    #expect(try await ledger.chainHead() == head)
    #expect(try await ledger.draft(first, cohort: Cohort(stage: .y12, leavingYear: 2026)).sequence == 1)
    #expect(try await ledger.draft(first, .wirral).sequence == 1)
    let second = try await ledger.readExport("b", clear: 1)
    try await ledger.returns.setScope(second, [.sefton])
    #expect(try await ledger.draft(second).sequence == 2)
  }

  @Test func aDraftNeedsItsExportItsSchoolAndItsScope() async throws {
    let ledger = try await bench.openWithSchools()
    let stored = try await ledger.storeExport("x", school: LedgerBench.otherSchool)
    let id = try await ledger.readExport("a", clear: 1)
    try await ledger.returns.setScope(id, [.sefton])
    #expect(await ledgerError { _ = try await ledger.draft(stored) }?.code == .illegalTransition)
    #expect(await ledgerError { _ = try await ledger.draft(id, .wirral) }?.code == .conflict)
    let foreign = await ledgerError { _ = try await ledger.returns.draft(.plain(id, school: LedgerBench.otherSchool)) }
    #expect(foreign?.code == .conflict)
    try await ledger.send(id, rows: [2])
    let known = try await ledger.draft(id)
    #expect(known.state == .queued, "a draft no longer: it is given as it is")
    let late = await ledgerError { _ = try await ledger.draft(id, cohort: Cohort(stage: .y13, leavingYear: 2026)) }
    #expect(late?.code == .conflict)
  }

  // MARK: Decisions

  @Test func everyFateIsKeptAndTheExportIsDecided() async throws {
    let ledger = try await bench.openWithSchools()
    let before = try await ledger.readExport("before", clear: 1)
    try await ledger.returns.setScope(before, [.sefton])
    let earlier = try await ledger.send(before, rows: [2])
    try await ledger.deliveries.apply(.started, to: earlier, note: DeliveryNote(at: bench.clock.now()))
    let rows: [(LeaverRecord, RowVerdict)] =
      (0..<7).map { (Synthetic.record($0, upn: Synthetic.upn($0)), $0 == 3 ? .held(.uncertainRoute) : .clear) }
      + [(Synthetic.record(0, upn: Synthetic.upn(0)), .merged(into: 2))]
    let id = try await ledger.readExport("a", rows)
    try await ledger.returns.setScope(id, [.sefton, .wirral])
    let (y11, y13) = (
      try await ledger.draft(id), try await ledger.draft(id, cohort: Cohort(stage: .y13, leavingYear: 2026))
    )
    var rendered = try await ledger.render(y11, rows: [3, 4], next: .waiting(.release))
    rendered = RenderedReturn(
      id: rendered.id, object: rendered.object, fileName: rendered.fileName,
      rows: rendered.rows.map { ($0.row, $0.pupil, $0.digest, $0.row == 3 ? .full : .floor) },
      fields: [
        (field: .legalSurname, tier: .floor, full: true), (field: .legalSurname, tier: .floor, full: true),
        (field: .legalSurname, tier: .floor, full: false),
      ], next: rendered.next)
    try await ledger.returns.decide(
      id, authority: ScopeEntry.sefton.authority, kind: .intendedDestinations,
      decision: ScopeDecision(
        returns: [rendered],
        fates: [
          (row: 2, fate: .unchanged(earlier)), (row: 3, fate: .sent(y11.id, .full)),
          (row: 4, fate: .sent(y11.id, .floor)),
          (row: 5, fate: .held(.uncertainRoute)), (row: 6, fate: .withheld(.noAgreement)),
          (row: 7, fate: .notInKind(.otherCohort)), (row: 9, fate: .merged(row: 2)),
        ], exclusions: [(row: 8, reason: .educatedElsewhere)], abandoned: [y13.id]))
    let unfinished = await ledgerError { try await ledger.returns.finish(id) }
    #expect(unfinished?.code == .conservation)
    #expect(unfinished?.message.contains("wirral") == true)
    try await ledger.returns.decide(
      id, authority: ScopeEntry.wirral.authority, kind: .intendedDestinations,
      decision: ScopeDecision(
        returns: [], fates: [], exclusions: (2...9).map { (row: $0, reason: .educatedElsewhere) }, abandoned: []))
    try await ledger.returns.finish(id)
    #expect(try await ledger.exports.summary(of: id).state == .decided)
    #expect(
      try fates(id) == ["unchanged": 1, "sent": 2, "held": 1, "withheld": 1, "not-in-kind": 1, "merged": 1])
    #expect(try bench.integer("SELECT mask FROM routing_exclusion WHERE row_number = 8") == 3, "one entry for both")
    let detail = try await ledger.returns.detail(y11.id)
    #expect(detail.summary.state == .waiting(.release))
    #expect(detail.summary.rows == 2)
    #expect(detail.summary.fileName == rendered.fileName)
    #expect(detail.summary.sha256 == rendered.object.sha256)
    #expect(detail.count(.full) == 1)
    #expect(detail.count(.floor) == 1)
    #expect(
      detail.fields == [
        .init(field: .legalSurname, tier: .floor, full: false, count: 1),
        .init(field: .legalSurname, tier: .floor, full: true, count: 2),
      ])
    #expect(await ledgerError { _ = try await ledger.returns.detail(y13.id) }?.code == .notFound)
    let again = await ledgerError { try await ledger.send(id, rows: [2]) }
    #expect(again != nil)
    let report = try await ledger.audit()
    #expect(report.isClean, "\(report.problems)")
  }

  /// Each way in which fates can be wrong is refused, and nothing of the decision stays.
  @Test func fatesThatDoNotAddUpAreRefused() async throws {
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.readExport("a", clear: 3)
    try await ledger.returns.setScope(id, [.sefton])
    let draft = try await ledger.draft(id)
    let rendered = try await ledger.render(draft, rows: [2, 3])
    let sent: [(row: Int, fate: Fate)] = [
      (row: 2, fate: .sent(draft.id, .full)), (row: 3, fate: .sent(draft.id, .full)),
    ]
    let away: [(row: Int, reason: RoutingReason)] = [(row: 4, reason: .educatedElsewhere)]
    func decision(
      _ returns: [RenderedReturn], _ fates: [(row: Int, fate: Fate)], _ exclusions: [(row: Int, reason: RoutingReason)],
      abandoned: [ReturnID] = []
    ) -> ScopeDecision {
      ScopeDecision(returns: returns, fates: fates, exclusions: exclusions, abandoned: abandoned)
    }
    let wrong: [(String, LedgerError.Code, ScopeDecision)] = [
      ("a row without fate", .conservation, decision([rendered], sent, [])),
      ("a fate of no row", .conservation, decision([rendered], sent, away + [(row: 5, reason: .educatedElsewhere)])),
      ("two fates", .conservation, decision([rendered], sent + [(row: 3, fate: .held(.noName))], away)),
      ("fate and exclusion", .conservation, decision([rendered], sent, away + [(row: 3, reason: .educatedElsewhere)])),
      ("excluded twice", .conservation, decision([rendered], sent, away + [(row: 4, reason: .homeAuthorityColumn)])),
      (
        "a row in the return that is not sent", .conservation,
        decision([rendered], [sent[0], (row: 3, fate: .held(.noName))], away)
      ),
      (
        "a row sent that is not in the return", .conservation,
        decision([rendered], sent + [(row: 4, fate: .sent(draft.id, .full))], [])
      ),
      (
        "another disclosure", .conservation,
        decision([rendered], [sent[0], (row: 3, fate: .sent(draft.id, .floor))], away)
      ),
      ("a draft forgotten", .conservation, decision([], (2...4).map { ($0, .held(.noName)) }, [])),
      ("sent by an abandoned draft", .conflict, decision([], sent, away, abandoned: [draft.id])),
      ("a draft named twice", .conflict, decision([rendered], sent, away, abandoned: [draft.id])),
      ("no draft of it", .conflict, decision([rendered], sent, away, abandoned: [ReturnID(rawValue: 77)])),
      (
        "not routed as a fate", .conflict,
        decision([rendered], sent + [(row: 4, fate: .notRouted(.educatedElsewhere))], [])
      ),
      (
        "unchanged against nothing", .conflict,
        decision([rendered], sent + [(row: 4, fate: .unchanged(ReturnID(rawValue: 77)))], [])
      ),
      (
        "unchanged against itself", .conservation,
        decision([rendered], [sent[0], (row: 3, fate: .unchanged(draft.id))], away)
      ),
      ("superseded by itself", .conflict, decision([rendered], sent + [(row: 4, fate: .superseded(by: id))], [])),
    ]
    let head = try await ledger.chainHead()
    for (what, code, decision) in wrong {
      let error = await ledgerError {
        try await ledger.returns.decide(
          id, authority: ScopeEntry.sefton.authority, kind: .intendedDestinations, decision: decision)
      }
      #expect(error?.code == code, "\(what): \(error?.message ?? "accepted")")
      #expect(try await ledger.chainHead() == head, "\(what): nothing stays")
    }
    #expect(try bench.integer("SELECT count(*) FROM fate") == 0)
    try await ledger.returns.decide(
      id, authority: ScopeEntry.sefton.authority, kind: .intendedDestinations,
      decision: decision([rendered], sent, away))
    let again = await ledgerError {
      try await ledger.returns.decide(
        id, authority: ScopeEntry.sefton.authority, kind: .intendedDestinations, decision: decision([], [], []))
    }
    #expect(again?.code == .conflict)
    let outside = await ledgerError {
      try await ledger.returns.decide(
        id, authority: ScopeEntry.wirral.authority, kind: .intendedDestinations, decision: decision([], [], []))
    }
    #expect(outside?.code == .conflict)
  }

  @Test func anEmptyReturnIsRefused() async throws {
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.readExport("a", clear: 1)
    try await ledger.returns.setScope(id, [.sefton])
    let draft = try await ledger.draft(id)
    let rendered = try await ledger.render(draft, rows: [])
    let error = await ledgerError {
      try await ledger.returns.decide(
        id, authority: ScopeEntry.sefton.authority, kind: .intendedDestinations,
        decision: ScopeDecision(
          returns: [rendered], fates: [(row: 2, fate: .held(.noName))], exclusions: [], abandoned: []))
    }
    #expect(error?.code == .conflict)
  }

  @Test func twoReturnsCannotHaveOneFinalName() async throws {
    let ledger = try await bench.openWithSchools()
    for (content, isFirst) in [("a", true), ("b", false)] {
      let id = try await ledger.readExport(content, clear: 1)
      try await ledger.returns.setScope(id, [.sefton])
      let draft = try await ledger.draft(id)
      let rendered = try await ledger.render(draft, rows: [2], fileName: "same.csv")
      let error = await ledgerError {
        try await ledger.returns.decide(
          id, authority: ScopeEntry.sefton.authority, kind: .intendedDestinations,
          decision: ScopeDecision(
            returns: [rendered], fates: [(row: 2, fate: .sent(draft.id, .full))], exclusions: [], abandoned: []))
      }
      #expect(error?.code == (isFirst ? nil : .conflict))
    }
  }

  // MARK: Superseding

  @Test func aNewerReturnTakesThePlaceOfOneThatNeverStarted() async throws {
    let ledger = try await bench.openWithSchools()
    var returns: [ReturnID] = []
    for (number, next) in [ReturnEvent.Start.queued, .waiting(.release), .queued].enumerated() {
      let id = try await ledger.readExport("\(number)", clear: 2)
      try await ledger.returns.setScope(id, [.sefton])
      returns.append(try await ledger.send(id, rows: [2, 3], next: next))
      try await ledger.returns.finish(id)
    }
    let states = try await ledger.returns.list(ReturnFilter()).map(\.state)
    #expect(states == [.superseded, .superseded, .queued])
    #expect(try fates(ExportID(rawValue: 1)) == ["superseded": 2])
    #expect(try fates(ExportID(rawValue: 3)) == ["sent": 2])
    #expect(try bench.integer("SELECT count(*) FROM fate WHERE superseded_by = 2 AND export = 1") == 2)
    #expect(try await ledger.audit().isClean)
    let previous = try await ledger.returns.previousRows(
      school: LedgerBench.school, authority: ScopeEntry.sefton.authority, kind: .intendedDestinations,
      cohort: Synthetic.cohort)
    #expect(Set(previous.values.map(\.return)) == [returns[2]])
    #expect(
      Set(previous.values.map(\.digest)) == Set([2, 3].map { ledger.returns.rowDigest(Array("row \($0)".utf8)) }))
  }

  @Test func oneThatStartedAndThoseOfOthersStay() async throws {
    let ledger = try await bench.openWithSchools()
    let first = try await ledger.readExport("a", clear: 1)
    try await ledger.returns.setScope(first, [.sefton, .wirral])
    let started = try await ledger.send(first, .sefton, rows: [2])
    let elsewhere = try await ledger.send(first, .wirral, rows: [2])
    try await ledger.deliveries.apply(.started, to: started, note: DeliveryNote(at: bench.clock.now()))
    let second = try await ledger.readExport("b", clear: 1)
    try await ledger.returns.setScope(second, [.sefton])
    try await ledger.send(second, .sefton, rows: [2])
    #expect(try await ledger.returns.detail(started).summary.state == .sending)
    #expect(try await ledger.returns.detail(elsewhere).summary.state == .queued)
    #expect(try fates(first) == ["sent": 2])
  }

  /// What is unchanged against a return that never goes would be lost.
  @Test func nothingIsUnchangedAgainstAReturnThatIsSuperseded() async throws {
    let ledger = try await bench.openWithSchools()
    let first = try await ledger.readExport("a", clear: 2)
    try await ledger.returns.setScope(first, [.sefton])
    let old = try await ledger.send(first, rows: [2, 3])
    let second = try await ledger.readExport("b", clear: 2)
    try await ledger.returns.setScope(second, [.sefton])
    let draft = try await ledger.draft(second)
    let rendered = try await ledger.render(draft, rows: [2])
    let error = await ledgerError {
      try await ledger.returns.decide(
        second, authority: ScopeEntry.sefton.authority, kind: .intendedDestinations,
        decision: ScopeDecision(
          returns: [rendered], fates: [(row: 2, fate: .sent(draft.id, .full)), (row: 3, fate: .unchanged(old))],
          exclusions: [], abandoned: []))
    }
    #expect(error?.code == .conflict)
    #expect(error?.message.contains("superseded") == true)
    #expect(try await ledger.returns.detail(old).summary.state == .queued, "nothing of it stays")
  }

  @Test func unchangedRowsOfAnExportBetweenAreSupersededWithTheirReturn() async throws {
    let ledger = try await bench.openWithSchools()
    let first = try await ledger.readExport("a", clear: 1)
    try await ledger.returns.setScope(first, [.sefton])
    let old = try await ledger.send(first, rows: [2])
    let second = try await ledger.readExport("b", clear: 1)
    try await ledger.returns.setScope(second, [.sefton])
    try await ledger.returns.decide(
      second, authority: ScopeEntry.sefton.authority, kind: .intendedDestinations,
      decision: ScopeDecision(returns: [], fates: [(row: 2, fate: .unchanged(old))], exclusions: [], abandoned: []))
    let third = try await ledger.readExport("c", clear: 1)
    try await ledger.returns.setScope(third, [.sefton])
    try await ledger.send(third, rows: [2])
    #expect(try fates(first) == ["superseded": 1])
    #expect(try fates(second) == ["superseded": 1])
    #expect(try await ledger.audit().isClean)
  }

  @Test func aHeldRowIsSupersededWhenItsPupilComesAgain() async throws {
    let ledger = try await bench.openWithSchools()
    let first = try await ledger.readExport(
      "a", (0..<2).map { (Synthetic.record($0, upn: Synthetic.upn($0)), .held(.uncertainRoute)) })
    try await ledger.returns.setScope(first, [.sefton])
    try await ledger.returns.decide(
      first, authority: ScopeEntry.sefton.authority, kind: .intendedDestinations,
      decision: ScopeDecision(
        returns: [], fates: [(row: 2, fate: .held(.uncertainRoute)), (row: 3, fate: .held(.uncertainRoute))],
        exclusions: [], abandoned: []))
    try await ledger.returns.finish(first)
    let second = try await ledger.readExport("b", [(Synthetic.record(1, upn: Synthetic.upn(1)), .clear)])
    #expect(try fates(first) == ["held": 1, "superseded": 1])
    #expect(
      try bench.integer("SELECT row_number FROM fate WHERE fate = 'superseded' AND superseded_by = \(second.rawValue)")
        == 3)
    #expect(try await ledger.audit().isClean)
  }

  @Test func aHeldRowThatIsDecidedLateIsSupersededByTheNewerExport() async throws {
    let ledger = try await bench.openWithSchools()
    let first = try await ledger.readExport("a", [(Synthetic.record(0, upn: Synthetic.upn(0)), .held(.uncertainRoute))])
    _ = try await ledger.readExport("b", clear: 1)
    try await ledger.returns.setScope(first, [.sefton])
    try await ledger.returns.decide(
      first, authority: ScopeEntry.sefton.authority, kind: .intendedDestinations,
      decision: ScopeDecision(
        returns: [], fates: [(row: 2, fate: .held(.uncertainRoute))], exclusions: [], abandoned: []))
    try await ledger.returns.finish(first)
    #expect(try fates(first) == ["superseded": 1])
  }

  // MARK: What a person decides

  private func oneReturn(_ ledger: Ledger, next: ReturnEvent.Start) async throws -> ReturnID {
    let id = try await ledger.readExport("a", clear: 1)
    try await ledger.returns.setScope(id, [.sefton])
    return try await ledger.send(id, rows: [2], next: next)
  }

  private func state(_ id: ReturnID, _ ledger: Ledger) async throws -> ReturnState {
    try await ledger.returns.detail(id).summary.state
  }

  @Test func aReleaseQueuesAndAWithdrawalEnds() async throws {
    let ledger = try await bench.openWithSchools()
    let id = try await oneReturn(ledger, next: .waiting(.release))
    try await ledger.returns.release(id, by: somebody, why: "checked")
    #expect(try await state(id, ledger) == .queued)
    let twice = await ledgerError { try await ledger.returns.release(id, by: somebody, why: nil) }
    #expect(twice?.code == .illegalTransition)
    try await ledger.returns.withdraw(id, by: somebody, why: nil)
    #expect(try await state(id, ledger) == .withdrawn)
    #expect(
      await ledgerError { try await ledger.returns.resend(id, by: somebody, why: nil) }?.code == .illegalTransition)
    let nothing = await ledgerError { try await ledger.returns.release(ReturnID(rawValue: 9), by: somebody, why: nil) }
    #expect(nothing?.code == .notFound)
    let previous = try await ledger.returns.previousRows(
      school: LedgerBench.school, authority: ScopeEntry.sefton.authority, kind: .intendedDestinations,
      cohort: Synthetic.cohort)
    #expect(previous.isEmpty, "what was withdrawn the authority never had")
  }

  @Test func anUnknownReturnIsSettledByAPersonAndSentAgain() async throws {
    let ledger = try await bench.openWithSchools()
    let id = try await oneReturn(ledger, next: .queued)
    let note = DeliveryNote(at: bench.clock.now())
    for event in [
      ReturnEvent.started, .put, .temporaryReadBack(.equal), .probed(temporary: .missing, final: .different),
    ] {
      try await ledger.deliveries.apply(event, to: id, note: note)
    }
    #expect(try await state(id, ledger) == .unknown(.finalDiffers))
    try await ledger.returns.settleUnknown(id, as: .delivered, by: somebody, why: "rang them")
    let detail = try await ledger.returns.detail(id)
    #expect(detail.summary.state == .delivered)
    let receipt = try #require(detail.receipts.last)
    #expect(receipt.kind == .person)
    #expect(receipt.evidence.exposed["by"] == "Pat Example")
    #expect(receipt.evidence.exposed["why"] == "rang them")
    #expect("\(receipt)".contains("Pat") == false)
    #expect(detail.attempts.map(\.number) == [1])
    try await ledger.returns.resend(id, by: somebody, why: nil)
    #expect(try await state(id, ledger) == .queued)
  }

  @Test func theFilterLetsThroughWhatItSays() async throws {
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.readExport("a", clear: 1)
    try await ledger.returns.setScope(id, [.sefton, .wirral])
    let first = try await ledger.send(id, .sefton, rows: [2])
    let second = try await ledger.send(id, .wirral, rows: [2], next: .waiting(.brake))
    let filters: [(ReturnFilter, [ReturnID])] = [
      (ReturnFilter(), [first, second]), (ReturnFilter(authority: ScopeEntry.wirral.authority), [second]),
      (ReturnFilter(states: ["queued"]), [first]), (ReturnFilter(school: LedgerBench.otherSchool), []),
      (ReturnFilter(export: id), [first, second]), (ReturnFilter(kind: .riskOfNEET), []),
      (ReturnFilter(recipient: RecipientID(unchecked: "career-connect")), [first, second]),
      (ReturnFilter(recipient: RecipientID(unchecked: "other")), []),
    ]
    for (filter, expected) in filters { #expect(try await ledger.returns.list(filter).map(\.id) == expected) }
  }
}
