import Foundation
import Leavers
import Ledger
import Profiles
import Testing
import Transport

@testable import Replies

/// A new configuration comes, or the recipient goes, while a pass waits for the far side.
@Suite("Reply collector and a reload") struct CollectorReplacementTests {
  private func with(
    after: Recipient.AfterCollect = .leave, _ body: (CollectorBench) async throws -> Void
  ) async throws {
    let bench = try await CollectorBench(after: after)
    defer { bench.end() }
    for number in 1...2 {
      try bench.write("UPN,Activity\r\n\(CollectorBench.upns[number - 1]),230\r\n", as: "AS_3414787_\(number).csv")
    }
    try await body(bench)
  }

  /// A pass in the middle of which something is done: it waits for its turn at the far side until that was done.
  private func pass(
    of collector: ReplyCollector, _ bench: CollectorBench, meanwhile: @escaping @Sendable () async -> Void
  ) async throws -> Pass {
    let endpoint = bench.endpoint
    let passing = try await endpoint.perform { _ throws(TransportError) in
      let passing = Task { try await collector.pass() }
      while await endpoint.queueLength == 0 { await Task.yield() }
      await meanwhile()
      return passing
    }
    return try await passing.value
  }

  @Test func afterRetiringNoFileIsBegun() async throws {
    try await with { bench in
      let collector = bench.collector()
      _ = try await collector.pass()
      bench.clock.advance(by: .seconds(2))
      let pass = try await pass(of: collector, bench) { await collector.retire() }
      #expect(try await bench.ledger.replies.list().isEmpty)
      #expect(pass.next == nil)
      bench.clock.advance(by: .seconds(300))
      #expect(try await collector.pass() == Pass(didWork: false, next: nil))
    }
  }

  @Test func aReplacementComesIntoForceWithTheNextPass() async throws {
    try await with { bench in
      let collector = bench.collector()
      _ = try await collector.pass()
      bench.clock.advance(by: .seconds(2))
      var recipient = bench.configuration.recipients[0]
      recipient.afterCollect = .remove
      let (changed, configuration, endpoint) = (recipient, bench.configuration, bench.endpoint)
      let pass = try await pass(of: collector, bench) {
        await collector.replace(recipient: changed, configuration: configuration, endpoints: { _ in endpoint })
      }
      #expect(try await bench.ledger.replies.list().isEmpty, "no file is begun under the old one any more")
      #expect(try bench.names().count == 2)
      #expect(pass.next == bench.clock.monotonic(), "the new one looks at once")
      try await bench.collect(collector)
      #expect(try await bench.ledger.replies.list().map(\.state) == [.matched, .matched])
      #expect(try bench.names().isEmpty)
    }
  }

  @Test func aRetiredCollectorWorksAgainOnceItIsConfiguredAgain() async throws {
    try await with { bench in
      let collector = bench.collector()
      await collector.retire()
      #expect(try await collector.pass() == Pass(didWork: false, next: nil))
      let endpoint = bench.endpoint
      await collector.replace(
        recipient: bench.configuration.recipients[0], configuration: bench.configuration, endpoints: { _ in endpoint })
      try await bench.collect(collector)
      #expect(try await bench.ledger.replies.list().count == 2)
    }
  }
}
