import Foundation
import Leavers
import Ledger
import Testing

@testable import Replies

@Suite("Replies by hand") struct ReceivingTests {
  private static let survey = "UPN,Activity\r\n\(CollectorBench.upns[0]),230\r\n"

  private func with(_ body: (CollectorBench) async throws -> Void) async throws {
    let bench = try await CollectorBench()
    defer { bench.end() }
    try await body(bench)
  }

  private func receive(
    _ bench: CollectorBench, _ name: String, _ text: String = survey, from id: String = "sefton"
  ) async throws -> String {
    try await Receiving.receive(
      Array(text.utf8), named: name, modified: bench.clock.now(), from: AuthorityID(unchecked: id),
      configuration: bench.configuration, ledger: bench.ledger
    ).text
  }

  @Test func whatTheProfileDoesNotKnowIsRefused() async throws {
    try await with { bench in
      await #expect(throws: Receiving.Refusal.self) { _ = try await receive(bench, "Survey.csv") }
      await #expect(throws: Receiving.Refusal.self) { _ = try await receive(bench, "AS_3436900_1.csv") }
      await #expect(throws: Receiving.Refusal.self) { _ = try await receive(bench, "AS_3414787_1.csv", from: "wirral") }
      let text = try await receive(bench, "AS_3414787_1.csv")
      #expect(text.contains("1 matched"))
      await #expect(throws: Receiving.Refusal.self, "the same file again") {
        _ = try await receive(bench, "AS_3414787_1.csv")
      }
    }
  }

  @Test func whatWasInterruptedAfterTheClaimIsTakenInTheNextTime() async throws {
    try await with { bench in
      let source = ReplySource(
        recipient: CollectorBench.recipientID, folder: "received/sefton", name: "AS_3414787_1.csv",
        size: Int64(Self.survey.utf8.count), modified: bench.clock.now())
      _ = try await bench.ledger.replies.claim(
        source, authority: CollectorBench.sefton, school: CollectorBench.school, kind: .activitySurvey)
      let text = try await receive(bench, "AS_3414787_1.csv")
      #expect(text.contains("1 matched"))
      #expect(try await bench.ledger.replies.list().map(\.state) == [.matched])
    }
  }

  // MARK: - Beside the service

  /// A reply that was taken in, as another process may still see it after this one went on.
  private func takenIn(_ bench: CollectorBench) async throws -> ReplySummary {
    let source = ReplySource(
      recipient: CollectorBench.recipientID, folder: "received/sefton", name: "AS_3414787_1.csv",
      size: Int64(Self.survey.utf8.count), modified: bench.clock.now())
    let id = try await bench.ledger.replies.claim(
      source, authority: CollectorBench.sefton, school: CollectorBench.school, kind: .activitySurvey)
    try await bench.ledger.replies.fetched(
      id, object: bench.ledger.objects.store(Array(Self.survey.utf8), kind: .reply))
    return try await bench.ledger.replies.detail(id).summary
  }

  private func reading(_ bench: CollectorBench) -> ReplyReading {
    ReplyReading(ledger: bench.ledger, configuration: bench.configuration, faults: { _ in })
  }

  @Test func whatTheServiceReadFirstIsASuccess() async throws {
    try await with { bench in
      let reply = try await takenIn(bench)
      _ = try await bench.collector().pass()
      #expect(try await bench.ledger.replies.list().map(\.state) == [.matched])
      let text = try await Receiving.read(reply.id, configuration: bench.configuration, ledger: bench.ledger)
      #expect(text == "taken in; the service read it")
    }
  }

  @Test func whoComesTooLateSetsNothingAside() async throws {
    try await with { bench in
      let reply = try await takenIn(bench)
      _ = try await Receiving.read(reply.id, configuration: bench.configuration, ledger: bench.ledger)
      guard case .overtaken(let now) = try await reading(bench).attempt(reply) else {
        Issue.record("it was read twice")
        return
      }
      #expect(now.state == .matched)
    }
  }

  @Test func whatAnotherProcessReadButDidNotMatchIsMatched() async throws {
    try await with { bench in
      let reply = try await takenIn(bench)
      let row = ReplyRowDraft(
        row: 2, record: LeaverRecord([.upn: CollectorBench.upns[0], .activity: "230"]), reference: nil)
      try await bench.ledger.replies.read(reply.id, rows: [row], findings: [])
      guard case .finished = try await reading(bench).attempt(reply) else {
        Issue.record("it was not taken to its end")
        return
      }
      #expect(try await bench.ledger.replies.list().map(\.state) == [.matched])
    }
  }

  @Test func anUnreadableReplyThatTheServiceSetAsideIsNoError() async throws {
    try await with { bench in
      let reply = try await takenIn(bench)
      try await bench.ledger.replies.quarantine(reply.id, why: "it is empty")
      let text = try await Receiving.read(reply.id, configuration: bench.configuration, ledger: bench.ledger)
      #expect(text == "taken in; the service read it and set it aside: it is empty")
    }
  }
}
