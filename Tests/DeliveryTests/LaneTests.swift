import Delivery
import Foundation
import Leavers
import Ledger
import Synchronization
import Testing

@Suite("Delivery lane") struct LaneTests {
  private let content = "Surname\r\nONE\r\nTWO\r\n"

  private func with(
    isDesk: Bool = false, until: CalendarDate = CalendarDate(daysSinceEpoch: 30_000),
    _ body: (LaneBench) async throws -> Void
  ) async throws {
    let bench = try await LaneBench(isDesk: isDesk, until: until)
    defer { bench.end() }
    try await body(bench)
  }

  @Test func aQueuedReturnIsDeliveredAndReadBack() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      let pass = try await bench.lane().pass()
      #expect(pass.didWork)
      let summary = try await bench.summary(id)
      #expect(summary.state == .delivered && summary.attempt == 1)
      #expect(try bench.names() == ["3414787_1.csv"])
      #expect(try bench.text("3414787_1.csv") == content)
      let receipts = try await bench.ledger.returns.detail(id).receipts
      #expect(receipts.contains { $0.kind == .readBack })
      let again = try await bench.lane().pass()
      #expect(!again.didWork && again.next == nil, "nothing is left, and nothing wakes it")
    }
  }

  /// Steps of the protocol after which a process may end: the next one finds out what happened.
  @Test(arguments: [
    "committed sending", "S1", "S2", "committed publishing", "S3", "S4", "S5", "committed delivered",
  ])
  func aCrashAfterEachStepEndsWithOneFile(step: String) async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      // From the step on the first process can commit nothing more, which is what its death would mean.
      let dying = bench.ledger
      let lane = try bench.lane(atStep: { if $0 == step { dying.close() } })
      _ = try? await lane.pass()
      #expect(bench.steps.withLock { $0.contains(step) })

      let revived = try await LaneBench.open(bench.root, bench.clock)
      defer { revived.close() }
      bench.clock.advance(by: .seconds(600))
      let next = try bench.lane(revived)
      while try await next.pass().didWork {}
      #expect(try await revived.deliveries.summary(of: id).state == .delivered)
      #expect(try bench.names() == ["3414787_1.csv"], "one file, and no temporary beside it")
      #expect(try bench.text("3414787_1.csv") == content)
      #expect(try await revived.audit().isClean)
    }
  }

  @Test func whoDiedSinceItWasMadeIsNotSent() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      let pupil = try #require(try await bench.ledger.returns.detail(id).rows.first?.pupil)
      let person = Person(name: "admin", known: "login user")
      try await bench.ledger.register.enter(
        .deceased, about: pupil, decidedOn: LondonTime.day(of: bench.clock.now()),
        particulars: RegisterParticulars(decidedBy: "", how: "telephone", recordedBy: person))
      #expect(try await bench.summary(id).state == .waiting(.objection))
      // A release of a person who does not know of it changes nothing.
      try await bench.ledger.returns.release(id, by: person, why: nil)
      _ = try await bench.lane().pass()
      #expect(try await bench.summary(id).state == .waiting(.objection))
      #expect(try bench.names().isEmpty)
      #expect(bench.told.withLock { $0.contains { $0.weight == .alarm && $0.text.contains("deceased") } })
    }
  }

  @Test func anotherFileUnderTheFinalNameIsNeverOverwritten() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      try "theirs".write(toFile: bench.folder + "/3414787_1.csv", atomically: true, encoding: .utf8)
      _ = try await bench.lane().pass()
      #expect(try await bench.summary(id).state == .unknown(.finalDiffers))
      #expect(try bench.text("3414787_1.csv") == "theirs")
      #expect(bench.told.withLock { $0.contains { $0.weight == .alarm && $0.return == id } })
      let person = Person(name: "admin", known: "login user")
      try await bench.ledger.returns.settleUnknown(id, as: .delivered, by: person, why: "they have it by mail")
      #expect(try await bench.summary(id).state == .delivered)
    }
  }

  @Test func anEqualFileUnderTheFinalNameIsOurs() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      try content.write(toFile: bench.folder + "/3414787_1.csv", atomically: true, encoding: .utf8)
      _ = try await bench.lane().pass()
      #expect(try await bench.summary(id).state == .delivered)
      #expect(try bench.names() == ["3414787_1.csv"])
    }
  }

  @Test func aMissingFolderIsTriedAgainWithGrowingPauses() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      try FileManager.default.removeItem(atPath: bench.folder)
      let lane = try bench.lane()
      _ = try await lane.pass()
      #expect(try await bench.summary(id).state == .queued)
      #expect(try await bench.summary(id).nextAttemptAt == bench.clock.now() + .seconds(60))
      #expect(try await bench.ledger.recipients.state(LaneBench.recipientID).problem != nil)
      let early = try await lane.pass()
      #expect(!early.didWork && early.next == bench.clock.monotonic() + .seconds(60))

      bench.clock.advance(by: .seconds(60))
      _ = try await lane.pass()
      #expect(try await bench.summary(id).nextAttemptAt == bench.clock.now() + .seconds(120))
      try FileManager.default.createDirectory(atPath: bench.folder, withIntermediateDirectories: true)
      bench.clock.advance(by: .seconds(120))
      _ = try await lane.pass()
      #expect(try await bench.summary(id).state == .delivered)
      #expect(try await bench.ledger.recipients.state(LaneBench.recipientID).problem == nil)
    }
  }

  @Test func aPersonsResumeTriesAtOnce() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      try FileManager.default.removeItem(atPath: bench.folder)
      let lane = try bench.lane()
      _ = try await lane.pass()
      try FileManager.default.createDirectory(atPath: bench.folder, withIntermediateDirectories: true)
      let person = Person(name: "admin", known: "login user")
      try await bench.ledger.recipients.resume(LaneBench.recipientID, by: person, why: nil)
      _ = try await lane.pass()
      #expect(try await bench.summary(id).state == .delivered)
    }
  }

  @Test func anAgreementThatHasEndedSendsNothing() async throws {
    // The bench's clock stands at 2026-06-26.
    try await with(until: CalendarDate(daysSinceEpoch: 20_600)) { bench in
      let id = try await bench.queuedReturn()
      _ = try await bench.lane().pass()
      #expect(try await bench.summary(id).state == .waiting(.release))
      #expect(try bench.names().isEmpty)
      #expect(bench.told.withLock { $0.contains { $0.text.contains("no agreement") } })
    }
  }

  @Test func aRefusalThatCameMeanwhileSendsNothing() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn(sharing: "NO")
      _ = try await bench.lane().pass()
      #expect(try await bench.summary(id).state == .waiting(.objection))
      #expect(try bench.names().isEmpty)
    }
  }

  @Test func nothingGoesToAPausedOrStoppedRecipient() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      let person = Person(name: "admin", known: "login user")
      try await bench.ledger.recipients.pause(LaneBench.recipientID, by: person, why: "moved")
      let lane = try bench.lane()
      #expect(try await lane.pass().didWork == false)
      try await bench.ledger.recipients.resume(LaneBench.recipientID, by: person, why: nil)
      try await bench.ledger.recipients.stop(LaneBench.recipientID, why: "host key")
      #expect(try await lane.pass().didWork == false)
      #expect(try await bench.summary(id).state == .queued && bench.names().isEmpty)
    }
  }

  @Test func aRetiredLaneDoesNothing() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      let lane = try bench.lane()
      await lane.retire()
      #expect(try await lane.pass().didWork == false)
      #expect(try await bench.summary(id).state == .queued)
    }
  }

  @Test func aPackLiesOnTheDeskWithItsSheetUntilAPersonHandsItOver() async throws {
    try await with(isDesk: true) { bench in
      let id = try await bench.queuedReturn()
      _ = try await bench.lane().pass()
      #expect(try await bench.summary(id).state == .prepared)
      #expect(try bench.names() == ["3414787_1.csv", "3414787_1.csv.cover.html"])
      let sheet = try bench.text("3414787_1.csv.cover.html")
      #expect(
        sheet.contains("<th scope=\"row\">Pupils</th><td>2</td>") && sheet.contains("of these in full</th><td>2</td>"))
      #expect(sheet.contains(try await bench.summary(id).sha256 ?? "no hash"))
      #expect(sheet.contains("secure portal"))
      #expect(sheet.contains("<caption>Plan &lt;1&gt;</caption>") && sheet.contains("(blank)"))
      #expect(sheet.contains("<tr><th scope=\"row\">211</th><td></td><td class=\"number\">1</td></tr>"))
      #expect(sheet.contains("<tr><th scope=\"row\">All</th><td></td><td class=\"number\">2</td></tr>"))
      #expect(sheet.contains("0 held back") && sheet.contains("0 that may not be disclosed"))
      #expect(sheet.contains("certutil") && sheet.contains("sha256sum") && !sheet.contains("<script"))
      #expect(!sheet.contains("ONE") && !sheet.contains("TWO"), "the sheet names nobody")
      let person = Person(name: "careers", known: "login user")
      try await bench.ledger.returns.handedOver(id, by: person, evidence: "portal 17")
      #expect(try await bench.summary(id).state == .delivered)
    }
  }
}
