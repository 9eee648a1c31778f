import Daemon
import Leavers
import Testing

@Suite("Doorbell")
struct DoorbellTests {
  private let timekeeper = ManualTimekeeper(now: Timestamp(milliseconds: 1_800_000_000_000))

  @Test func aRingBeforeTheWaitIsKept() async {
    let bell = Doorbell()
    bell.ring()
    bell.ring()
    await bell.wait(until: nil, by: timekeeper)
  }

  @Test func severalRingsCountAsOne() async {
    let bell = Doorbell()
    bell.ring()
    bell.ring()
    await bell.wait(until: nil, by: timekeeper)
    let waiting = Task { await bell.wait(until: timekeeper.monotonic() + .seconds(5), by: timekeeper) }
    await timekeeper.waitForSleepers()
    timekeeper.advance(by: .seconds(5))
    await waiting.value
  }

  @Test func aRingEndsTheWaitBeforeItsTime() async {
    let bell = Doorbell()
    let waiting = Task { await bell.wait(until: timekeeper.monotonic() + .seconds(3600), by: timekeeper) }
    await timekeeper.waitForSleepers()
    bell.ring()
    await waiting.value
    #expect(timekeeper.monotonic() < .seconds(3600))
  }

  @Test func cancellingEndsTheWait() async {
    let bell = Doorbell()
    let waiting = Task { await bell.wait(until: nil, by: timekeeper) }
    waiting.cancel()
    await waiting.value
  }
}

@Suite("Heartbeat")
struct HeartbeatTests {
  @Test func whoRestsIsNotStuck() {
    let heartbeat = Heartbeat()
    heartbeat.set("intake", .resting(until: nil))
    heartbeat.set("returns", .resting(until: .seconds(100)))
    #expect(heartbeat.stuck(at: .seconds(100), limit: .seconds(60)).isEmpty)
  }

  @Test func whoWorksTooLongOrOversleepsIsStuck() {
    let heartbeat = Heartbeat()
    heartbeat.set("intake", .working(since: .seconds(10)))
    heartbeat.set("returns", .resting(until: .seconds(20)))
    heartbeat.set("delivery sefton", .working(since: .seconds(90)))
    #expect(heartbeat.stuck(at: .seconds(100), limit: .seconds(60)) == ["intake", "returns"])
  }

  @Test func whoEndedIsForgotten() {
    let heartbeat = Heartbeat()
    heartbeat.set("delivery sefton", .working(since: .zero))
    heartbeat.remove("delivery sefton")
    #expect(heartbeat.stuck(at: .seconds(1000), limit: .seconds(1)).isEmpty)
  }
}
