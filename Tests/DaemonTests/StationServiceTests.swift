import Leavers
import Logging
import Synchronization
import Testing

@testable import Daemon

@Suite("Station as a service")
struct StationServiceTests {
  private let timekeeper = ManualTimekeeper(now: Timestamp(milliseconds: 1_800_000_000_000))

  private func station(
    bell: Doorbell, onward: @escaping @Sendable () -> [Doorbell] = { [] },
    longestRest: @escaping @Sendable () -> Duration? = { nil }, pass: @escaping @Sendable () async throws -> Pass
  ) -> StationService {
    StationService(
      name: "test", bell: bell, onward: onward, longestRest: longestRest, timekeeper: timekeeper,
      heartbeat: Heartbeat(), logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }), pass: pass)
  }

  @Test func theBellsAreThoseOfTheMomentOfTheRing() async throws {
    let later = Doorbell()
    let bells = Mutex<[Doorbell]>([])
    let passes = Mutex(0)
    let service = station(bell: Doorbell(), onward: { bells.withLock { $0 } }) {
      // As when a new configuration brings a lane while the station works.
      bells.withLock { $0 = [later] }
      return passes.withLock { count in
        count += 1
        return Pass(didWork: count == 1)
      }
    }
    let running = Task { try await service.run() }
    await later.wait(until: nil, by: timekeeper)
    running.cancel()
    _ = try? await running.value
  }

  @Test func withoutEventsItLooksAtEachRescan() async throws {
    let passes = Mutex(0)
    let looked = Doorbell()
    let service = station(bell: Doorbell(), longestRest: { .seconds(60) }) {
      passes.withLock { $0 += 1 }
      looked.ring()
      return Pass()
    }
    let running = Task { try await service.run() }
    await looked.wait(until: nil, by: timekeeper)
    await timekeeper.waitForSleepers()
    timekeeper.advance(by: .seconds(60))
    await looked.wait(until: nil, by: timekeeper)
    #expect(passes.withLock { $0 } >= 2)
    running.cancel()
    _ = try? await running.value
  }
}
