// What became of an export, for its school: counted by cohort, with the reasons of what was kept; and what lies on desks.

import Leavers
import Testing

@testable import Ledger

@Suite("OverviewLedger: decisions") struct DecisionsTests {
  @Test func byCohortWithReasons() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.readExport("one", clear: 5)
    #expect(await ledgerError { _ = try await ledger.overview.decisions(of: id) }?.code == .conflict)
    try await ledger.returns.setScope(id, [.sefton, .wirral])
    let draft = try await ledger.draft(id)
    let rendered = try await ledger.render(draft, rows: [2])
    try await ledger.returns.decide(
      id, authority: ScopeEntry.sefton.authority, kind: .intendedDestinations,
      decision: ScopeDecision(
        returns: [rendered],
        fates: [
          (row: 2, fate: .sent(draft.id, .full)), (row: 3, fate: .held(.uncertainRoute)),
          (row: 4, fate: .notInKind(.otherCohort)),
        ], exclusions: [(row: 5, reason: .educatedElsewhere), (row: 6, reason: .educatedElsewhere)], abandoned: []))
    try await ledger.returns.decide(
      id, authority: ScopeEntry.wirral.authority, kind: .intendedDestinations,
      decision: ScopeDecision(
        returns: [], fates: [(row: 2, fate: .withheld(.noAgreement)), (row: 6, fate: .withheld(.noAgreement))],
        exclusions: [3, 4, 5].map { (row: $0, reason: .educatedElsewhere) }, abandoned: []))
    try await ledger.returns.finish(id)
    let decisions = try await ledger.overview.decisions(of: id)
    #expect(decisions.lines.map(\.authority.rawValue) == ["sefton", "wirral"])
    #expect(decisions.lines.map(\.cohort) == [Synthetic.cohort, Synthetic.cohort])
    let first = decisions.lines[0]
    #expect(first.counts == [.sent: 1, .held: 1, .notInKind: 1, .notRouted: 2] && first.floor == 0)
    #expect(decisions.lines[1].counts == [.withheld: 2, .notRouted: 3])
    #expect(
      decisions.kept == [
        .init(
          row: 2, authority: ScopeEntry.wirral.authority, kind: .intendedDestinations, why: .withheld(.noAgreement)),
        .init(row: 3, authority: ScopeEntry.sefton.authority, kind: .intendedDestinations, why: .held(.uncertainRoute)),
        .init(
          row: 6, authority: ScopeEntry.wirral.authority, kind: .intendedDestinations, why: .withheld(.noAgreement)),
      ])
    #expect(decisions.unrouted == [4, 5])
    // The numbers are those of the conservation rule.
    for (line, other) in zip(decisions.lines, try await ledger.overview.conservation(export: id)) {
      for kind in FateKind.allCases { #expect(line[kind] == other.counts[kind]) }
    }
  }

  @Test func handedBackTwice() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.readExport("one", clear: 1)
    #expect(try await ledger.exports.notHandedBack().map(\.id) == [id])
    #expect(await ledgerError { try await ledger.exports.handedBack(id, withFates: true) }?.code == .illegalTransition)
    try await ledger.exports.handedBack(id)
    #expect(try await ledger.exports.notHandedBack().isEmpty)
    try await ledger.returns.setScope(id, [])
    try await ledger.returns.finish(id)
    #expect(try await ledger.exports.notHandedBack().map(\.id) == [id])
    try await ledger.exports.handedBack(id)
    #expect(try await ledger.exports.notHandedBack().map(\.id) == [id], "what was read is not what was decided")
    try await ledger.exports.handedBack(id, withFates: true)
    try await ledger.exports.handedBack(id, withFates: true)
    #expect(try await ledger.exports.notHandedBack().isEmpty)
    #expect(try await ledger.overview.history(of: "\(id)").count { $0.kind == .exportHandedBack } == 2)
  }

  @Test func namesOfDeskFilesAreOpened() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.readExport("one", clear: 1)
    let hash = String(repeating: "a", count: 64)
    for (name, export) in [("b.summary.html", id as ExportID?), ("START HERE.html", nil)] {
      try await ledger.exports.recordDeskFile(school: LedgerBench.school, name: name, sha256: hash, export: export)
    }
    let files = try await ledger.exports.deskFiles(school: LedgerBench.school)
    #expect(files.map(\.name) == ["START HERE.html", "b.summary.html"])
    #expect(files.map(\.export) == [nil, id] && files.allSatisfy { $0.at == bench.clock.now() && $0.sha256 == hash })
    #expect(try await ledger.exports.deskFiles(school: LedgerBench.otherSchool).isEmpty)
    #expect("\(files[1])" == "DeskFileNote(\(id), redacted)")
  }

  @Test func whatWaitsIsASchools() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    _ = try await ledger.queuedReturn(clear: 1, next: .waiting(.release))
    #expect(try await ledger.overview.todo().map(\.school) == [LedgerBench.school])
  }
}
