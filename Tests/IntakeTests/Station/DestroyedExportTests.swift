// An export whose stored copy can no longer be opened: said once, nothing taken in.

import Leavers
import Synchronization
import Testing

@testable import Intake
@testable import Ledger

@Suite("Intake of a destroyed export") struct DestroyedExportTests {
  @Test func isUnreadableAndSaysWhy() async throws {
    let yard = try Yard()
    try yard.drop("a.csv", Fixture.export([Fixture.row()]))
    let stored = Mutex(false)
    let station = try await yard.station { step in
      if step.hasPrefix("I3"), !stored.withLock({ $0 }) {
        stored.withLock { $0 = true }
        throw Crash()
      }
    }
    do { try await yard.run(station) } catch is Crash {}
    #expect(stored.withLock { $0 })
    let ledger = try await yard.ledger()
    let export = try #require(try await yard.exports().first)
    // Keys have numbers in the order in which they came to be; the export's is among the last.
    var isOpen = true
    for key in stride(from: Int64(20), to: 0, by: -1) where isOpen {
      try await ledger.store.write { try $0.destroyKey(key) }
      do throws(LedgerError) {
        _ = try await ledger.objects.read(export.object)
      } catch {
        isOpen = error.code != .objectDestroyed
      }
    }
    #expect(!isOpen)
    try await yard.run(yard.station())
    #expect(try await yard.exports().compactMap(\.unreadable?.code.rawValue) == ["L011"])
    #expect(String(decoding: yard.outBytes("a.findings.csv"), as: UTF8.self).contains("L011"))
  }
}
