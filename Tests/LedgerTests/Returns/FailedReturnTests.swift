// A return that failed to go, and a newer one that takes its place.

import Leavers
import Testing

@testable import Ledger

@Suite struct FailedReturnTests {
  private func second(_ ledger: Ledger) async throws -> ReturnID {
    let export = try await ledger.readExport("second", clear: 1)
    try await ledger.returns.setScope(export, [.sefton])
    let id = try await ledger.send(export, rows: [2])
    try await ledger.returns.finish(export)
    return id
  }

  @Test func aNewerReturnTakesThePlaceOfOneThatFailed() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let first = try await ledger.queuedReturn(clear: 1)
    try await ledger.apply(.started, .failed(.transient), to: first)
    _ = try await second(ledger)
    let old = try await ledger.deliveries.summary(of: first)
    #expect(old.state == .superseded && old.attempt == 1)
    #expect(
      try await ledger.deliveries.due(recipient: careerConnect, now: bench.clock.now()).allSatisfy { $0.id != first })
    // What its attempt left is removed later.
    #expect(try await ledger.deliveries.withTemporaries(recipient: careerConnect).map(\.id) == [first])
    try await ledger.deliveries.temporariesRemoved(of: first)
    #expect(try await ledger.deliveries.withTemporaries(recipient: careerConnect).isEmpty)
    #expect(try await ledger.audit().isClean)
  }

  /// A PUT whose end nobody saw may be carried out late.
  @Test func oneThatTheAuthorityMayHaveStays() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let first = try await ledger.queuedReturn(clear: 1, publication: .direct)
    let missing = ReturnEvent.probed(temporary: .missing, final: .missing)
    try await ledger.apply(.started, missing, .failed(.transient), .restarted, missing, to: first)
    #expect(try await ledger.deliveries.summary(of: first).state == .queued)
    _ = try await second(ledger)
    #expect(try await ledger.deliveries.summary(of: first).state == .queued)
    #expect(try await ledger.audit().isClean)
  }

  /// Before each new PUT it is asked again what may be disclosed.
  @Test func anObjectionHoldsBackThePutThatIsBegunAnew() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn(clear: 1, publication: .direct)
    let missing = ReturnEvent.probed(temporary: .missing, final: .missing)
    try await ledger.apply(.started, missing, .failed(.transient), to: id)
    _ = try await ledger.readExport("newer", [(Synthetic.record(0, upn: Synthetic.upn(0), sharing: "NO"), .clear)])
    #expect(try await ledger.apply(.restarted, missing, to: id) == [])
    #expect(try await ledger.apply(.started, to: id) == [])
    #expect(try await ledger.deliveries.summary(of: id).state == .waiting(.objection))
    #expect(try await ledger.audit().isClean)
  }

  /// Of a pupil without cohort no authority hears: the row is listed for a person.
  @Test func aRowWithoutCohortIsListed() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let export = try await ledger.readExport("export", clear: 3)
    try await ledger.returns.setScope(export, [.sefton, .wirral])
    // Row 2 is without cohort for all, 3 is of another cohort, 4 is held for one.
    for (entry, fourth) in [(ScopeEntry.sefton, Fate.notInKind(.noCohort)), (.wirral, .held(.noName))] {
      try await ledger.returns.decide(
        export, authority: entry.authority, kind: entry.kind,
        decision: ScopeDecision(
          returns: [],
          fates: [
            (row: 2, fate: .notInKind(.noCohort)), (row: 3, fate: .notInKind(.otherCohort)), (row: 4, fate: fourth),
          ], exclusions: [], abandoned: []))
    }
    try await ledger.returns.finish(export)
    #expect(try await ledger.overview.unroutedRows().map(\.row) == [2])
    #expect(try await ledger.overview.todo().contains { $0.code == .rowsUnrouted })
  }
}
