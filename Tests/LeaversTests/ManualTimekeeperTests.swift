// The clock of the tests: who wakes, when, and in which order.

import Synchronization
import Testing

@testable import Leavers

/// What happened, in order, from several tasks.
private final class Log: Sendable {
  private let entries = Mutex<[String]>([])
  func append(_ entry: String) { entries.withLock { $0.append(entry) } }
  var all: [String] { entries.withLock { $0 } }
}

@Suite struct ManualTimekeeperTests {
  private let start = Timestamp(date: .init(daysSinceEpoch: 20_000), secondsOfDay: 0)

  @Test func standsStill() {
    let clock = ManualTimekeeper(now: start, monotonic: .seconds(5))
    #expect(clock.now() == start)
    #expect(clock.monotonic() == .seconds(5))
    clock.advance(by: .seconds(60))
    #expect(clock.now() == start + .seconds(60))
    #expect(clock.monotonic() == .seconds(65))
    clock.set(now: start)
    #expect(clock.now() == start)
    #expect(clock.monotonic() == .seconds(65))
    #expect(clock.today() == CalendarDate(daysSinceEpoch: 20_000))
  }

  @Test func pastDeadlinesDoNotSleep() async throws {
    let clock = ManualTimekeeper(now: start)
    try await clock.sleep(untilMonotonic: .zero)
    try await clock.sleep(until: start)
    try await clock.sleep(for: .zero)
    #expect(clock.sleepers == 0)
  }

  @Test func wakesWhenTheTimeHasCome() async throws {
    let clock = ManualTimekeeper(now: start)
    let woken = Log()
    let wallDeadline = start + .seconds(20)
    try await withThrowingTaskGroup { group in
      group.addTask {
        try await clock.sleep(untilMonotonic: .seconds(10))
        woken.append("monotonic")
      }
      await clock.waitForSleepers(1)
      group.addTask {
        try await clock.sleep(until: wallDeadline)
        woken.append("wall")
      }
      await clock.waitForSleepers(2)
      clock.advance(by: .seconds(9))
      #expect(clock.sleepers == 2)
      clock.advance(by: .seconds(1))
      #expect(clock.sleepers == 1)
      try await group.next()
      #expect(woken.all == ["monotonic"])
      clock.advance(by: .seconds(10))
      try await group.waitForAll()
    }
    #expect(woken.all == ["monotonic", "wall"])
  }

  @Test func aSteppedClockWakesWallSleepersOnly() async throws {
    let clock = ManualTimekeeper(now: start)
    async let wall: Void = clock.sleep(until: start + .seconds(3600))
    await clock.waitForSleepers(1)
    async let monotonic: Void = clock.sleep(for: .seconds(3600))
    await clock.waitForSleepers(2)
    clock.set(now: start - .seconds(3600))
    #expect(clock.sleepers == 2)
    clock.set(now: start + .seconds(3600))
    try await wall
    #expect(clock.sleepers == 1)
    clock.advance(by: .seconds(3600))
    try await monotonic
  }

  @Test func cancellationWakes() async throws {
    let clock = ManualTimekeeper(now: start)
    let task = Task { try await clock.sleep(for: .seconds(1)) }
    await clock.waitForSleepers(1)
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(clock.sleepers == 0)
    // Cancelled before it lies down.
    let late = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await clock.sleep(for: .seconds(1))
    }
    await #expect(throws: CancellationError.self) { try await late.value }
    #expect(clock.sleepers == 0)
  }
}
