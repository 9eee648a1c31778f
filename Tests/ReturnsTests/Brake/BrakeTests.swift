// What stops a return, and where it then waits: by tables, without a ledger.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Returns

struct BrakeTests {
  private static let y11 = Synthetic.y11
  private static let y13 = Synthetic.y13

  private static func measure(_ leavers: Int, rows: Int? = nil) -> BrakeMeasure {
    BrakeMeasure(
      leavers: leavers, detail: BrakeMeasure.Detail(rows: rows ?? leavers, doubtful: 0, unknown: 0, columns: []))
  }

  private static func last(_ leavers: Int) -> BrakeHistory.Last {
    BrakeHistory.Last(return: ReturnID(rawValue: 1), export: ExportID(rawValue: 1), measure: measure(leavers))
  }

  private static func brake(
    _ measures: [Cohort: BrakeMeasure], _ history: BrakeHistory, policy: BrakePolicy = .standard
  ) -> Brake {
    Brake(policy: policy, history: history, measures: measures)
  }

  @Test func asTheLastTimeItGoes() {
    let brake = Self.brake([Self.y11: Self.measure(190)], BrakeHistory(last: [Self.y11: Self.last(190)]))
    #expect(brake.verdict(of: Self.y11) == .released)
    #expect(brake.gone.isEmpty)
  }

  @Test func theFirstOfAKindAndTheFirstOfACohort() {
    let measures = [Self.y11: Self.measure(190)]
    #expect(Self.brake(measures, BrakeHistory()).verdict(of: Self.y11) == .stopped([.firstReturn(leavers: 190)]))
    #expect(
      Self.brake(measures, BrakeHistory(last: [Self.y13: Self.last(40)])).verdict(of: Self.y11)
        == .stopped([.newCohort(Self.y11, leavers: 190)]))
  }

  @Test func aCohortThatIsGoneStopsTheOthers() {
    let history = BrakeHistory(
      last: [Self.y11: Self.last(190), Self.y13: Self.last(40)], expected: [Self.y11, Self.y13])
    let brake = Self.brake([Self.y13: Self.measure(40)], history)
    #expect(brake.verdict(of: Self.y13) == .stopped([.cohortGone(Self.y11, last: 190)]))
    #expect(brake.gone.map(\.cohort) == [Self.y11])
    // Also where rows of it are there, and none goes.
    let held = Self.brake([Self.y11: Self.measure(0, rows: 190), Self.y13: Self.measure(40)], history)
    #expect(held.gone.map(\.last) == [190])
    // Not where the school does not export it with these.
    let usual = Self.brake([Self.y13: Self.measure(40)], BrakeHistory(last: history.last, expected: [Self.y13]))
    #expect(usual.verdict(of: Self.y13) == .released)
  }

  @Test func tooManyMissingOfAFullExport() {
    let history = BrakeHistory(last: [Self.y11: Self.last(190)], missing: [Self.y11: Share(38, of: 190)])
    // As many, but others.
    #expect(
      Self.brake([Self.y11: Self.measure(190)], history).verdict(of: Self.y11)
        == .stopped([.leaversMissing(Share(38, of: 190))]))
    let few = BrakeHistory(last: [Self.y11: Self.last(190)], missing: [Self.y11: Share(37, of: 190)])
    #expect(Self.brake([Self.y11: Self.measure(190)], few).verdict(of: Self.y11) == .released)
  }

  @Test func whereItThenWaits() {
    let day = ReturnEvent.Start.waiting(.date(Synthetic.day))
    let starts: [ReturnEvent.Start] = [.queued, day, .waiting(.release)]
    for start in starts { #expect(BrakeVerdict.released.start(start) == start) }
    let first = BrakeVerdict([.firstReturn(leavers: 1)])
    #expect(starts.map(first.start) == [.waiting(.brake), .waiting(.brake), .waiting(.release)])
    let other = BrakeVerdict([.newCohort(Self.y11, leavers: 1), .cohortGone(Self.y13, last: 9)])
    #expect(starts.map(other.start) == [.waiting(.brake), .waiting(.brake), .waiting(.brake)])
    #expect(BrakeVerdict([]) == .released)
  }

  // MARK: Measuring

  private func measures(
    _ rows: [LeaverRow], kind: ReturnKind = .intendedDestinations, facts: ExportFacts = ExportFacts(),
    resident: Bool = false
  ) -> [Cohort: BrakeMeasure] {
    // No codes of the authority's own, which would hold what it does not know.
    let columns = [ReturnColumn(name: "Surname", source: .field(.legalSurname))]
    let profile = Synthetic.profile(
      kind, cohorts: [.y11, .y13], routedBy: resident ? .resident : .educated, columns: columns)
    let authority = Synthetic.authority(returns: [profile])
    let planner = Synthetic.planner(authority)
    return BrakeMeasuring.measures(
      of: planner.plan(rows), rows: rows, profile: profile, routing: planner.routing, facts: facts)
  }

  @Test func whatIsCounted() throws {
    let facts = ExportFacts(columns: [.upn, .postcode], errorRows: [4])
    let found = measures(
      [
        Synthetic.row(2, pupil: 2), Synthetic.row(3, [.intendedDestination: nil], pupil: 3),
        Synthetic.row(4, [.intendedDestination: "511"], pupil: 4),
        Synthetic.row(5, verdict: .held(.noDateOfBirth), pupil: 5), Synthetic.row(6, verdict: .merged(into: 2)),
        Synthetic.row(7, [.protectedAddress: "Y"], pupil: 7), Synthetic.row(8, cohort: nil, pupil: 8),
        Synthetic.row(9, cohort: Synthetic.y13, pupil: 9),
      ], facts: facts)
    #expect(Set(found.keys) == [Synthetic.y11, Synthetic.y13])
    #expect(
      found[Synthetic.y11]
        == BrakeMeasure(
          leavers: 3,
          detail: BrakeMeasure.Detail(rows: 4, doubtful: 2, unknown: 2, columns: [.upn, .postcode])))
    #expect(found[Synthetic.y13]?.leavers == 1)
  }

  @Test func whatMayBeAnyAuthoritysCountsForNone() {
    let rows = [
      Synthetic.row(2, pupil: 2), Synthetic.row(3, [.homeAuthority: "343", .postcode: nil], pupil: 3),
      Synthetic.row(4, [.homeAuthority: nil, .postcode: nil], pupil: 4),
      Synthetic.row(5, [.homeAuthority: nil, .postcode: nil], verdict: .held(.noName), pupil: 5),
      Synthetic.row(6, verdict: .held(.noName), pupil: 6),
    ]
    let detail = measures(rows, resident: true)[Synthetic.y11]?.detail
    #expect(detail?.rows == 2 && detail?.doubtful == 1)
  }

  @Test(arguments: [
    ("121", true), ("111", true), ("411", true), ("511", false), ("410", false), ("510", true),
  ])
  func anIntentionThatIsUndecidedIsUnknown(_ code: String, _ isKnown: Bool) {
    let found = measures([Synthetic.row(2, [.intendedDestination: code], pupil: 2)])
    #expect(found[Synthetic.y11]?.detail?.unknown == (isKnown ? 0 : 1))
  }

  @Test(arguments: [("230", true), ("619", true), ("810", false), ("820", false), ("830", false), ("150", false)])
  func anActivityThatNobodyKnowsIsUnknown(_ code: String, _ isKnown: Bool) {
    let found = measures([Synthetic.row(2, [.activity: code], pupil: 2)], kind: .confirmedDestinations)
    #expect(found[Synthetic.y11]?.detail?.unknown == (isKnown ? 0 : 1))
  }
}
