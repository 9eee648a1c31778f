// What the journal is told, in words; and the errors that only a fault of the service could bring about.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Returns

struct ReturnsEventTests {
  private let school = Synthetic.school().id
  private let sefton = AuthorityID(unchecked: "sefton")

  @Test func onlyWhatAPersonMustLookAtNowIsAnAlarm() {
    let export = ExportID(rawValue: 3)
    let id = ReturnID(rawValue: 5)
    let events: [(ReturnsEvent, Bool, String)] = [
      (
        .ready(
          id, school: school, authority: sefton, kind: .intendedDestinations, cohort: Synthetic.y11, rows: 9,
          floorRows: 2, next: .waiting(.date(Synthetic.day))), false, "waits for 26 Jun 2026"
      ),
      (
        .unchanged(
          export: export, school: school, authority: sefton, kind: .intendedDestinations, cohort: Synthetic.y11,
          since: id), false, "nothing has changed since return R5"
      ),
      (
        .takenBack(id, authority: sefton, kind: .intendedDestinations, cohort: Synthetic.y11), false, "return R5"
      ),
      (
        .ready(
          id, school: school, authority: sefton, kind: .intendedDestinations, cohort: Synthetic.y11, rows: 142,
          floorRows: 2, next: .waiting(.brake), brake: [.headCount(now: 142, last: 190), .columnsGone([.postcode])]),
        false,
        "waits until a person has looked at its numbers: 142 leavers, 190 the last time (−25 %); the column for postcode is gone"
      ),
      (
        .cohortGone(
          export: export, school: school, ScopeEntry(authority: sefton, kind: .intendedDestinations),
          GoneCohort(cohort: Synthetic.y11, last: 190, kept: 0, takenBack: false)), true,
        "export E3 of school 3414787: no leavers of Y11-2026 for sefton (intended-destinations), 190 the last time; nothing was sent or withdrawn"
      ),
      (
        .cohortGone(
          export: export, school: school, ScopeEntry(authority: sefton, kind: .intendedDestinations),
          GoneCohort(cohort: Synthetic.y11, last: 190, kept: 1, takenBack: true)), true,
        "190 the last time; 1 row of it held or withheld; nothing was sent"
      ),
      (.decided(export: export, school: school, rows: 9), false, "export E3"),
      (
        .selfCheckFailed(
          export: export, school: school, authority: sefton, kind: .intendedDestinations, cohort: Synthetic.y11,
          problems: (1...7).map { "problem \($0)" }), true, "problem 5; and 2 more"
      ),
      (
        .failed(export: export, school: school, authority: sefton, kind: .intendedDestinations, why: "the reason"),
        false, "intended-destinations for sefton: not decided yet"
      ),
      (.conservationBroken(export: export, school: school, why: "the reason"), true, "leaverlink audit"),
    ]
    for (event, isAlarm, words) in events {
      #expect(event.isAlarm == isAlarm)
      #expect(event.text.contains(words), "\(event.text)")
    }
  }

  @Test func aReadyRowThatIsNobodysIsRefused() async throws {
    let world = try await StationWorld()
    let export = try await world.export([Synthetic.row(2)], mark: "1")
    let entry = ScopeEntry(authority: AuthorityID(unchecked: "liverpool"), kind: .intendedDestinations)
    try await world.ledger.returns.setScope(export, [entry])
    let decider = ScopeDecider(
      ledger: world.ledger, configuration: Synthetic.configuration(), school: Synthetic.school(), export: export,
      entry: entry, fault: { _ in })
    await #expect {
      try await decider.decide([Synthetic.row(2)], now: StationWorld.noon)
    } throws: { ($0 as? ReturnsError)?.code == .noPupil }
    // Rows that are not the export's do not add up, and nothing is decided.
    await #expect {
      try await decider.decide([], now: StationWorld.noon)
    } throws: { ($0 as? LedgerError)?.code == .conservation }
    #expect(try await world.ledger.returns.scope(of: export).map(\.decided) == [false])
  }

  @Test func aRowWithoutPupilIsHeldAndNotSent() {
    let row = ExportRow(
      rowNumber: 2, pupil: nil, cohort: Synthetic.y11, record: Synthetic.record(2), verdict: .clear)
    #expect(LeaverRow(row).verdict == .held(.contradictoryRepeat))
    let merged = ExportRow(
      rowNumber: 2, pupil: nil, cohort: Synthetic.y11, record: Synthetic.record(2), verdict: .merged(into: 1))
    #expect(LeaverRow(merged).verdict == .merged(into: 1))
  }
}
