// What is known of a cohort in numbers: whether the authority has the newest of it, and who is held.

import Leavers
import Testing

@testable import Ledger

@Suite("OverviewLedger: coverage") struct CoverageTests {
  /// A decided export of two leavers who go and of those who are held; gives its return.
  private func decide(
    _ ledger: Ledger, _ content: String, held: [LeaverRecord] = [Synthetic.record(2)], rowsHere: Int? = nil,
    series: ExportSeries = .export, next: ReturnEvent.Start = .queued
  ) async throws -> ReturnID {
    let export = try await ledger.readExport(
      content,
      (0..<2).map { (Synthetic.record($0, upn: Synthetic.upn($0)), .clear) }
        + held.map { ($0, .held(.noDateOfBirth)) }, series: series)
    try await ledger.returns.setScope(export, [.sefton])
    let draft = try await ledger.draft(export)
    let rowsHere = rowsHere ?? 2 + held.count
    let measure = BrakeMeasure(
      leavers: 2, detail: BrakeMeasure.Detail(rows: rowsHere, doubtful: 0, unknown: 1, columns: []))
    let rendered = try await ledger.render(draft, rows: [2, 3], next: next)
    try await ledger.returns.decide(
      export, authority: ScopeEntry.sefton.authority, kind: .intendedDestinations,
      decision: ScopeDecision(
        returns: [rendered],
        fates: [2, 3].map { (row: $0, fate: .sent(draft.id, .full)) }
          + held.indices.map { (row: 4 + $0, fate: .held(.noDateOfBirth)) },
        exclusions: [], abandoned: [],
        record: BrakeRecord(measures: [Synthetic.cohort: measure], gone: [])))
    try await ledger.returns.finish(export)
    return draft.id
  }

  private func coverage(_ ledger: Ledger) async throws -> CohortCoverage {
    let all = try await ledger.overview.coverage(since: Synthetic.cohort.leavingYear)
    #expect(all.count == 1)
    return try #require(all.first)
  }

  @Test func theNewestReturnCountsAndNotAnyOfBefore() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let first = try await decide(ledger, "one")
    #expect(try await coverage(ledger).delivered == .nothing)
    try await ledger.deliver(first)
    #expect(try await coverage(ledger).delivered == .newest)
    // The export is corrected, and what comes of it waits.
    let second = try await decide(ledger, "two", next: .waiting(.release))
    #expect(try await coverage(ledger).delivered == .older)
    try await ledger.returns.release(second, by: somebody, why: nil)
    #expect(try await coverage(ledger).delivered == .older)
    try await ledger.deliver(second)
    #expect(try await coverage(ledger).delivered == .newest)
    // What a person takes back is no return: the one of before is what the school says.
    let third = try await decide(ledger, "three", next: .waiting(.release))
    try await ledger.returns.withdraw(third, by: somebody, why: nil)
    #expect(try await coverage(ledger).delivered == .newest)
  }

  @Test func aRejectedReturnIsNoDelivery() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let first = try await decide(ledger, "one")
    try await ledger.deliver(first)
    try await ledger.apply(.acknowledged(.rejected), to: first)
    #expect(try await coverage(ledger).delivered == .nothing)
  }

  /// The authority has it, and a person lets it go once more.
  @Test func whatGoesOnceMoreIsThereAlready() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let first = try await decide(ledger, "one")
    try await ledger.deliver(first)
    try await ledger.returns.resend(first, by: somebody, why: nil)
    #expect(try await coverage(ledger).delivered == .older)
  }

  @Test func whoIsHeldIsCountedBesideTheLeavers() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    _ = try await decide(ledger, "one")
    let found = try await coverage(ledger)
    #expect(found.leavers == 2 && found.without == 1 && found.held == 1)
  }

  /// A row may be held from every authority; where it is not surely this one's, it is not among its pupils.
  @Test func whoIsPerhapsAnotherAuthoritysIsNotCounted() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    _ = try await decide(ledger, "one", rowsHere: 2)
    #expect(try await coverage(ledger).held == 0)
  }

  /// A sheet carries nobody on who is held; they are held all the same until a newer export has them.
  @Test func whoIsHeldStaysSoWhenASheetComes() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    _ = try await decide(ledger, "one", held: [Synthetic.record(2), Synthetic.record(3)])
    _ = try await decide(ledger, "two", held: [], series: .sheet)
    #expect(try await coverage(ledger).held == 2)
    _ = try await decide(ledger, "three")
    #expect(try await coverage(ledger).held == 2)
  }

  /// A row that is nobody's is in each export of the system anew: it is not one more each time.
  @Test func aRowOfNobodyCountsWhereItIsInTheNewestOfItsSeries() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let nobody = LeaverRecord([.sharing: "YES"])
    _ = try await decide(ledger, "one", held: [nobody])
    _ = try await decide(ledger, "two", held: [nobody, nobody])
    #expect(try await coverage(ledger).held == 2)
    _ = try await decide(ledger, "three", held: [], series: .sheet)
    #expect(try await coverage(ledger).held == 2)
    _ = try await decide(ledger, "four", held: [])
    #expect(try await coverage(ledger).held == 0)
  }
}
