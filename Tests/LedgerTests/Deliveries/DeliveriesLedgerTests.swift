// What is due, and what is written as a return moves.

import Leavers
import Testing

@testable import Ledger

@Suite("DeliveriesLedger") struct DeliveriesLedgerTests {
  @Test func aReturnGoesItsWay() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn(clear: 3)
    let due = try await ledger.deliveries.due(recipient: careerConnect, now: bench.clock.now())
    #expect(due.map(\.id) == [id] && due.first?.rows == 3 && due.first?.attempt == 0)
    #expect(try await ledger.deliveries.bytes(of: id) == Array("bytes of export".utf8))

    #expect(try await ledger.apply(.started, to: id) == [.putTemporary])
    let temporary = ReturnMachine.temporaryName(ledger: ledger.name, return: id, attempt: 1)
    #expect(try await ledger.deliveries.temporaries(of: id) == [temporary])
    #expect(try await ledger.apply(.put, to: id) == [.readBackTemporary])
    #expect(try await ledger.apply(.temporaryReadBack(.equal), to: id) == [.rename])
    #expect(try await ledger.deliveries.summary(of: id).state == .publishing)
    #expect(try await ledger.apply(.renamed(.done), to: id) == [.readBackFinal])
    let at = bench.clock.now() + .seconds(5)
    #expect(try await ledger.apply(.finalReadBack(.equal), to: id, at: at, evidence: ["size": "15"]) == [])

    let detail = try await ledger.returns.detail(id)
    #expect(detail.summary.state == .delivered && detail.summary.changedAt == at)
    #expect(detail.attempts.map(\.number) == [1] && detail.attempts.first?.outcome == "delivered")
    #expect(detail.attempts.first?.endedAt == at)
    #expect(detail.receipts.map(\.kind) == [.readBack] && detail.receipts.first?.state == "delivered")
    #expect(detail.receipts.first?.evidence.exposed["size"] == "15")
    #expect(detail.receipts.first?.evidence.exposed["attempt"] == "1")
    #expect(try await ledger.deliveries.temporaries(of: id).isEmpty, "it was renamed away")
    #expect(try await ledger.deliveries.due(recipient: careerConnect, now: at).isEmpty)
    #expect(try await ledger.deliveries.nextDue(recipient: careerConnect).isEmpty)
    #expect(try await ledger.audit().isClean)
  }

  @Test func whatChangesNothingWritesNothing() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn()
    try await ledger.apply(.started, to: id)
    let before = try await ledger.eventCount()
    #expect(try await ledger.apply(.put, to: id) == [.readBackTemporary])
    #expect(try await ledger.eventCount() == before)
  }

  @Test func whatDoesNotBelongIsRefusedByName() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn()
    let before = try await ledger.eventCount()
    let error = await ledgerError { try await ledger.apply(.handedOver, to: id) }
    #expect(error?.code == .illegalTransition && error?.message.hasPrefix("\(id): ") == true)
    #expect(try await ledger.eventCount() == before)
    #expect(try await ledger.deliveries.summary(of: id).state == .queued)
    let missing = ReturnID(rawValue: 99)
    #expect(await ledgerError { try await ledger.apply(.started, to: missing) }?.code == .notFound)
    #expect(await ledgerError { _ = try await ledger.deliveries.summary(of: missing) }?.code == .notFound)
    #expect(await ledgerError { _ = try await ledger.deliveries.bytes(of: missing) }?.code == .notFound)
  }

  @Test func aDraftHasNoBytes() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let export = try await ledger.readExport("draft", clear: 1)
    try await ledger.returns.setScope(export, [.sefton])
    let draft = try await ledger.draft(export)
    #expect(await ledgerError { _ = try await ledger.deliveries.bytes(of: draft.id) }?.code == .conflict)
    #expect(try await ledger.deliveries.due(recipient: careerConnect, now: bench.clock.now()).isEmpty)
  }

  @Test func aFailureIsTriedAgainWhenItsTimeComes() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn()
    try await ledger.apply(.started, to: id)
    let now = bench.clock.now()
    let later = now + .seconds(60)
    #expect(
      try await ledger.apply(.failed(.transient), to: id, at: now, detail: "connection reset", next: later)
        == [.scheduleRetry])
    let failed = try await ledger.deliveries.summary(of: id)
    #expect(failed.state == .queued && failed.lastProblem == "connection reset" && failed.nextAttemptAt == later)
    #expect(try await ledger.returns.detail(id).attempts.first?.detail == "connection reset")
    #expect(try await ledger.deliveries.due(recipient: careerConnect, now: later - .milliseconds(1)).isEmpty)
    #expect(try await ledger.deliveries.nextDue(recipient: careerConnect) == [LedgerBench.school: later])
    #expect(try await ledger.deliveries.due(recipient: careerConnect, now: later).map(\.id) == [id])
    // The clock was set back by a day: an instant of before must not keep it waiting for a day.
    #expect(try await ledger.deliveries.due(recipient: careerConnect, now: now - .seconds(86_400)).map(\.id) == [id])

    try await ledger.deliver(id)
    let done = try await ledger.returns.detail(id)
    #expect(done.summary.lastProblem == nil && done.summary.nextAttemptAt == nil)
    #expect(done.attempts.map(\.outcome) == ["queued", "delivered"])
  }

  @Test func onlyTheRecipientsOwnAreDue() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    _ = try await ledger.queuedReturn()
    #expect(
      try await ledger.deliveries.due(recipient: RecipientID(unchecked: "wirral"), now: bench.clock.now()).isEmpty)
    #expect(try await ledger.deliveries.nextDue(recipient: RecipientID(unchecked: "wirral")).isEmpty)
  }

  @Test func leftoversAreRememberedUntilTheyAreRemoved() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn()
    try await ledger.apply(.started, .failed(.transient), to: id)
    let conflict = await ledgerError { try await ledger.deliveries.temporariesRemoved(of: id) }
    #expect(conflict?.code == .conflict, "not while it may go on")
    #expect(try await ledger.deliveries.withTemporaries(recipient: careerConnect).isEmpty)
    try await ledger.apply(.started, .put, .temporaryReadBack(.equal), .renamed(.done), to: id)
    #expect(try await ledger.apply(.finalReadBack(.equal), to: id) == [.removeTemporaries])
    let names = [1, 2].map { ReturnMachine.temporaryName(ledger: ledger.name, return: id, attempt: $0) }
    #expect(try await ledger.deliveries.temporaries(of: id) == names)
    #expect(try await ledger.deliveries.withTemporaries(recipient: careerConnect).map(\.id) == [id])

    // The daemon ends before it has removed them.
    let crashed = try LedgerBench(crashOf: bench)
    let again = try await crashed.open()
    #expect(try await again.apply(.restarted, to: id) == [.removeTemporaries])
    try await again.deliveries.temporariesRemoved(of: id)
    #expect(try await again.deliveries.temporaries(of: id).isEmpty)
    #expect(try await again.deliveries.withTemporaries(recipient: careerConnect).isEmpty)
    let before = try await again.eventCount()
    try await again.deliveries.temporariesRemoved(of: id)
    #expect(try await again.eventCount() == before, "a second time is nothing new")
    #expect(try await again.audit().isClean)
  }

  @Test func aPlainPutHasNoTemporaries() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn(publication: .direct)
    #expect(try await ledger.apply(.started, to: id) == [.probeFinal])
    #expect(try await ledger.apply(.probed(temporary: .missing, final: .missing), to: id) == [.putFinal])
    #expect(try await ledger.apply(.failed(.transient), to: id) == [.scheduleRetry])
    #expect(try await ledger.apply(.restarted, to: id) == [.probeFinal])
    // It begins anew, with all that is checked before an attempt.
    #expect(try await ledger.apply(.probed(temporary: .missing, final: .missing), to: id) == [])
    #expect(try await ledger.deliveries.due(recipient: careerConnect, now: bench.clock.now()).map(\.state) == [.queued])
    #expect(try await ledger.apply(.started, to: id) == [.probeFinal])
    #expect(try await ledger.apply(.probed(temporary: .missing, final: .missing), to: id) == [.putFinal])
    let detail = try await ledger.returns.detail(id)
    #expect(detail.attempts.map(\.temporary) == [nil, nil] && detail.attempts.first?.outcome == "queued")
    try await ledger.apply(.put, .finalReadBack(.equal), to: id)
    #expect(try await ledger.deliveries.summary(of: id).state == .delivered)
    #expect(try await ledger.deliveries.withTemporaries(recipient: careerConnect).isEmpty)
  }

  // MARK: Decided again at the moment of sending

  @Test(arguments: ["NO", "UNS"]) func anObjectionOfSinceHoldsItBack(answer: String) async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn(clear: 3)
    #expect(try await ledger.deliveries.objections(in: id).count == 0)
    _ = try await ledger.readExport(
      "newer", [(Synthetic.record(1, upn: Synthetic.upn(1), sharing: answer), .clear)])
    #expect(try await ledger.deliveries.objections(in: id).count == 1)
    #expect(try await ledger.apply(.started, to: id) == [])
    let held = try await ledger.deliveries.summary(of: id)
    #expect(held.state == .waiting(.objection) && held.attempt == 0)
    #expect(try await ledger.deliveries.due(recipient: careerConnect, now: bench.clock.now()).isEmpty)
    // A release does not help while the objection stands.
    try await ledger.returns.release(id, by: somebody, why: nil)
    try await ledger.apply(.started, to: id)
    #expect(try await ledger.deliveries.summary(of: id).state == .waiting(.objection))
  }

  @Test func anUploadOfBeforeIsNoReasonToSendInSpiteOfAnObjection() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn()
    try await ledger.apply(.started, to: id)
    _ = try await ledger.readExport("newer", [(Synthetic.record(1, upn: Synthetic.upn(1), sharing: "NO"), .clear)])
    #expect(try await ledger.apply(.started, to: id) == [])
    let held = try await ledger.deliveries.summary(of: id)
    #expect(held.state == .waiting(.objection) && held.attempt == 1)
  }

  @Test func aBasisThatKnowsNoObjectionIsNotHeldByOne() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn(basis: .esa2008s13)
    _ = try await ledger.readExport("newer", [(Synthetic.record(1, upn: Synthetic.upn(1), sharing: "NO"), .clear)])
    #expect(try await ledger.deliveries.objections(in: id).count == 0)
    #expect(try await ledger.apply(.started, to: id) == [.putTemporary])
  }

  @Test func theFloorGoesInSpiteOfAnObjection() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn(sharing: "NO", disclosure: .floor)
    #expect(try await ledger.deliveries.objections(in: id).count == 0)
    #expect(try await ledger.apply(.started, to: id) == [.putTemporary])
  }

  @Test func nothingStartsAtARecipientThatIsPausedMeanwhile() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn()
    let command = try await bench.open(.command)
    try await command.recipients.pause(careerConnect, by: somebody, why: "their server moves")
    #expect(try await ledger.deliveries.due(recipient: careerConnect, now: bench.clock.now()).isEmpty)
    #expect(try await ledger.deliveries.nextDue(recipient: careerConnect).isEmpty)
    #expect(await ledgerError { try await ledger.apply(.started, to: id) }?.code == .conflict)
    #expect(try await ledger.deliveries.summary(of: id).state == .queued)
    try await command.recipients.resume(careerConnect, by: somebody, why: nil)
    #expect(try await ledger.apply(.started, to: id) == [.putTemporary])
  }

  @Test func whatACommandWithdrewIsNotSent() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn()
    let command = try await bench.open(.command)
    try await command.returns.withdraw(id, by: somebody, why: "wrong year")
    #expect(await ledgerError { try await ledger.apply(.started, to: id) }?.code == .illegalTransition)
  }

  // MARK: Waiting and unknown

  @Test func aDayComesOrMoves() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let (day, other) = (CalendarDate(daysSinceEpoch: 20_700), CalendarDate(daysSinceEpoch: 20_800))
    let id = try await ledger.queuedReturn(next: .waiting(.date(day)))
    let recipient = try await ledger.deliveries.summary(of: id).recipient
    func dated() async throws -> [ReturnSummary] { try await ledger.deliveries.dated(recipient: recipient) }
    #expect(try await dated().map(\.state) == [.waiting(.date(day))])
    #expect(try await ledger.deliveries.dated(recipient: RecipientID(unchecked: "another")).isEmpty)
    try await ledger.apply(.dateMoved(.date(other)), to: id)
    #expect(try await dated().map(\.state) == [.waiting(.date(other))])
    try await ledger.apply(.dateReached, to: id)
    #expect(try await ledger.deliveries.summary(of: id).state == .queued)
    #expect(try await dated().isEmpty)
    #expect(try await ledger.audit().isClean)
  }

  @Test func anUnknownOneIsSettledByALookOrByAPerson() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn()
    try await ledger.apply(.started, .put, .temporaryReadBack(.equal), to: id)
    let actions = try await ledger.apply(.probed(temporary: .missing, final: .missing), to: id)
    #expect(actions == [.alarm(UnknownReason.vanished.explanation)])
    let unknown = try await ledger.deliveries.unresolved(recipient: careerConnect)
    #expect(unknown.map(\.id) == [id] && unknown.first?.lastProblem == UnknownReason.vanished.explanation)
    #expect(try await ledger.apply(.restarted, to: id) == [.probeBoth])
    try await ledger.returns.settleUnknown(id, as: .notDelivered, by: somebody, why: "they looked")
    #expect(try await ledger.deliveries.summary(of: id).state == .queued)
    #expect(try await ledger.deliveries.summary(of: id).lastProblem == nil)
    try await ledger.deliver(id)
    #expect(try await ledger.deliveries.unresolved(recipient: careerConnect).isEmpty)
    #expect(try await ledger.deliveries.withTemporaries(recipient: careerConnect).map(\.id) == [id])
  }

  @Test func whatReachedOnceIsRememberedWhenItIsSentAgain() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn()
    try await ledger.deliver(id)
    try await ledger.returns.resend(id, by: somebody, why: "they lost it")
    #expect(try await ledger.deliveries.summary(of: id).state == .queued)
    let reopened = try LedgerBench(crashOf: bench)
    let again = try await reopened.open()
    try await again.returns.withdraw(id, by: somebody, why: "they found it")
    #expect(try await again.deliveries.summary(of: id).state == .delivered)
  }

  @Test func aPackWaitsForAPersonToHandItOver() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn(publication: .desk)
    #expect(try await ledger.apply(.started, to: id) == [.writePack])
    try await ledger.apply(.put, .temporaryReadBack(.equal), .renamed(.done), to: id)
    #expect(try await ledger.apply(.finalReadBack(.equal), to: id) == [.notifyWaitingForPerson])
    #expect(try await ledger.deliveries.summary(of: id).state == .prepared)
    try await ledger.returns.handedOver(id, by: somebody, evidence: "portal receipt 17")
    let detail = try await ledger.returns.detail(id)
    #expect(detail.summary.state == .delivered)
    #expect(detail.receipts.map(\.kind) == [.readBack, .person])
    #expect(detail.receipts.last?.evidence.exposed["by"] == somebody.name)
  }

  /// Dies after each commit of an attempt in turn; the next start goes on by what it finds, and the return is delivered
  /// by one attempt more at the most.
  @Test func aCrashAfterEachCommit() async throws {
    let way: [ReturnEvent] = [
      .started, .put, .temporaryReadBack(.equal), .renamed(.done), .finalReadBack(.equal),
    ]
    for steps in 0...way.count {
      let bench = try LedgerBench()
      let ledger = try await bench.openWithSchools()
      let id = try await ledger.queuedReturn()
      for event in way.prefix(steps) { try await ledger.apply(event, to: id) }
      let crashed = try LedgerBench(crashOf: bench)
      let again = try await crashed.open()
      let found = try await again.deliveries.due(recipient: careerConnect, now: crashed.clock.now()).first
      #expect((found == nil) == (steps == way.count))
      switch found?.state {
      case .queued?: try await again.deliver(id)
      case .sending?:
        #expect(try await again.apply(.restarted, to: id) == [])
        try await again.deliver(id)
      case .publishing?:
        #expect(try await again.apply(.restarted, to: id) == [.probeBoth])
        let isPublished = steps > 3
        let actions = try await again.apply(
          .probed(temporary: isPublished ? .missing : .equal, final: isPublished ? .equal : .missing), to: id)
        #expect(actions == (isPublished ? [] : [.rename]))
        if !isPublished { try await again.apply(.renamed(.done), .finalReadBack(.equal), to: id) }
      default: break
      }
      let detail = try await again.returns.detail(id)
      #expect(detail.summary.state == .delivered && detail.receipts.count == 1, "after \(steps) steps")
      #expect(detail.summary.attempt == (1...2 ~= steps ? 2 : 1))
      #expect(try await again.audit().isClean)
    }
  }
}
