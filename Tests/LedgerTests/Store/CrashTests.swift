// The protocols I and R, killed after each step: what the next start finds, and that it comes to the same end.

import Leavers
import Testing

@testable import Ledger

@Suite struct CrashTests {
  private let content = "UPN,Surname\nA,B\n"
  private let rows = (0..<4).map { Synthetic.record($0, upn: Synthetic.upn($0)) }

  /// Goes on from whatever is there to the end, as a station does after a start; stops after so many steps.
  private func goOn(_ ledger: Ledger, steps: Int, then stop: (Int) async throws -> Void = { _ in }) async throws {
    var left = steps
    func step() async throws -> Bool {
      left -= 1
      try await stop(steps - left)
      return left > 0
    }
    // I1 to I3.
    let look = Synthetic.observation()
    if try await !ledger.exports.isKnown(look, school: LedgerBench.school) {
      let object = try await ledger.objects.store(Array(content.utf8), kind: .export)
      guard try await step() else { return }
      _ = try await ledger.exports.recordStored(
        object, observation: look, school: LedgerBench.school, mis: nil, observedAt: Timestamp(milliseconds: 1))
      guard try await step() else { return }
    }
    // I4, I5.
    for export in try await ledger.exports.inState(.stored) {
      let generation = try await ledger.exports.beginReading(export.id)
      guard try await step() else { return }
      for start in [0, 2] {
        try await ledger.exports.append(
          rows: (start..<start + 2).map {
            RowDraft(rowNumber: $0 + 2, record: rows[$0], cohort: Synthetic.cohort, verdict: .clear)
          }, export: export.id, generation: generation)
        guard try await step() else { return }
      }
      try await ledger.exports.finishReading(
        export.id, generation: generation, summary: .plain(rows: 4), findings: [])
      guard try await step() else { return }
    }
    // I6.
    for export in try await ledger.exports.notHandedBack() {
      try await ledger.exports.recordDeskFile(
        school: export.school, name: "findings.csv", sha256: String(repeating: "a", count: 64), export: export.id)
      guard try await step() else { return }
      try await ledger.exports.handedBack(export.id)
      guard try await step() else { return }
    }
    // R1 to R4.
    for export in try await ledger.exports.inState(.read) {
      try await ledger.returns.setScope(export.id, [.sefton, .wirral])
      guard try await step() else { return }
      for (entry, isDecided) in try await ledger.returns.scope(of: export.id) where !isDecided {
        let draft = try await ledger.draft(export.id, entry, instant: 1000 + Int64(left))
        guard try await step() else { return }
        let rendered = try await ledger.render(draft, rows: [2, 3], content: "\(entry.authority) \(draft.sequence)")
        guard try await step() else { return }
        try await ledger.returns.decide(
          export.id, authority: entry.authority, kind: entry.kind,
          decision: ScopeDecision(
            returns: [rendered],
            fates: [
              (row: 2, fate: .sent(draft.id, .full)), (row: 3, fate: .sent(draft.id, .full)),
              (row: 4, fate: .held(.noName)),
            ],
            exclusions: [(row: 5, reason: .educatedElsewhere)], abandoned: []))
        guard try await step() else { return }
      }
      try await ledger.returns.finish(export.id)
      guard try await step() else { return }
    }
  }

  private func checkEnd(_ bench: LedgerBench, _ ledger: Ledger, _ what: Comment) async throws {
    let report = try await ledger.audit()
    #expect(report.isClean, "\(what): \(report.problems)")
    #expect(try await ledger.exports.inState(.decided).map(\.rowsRead) == [4], what)
    let returns = try await ledger.returns.list(ReturnFilter())
    #expect(returns.map(\.state) == [.queued, .queued], what)
    #expect(returns.map(\.sequence) == [1, 1], what)
    #expect(try bench.integer("SELECT count(*) FROM pupil") == 4, what)
    #expect(try bench.integer("SELECT count(*) FROM export_row") == 4, what)
    #expect(try bench.integer("SELECT count(*) FROM fate") == 6, what)
    for summary in returns {
      #expect(
        try await ledger.deliveries.bytes(of: summary.id) == Array("\(summary.authority) 1".utf8), what)
    }
  }

  @Test func whereverItIsKilledItComesToTheSameEnd() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    var images: [LedgerBench] = [try LedgerBench(crashOf: bench)]
    try await goOn(ledger, steps: 100) { _ in images.append(try LedgerBench(crashOf: bench)) }
    try await checkEnd(bench, ledger, "without a crash")
    #expect(images.count == 17)
    for (number, image) in images.enumerated() {
      let resumed = try await image.open(.daemon)
      let drafts = try await resumed.returns.list(ReturnFilter(states: ["drafted"]))
      try await goOn(resumed, steps: 100)
      try await checkEnd(image, resumed, "killed after step \(number)")
      for draft in drafts {
        let summary = try await resumed.returns.detail(draft.id).summary
        #expect(summary.instant == draft.instant, "killed after step \(number): the instant of a draft stays")
      }
      // Nothing lies about but the objects of the ledger, once it was started again.
      resumed.close()
      _ = try await image.open(.daemon)
      #expect(try image.objectFiles().count == 3)
    }
  }

  @Test(arguments: 1...6) func killedAgainAndAgainItStillComesToTheEnd(_ steps: Int) async throws {
    var bench = try LedgerBench()
    try await bench.openWithSchools().close()
    for _ in 0..<40 {
      let ledger = try await bench.open(.daemon)
      try await goOn(ledger, steps: steps)
      if try await !ledger.exports.inState(.decided).isEmpty {
        try await checkEnd(bench, ledger, "\(steps) steps at a time")
        return
      }
      // The handle is left open, as a killed process leaves its files.
      let image = try LedgerBench(crashOf: bench)
      ledger.close()
      bench = image
    }
    // A reading takes five steps in one go: begun again, it cannot come to its end in fewer.
    #expect(steps < 5)
  }
}
