import Foundation
import Leavers
import Ledger
import Profiles
import Synchronization
import Testing
import Transport

@testable import Delivery

@Suite("Delivery lane: changes and troubles") struct LaneTroubleTests {
  private let person = Person(name: "admin", known: "login user")

  private func with(isDesk: Bool = false, _ body: (LaneBench) async throws -> Void) async throws {
    let bench = try await LaneBench(isDesk: isDesk)
    defer { bench.end() }
    try await body(bench)
  }

  /// The bench's configuration with another place for its recipient.
  private func moved(
    _ bench: LaneBench, host: String = "sftp.example.net", folder: String = "inbound", isDesk: Bool = false
  ) -> Configuration {
    var configuration = bench.configuration
    configuration.recipients[0].endpoint =
      isDesk
      ? .handover(by: "secure portal")
      : .sftp(
        SFTPEndpoint(
          host: host, port: 22, user: "example", key: SecretSource(kind: .file("key"), path: "key"),
          hostKey: .pin("SHA256:x")))
    configuration.authorities[0].sendTo = folder
    return configuration
  }

  private func replace(_ lane: DeliveryLane, _ bench: LaneBench, by configuration: Configuration) async {
    let endpoint = bench.endpoint
    await lane.replace(
      recipient: configuration.recipients[0], configuration: configuration, endpoints: { _ in endpoint })
  }

  // MARK: - The way there

  @Test func aReturnThatNeverWentGoesTheWayOfNow() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      let lane = try bench.lane()
      await replace(lane, bench, by: moved(bench, isDesk: true))
      _ = try await lane.pass()
      let summary = try await bench.summary(id)
      #expect(summary.state == .prepared, "a person hands it over now, and nobody says that it is delivered")
      #expect(summary.way.publication == .desk && summary.way.folder == "sefton")
      #expect(try FileManager.default.contentsOfDirectory(atPath: bench.root + "/far/out/sefton").count == 2)
      #expect(try bench.names().isEmpty)
      #expect(try await bench.ledger.audit().isClean)
    }
  }

  @Test func whatWasBeingPublishedElsewhereIsNotLookedForHere() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      let dying = bench.ledger
      let first = try bench.lane(atStep: { if $0 == "S4" { dying.close() } })
      _ = try? await first.pass()
      let revived = try await LaneBench.open(bench.root, bench.clock)
      defer { revived.close() }
      // The new place declares that it takes files: nothing there would look as if it had been taken.
      try FileManager.default.removeItem(atPath: bench.folder + "/3414787_1.csv")
      var configuration = moved(bench)
      configuration.recipients[0].removesFiles = true
      let lane = try bench.lane(revived)
      await replace(lane, bench, by: configuration)
      _ = try await lane.pass()
      #expect(try await revived.deliveries.summary(of: id).state == .unknown(.recipientMoved))
      // A person who found out settles it, and it goes to the new place.
      try await revived.returns.settleUnknown(id, as: .notDelivered, by: person, why: "they never saw it")
      _ = try await lane.pass()
      #expect(try await revived.deliveries.summary(of: id).state == .delivered)
      #expect(try bench.names() == ["3414787_1.csv"])
    }
  }

  @Test func whatWasBeingUploadedElsewhereIsSentAnew() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      let dying = bench.ledger
      let first = try bench.lane(atStep: { if $0 == "S1" { dying.close() } })
      _ = try? await first.pass()
      let revived = try await LaneBench.open(bench.root, bench.clock)
      defer { revived.close() }
      let lane = try bench.lane(revived)
      await replace(lane, bench, by: moved(bench))
      while try await lane.pass().didWork {}
      let summary = try await revived.deliveries.summary(of: id)
      #expect(summary.state == .delivered && summary.attempt == 2)
    }
  }

  // MARK: - A new configuration in the middle of a pass

  @Test func aRetiredLaneBeginsNothingMore() async throws {
    try await with { bench in
      let first = try await bench.queuedReturn()
      let second = try await bench.queuedReturn(content: "Surname\r\nTHREE\r\nFOUR\r\n", leavingYear: 2027)
      let lane = Mutex<DeliveryLane?>(nil)
      let asked = Mutex(false)
      let made = try bench.lane(atStep: { step in
        guard step == "S1",
          !asked.withLock({
            let was = $0; $0 = true; return was
          })
        else { return }
        // The actor takes the call as soon as it waits for the far side.
        if let lane = lane.withLock({ $0 }) { Task { await lane.retire() } }
      })
      lane.withLock { $0 = made }
      while try await made.pass().didWork {}
      #expect(try await bench.summary(first).state == .delivered, "what had begun is finished")
      #expect(try await bench.summary(second).state == .queued)
    }
  }

  // MARK: - Temporaries

  @Test func whatCannotBeRemovedIsTriedAgain() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      let dying = bench.ledger
      _ = try? await bench.lane(atStep: { if $0 == "S1" { dying.close() } }).pass()
      let revived = try await LaneBench.open(bench.root, bench.clock)
      defer { revived.close() }
      // In its place lies a folder, which cannot be removed as a file.
      let left = try #require(try bench.names().first)
      try FileManager.default.removeItem(atPath: bench.folder + "/" + left)
      try FileManager.default.createDirectory(atPath: bench.folder + "/" + left, withIntermediateDirectories: true)
      let lane = try bench.lane(revived)
      while try await lane.pass().didWork {}
      #expect(try await revived.deliveries.summary(of: id).state == .delivered)
      #expect(try bench.names().contains(left))
      let resting = try await lane.pass()
      #expect(resting.next != nil && !resting.didWork, "it comes again, and not at once")
      #expect(bench.told.withLock { $0.count { $0.text.contains("could not be removed") } } == 1)

      try FileManager.default.removeItem(atPath: bench.folder + "/" + left)
      try "part".write(toFile: bench.folder + "/" + left, atomically: false, encoding: .utf8)
      bench.clock.advance(by: .seconds(600))
      _ = try await lane.pass()
      #expect(try bench.names() == ["3414787_1.csv"])
      #expect(try await lane.pass().next == nil)
    }
  }

  @Test func whatACommandSettledIsTidiedByTheRunningLane() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      let lane = try bench.lane()
      _ = try await lane.pass()
      // As after an upload that broke off, with a withdrawal before the next attempt.
      let second = try await bench.queuedReturn(content: "Surname\r\nTHREE\r\nFOUR\r\n")
      _ = try await bench.ledger.deliveries.apply(.started, to: second, note: DeliveryNote(at: bench.clock.now()))
      let name = try #require(try await bench.ledger.deliveries.temporaries(of: second).first)
      try "part".write(toFile: bench.folder + "/" + name, atomically: false, encoding: .utf8)
      _ = try await bench.ledger.deliveries.apply(
        .failed(.transient), to: second,
        note: DeliveryNote(at: bench.clock.now(), nextAttemptAt: bench.clock.now() + .seconds(3600)))
      try await bench.ledger.returns.withdraw(second, by: person, why: "wrong")
      _ = try await lane.pass()
      #expect(try bench.names() == ["3414787_1.csv"])
      #expect(try await bench.summary(id).state == .delivered)
    }
  }

  // MARK: - Clocks

  @Test func aReturnThatWaitsForItsDayWakesTheLane() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      let day = CalendarDate(daysSinceEpoch: bench.clock.today().daysSinceEpoch + 3)
      _ = try await bench.ledger.deliveries.apply(
        .held(.date(day)), to: id, note: DeliveryNote(at: bench.clock.now()))
      var configuration = bench.configuration
      configuration.authorities[0].returns[0].send = .onDates([day])
      let (lane, endpoint) = (try bench.lane(), bench.endpoint)
      await lane.replace(
        recipient: configuration.recipients[0], configuration: configuration, endpoints: { _ in endpoint })
      let due = try #require(try await lane.pass().next)
      let wait = due - bench.clock.monotonic()
      #expect(wait > .seconds(2 * 86_400) && wait <= .seconds(3 * 86_400))
      bench.clock.advance(by: wait)
      while try await lane.pass().didWork {}
      #expect(try await bench.summary(id).state == .delivered)
    }
  }

  @Test func afterAResumeWhatWasBeingPublishedDoesNotSpin() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      let note = DeliveryNote(at: bench.clock.now())
      for event in [ReturnEvent.started, .put, .temporaryReadBack(.equal)] {
        _ = try await bench.ledger.deliveries.apply(event, to: id, note: note)
      }
      let lane = try bench.lane()
      await lane.replace(
        recipient: bench.configuration.recipients[0], configuration: bench.configuration, endpoints: { _ in nil })
      _ = try await lane.pass()
      let before = try await bench.summary(id)
      #expect(before.state == .publishing)
      try await bench.ledger.recipients.resume(LaneBench.recipientID, by: person, why: nil)
      #expect(try await lane.pass().didWork, "at once after a person said so")
      let resting = try await lane.pass()
      #expect(!resting.didWork)
      #expect(try #require(resting.next) > bench.clock.monotonic(), "and then at its time, not at once again")
    }
  }

  /// A recipient that says of a file that it is not there to be renamed, and shows it.
  @Test(arguments: [RenameResult.sourceMissing, .targetExists])
  func aFarSideThatContradictsItselfIsNotAskedForEver(answer: RenameResult) {
    var contradictions = Contradictions()
    #expect(!contradictions.isEndless(.rename), "the first time it is asked")
    contradictions.saw(.renamed(answer))
    #expect(!contradictions.isEndless(.probeBoth))
    contradictions.saw(.probed(temporary: .equal, final: .missing))
    #expect(contradictions.isEndless(.rename))
    #expect(Contradictions.outcome.event == .failed(.transient), "the rename may yet be done: it stays open")
  }

  @Test func anUnknownOneIsLookedForAgainLater() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      let note = DeliveryNote(at: bench.clock.now())
      for event in [
        ReturnEvent.started, .put, .temporaryReadBack(.equal), .probed(temporary: .missing, final: .missing),
      ] {
        _ = try await bench.ledger.deliveries.apply(event, to: id, note: note)
      }
      #expect(try await bench.summary(id).state == .unknown(.vanished))
      let lane = try bench.lane()
      let first = try await lane.pass()
      #expect(!first.didWork && first.next == bench.clock.monotonic() + .seconds(3600))
      // A late rename published it.
      try "Surname\r\nONE\r\nTWO\r\n".write(
        toFile: bench.folder + "/3414787_1.csv", atomically: false, encoding: .utf8)
      _ = try await lane.pass()
      #expect(try await bench.summary(id).state == .unknown(.vanished), "not at every pass")
      bench.clock.advance(by: .seconds(3600))
      _ = try await lane.pass()
      #expect(try await bench.summary(id).state == .delivered)
    }
  }

  // MARK: - Stops and breakers

  @Test func whateverFailsTheLaneKnowsWhenToComeAgain() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      let broken = Endpoint(
        recipient: "career-connect", place: .https(try HTTPSPlace(url: "https://127.0.0.1:1/", webDAV: true)),
        loop: bench.loop, breaker: BreakerPolicy(failures: 2), now: { bench.clock.monotonic() })
      let lane = try bench.lane()
      await lane.replace(
        recipient: bench.configuration.recipients[0], configuration: bench.configuration, endpoints: { _ in broken })
      for round in 0..<6 {
        var pass = try await lane.pass()
        while pass.didWork { pass = try await lane.pass() }
        let next = try #require(pass.next, "round \(round): a return is open, and nothing else will wake the lane")
        #expect(next > bench.clock.monotonic())
        bench.clock.advance(by: next - bench.clock.monotonic())
      }
      #expect(try await bench.summary(id).state == .queued)
    }
  }

  @Test func whileABreakerIsOpenNothingIsTriedAndItsTimeWakesTheLane() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      let broken = Endpoint(
        recipient: "career-connect", place: .https(try HTTPSPlace(url: "https://127.0.0.1:1/", webDAV: true)),
        loop: bench.loop, breaker: BreakerPolicy(failures: 1), now: { bench.clock.monotonic() })
      _ = try? await broken.perform { session throws(TransportError) in
        _ = try await session.list(RemotePath("inbound"))
      }
      let lane = try bench.lane()
      await lane.replace(
        recipient: bench.configuration.recipients[0], configuration: bench.configuration, endpoints: { _ in broken })
      guard case .open(let until, _) = await broken.condition else {
        Issue.record("a port that nobody listens on opens the breaker")
        return
      }
      let pass = try await lane.pass()
      #expect(!pass.didWork && pass.next == until)
      #expect(try await bench.summary(id).attempt == 0)
      // It failed a moment ago and is due before the breaker closes: the later of the two counts.
      _ = try await bench.ledger.deliveries.apply(.started, to: id, note: DeliveryNote(at: bench.clock.now()))
      _ = try await bench.ledger.deliveries.apply(
        .failed(.transient), to: id,
        note: DeliveryNote(at: bench.clock.now(), nextAttemptAt: bench.clock.now() + .seconds(3)))
      #expect(try await lane.pass().next == until)
      // A person resumes: at once, and not because the ledger knows of no failure.
      try await bench.ledger.recipients.resume(LaneBench.recipientID, by: person, why: nil)
      _ = try await lane.pass()
      #expect(try await bench.summary(id).attempt == 2)
    }
  }

  @Test func whatPerhapsArrivedElsewhereWaitsForAPersonsWord() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      let note = DeliveryNote(at: bench.clock.now(), whereabouts: "the old place")
      for event in [
        ReturnEvent.started, .put, .temporaryReadBack(.equal), .probed(temporary: .missing, final: .missing),
      ] {
        _ = try await bench.ledger.deliveries.apply(event, to: id, note: note)
      }
      try await bench.ledger.returns.settleUnknown(id, as: .notDelivered, by: person, why: "they say so")
      let lane = try bench.lane()
      _ = try await lane.pass()
      #expect(try await bench.summary(id).state == .waiting(.moved))
      #expect(try bench.names().isEmpty)
      #expect(try await bench.ledger.overview.todo().contains { $0.text.contains("leaverlink release \(id)") })
      try await bench.ledger.returns.release(id, by: person, why: "asked there")
      while try await lane.pass().didWork {}
      #expect(try await bench.summary(id).state == .delivered)
    }
  }

  @Test func anotherReadBackIsNoOtherPlace() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      let note = DeliveryNote(
        at: bench.clock.now(), whereabouts: bench.configuration.recipients[0].whereabouts(desk: ""))
      for event in [
        ReturnEvent.started, .put, .temporaryReadBack(.equal), .probed(temporary: .missing, final: .missing),
      ] {
        _ = try await bench.ledger.deliveries.apply(event, to: id, note: note)
      }
      try await bench.ledger.returns.settleUnknown(id, as: .notDelivered, by: person, why: "they say so")
      var configuration = bench.configuration
      configuration.recipients[0].removesFiles = true
      let lane = try bench.lane()
      await replace(lane, bench, by: configuration)
      while try await lane.pass().didWork {}
      #expect(try await bench.summary(id).state == .delivered)
    }
  }

  @Test func whatCannotBePublishedIsSettledByAPerson() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      let note = DeliveryNote(at: bench.clock.now(), detail: "renaming is not allowed")
      for event in [ReturnEvent.started, .put, .temporaryReadBack(.equal), .failed(.permanent)] {
        _ = try await bench.ledger.deliveries.apply(event, to: id, note: note)
      }
      #expect(try await bench.ledger.overview.todo().contains { $0.text.contains("leaverlink settle \(id)") })
      try await bench.ledger.returns.settleUnknown(id, as: .delivered, by: person, why: "they took it by hand")
      #expect(try await bench.summary(id).state == .delivered)
      #expect(try await bench.ledger.audit().isClean)
    }
  }

  @Test func temporariesOfAReturnThatGoesAgainNeverSpin() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      let dying = bench.ledger
      _ = try? await bench.lane(atStep: { if $0 == "S1" { dying.close() } }).pass()
      let revived = try await LaneBench.open(bench.root, bench.clock)
      defer { revived.close() }
      let left = try #require(try bench.names().first)
      try FileManager.default.removeItem(atPath: bench.folder + "/" + left)
      try FileManager.default.createDirectory(atPath: bench.folder + "/" + left, withIntermediateDirectories: true)
      let lane = try bench.lane(revived)
      while try await lane.pass().didWork {}
      // Delivered, with a trouble; then it waits for a person before it goes again.
      try await revived.returns.resend(id, by: person, why: nil)
      _ = try await revived.deliveries.apply(.held(.objection), to: id, note: DeliveryNote(at: bench.clock.now()))
      bench.clock.advance(by: .seconds(3600))
      let pass = try await lane.pass()
      #expect(!pass.didWork && pass.next == nil)
    }
  }

  @Test func aStopThatNobodyToldTheLedgerOfIsWrittenDown() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      let stopped = Endpoint(
        recipient: "career-connect", place: .folder(try FolderPlace(path: bench.root + "/far")), loop: bench.loop,
        stopped: "the login was refused", now: { bench.clock.monotonic() })
      let lane = try bench.lane()
      await lane.replace(
        recipient: bench.configuration.recipients[0], configuration: bench.configuration, endpoints: { _ in stopped })
      #expect(try await lane.pass() == Pass(didWork: false, next: bench.clock.monotonic() + .seconds(5)))
      #expect(try await bench.ledger.recipients.state(LaneBench.recipientID).stopped == nil)
      bench.clock.advance(by: .seconds(5))
      _ = try await lane.pass()
      #expect(try await bench.ledger.recipients.state(LaneBench.recipientID).stopped?.why == "the login was refused")
      #expect(try await bench.summary(id).attempt == 0, "nothing was tried")
      try await bench.ledger.recipients.resume(LaneBench.recipientID, by: person, why: nil)
      while try await lane.pass().didWork {}
      #expect(try await bench.summary(id).state == .delivered, "at once after a person said so")
    }
  }

  // MARK: - The desk

  @Test func aCoverSheetThatAPersonChangedStays() async throws {
    try await with(isDesk: true) { bench in
      let id = try await bench.queuedReturn()
      let sheet = bench.folder + "/3414787_1.csv.cover.html"
      try "ticked off by Ms Example".write(toFile: sheet, atomically: false, encoding: .utf8)
      _ = try await bench.lane().pass()
      #expect(try await bench.summary(id).state == .prepared)
      #expect(try bench.text("3414787_1.csv.cover.html") == "ticked off by Ms Example")
      #expect(try bench.text("3414787_1.csv.cover-2.html").contains("Pupils"))
    }
  }

  @Test func ourOwnCoverSheetOfAnAttemptBeforeIsReplaced() async throws {
    try await with(isDesk: true) { bench in
      let id = try await bench.queuedReturn()
      let lane = try bench.lane()
      _ = try await lane.pass()
      try FileManager.default.removeItem(atPath: bench.folder + "/3414787_1.csv")
      try await bench.ledger.returns.resend(id, by: person, why: "lost")
      _ = try await lane.pass()
      #expect(try await bench.summary(id).attempt == 2)
      #expect(try bench.names() == ["3414787_1.csv", "3414787_1.csv.cover.html"])
    }
  }

  // MARK: - A cover sheet beside a delivered file

  private func lane(_ bench: LaneBench, coverSheet: Bool) async throws -> DeliveryLane {
    var configuration = bench.configuration
    configuration.authorities[0].returns[0].coverSheet = coverSheet
    let lane = try bench.lane()
    await lane.replace(
      recipient: configuration.recipients[0], configuration: configuration,
      endpoints: { [endpoint = bench.endpoint] _ in endpoint })
    return lane
  }

  /// Where the profile asks for it, and there alone; it says nothing of desks and handing over.
  @Test(arguments: [false, true]) func aCoverSheetGoesWhereTheProfileAsks(asks: Bool) async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      let lane = try await lane(bench, coverSheet: asks)
      while try await lane.pass().didWork {}
      #expect(try await bench.summary(id).state == .delivered)
      #expect(try bench.names() == ["3414787_1.csv"] + (asks ? ["3414787_1.csv.cover.html"] : []))
      guard asks else { return }
      let page = try bench.text("3414787_1.csv.cover.html")
      #expect(page.contains(try #require(try await bench.summary(id).sha256)) && page.contains("<td>2</td>"))
      #expect(!page.contains("What to do") && !page.contains("desk") && !page.contains("ONE"))
    }
  }

  /// The sheet is the same at every attempt, so that one finds that of the attempt before.
  @Test func anotherAttemptFindsItsCoverSheet() async throws {
    try await with { bench in
      let id = try await bench.queuedReturn()
      let lane = try await lane(bench, coverSheet: true)
      while try await lane.pass().didWork {}
      for _ in 1...3 {
        try FileManager.default.removeItem(atPath: bench.folder + "/3414787_1.csv")
        try await bench.ledger.returns.resend(id, by: person, why: "lost")
        while try await lane.pass().didWork {}
      }
      #expect(try await bench.summary(id).state == .delivered)
      #expect(try bench.names() == ["3414787_1.csv", "3414787_1.csv.cover.html"])
      let audited = try await bench.ledger.audit(
        heads: [try #require(Self.head(in: try bench.text("3414787_1.csv.cover.html")))])
      #expect(audited.isClean, "the sheet's head is one of the chain")
    }
  }

  private static func head(in page: String) -> ChainHead? {
    page.firstMatch(of: /[0-9]+:[0-9a-f]{32}/).flatMap { ChainHead(String($0.output)) }
  }

  /// A name that is another's is left alone.
  @Test func aCoverSheetOverwritesNothing() async throws {
    try await with { bench in
      try Data("theirs".utf8).write(to: URL(fileURLWithPath: bench.folder + "/3414787_1.csv.cover.html"))
      let id = try await bench.queuedReturn()
      let lane = try await lane(bench, coverSheet: true)
      while try await lane.pass().didWork {}
      #expect(try await bench.summary(id).state == .delivered)
      #expect(try bench.text("3414787_1.csv.cover.html") == "theirs")
      #expect(try bench.text("3414787_1.csv.cover-2.html").contains("SHA-256"))
      #expect(try bench.names().allSatisfy { !$0.hasPrefix(".") })
    }
  }
}
