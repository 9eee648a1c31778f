import Foundation
import Leavers
import Ledger
import Profiles
import Synchronization
import Testing

@testable import Replies

@Suite("After collecting") struct AfterCollectTests {
  private static let survey = "UPN,Activity\r\n\(CollectorBench.upns[0]),230\r\n"
  private static let first = "AS_3414787_1.csv"
  private static let second = "AS_3414787_2.csv"
  private static let hidden = ".AS_3414787_1.csv.A1.claimed"

  private func with(
    after: Recipient.AfterCollect, _ body: (CollectorBench) async throws -> Void
  ) async throws {
    let bench = try await CollectorBench(after: after)
    defer { bench.end() }
    try await body(bench)
  }

  /// A collector of a process that comes after one that died when it held the first file and had not tidied it.
  private func withDeath(
    after: Recipient.AfterCollect, _ body: (CollectorBench, Ledger, ReplyCollector) async throws -> Void
  ) async throws {
    try await with(after: after) { bench in
      try bench.write(Self.survey, as: Self.first)
      let dying = bench.ledger
      try? await bench.collect(bench.collector(atStep: { if $0 == "C4" { dying.close() } }))
      #expect(try bench.names() == [Self.first])
      let revived = try await CollectorBench.open(bench.root, bench.clock)
      defer { revived.close() }
      try await body(bench, revived, bench.collector(revived))
    }
  }

  private func told(_ bench: CollectorBench, _ weight: CollectorEvent.Weight, _ words: String) -> Int {
    bench.told.withLock { $0.count { $0.weight == weight && $0.text.contains(words) } }
  }

  private func text(_ bench: CollectorBench, _ path: String) throws -> String {
    try String(contentsOfFile: bench.root + "/far/" + path, encoding: .utf8)
  }

  // MARK: - Moving

  @Test func whereTheNameIsTakenTheNumberIsAppended() async throws {
    try await with(after: .move(folder: "done")) { bench in
      try "an older one".write(toFile: bench.root + "/far/done/" + Self.first, atomically: true, encoding: .utf8)
      try bench.write(Self.survey, as: Self.first)
      try bench.write(Self.survey + "\(CollectorBench.upns[1]),310\r\n", as: Self.second)
      try await bench.collect(bench.collector())
      #expect(try bench.names().isEmpty)
      #expect(try bench.names(in: bench.root + "/far/done") == [Self.first, Self.first + ".A1", Self.second])
      #expect(try text(bench, "done/" + Self.first) == "an older one", "nothing is overwritten")
      #expect(try text(bench, "done/\(Self.first).A1") == Self.survey)
      #expect(try await bench.ledger.replies.list().allSatisfy { $0.state == .matched && $0.isRemovedAtSource })
      #expect(try await bench.ledger.recipients.state(CollectorBench.recipientID).problem == nil)
    }
  }

  @Test func whatCannotBeMovedStaysUnderItsNameAndStopsNoOther() async throws {
    try await with(after: .move(folder: "nowhere")) { bench in
      try bench.write(Self.survey, as: Self.first)
      try bench.write(Self.survey + "\(CollectorBench.upns[1]),310\r\n", as: Self.second)
      let collector = bench.collector()
      try await bench.collect(collector)
      try await bench.collect(collector)
      #expect(try bench.names() == [Self.first, Self.second])
      #expect(try await bench.ledger.replies.list().map(\.state) == [.matched, .matched])
      #expect(try await bench.ledger.replies.list().allSatisfy { !$0.isRemovedAtSource })
      #expect(told(bench, .notable, "cannot be moved or removed") == 1, "said once, not once a file or a look")
      #expect(try await bench.ledger.recipients.state(CollectorBench.recipientID).problem == nil)

      // After a reload it is tried again.
      try FileManager.default.createDirectory(atPath: bench.root + "/far/nowhere", withIntermediateDirectories: true)
      try await bench.collect(collector)
      #expect(try bench.names() == [Self.first, Self.second])
      let endpoint = bench.endpoint
      await collector.replace(
        recipient: bench.configuration.recipients[0], configuration: bench.configuration, endpoints: { _ in endpoint })
      try await bench.collect(collector)
      #expect(try bench.names().isEmpty)
    }
  }

  // MARK: - Healing

  @Test(arguments: [.remove, .move(folder: "done")] as [Recipient.AfterCollect])
  func whatWasClaimedBeforeACrashIsTidied(after: Recipient.AfterCollect) async throws {
    try await withDeath(after: after) { bench, revived, collector in
      try FileManager.default.moveItem(
        atPath: bench.folder + "/" + Self.first, toPath: bench.folder + "/" + Self.hidden)
      try await bench.collect(collector)
      #expect(try bench.names().isEmpty)
      #expect(try bench.names(in: bench.root + "/far/done") == (after == .remove ? [] : [Self.first]))
      #expect(try await revived.replies.list().map(\.isRemovedAtSource) == [true])
    }
  }

  @Test func whatWasClaimedIsPutBackWhereNothingIsTidiedAnyMore() async throws {
    try await withDeath(after: .leave) { bench, revived, collector in
      try FileManager.default.moveItem(
        atPath: bench.folder + "/" + Self.first, toPath: bench.folder + "/" + Self.hidden)
      try await bench.collect(collector)
      #expect(try bench.names() == [Self.first])
      #expect(try await revived.replies.list().map(\.isRemovedAtSource) == [false])
    }
  }

  @Test(arguments: ["C4", "C5 claimed", "C5"]) func aCrashAtEachStepEndsWithNothingThere(step: String) async throws {
    try await with(after: .remove) { bench in
      try bench.write(Self.survey, as: Self.first)
      let dying = bench.ledger
      try? await bench.collect(bench.collector(atStep: { if $0 == step { dying.close() } }))
      let revived = try await CollectorBench.open(bench.root, bench.clock)
      defer { revived.close() }
      #expect(try await revived.replies.list().map(\.isRemovedAtSource) == [false])
      try await bench.collect(bench.collector(revived))
      #expect(try await revived.replies.list().map(\.isRemovedAtSource) == [true])
      #expect(try bench.names().isEmpty)
      #expect(try await revived.audit().isClean)
    }
  }

  /// Each file there would be put back, fetched as a newer one and claimed again, for ever.
  @Test func aFarSideThatGivesRenamedFilesANewTimeIsLeftAlone() async throws {
    try await with(after: .remove) { bench in
      try bench.write(Self.survey, as: Self.first)
      let folder = bench.folder
      let renamed = Mutex(0)
      let collector = bench.collector(atStep: { step in
        guard step == "C5 claimed" else { return }
        let number = renamed.withLock { number in
          number += 1
          return number
        }
        try? FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSince1970: Double(number))],
          ofItemAtPath: "\(folder)/.\(Self.first).A\(number).claimed")
      })
      for _ in 0..<4 { try await bench.collect(collector) }
      #expect(renamed.withLock { $0 } == 1)
      #expect(try bench.names() == [Self.first])
      #expect(try await bench.ledger.replies.list().count == 2)
      #expect(told(bench, .notable, "get another time") == 1)
    }
  }

  @Test func whatSomebodyElseTookAwayIsNotAskedForAgain() async throws {
    try await withDeath(after: .remove) { bench, revived, collector in
      try FileManager.default.removeItem(atPath: bench.folder + "/" + Self.first)
      try await bench.collect(collector)
      #expect(try await revived.replies.list().map(\.isRemovedAtSource) == [true])
    }
  }

  @Test func aNewerFileThatWasClaimedIsPutBackAndFetched() async throws {
    try await withDeath(after: .remove) { bench, revived, collector in
      try FileManager.default.removeItem(atPath: bench.folder + "/" + Self.first)
      try bench.write(Self.survey + "\(CollectorBench.upns[1]),310\r\n", as: Self.hidden)
      try await bench.collect(collector)
      try await bench.collect(collector)
      #expect(try await revived.replies.list().map(\.rows) == [1, 2], "the newer one was fetched")
      #expect(try bench.names().isEmpty)
      #expect(told(bench, .notable, "put back") == 1)
    }
  }

  @Test func aNewerFileWhoseNameIsTakenWaitsUntilItIsFree() async throws {
    try await withDeath(after: .remove) { bench, revived, collector in
      try bench.write(Self.survey + "\(CollectorBench.upns[1]),310\r\n", as: Self.hidden)
      try bench.write(
        Self.survey + "\(CollectorBench.upns[1]),310\r\n\(CollectorBench.upns[0]),310\r\n", as: Self.first)
      _ = try await collector.pass()
      #expect(try bench.names() == [Self.hidden, Self.first], "neither is lost")
      #expect(told(bench, .alarm, "hidden name") == 1)
      for _ in 0..<4 { try await bench.collect(collector) }
      #expect(told(bench, .alarm, "hidden name") == 1)
      #expect(try await revived.replies.list().map(\.rows).sorted() == [1, 2, 3])
      #expect(try await revived.replies.list().allSatisfy { $0.state == .matched && $0.isRemovedAtSource })
      #expect(try bench.names().isEmpty)
    }
  }

  @Test func whatAnotherInstallationClaimedIsLeftAlone() async throws {
    try await withDeath(after: .remove) { bench, _, collector in
      try bench.write("theirs", as: ".AS_3436900_1.csv.A1.claimed")
      try bench.write("theirs", as: ".AS_3414787_9.csv.A1.claimed")
      try await bench.collect(collector)
      #expect(try bench.names() == [".AS_3414787_9.csv.A1.claimed", ".AS_3436900_1.csv.A1.claimed"])
    }
  }
}
