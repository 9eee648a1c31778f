// What a person must do, and that it goes once it is done.

import Leavers
import Testing

@testable import Ledger

@Suite("OverviewLedger: todo") struct TodoTests {
  private func codes(_ ledger: Ledger) async throws -> [TodoItem.Code] { try await ledger.overview.todo().map(\.code) }

  @Test func releaseBrakeAndDate() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn(clear: 1, next: .waiting(.release))
    let item = try #require(try await ledger.overview.todo().first)
    #expect(item.code == .returnToRelease && item.subjects == ["\(id)"])
    #expect(
      item.text
        == "\(id) (intended-destinations, Y11-2026, 1 leaver of Example High) is ready for sefton. Look at it, then: leaverlink release \(id)"
    )
    try await ledger.returns.release(id, by: somebody, why: nil)
    #expect(try await codes(ledger).isEmpty)

    let braked = try await ledger.queuedReturn(
      "two", next: .waiting(.brake), cohort: Cohort(stage: .y13, leavingYear: 2026))
    let todo = try #require(try await ledger.overview.todo().first)
    #expect(todo.code == .returnBraked && todo.text.contains("2 leavers") && todo.text.contains("release \(braked)"))
    try await ledger.returns.withdraw(braked, by: somebody, why: nil)
    let day = try #require(CalendarDate(iso: "2027-01-01"))
    _ = try await ledger.queuedReturn("three", next: .waiting(.date(day)), entry: .wirral)
    #expect(try await codes(ledger).isEmpty, "a day comes by itself")
  }

  @Test func objection() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn()
    _ = try await ledger.readExport("newer", [(Synthetic.record(1, upn: Synthetic.upn(1), sharing: "NO"), .clear)])
    try await ledger.apply(.started, to: id)
    let item = try #require(try await ledger.overview.todo().first)
    #expect(item.code == .returnObjected && item.text.contains("withdraw \(id)"))
  }

  @Test func handOver() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn(publication: .desk)
    try await ledger.deliver(id)
    let item = try #require(try await ledger.overview.todo().first)
    #expect(item.code == .returnToHandOver && item.text.contains("leaverlink handed-over \(id)"))
    try await ledger.returns.handedOver(id, by: somebody, evidence: nil)
    #expect(try await codes(ledger).isEmpty)
  }

  /// A pack that was made before a refusal is not handed over, whatever way it is told of.
  @Test func aPackThatMustNotGo() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn(publication: .desk)
    try await ledger.deliver(id)
    let before = try await ledger.sheets.stamps(school: LedgerBench.school).release
    #expect(try await ledger.returns.packs(school: LedgerBench.school).map(\.fate) == [.toHandOver])
    _ = try await ledger.readExport("newer", [(Synthetic.record(1, upn: Synthetic.upn(1), sharing: "NO"), .clear)])
    let newer = try await ledger.queuedReturn("newest", publication: .desk, sharing: nil, disclosure: .floor)
    try await ledger.deliver(newer)
    let todo = try await ledger.overview.todo()
    let items = todo.filter { $0.subjects.contains("\(id)") }
    #expect(items.map(\.code) == [.returnObjected] && items[0].text.hasPrefix("Take the pack of \(id) off the desk"))
    let row = try #require(
      try await ledger.returns.releaseRows(school: LedgerBench.school).first { $0.release.summary.id == id })
    #expect(row.objections == "1 leaver may not go as it stands in it: sharing refused")
    #expect(try await ledger.sheets.stamps(school: LedgerBench.school).release != before)
    #expect(try await ledger.returns.packs(school: LedgerBench.school).first?.fate == .toTakeAway)
    let error = await ledgerError { try await ledger.returns.handedOver(id, by: somebody, evidence: nil) }
    #expect(error?.code == .conflict && error?.message.contains("Take the pack away and withdraw it") == true)
    let words = try await ledger.returns.withdraw(id, by: somebody, why: nil)
    #expect(words.contains("its pack may still lie on the desk"))
  }

  /// A pack that went before the refusal is with the authority, which is to be told.
  @Test func aPackThatWentBeforeTheRefusal() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn(publication: .desk)
    try await ledger.deliver(id)
    _ = try await ledger.readExport("newer", [(Synthetic.record(1, upn: Synthetic.upn(1), sharing: "NO"), .clear)])
    let before = try #require(try await ledger.overview.todo().first { $0.code == .returnObjected })
    #expect(before.text.contains("withdraw it (leaverlink withdraw \(id)), or, if sefton has it already"))
    #expect(before.text.contains("(leaverlink handed-over \(id) --before-objection)"))
    let words = try await ledger.returns.handedOver(
      id, by: somebody, evidence: "portal 17", beforeObjection: true)
    #expect(words?.hasPrefix("tell sefton what may no longer be used of \(id): ") == true)
    #expect(try await ledger.returns.detail(id).summary.state == .delivered)
    let history = try await ledger.overview.history(of: "\(id)")
    #expect(history.contains { $0.details.exposed["why"] == "portal 17; it went before what stands against it" })
    let item = try #require(try await ledger.overview.todo().first { $0.subjects.contains("\(id)") })
    #expect(item.code == .returnObjected && item.text.hasPrefix("Tell sefton"))
    #expect(try await ledger.audit().isClean)
  }

  @Test func aPackThatWasWithdrawnIsTakenAway() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn(publication: .desk)
    try await ledger.deliver(id)
    try await ledger.returns.resend(id, by: somebody, why: nil)
    try await ledger.returns.withdraw(id, by: somebody, why: nil)
    let item = try #require(try await ledger.overview.todo().first)
    #expect(item.code == .packToTakeAway && item.subjects == ["\(id)"] && item.school == LedgerBench.school)
    let packs = try await ledger.returns.packsToTakeAway(school: LedgerBench.school)
    #expect(packs.map(\.path) == ["inbound/\(id).csv"] && packs.map(\.fate) == [.toTakeAway])
    try await ledger.returns.packIsGone(id)
    #expect(try await codes(ledger).isEmpty)
    #expect(try await ledger.audit().isClean)
    // What is with the authority stays there, and nobody says otherwise.
    let other = try await ledger.queuedReturn("two", publication: .desk, entry: .wirral)
    try await ledger.deliver(other)
    try await ledger.returns.handedOver(other, by: somebody, evidence: nil)
    try await ledger.returns.resend(other, by: somebody, why: nil)
    #expect(
      try await ledger.returns.withdraw(other, by: somebody, why: nil)
        == "\(other) does not go to wirral once more; what went before is with wirral")
    #expect(try await codes(ledger).isEmpty)
  }

  @Test func unknownComesFirst() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    _ = try await ledger.queuedReturn("one", next: .waiting(.release))
    let id = try await ledger.queuedReturn("two", entry: .wirral)
    try await ledger.apply(
      .started, .put, .temporaryReadBack(.equal), .probed(temporary: .missing, final: .different), to: id)
    #expect(try await codes(ledger) == [.returnUnknown, .returnToRelease])
    let text = try #require(try await ledger.overview.todo().first).text
    #expect(
      text.contains("We do not know whether wirral has \(id)") && text.contains(UnknownReason.finalDiffers.explanation))
    try await ledger.returns.settleUnknown(id, as: .delivered, by: somebody, why: nil)
    #expect(try await codes(ledger) == [.returnToRelease])
  }

  @Test func rejectedUntilANewerOneWent() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn("one")
    try await ledger.deliver(id)
    try await ledger.apply(.acknowledged(.rejected), to: id)
    let item = try #require(try await ledger.overview.todo().first)
    #expect(item.code == .returnRejected && item.text.hasPrefix("sefton rejected \(id)"))
    let newer = try await ledger.queuedReturn("two")
    #expect(try await codes(ledger).isEmpty)
    try await ledger.returns.withdraw(newer, by: somebody, why: nil)
    #expect(try await codes(ledger) == [.returnRejected])
  }

  @Test func recipients() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    for _ in 0..<2 { try await ledger.recipients.noteProblem(careerConnect, "connection refused") }
    #expect(try await codes(ledger).isEmpty, "one hitch is no matter for a person")
    try await ledger.recipients.noteProblem(careerConnect, "connection refused")
    #expect(
      try await ledger.overview.todo().map(\.text)
        == ["career-connect has failed 3 times in a row and is tried again by itself: connection refused"])
    try await ledger.recipients.pause(careerConnect, by: somebody, why: nil)
    #expect(try await codes(ledger) == [.recipientPaused])
    try await ledger.recipients.stop(careerConnect, why: "the server does not accept our key")
    let item = try #require(try await ledger.overview.todo().first)
    #expect(item.code == .recipientStopped && item.text.contains("leaverlink resume career-connect"))
    try await ledger.recipients.resume(careerConnect, by: somebody, why: nil)
    #expect(try await codes(ledger).isEmpty)
  }

  @Test func anUnreadableExportUntilANewerOneComes() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let export = try await ledger.storeExport("not a table")
    try await ledger.exports.markUnreadable(export, code: FindingCode(rawValue: "F010"), message: "it is a picture")
    let item = try #require(try await ledger.overview.todo().first)
    #expect(item.code == .exportUnreadable && item.text == "\(export) of Example High cannot be read: it is a picture")
    _ = try await ledger.readExport("a table", clear: 1)
    #expect(try await codes(ledger).isEmpty)
  }

  @Test func heldAndUnroutedRows() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let export = try await ledger.readExport("export", clear: 3)
    try await ledger.returns.setScope(export, [.sefton, .wirral])
    for entry in [ScopeEntry.sefton, .wirral] {
      try await ledger.returns.decide(
        export, authority: entry.authority, kind: entry.kind,
        decision: ScopeDecision(
          returns: [], fates: [(row: 2, fate: .held(.uncertainRoute)), (row: 3, fate: .held(.uncertainRoute))],
          exclusions: [(row: 4, reason: .educatedElsewhere)], abandoned: []))
    }
    try await ledger.returns.finish(export)
    let todo = try await ledger.overview.todo()
    #expect(todo.map(\.code) == [.rowsHeld, .rowsUnrouted])
    #expect(
      todo[0].text
        == "2 rows of \(export) (Example High) held from sefton and wirral: it is not certain where the pupil lives. leaverlink show \(export) lists them"
    )
    #expect(todo[0].subjects == ["\(export)", LedgerBench.school.rawValue, "sefton", "wirral"])
    #expect(todo[1].text.hasPrefix("1 row of \(export) belong"))
  }

  @Test func repliesAndAnswers() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let export = try await ledger.readExport("export", clear: 1)
    let pupil = try #require(try await ledger.pupils(of: export)[2])
    let aside = try await ledger.claimReply("AS_0.csv")
    try await ledger.replies.quarantine(aside, why: "column UPN is missing")
    let id = try await ledger.readReply(
      (0..<4).map { Synthetic.record($0) }, name: "UNK_1.csv", kind: .unknownRequest)
    try await ledger.replies.match(
      id,
      verdicts: [
        (row: 2, verdict: .matched(pupil, rule: "upn", reconciliation: .bothUnknown)), (row: 3, verdict: .unmatched),
        (row: 4, verdict: .unmatched), (row: 5, verdict: .ambiguous),
      ])
    // A repeat is nobody's business.
    let copy = try await ledger.claimReply("UNK_1 (2).csv", kind: .unknownRequest)
    try await ledger.fetchReply(copy, "content of UNK_1.csv")
    // Nor is what went away before it could be fetched.
    try await ledger.replies.gone(ledger.claimReply("UNK_2.csv", kind: .unknownRequest))
    #expect(
      try await ledger.overview.todo().map(\.text) == [
        "\(aside) (activity-survey from sefton for Example High) was set aside: column UPN is missing",
        "\(id) (unknown-request from sefton for Example High): 2 rows match nobody, 1 row match more than one pupil. leaverlink show \(id) lists them",
        "Example High owes sefton 4 answers on unknown destinations, the oldest since 2026-06-26",
      ])
  }

  @Test func returnsOfARecipientThatIsGoneAreNamed() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn()
    #expect(try await ledger.overview.stranded(besides: [careerConnect]).isEmpty)
    let queued = try await ledger.overview.stranded(besides: [])
    #expect(queued.map(\.code) == [.returnStranded] && queued[0].text.contains("leaverlink withdraw \(id)"))
    try await ledger.apply(.started, to: id)
    #expect(try await ledger.overview.stranded(besides: [])[0].text.contains("leaverlink settle \(id)"))
    try await ledger.returns.settleUnknown(
      id, as: .notDelivered, by: Person(name: "admin", known: "login user"), why: "asked")
    #expect(try await ledger.deliveries.summary(of: id).state == .queued)
  }
}
