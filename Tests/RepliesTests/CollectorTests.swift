import Foundation
import Leavers
import Ledger
import Profiles
import Synchronization
import Testing

@testable import Replies

@Suite("Reply collector") struct CollectorTests {
  private func with(
    after: Recipient.AfterCollect = .leave, _ body: (CollectorBench) async throws -> Void
  ) async throws {
    let bench = try await CollectorBench(after: after)
    defer { bench.end() }
    try await body(bench)
  }

  private func acknowledgement(_ rows: String...) -> String {
    (["File,Result,Rejected,SHA-256"] + rows).joined(separator: "\r\n") + "\r\n"
  }

  // MARK: - Collecting

  @Test func onlyWhatHoldsStillAndIsThisSchoolsIsFetched() async throws {
    try await with { bench in
      try bench.write("UPN,Activity\r\n", as: "AS_3414787_1.csv")
      try bench.write("UPN,Activity\r\n", as: "AS_3436900_1.csv")
      try bench.write("UPN,Activity\r\n", as: ".AS_3414787_2.csv")
      try bench.write("anything", as: "readme.txt")
      let collector = bench.collector()
      _ = try await collector.pass()
      #expect(try await bench.ledger.replies.list().isEmpty, "one look is not enough")
      bench.clock.advance(by: .seconds(2))
      _ = try await collector.pass()
      let replies = try await bench.ledger.replies.list()
      #expect(replies.count == 1 && replies[0].kind == .activitySurvey && replies[0].school == CollectorBench.school)
      #expect(try bench.names().count == 4, "nothing is removed there")
      bench.clock.advance(by: .seconds(300))
      try await bench.collect(collector)
      #expect(try await bench.ledger.replies.list().count == 1, "and nothing is fetched twice")
    }
  }

  @Test func whatWasClaimedButNotFetchedIsTakenUpAfterARestart() async throws {
    try await with { bench in
      try bench.write("UPN,Activity\r\n\(CollectorBench.upns[0]),230\r\n", as: "AS_3414787_1.csv")
      let dying = bench.ledger
      try? await bench.collect(bench.collector(atStep: { if $0 == "C1" { dying.close() } }))
      let revived = try await CollectorBench.open(bench.root, bench.clock)
      defer { revived.close() }
      #expect(try await revived.replies.list().map(\.state) == [.seen])
      try await bench.collect(bench.collector(revived))
      #expect(try await revived.replies.list().map(\.state) == [.matched])
    }
  }

  @Test(arguments: ["C2", "C3", "C4", "C7"]) func aCrashAfterEachStepEndsWithOneReply(step: String) async throws {
    try await with { bench in
      try bench.write("UPN,Activity\r\n\(CollectorBench.upns[0]),230\r\n", as: "AS_3414787_1.csv")
      let dying = bench.ledger
      try? await bench.collect(bench.collector(atStep: { if $0 == step { dying.close() } }))
      let revived = try await CollectorBench.open(bench.root, bench.clock)
      defer { revived.close() }
      try await bench.collect(bench.collector(revived))
      #expect(try await revived.replies.list().map(\.state) == [.matched])
      #expect(try await revived.audit().isClean)
    }
  }

  @Test func removedOnlyWhenConfiguredAndHeld() async throws {
    try await with(after: .remove) { bench in
      try bench.write("UPN,Activity\r\n\(CollectorBench.upns[0]),230\r\n", as: "AS_3414787_1.csv")
      try bench.write("no such columns\r\n1\r\n", as: "AS_3414787_2.csv")
      let collector = bench.collector()
      try await bench.collect(collector)
      try await bench.collect(collector)
      #expect(try bench.names().contains("AS_3414787_1.csv") == false)
      #expect(try await bench.ledger.replies.list().contains { $0.isRemovedAtSource })
    }
  }

  @Test func movedWhereConfiguredAlsoAfterACrash() async throws {
    try await with(after: .move(folder: "done")) { bench in
      try bench.write("UPN,Activity\r\n\(CollectorBench.upns[0]),230\r\n", as: "AS_3414787_1.csv")
      let dying = bench.ledger
      try? await bench.collect(bench.collector(atStep: { if $0 == "C4" { dying.close() } }))
      #expect(try bench.names(in: bench.root + "/far/done").isEmpty)
      let revived = try await CollectorBench.open(bench.root, bench.clock)
      defer { revived.close() }
      try await bench.collect(bench.collector(revived))
      #expect(try bench.names(in: bench.root + "/far/done") == ["AS_3414787_1.csv"])
      #expect(try bench.names().isEmpty)
    }
  }

  @Test func aFileThatCannotBeFetchedStopsNoOther() async throws {
    try await with { bench in
      try bench.write("UPN,Activity\r\n", as: "AS_3414787_\"quoted\".csv")
      try bench.write("UPN,Activity\r\n\(CollectorBench.upns[0]),230\r\n", as: "AS_3414787_z.csv")
      let collector = bench.collector()
      try await bench.collect(collector)
      let states = try await bench.ledger.replies.list().map(\.state.name).sorted()
      #expect(states == ["matched", "quarantined"])
      let alarms = bench.told.withLock { $0.count { $0.weight == .alarm } }
      try await bench.collect(collector)
      #expect(bench.told.withLock { $0.count { $0.weight == .alarm } } == alarms, "told once")
    }
  }

  @Test func aFolderThatIsAwayIsAProblemUntilItIsBack() async throws {
    try await with { bench in
      try FileManager.default.removeItem(atPath: bench.folder)
      let collector = bench.collector()
      _ = try await collector.pass()
      #expect(
        try await bench.ledger.recipients.state(CollectorBench.recipientID).problem?.contains("not-found") == true)
      try FileManager.default.createDirectory(atPath: bench.folder, withIntermediateDirectories: true)
      bench.clock.advance(by: .seconds(300))
      _ = try await collector.pass()
      #expect(try await bench.ledger.recipients.state(CollectorBench.recipientID).problem == nil)
    }
  }

  @Test func theSameContentAgainIsARepeat() async throws {
    try await with { bench in
      let survey = "UPN,Activity\r\n\(CollectorBench.upns[0]),230\r\n"
      try bench.write(survey, as: "AS_3414787_1.csv")
      let collector = bench.collector()
      try await bench.collect(collector)
      try bench.write(survey, as: "AS_3414787_2.csv")
      try await bench.collect(collector)
      let replies = try await bench.ledger.replies.list()
      #expect(replies.map(\.state.name) == ["matched", "quarantined"] && replies[1].repeatOf == replies[0].id)
    }
  }

  @Test func whatCannotBeReadIsSetAsideOnce() async throws {
    try await with { bench in
      try bench.write("Nothing,Known\r\n1,2\r\n", as: "AS_3414787_1.csv")
      try bench.write("", as: "AS_3414787_2.csv")
      let collector = bench.collector()
      try await bench.collect(collector)
      #expect(try await bench.ledger.replies.list().allSatisfy { $0.state.name == "quarantined" })
      let told = bench.told.withLock { $0.count }
      try await bench.collect(collector)
      #expect(bench.told.withLock { $0.count } == told)
    }
  }

  // MARK: - Acknowledgements

  @Test(arguments: [
    (["sent.csv,accepted,0,"], "accepted"), (["sent.csv,rejected,0,"], "rejected"),
    (["sent.csv,accepted,0,0000"], "rejected"), (["sent.csv,accepted,0,", "sent.csv,rejected,0,"], "rejected"),
    (["sent.csv,Accepted,1,", "other.csv,accepted,0,"], "accepted"),
  ])
  func anAcknowledgementSettlesItsReturn(rows: [String], state: String) async throws {
    try await with { bench in
      try bench.write(
        (["File,Result,Rejected,SHA-256"] + rows).joined(separator: "\r\n") + "\r\n", as: "ACK_3414787_1.csv")
      try await bench.collect(bench.collector())
      #expect(try await bench.sent.state.name == state)
      #expect(try await bench.ledger.replies.list().map(\.state) == [.matched])
    }
  }

  /// An answer about a trial is the trial's; another hash than ours means that something else was loaded.
  @Test(arguments: [
    ("accepted,0,", ReturnEvent.Verdict.accepted), ("refused,1,", .rejected), ("accepted,0,bb", .rejected),
    ("accepted,0,\r\ntrial.csv,refused,0,", .rejected),
  ])
  func anAnswerAboutATrialIsKept(says: String, verdict: ReturnEvent.Verdict) async throws {
    try await with { bench in
      let trial = try await bench.ledger.trials.begin(
        TrialDraft(
          series: ReturnSeries(
            school: CollectorBench.school, authority: CollectorBench.sefton, kind: .earlyLeavers,
            cohort: Cohort(stage: .y12, leavingYear: 2026)), recipient: CollectorBench.recipientID, sequence: 1,
          folder: "inbound", fileName: "trial.csv", size: 1, sha256: String(repeating: "a", count: 64), rows: 1),
        by: Person(name: "admin", known: "login user"))
      try await bench.ledger.trials.end(trial.id, .delivered)
      try bench.write(acknowledgement("trial.csv,\(says)"), as: "ACK_3414787_1.csv")
      try await bench.collect(bench.collector())
      #expect(try await bench.ledger.trials.list().map(\.verdict) == [verdict])
      #expect(try await bench.ledger.replies.list().map(\.state) == [.matched])
      #expect(bench.told.withLock { $0.contains { $0.text.contains("trial T1 \(verdict.rawValue)") } })
    }
  }

  @Test func anAcknowledgementOfNothingOfOursIsSetAside() async throws {
    try await with { bench in
      try bench.write(acknowledgement("theirs.csv,accepted,0,"), as: "ACK_3414787_1.csv")
      try await bench.collect(bench.collector())
      #expect(try await bench.sent.state == .delivered)
      #expect(try await bench.ledger.replies.list().map(\.state.name) == ["quarantined"])
    }
  }

  // MARK: - Matching

  @Test func rowsAreMatchedByIdentifierAndTheRestIsListed() async throws {
    try await with { bench in
      let rows = [
        "\(CollectorBench.upns[0]),,02/01/2010,230", ",1000000043,,310", "\(CollectorBench.upns[1]),,05/03/2010,230",
        "\(CollectorBench.upns[1]),1000000043,,230", "V342499923017,,,230",
      ]
      try bench.write("UPN,ULN,DOB,Activity\r\n" + rows.joined(separator: "\r\n") + "\r\n", as: "AS_3414787_1.csv")
      try await bench.collect(bench.collector())
      let reply = try #require(try await bench.ledger.replies.list().first)
      let detail = try await bench.ledger.replies.detail(reply.id)
      #expect(detail.rows.map(\.verdict) == ["matched", "matched", "conflict", "ambiguous", "unmatched"])
      #expect(detail.rows[0].rule == "upn" && detail.rows[0].reconciliation == .agree)
      #expect(detail.rows[1].rule == "uln" && detail.rows[1].reconciliation == .conflict)
    }
  }

  @Test func anUnknownRequestOpensCases() async throws {
    try await with { bench in
      try bench.write("UPN,Ref\r\n\(CollectorBench.upns[1]),77\r\n", as: "Unknowns_3414787_1.csv")
      try await bench.collect(bench.collector())
      #expect(try await bench.ledger.replies.openCases().count == 1)
    }
  }
}
