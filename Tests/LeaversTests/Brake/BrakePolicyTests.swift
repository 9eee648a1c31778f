// From which number on the brake stops, and in which words.

import Testing

@testable import Leavers

struct BrakePolicyTests {
  private static func measure(
    _ leavers: Int, unknown: Int = 0, rows: Int? = nil, doubtful: Int = 0, columns: Set<Field> = [.upn, .postcode]
  ) -> BrakeMeasure {
    BrakeMeasure(
      leavers: leavers,
      detail: BrakeMeasure.Detail(
        rows: rows ?? leavers + doubtful, doubtful: doubtful, unknown: unknown, columns: columns))
  }

  private func words(_ now: BrakeMeasure, _ last: BrakeMeasure, _ policy: BrakePolicy = .standard) -> [String] {
    policy.reasons(now, last: last).map(\.words)
  }

  @Test(
    arguments: [
      (190, 190, nil), (153, 190, nil), (152, 190, "152 leavers, 190 the last time (−20 %)"),
      (142, 190, "142 leavers, 190 the last time (−25 %)"), (246, 190, nil),
      (247, 190, "247 leavers, 190 the last time (+30 %)"),
      // A great share of few is no sign.
      (1, 5, nil), (0, 4, nil), (0, 5, "0 leavers, 5 the last time (−100 %)"), (9, 5, nil),
      (10, 5, "10 leavers, 5 the last time (+100 %)"),
      // And so is a small share of many.
      (960, 1000, nil),
    ] as [(Int, Int, String?)])
  func headCount(_ now: Int, _ last: Int, _ said: String?) {
    #expect(words(Self.measure(now), Self.measure(last)) == (said.map { [$0] } ?? []))
  }

  @Test func theLimitsAreThoseThatAreGiven() {
    let strict = BrakePolicy(fewerLeavers: 1, moreLeavers: 1, atLeast: 1)
    #expect(words(Self.measure(99), Self.measure(100), strict) == ["99 leavers, 100 the last time (−1 %)"])
    #expect(words(Self.measure(101), Self.measure(100), strict) == ["101 leavers, 100 the last time (+1 %)"])
    #expect(words(Self.measure(100), Self.measure(100), strict) == [])
    let lenient = BrakePolicy(fewerLeavers: 100, moreLeavers: 10_000, atLeast: 10_000)
    #expect(words(Self.measure(1), Self.measure(1000), lenient) == [])
  }

  @Test(arguments: [
    (15, 0, true), (14, 0, false), (30, 15, true), (29, 15, false), (0, 50, false),
  ])
  func unknownDestinations(_ now: Int, _ last: Int, _ stops: Bool) {
    let said = words(Self.measure(100, unknown: now), Self.measure(100, unknown: last))
    #expect(
      said
        == (stops
          ? ["\(now) % of the leavers without a known destination (\(now) of 100), \(last) % the last time"] : []))
  }

  @Test func fewUnknownsAreNoSign() {
    #expect(words(Self.measure(10, unknown: 4), Self.measure(10)) == [])
    #expect(words(Self.measure(10, unknown: 5), Self.measure(10)).count == 1)
    #expect(words(Self.measure(0), Self.measure(3, unknown: 3)) == [])
  }

  @Test(arguments: [(10, 0, true), (9, 0, false), (20, 10, true), (19, 10, false), (0, 40, false)])
  func errors(_ now: Int, _ last: Int, _ stops: Bool) {
    let said = words(Self.measure(100, rows: 100, doubtful: now), Self.measure(100, rows: 100, doubtful: last))
    #expect(
      said == (stops ? ["\(now) % of the rows held or with errors (\(now) of 100), \(last) % the last time"] : []))
  }

  @Test func columns() {
    let all: Set<Field> = [.upn, .homeAuthority, .addressLine1, .postcode]
    #expect(
      words(Self.measure(1, columns: all.subtracting([.postcode])), Self.measure(1, columns: all))
        == ["the column for postcode is gone"])
    #expect(
      words(Self.measure(1, columns: [.postcode]), Self.measure(1, columns: all))
        == ["the columns for UPN, home authority, address line 1 are gone"])
    #expect(words(Self.measure(1, columns: all), Self.measure(1, columns: [.upn])) == [], "more is no harm")
  }

  @Test func ofAnOldReturnOnlyTheLeaversAreCompared() {
    let old = BrakeMeasure(leavers: 100, detail: nil)
    #expect(words(Self.measure(100, unknown: 100, columns: []), old) == [])
    #expect(words(Self.measure(50, unknown: 50, columns: []), old) == ["50 leavers, 100 the last time (−50 %)"])
  }

  @Test func tooManyMissing() {
    #expect(!BrakePolicy.standard.isTooMany(4, of: 4))
    #expect(BrakePolicy.standard.isTooMany(5, of: 25))
    #expect(!BrakePolicy.standard.isTooMany(5, of: 26))
  }

  @Test func theOtherWords() {
    let y11 = Cohort(stage: .y11, leavingYear: 2026)
    let reasons: [(BrakeReason, String, String)] = [
      (.firstReturn(leavers: 1), "first-return", "the first return of this kind: 1 leaver"),
      (.newCohort(y11, leavers: 3), "new-cohort", "the first return of Y11-2026: 3 leavers"),
      (.cohortGone(y11, last: 190), "cohort-gone", "no leavers of Y11-2026, 190 the last time"),
      (
        .leaversMissing(Share(48, of: 190)), "leavers-missing",
        "48 of the 190 leavers of the export before are not in this one"
      ),
      (
        .takesThePlace(of: ReturnID(rawValue: 5), leavers: 190), "takes-the-place",
        "it takes the place of R5 (190 leavers), which had not gone"
      ),
    ]
    for (reason, code, words) in reasons {
      #expect(reason.code == code && reason.words == words)
      #expect(reason.isFirst == ["first-return", "new-cohort"].contains(code))
    }
  }
}
