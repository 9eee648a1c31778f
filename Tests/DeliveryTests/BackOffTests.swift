import Testing

@testable import Delivery

@Suite("Back-off")
struct BackOffTests {
  private let backOff = BackOff(first: .seconds(60), ceiling: .seconds(4 * 3600))

  @Test func doublesUpToTheCeiling() {
    let waits = (1...10).map { backOff.wait(afterFailures: $0, chance: 0) }
    #expect(waits.prefix(4) == [.seconds(60), .seconds(120), .seconds(240), .seconds(480)])
    #expect(waits.last == .seconds(4 * 3600))
  }

  @Test func jitterShortensByAQuarterAtMost() {
    #expect(backOff.wait(afterFailures: 1, chance: 0.999) > .seconds(45))
    #expect(backOff.wait(afterFailures: 1, chance: 0.5) == .seconds(60) - .seconds(60) * 0.125)
  }

  @Test func noFailureCountsAsTheFirst() {
    #expect(backOff.wait(afterFailures: 0, chance: 0) == .seconds(60))
  }
}
