// What the ledger keeps of the numbers of exports, and what it refuses.

import FoundationEssentials
import GRDB
import Leavers
import Testing

@testable import Ledger

@Suite("ReturnsLedger: the brake") struct BrakeLedgerTests {
  private static let cohort = Synthetic.cohort
  private static let measure = BrakeMeasure(
    leavers: 2, detail: BrakeMeasure.Detail(rows: 3, doubtful: 1, unknown: 2, columns: [.upn, .postcode]))

  /// A decided export of two leavers, with its numbers.
  @discardableResult
  private func decide(
    _ ledger: Ledger, _ content: String, next: ReturnEvent.Start = .queued, brake: [BrakeReason] = [],
    gone: [GoneCohort] = []
  ) async throws -> ReturnID {
    let export = try await ledger.readExport(content, clear: 2)
    try await ledger.returns.setScope(export, [.sefton])
    let draft = try await ledger.draft(export)
    let plain = try await ledger.render(draft, rows: [2, 3], next: next)
    let rendered = RenderedReturn(
      id: plain.id, object: plain.object, fileName: plain.fileName, rows: plain.rows, fields: plain.fields,
      next: plain.next, brake: brake)
    try await ledger.returns.decide(
      export, authority: ScopeEntry.sefton.authority, kind: .intendedDestinations,
      decision: ScopeDecision(
        returns: [rendered], fates: [(row: 2, fate: .sent(draft.id, .full)), (row: 3, fate: .sent(draft.id, .full))],
        exclusions: [], abandoned: [], record: BrakeRecord(measures: [Self.cohort: Self.measure], gone: gone)))
    try await ledger.returns.finish(export)
    return draft.id
  }

  private func last(_ ledger: Ledger, before content: String) async throws -> BrakeHistory.Last? {
    let export = try await ledger.readExport(content, clear: 2)
    let history = try await ledger.returns.brakeHistory(
      of: export, .sefton, present: [Self.cohort], extent: .partial)
    return history.last[Self.cohort]
  }

  @Test func theNumbersComeBackAsTheyWereKept() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await decide(ledger, "one", next: .waiting(.brake), brake: [.headCount(now: 2, last: 9)])
    #expect(try await last(ledger, before: "two") == nil, "nobody has said that it is right")
    #expect(try await ledger.returns.brakeNotes(of: [id])[id]?.map(\.code) == ["head-count"])
    let notes = try await ledger.returns.release(id, by: somebody, why: nil)
    #expect(notes.map(\.words) == ["2 leavers, 9 the last time (−78 %)"])
    let last = try #require(try await last(ledger, before: "three"))
    #expect(last.return == id && last.measure == Self.measure)
    #expect(try await ledger.audit().isClean)
  }

  /// As after an update: only the number of its leavers is known.
  @Test func aReturnOfBeforeIsComparedByItsLeavers() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn("one", clear: 3)
    #expect(try await last(ledger, before: "two") == nil)
    try await ledger.deliver(id)
    #expect(try await last(ledger, before: "three")?.measure == BrakeMeasure(leavers: 3, detail: nil))
  }

  @Test func whatWentAndIsSentAgainIsStillTheLastTime() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await decide(ledger, "one")
    try await ledger.deliver(id)
    try await ledger.returns.resend(id, by: somebody, why: nil)
    #expect(try await last(ledger, before: "two")?.return == id)
  }

  @Test func anObjectionIsNoQuestionOfNumbers() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await decide(ledger, "one", next: .waiting(.brake), brake: [.firstReturn(leavers: 2)])
    try await ledger.returns.release(id, by: somebody, why: nil)
    _ = try await ledger.readExport("newer", [(Synthetic.record(1, upn: Synthetic.upn(1), sharing: "NO"), .clear)])
    try await ledger.apply(.started, to: id)
    #expect(try await ledger.returns.release(id, by: somebody, why: nil).isEmpty)
  }

  @Test func aReasonSaysWhatItTakesThePlaceOfWhereThereIsAReason() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let first = try await decide(ledger, "one")
    let second = try await decide(ledger, "two")
    #expect(try await ledger.returns.detail(second).brake.isEmpty)
    let third = try await decide(ledger, "three", next: .waiting(.brake), brake: [.headCount(now: 2, last: 9)])
    #expect(
      try await ledger.returns.detail(third).brake.map(\.words) == [
        "2 leavers, 9 the last time (−78 %)", "it takes the place of \(second) (2 leavers), which had not gone",
      ])
    #expect(try await ledger.returns.list(ReturnFilter()).map(\.state) == [.superseded, .superseded, .waiting(.brake)])
    #expect(first < second)
    #expect(try await ledger.audit().isClean)
  }

  @Test func releasingWhatIsNotThereOrDoesNotWaitChangesNothing() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await decide(ledger, "one")
    #expect(
      await ledgerError { try await ledger.returns.release(id, by: somebody, why: nil) }?.code == .illegalTransition)
    let nobody = ReturnID(rawValue: 99)
    #expect(await ledgerError { try await ledger.returns.release(nobody, by: somebody, why: nil) }?.code == .notFound)
    #expect(try bench.integer("SELECT count(*) FROM return_release") == 0)
  }

  @Test func whatIsKeptStays() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    try await decide(
      ledger, "one", next: .waiting(.brake), brake: [.firstReturn(leavers: 2)],
      gone: [GoneCohort(cohort: Cohort(stage: .y13, leavingYear: 2026), last: 4, kept: 0, takenBack: false)])
    ledger.close()
    let queue = try DatabaseQueue(path: bench.state + "/ledger.sqlite")
    for statement in [
      "DELETE FROM scope_measure", "UPDATE scope_measure SET leavers = 1",
      "INSERT INTO scope_measure VALUES (1, 'sefton', 'intended-destinations', 'Y12-2026', 1, 1, 0, 0)",
      "DELETE FROM brake_reason", "UPDATE brake_reason SET words = 'x'",
      "INSERT INTO brake_reason VALUES (1, 9, 'x', 'x')",
    ] {
      #expect(throws: DatabaseError.self, Comment(rawValue: statement)) {
        try queue.write { try $0.execute(sql: statement) }
      }
    }
    try queue.close()
  }

  @Test func aQuestionIsAnsweredOnceAndStays() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    for (content, count) in [("one", 9), ("two", 8)] {
      let export = try await ledger.readExport(content, clear: count)
      try await ledger.returns.setScope(export, [])
      let missing = try await ledger.returns.finish(export, extent: .full)
      #expect(missing.map(\.share) == (count == 9 ? [] : [Share(1, of: 9)]))
    }
    let question = try #require(try await ledger.questions.open(school: LedgerBench.school).first)
    try await ledger.questions.answer(question.id, .died, by: somebody)
    #expect(try await ledger.questions.answer(of: question.id) == .died)
    #expect(try await ledger.questions.open(school: LedgerBench.otherSchool).isEmpty)
    #expect(try await ledger.audit().isClean)
    ledger.close()
    let queue = try DatabaseQueue(path: bench.state + "/ledger.sqlite")
    for statement in ["DELETE FROM leaver_question", "UPDATE leaver_question SET sealed_answer = x'00'"] {
      #expect(throws: DatabaseError.self, Comment(rawValue: statement)) {
        try queue.write { try $0.execute(sql: statement) }
      }
    }
    let sealed = try await queue.read { try Data.fetchOne($0, sql: "SELECT sealed_answer FROM leaver_question") }
    #expect(sealed.map { !String(decoding: $0, as: UTF8.self).contains("died") } == true)
    try queue.close()
  }
}
