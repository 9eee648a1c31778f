// What status, todo, log and show say.

import Leavers
import Testing

@testable import Ledger

@Suite("OverviewLedger") struct OverviewLedgerTests {
  /// A decided export of four rows: sent, held, not routed, merged.
  private func decide(_ ledger: Ledger, _ content: String, next: ReturnEvent.Start = .queued) async throws -> (
    ExportID, ReturnID
  ) {
    let export = try await ledger.readExport(
      content,
      [
        (Synthetic.record(0, upn: Synthetic.upn(0)), .clear), (Synthetic.record(1), .held(.noDateOfBirth)),
        (Synthetic.record(2, upn: Synthetic.upn(2)), .clear),
        (Synthetic.record(0, upn: Synthetic.upn(0)), .merged(into: 2)),
      ])
    try await ledger.returns.setScope(export, [.sefton, .wirral])
    let draft = try await ledger.draft(export)
    let rendered = try await ledger.render(draft, rows: [2], next: next)
    try await ledger.returns.decide(
      export, authority: ScopeEntry.sefton.authority, kind: .intendedDestinations,
      decision: ScopeDecision(
        returns: [rendered],
        fates: [
          (row: 2, fate: .sent(draft.id, .full)), (row: 3, fate: .held(.noDateOfBirth)),
          (row: 5, fate: .merged(row: 2)),
        ], exclusions: [(row: 4, reason: .educatedElsewhere)], abandoned: []))
    try await ledger.returns.decide(
      export, authority: ScopeEntry.wirral.authority, kind: .intendedDestinations,
      decision: ScopeDecision(
        returns: [],
        fates: [
          (row: 2, fate: .notInKind(.nothingToTell)), (row: 3, fate: .held(.noDateOfBirth)),
          (row: 5, fate: .merged(row: 2)),
        ], exclusions: [(row: 4, reason: .educatedElsewhere)], abandoned: []))
    try await ledger.returns.finish(export)
    return (export, draft.id)
  }

  @Test func anEmptyLedgerHasNothingToSay() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.open()
    #expect(try await ledger.overview.authorities().isEmpty)
    #expect(try await ledger.overview.schools().isEmpty)
    #expect(try await ledger.overview.todo().isEmpty)
    #expect(try await ledger.overview.unroutedRows().isEmpty)
    #expect(
      await ledgerError { _ = try await ledger.overview.conservation(export: ExportID(rawValue: 1)) }?.code == .notFound
    )
  }

  @Test func authoritiesByStateAndFate() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let (_, id) = try await decide(ledger, "export")
    let before = try #require(try await ledger.overview.authorities().first)
    #expect(before.authority.rawValue == "sefton" && before.returns == ["queued": 1] && before.lastDelivered == nil)
    #expect(before.rows == [.sent: 1, .held: 1, .merged: 1, .notRouted: 1])
    try await ledger.deliver(id)
    bench.clock.advance(by: .seconds(10))
    let reply = try await ledger.claimReply(kind: .unknownRequest)
    try await ledger.fetchReply(reply, "bytes")
    try await ledger.replies.read(
      reply, rows: [ReplyRowDraft(row: 2, record: Synthetic.record(9), reference: nil)], findings: [])
    try await ledger.replies.match(reply, verdicts: [(row: 2, verdict: .unmatched)])
    let after = try await ledger.overview.authorities()
    #expect(after.map(\.authority.rawValue) == ["sefton", "wirral"])
    #expect(after[0].returns == ["delivered": 1] && after[0].openCases == 1)
    #expect(after[0].lastDelivered == bench.clock.now() - .seconds(10) && after[0].lastReply == bench.clock.now())
    #expect(after[1].returns.isEmpty && after[1].rows == [.held: 1, .merged: 1, .notRouted: 1, .notInKind: 1])
    #expect(after[1].lastReply == nil && after[1].openCases == 0)
  }

  @Test func onlyTheNewestDecidedExportOfASchoolCounts() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    _ = try await decide(ledger, "first")
    _ = try await decide(ledger, "second")
    let sefton = try #require(try await ledger.overview.authorities().first)
    #expect(sefton.rows == [.sent: 1, .held: 1, .merged: 1, .notRouted: 1])
    #expect(sefton.returns == ["queued": 1, "superseded": 1])
  }

  @Test func schoolsWithTheirNewestExport() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let (export, _) = try await decide(ledger, "export")
    let schools = try await ledger.overview.schools()
    #expect(schools.map(\.school) == [LedgerBench.school, LedgerBench.otherSchool])
    #expect(schools[0].name == "Example High" && schools[0].newest?.id == export && schools[0].exports == 1)
    #expect(schools[0].newest?.state == .decided && schools[0].pupils >= 2)
    #expect(schools[1].newest == nil && schools[1].pupils == 0 && schools[1].exports == 0)
  }

  @Test func conservationIsCountedFateByFate() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let (export, _) = try await decide(ledger, "export")
    let lines = try await ledger.overview.conservation(export: export)
    #expect(lines.map(\.authority.rawValue) == ["sefton", "wirral"] && lines.allSatisfy { $0.isDecided && $0.holds })
    #expect(lines[0].rowsRead == 4 && lines[0].counts.count == FateKind.allCases.count)
    #expect(lines[0].counts[.sent] == 1 && lines[0].counts[.notRouted] == 1 && lines[0].counts[.superseded] == 0)
    #expect(lines[1].counts[.notInKind] == 1 && lines[1].counts[.sent] == 0)
    let open = ConservationLine(
      authority: lines[0].authority, kind: .intendedDestinations, isDecided: false, rowsRead: 4, counts: [.sent: 3])
    #expect(!open.holds)
  }

  @Test func rowsOfNoAuthorityAreListed() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let (export, _) = try await decide(ledger, "export")
    let rows = try await ledger.overview.unroutedRows()
    #expect(rows.map(\.export) == [export] && rows.map(\.row) == [4])
    // With no authority set up at all, every row is of none.
    let none = try await ledger.readExport("none", clear: 2)
    try await ledger.returns.setScope(none, [])
    try await ledger.returns.finish(none)
    let all = try await ledger.overview.unroutedRows()
    #expect(all.map(\.export) == [none, none] && all.map(\.row) == [2, 3])
  }

  /// A row that is not of one kind at an authority, and excluded by all that would take it, is of none.
  @Test func aRowThatIsNotOfOneKindIsOfNoAuthorityEither() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let early = ScopeEntry(authority: ScopeEntry.sefton.authority, kind: .earlyLeavers)
    let export = try await ledger.readExport("export", clear: 4)
    try await ledger.returns.setScope(export, [.sefton, early, .wirral])
    // Row 2 is excluded wherever its kind is; 3 is held for one kind; 4 is of no kind; 5 is excluded from all.
    let decisions: [(ScopeEntry, [(row: Int, fate: Fate)], [Int])] = [
      (.sefton, [(row: 3, fate: .held(.uncertainRoute)), (row: 4, fate: .notInKind(.nothingToTell))], [2, 5]),
      (
        early, [2, 3, 4].map { (row: $0, fate: .notInKind(.nothingToTell)) },
        [5]
      ), (.wirral, [(row: 4, fate: .notInKind(.nothingToTell))], [2, 3, 5]),
    ]
    for (entry, fates, excluded) in decisions {
      try await ledger.returns.decide(
        export, authority: entry.authority, kind: entry.kind,
        decision: ScopeDecision(
          returns: [], fates: fates, exclusions: excluded.map { (row: $0, reason: .educatedElsewhere) }, abandoned: []))
    }
    try await ledger.returns.finish(export)
    #expect(try await ledger.overview.unroutedRows().map(\.row) == [2, 5])
    let item = try await ledger.overview.todo().first { $0.code == .rowsUnrouted }
    #expect(item?.text.hasPrefix("2 rows of \(export) belong") == true)
  }

  @Test func aRowExcludedForTwoReasonsIsOfNoAuthority() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let export = try await ledger.readExport("export", clear: 2)
    try await ledger.returns.setScope(export, [.sefton, .wirral])
    for (entry, reasons) in [
      (ScopeEntry.sefton, [RoutingReason.educatedElsewhere, .educatedElsewhere]), (.wirral, [.postcodeElsewhere, nil]),
    ] as [(ScopeEntry, [RoutingReason?])] {
      let exclusions = reasons.enumerated().compactMap { index, reason in reason.map { (row: index + 2, reason: $0) } }
      let fates = reasons.enumerated().compactMap { index, reason in
        reason == nil ? (row: index + 2, fate: Fate.held(.uncertainRoute)) : nil
      }
      try await ledger.returns.decide(
        export, authority: entry.authority, kind: entry.kind,
        decision: ScopeDecision(returns: [], fates: fates, exclusions: exclusions, abandoned: []))
    }
    try await ledger.returns.finish(export)
    #expect(try await ledger.overview.unroutedRows().map(\.row) == [2])
  }

  @Test func theLogIsReadFromEitherEnd() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let (export, id) = try await decide(ledger, "export", next: .waiting(.release))
    try await ledger.returns.release(id, by: somebody, why: "looks right")
    let all = try await ledger.overview.log(after: 0, limit: 1000)
    #expect(all.map(\.sequence) == Array(1...Int64(all.count)) && all.first?.kind == .ledgerMade)
    #expect(all.allSatisfy { !$0.text.isEmpty })
    let half = try await ledger.overview.log(after: 3, limit: 2)
    #expect(half.map(\.sequence) == [4, 5])
    #expect(try await ledger.overview.log(last: 2) == Array(all.suffix(2)))
    let history = try await ledger.overview.history(of: "\(id)")
    #expect(history == all.filter { $0.subject == "\(id)" })
    #expect(history.last?.text == "\(id) for sefton: waiting → queued (released)")
    #expect(
      history.last?.details.exposed["by"] == somebody.name && history.last?.details.exposed["why"] == "looks right")
    #expect("\(all)".contains(somebody.name) == false, "printed, an entry names nobody")
    #expect(try await ledger.overview.history(of: "\(export)").isEmpty == false)
    #expect(try await ledger.overview.history(of: "R99").isEmpty)
  }

  /// Nothing of what a row says, nor its pupil's name, stands in any text.
  @Test func noTextHoldsPersonalData() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    _ = try await decide(ledger, "export", next: .waiting(.release))
    let texts =
      try await ledger.overview.todo().map(\.text) + ledger.overview.log(after: 0, limit: 1000).map(\.text)
    #expect(!texts.isEmpty && texts.allSatisfy { !$0.contains("Surname") && !$0.contains("Forename") })
    #expect(texts.allSatisfy { !$0.contains(Synthetic.upn(0)) })
  }
}
