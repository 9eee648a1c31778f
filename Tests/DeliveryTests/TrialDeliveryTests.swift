// A trial goes by the steps of a return, once; what is not certain afterwards is said to be so.

import Delivery
import Foundation
import Leavers
import Ledger
import Profiles
import Testing
import Transport

struct TrialDeliveryTests {
  private let bytes = Array("Surname\r\nTEST A\r\n".utf8)

  private func send(
    _ bench: LaneBench, named name: String = "T_1.csv", cover: [UInt8]? = nil, way: DeliveryWay? = nil
  ) async throws -> TrialDelivery.Outcome {
    let way = way ?? bench.configuration.recipients[0].way(for: bench.configuration.authorities[0])
    let trial = try await bench.ledger.trials.begin(
      TrialDraft(
        series: ReturnSeries(
          school: LaneBench.school, authority: LaneBench.sefton, kind: .intendedDestinations,
          cohort: Cohort(stage: .y11, leavingYear: 2026)), recipient: LaneBench.recipientID, sequence: 1,
        folder: way.folder, fileName: name, size: Int64(bytes.count), sha256: ContentDigest.sha256(bytes), rows: 1),
      by: Person(name: "admin", known: "login user"))
    return try await TrialDelivery(trial, bytes: bytes, way: way, ledger: bench.ledger.name, cover: cover)
      .send(over: bench.endpoint)
  }

  private func with(isDesk: Bool = false, _ body: (LaneBench) async throws -> Void) async throws {
    let bench = try await LaneBench(isDesk: isDesk)
    defer { bench.end() }
    try await body(bench)
  }

  @Test func itIsReadBack() async throws {
    try await with { bench in
      let outcome = try await send(bench)
      #expect(outcome.state == .delivered && outcome.problem == nil && outcome.readBack == "content")
      #expect(try bench.names() == ["T_1.csv"])
      #expect(try bench.text("T_1.csv") == String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test func itsCoverSheetIsThereFirst() async throws {
    try await with { bench in
      let outcome = try await send(bench, cover: Array("<p>totals</p>".utf8))
      #expect(outcome.state == .delivered)
      #expect(try bench.names() == ["T_1.csv", "T_1.csv.cover.html"])
      #expect(try bench.text("T_1.csv.cover.html") == "<p>totals</p>")
    }
  }

  @Test func onADeskItWaitsForAPerson() async throws {
    try await with(isDesk: true) { bench in
      let outcome = try await send(bench, cover: [65])
      #expect(outcome.state == .prepared)
      #expect(try bench.names() == ["T_1.csv", "T_1.csv.cover.html"])
    }
  }

  @Test func whatLiesThereIsNotOverwritten() async throws {
    try await with { bench in
      try Data("theirs".utf8).write(to: URL(fileURLWithPath: bench.folder + "/T_1.csv"))
      let outcome = try await send(bench)
      #expect(outcome.state == .unknown && outcome.problem?.isEmpty == false)
      #expect(try bench.text("T_1.csv") == "theirs")
    }
  }

  @Test func aFolderThatIsNotThereIsAFailure() async throws {
    try await with { bench in
      let outcome = try await send(
        bench, way: DeliveryWay(publication: .twoStep, readBack: .content, takesFiles: false, folder: "nowhere"))
      #expect(outcome.state == .failed && outcome.problem?.isEmpty == false && outcome.readBack == nil)
      #expect(try bench.names().isEmpty)
    }
  }

  /// Its cover sheet cannot get its name: the file does not come without it, and what was begun is taken away.
  @Test func whatAFailedAttemptLeftIsTakenAway() async throws {
    try await with { bench in
      for number in 1...9 {
        let name = number == 1 ? "T_1.csv.cover.html" : "T_1.csv.cover-\(number).html"
        try Data("theirs".utf8).write(to: URL(fileURLWithPath: "\(bench.folder)/\(name)"))
      }
      let before = try bench.names()
      let outcome = try await send(
        bench, cover: [65],
        way: DeliveryWay(publication: .twoStep, readBack: .none, takesFiles: false, folder: "inbound"))
      #expect(outcome.state == .failed && outcome.problem?.contains("may lie there") == false)
      #expect(try bench.names() == before, "no temporary and no file")
    }
  }

  /// By a plain PUT, where nothing is ever left to take away.
  @Test func aPlainPutThatIsRefusedIsAFailure() async throws {
    try await with { bench in
      let outcome = try await send(
        bench, way: DeliveryWay(publication: .direct, readBack: .content, takesFiles: false, folder: "nowhere"))
      #expect(outcome.state == .failed && outcome.problem?.isEmpty == false)
    }
  }
}
