import Foundation
import Leavers
import Ledger
import Profiles
import Synchronization
import Testing

@testable import Replies

@Suite("Reply collector in trouble") struct CollectorTroubleTests {
  private static let survey = "UPN,Activity\r\n\(CollectorBench.upns[0]),230\r\n"

  private func with(
    after: Recipient.AfterCollect = .leave, _ body: (CollectorBench) async throws -> Void
  ) async throws {
    let bench = try await CollectorBench(after: after)
    defer { bench.end() }
    try await body(bench)
  }

  private func with(
    deathAt step: String, file: String = "AS_3414787_1.csv", _ text: String = survey,
    _ body: (CollectorBench, Ledger, ReplyCollector) async throws -> Void
  ) async throws {
    try await with { bench in
      try bench.write(text, as: file)
      let dying = bench.ledger
      try? await bench.collect(bench.collector(atStep: { if $0 == step { dying.close() } }))
      let revived = try await CollectorBench.open(bench.root, bench.clock)
      defer { revived.close() }
      try await body(bench, revived, bench.collector(revived))
    }
  }

  // MARK: - One file

  @Test func aFileThatIsRefusedStopsNoOther() async throws {
    try await with { bench in
      try bench.write("elsewhere", as: "readme.txt")
      try FileManager.default.createSymbolicLink(
        atPath: bench.folder + "/AS_3414787_1.csv", withDestinationPath: bench.folder + "/readme.txt")
      try bench.write(Self.survey, as: "AS_3414787_2.csv")
      let collector = bench.collector()
      try await bench.collect(collector)
      try await bench.collect(collector)
      #expect(try await bench.ledger.replies.list().map(\.state) == [.seen, .matched])
      #expect(try await bench.ledger.recipients.state(CollectorBench.recipientID).problem == nil)
      #expect(bench.told.withLock { $0.count { $0.text.contains("cannot be fetched") } } == 1, "said once")
    }
  }

  // MARK: - Claimed, and then no longer there

  @Test func whatChangedBeforeItWasFetchedIsClosed() async throws {
    try await with(deathAt: "C1") { bench, revived, collector in
      try bench.write(Self.survey + "\(CollectorBench.upns[1]),310\r\n", as: "AS_3414787_1.csv")
      try await bench.collect(collector)
      let replies = try await revived.replies.list()
      #expect(replies.map(\.state.name) == ["quarantined", "matched"] && replies[1].rows == 2)
      #expect(try await revived.overview.todo().isEmpty, "the newer one is here: nobody has to do anything")
      #expect(bench.told.withLock { $0.allSatisfy { $0.weight == .routine } })
      #expect(try await revived.audit().isClean)
    }
  }

  @Test func whatWentAwayBeforeItWasFetchedIsClosedAndTakenInShouldItComeBack() async throws {
    try await with(deathAt: "C1") { bench, revived, collector in
      let (there, away) = (bench.folder + "/AS_3414787_1.csv", bench.root + "/away")
      try FileManager.default.moveItem(atPath: there, toPath: away)
      try await bench.collect(collector)
      #expect(try await revived.replies.list().map(\.state.name) == ["quarantined"])
      #expect(try await revived.overview.todo().isEmpty)
      #expect(bench.told.withLock { $0.count { $0.weight == .notable && $0.text.contains("went away") } } == 1)
      // The very same file: size and time as before.
      try FileManager.default.moveItem(atPath: away, toPath: there)
      try await bench.collect(collector)
      #expect(try await revived.replies.list().map(\.state.name) == ["quarantined", "matched"])
    }
  }

  // MARK: - Reading

  @Test func whatCannotBeReadNowIsKeptAndReadLater() async throws {
    try await with(deathAt: "C4") { bench, revived, collector in
      let objects = bench.root + "/state/objects"
      let files = try #require(FileManager.default.enumerator(atPath: objects)).compactMap { $0 as? String }
        .filter { $0.hasSuffix("/") == false && $0.split(separator: "/").count == 2 && !$0.hasPrefix("tmp/") }
      #expect(files.count == 3)
      for file in files {
        try FileManager.default.moveItem(atPath: objects + "/" + file, toPath: objects + "/" + file + "~")
      }
      try await bench.collect(collector)
      try await bench.collect(collector)
      #expect(try await revived.replies.list().map(\.state) == [.fetched], "a good reply is not set aside")
      #expect(bench.told.withLock { $0.count { $0.weight == .alarm } } == 1, "said once")
      for file in files {
        try FileManager.default.moveItem(atPath: objects + "/" + file + "~", toPath: objects + "/" + file)
      }
      try await bench.collect(collector)
      #expect(try await revived.replies.list().map(\.state) == [.matched])
    }
  }

  @Test func whatTheLedgerRefusesIsSetAside() async throws {
    try await with { bench in
      // A file that never went cannot have been accepted.
      let id = try await bench.queueReturn("unsent.csv", inode: 2)
      try bench.write("File,Result\r\nunsent.csv,accepted\r\n", as: "ACK_3414787_1.csv")
      try await bench.collect(bench.collector())
      #expect(try await bench.ledger.replies.list().map(\.state.name) == ["quarantined"])
      #expect(try await bench.ledger.returns.detail(id).summary.state == .queued)
    }
  }
}
