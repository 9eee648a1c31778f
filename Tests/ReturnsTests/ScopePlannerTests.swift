// The order of the rules: one outcome a row.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Returns

struct ScopePlannerTests {
  private func outcome(_ row: LeaverRow, _ planner: ScopePlanner = Synthetic.planner()) -> RowOutcome? {
    planner.plan([row]).outcomes.first?.outcome
  }

  @Test func aGoodRowIsReady() {
    guard case .ready(let row) = outcome(Synthetic.row(7, pupil: 3)) else {
      Issue.record("not ready")
      return
    }
    #expect(row.rowNumber == 7)
    #expect(row.pupil == PupilID(rawValue: 3))
    #expect(row.disclosure == .full)
    #expect(row.route == .educatedHere)
    #expect(row.cells[1] == "EXAMPLE-7")
  }

  @Test func aRepeatComesBeforeEverything() {
    let row = Synthetic.row(2, [.homeAuthority: nil], cohort: nil, verdict: .merged(into: 1))
    #expect(outcome(row) == .merged(into: 1))
  }

  @Test func whatIntakeHoldsIsHeld() {
    let row = Synthetic.row(2, cohort: nil, verdict: .held(.noDateOfBirth))
    #expect(outcome(row) == .held(.noDateOfBirth, column: nil))
  }

  @Test func theKindComesBeforeTheRoute() {
    let sefton = Synthetic.authority("sefton", code: "343")
    #expect(outcome(Synthetic.row(2, cohort: Synthetic.y13), Synthetic.planner(sefton)) == .notInKind(.otherCohort))
  }

  @Test func theRouteComesBeforeDisclosure() {
    let sefton = Synthetic.authority("sefton", code: "343", agreements: [])
    #expect(outcome(Synthetic.row(2), Synthetic.planner(sefton)) == .notRouted(.educatedElsewhere))
    #expect(
      outcome(Synthetic.row(2, [.protectedAddress: "Y"]), Synthetic.planner(Synthetic.authority(agreements: [])))
        == .held(.protectedAddress, column: nil))
  }

  @Test func disclosureComesBeforeMapping() {
    let row = Synthetic.row(2, [.legalSurname: nil, .sharing: nil])
    #expect(outcome(row) == .held(.sharingUnlisted, column: nil))
    #expect(
      outcome(row, Synthetic.planner(Synthetic.authority(agreements: []))) == .withheld(.noAgreement, column: nil))
  }

  /// A word that nobody decided hides no pupil: the field goes blank, and only where it is required somebody waits.
  @Test func aWordThatIsUndecidedHoldsOnlyWhereItIsRequired() {
    let row = Synthetic.row(2, [.intendedDestination: nil], undecided: [.intendedDestination])
    guard case .ready(let mapped) = outcome(row) else {
      Issue.record("not ready")
      return
    }
    #expect(mapped.cells[7] == "")
    let columns = Synthetic.columns.map { column in
      column.name == "IntDest"
        ? ReturnColumn(name: "IntDest", source: .field(.intendedDestination), required: true, codes: "nccis-intended")
        : column
    }
    let strict = Synthetic.planner(Synthetic.authority(returns: [Synthetic.profile(columns: columns)]))
    #expect(outcome(row, strict) == .held(.wordUndecided, column: "IntDest"))
    #expect(
      outcome(Synthetic.row(2, [.intendedDestination: nil]), strict) == .held(.requiredMissing, column: "IntDest"))
  }

  /// Something was told of what the young person does, in words: that is not nothing to tell.
  @Test func anActivityInWordsIsHeldForWhoseItIs() {
    let confirmed = Synthetic.authority(returns: [Synthetic.profile(.confirmedDestinations)])
    let row = Synthetic.row(2, [.activity: nil], undecided: [.activity])
    #expect(outcome(row, Synthetic.planner(confirmed)) == .held(.wordUndecided, column: nil))
    #expect(outcome(Synthetic.row(2, [.activity: nil]), Synthetic.planner(confirmed)) == .notInKind(.nothingToTell))
    let elsewhere = Synthetic.authority("sefton", code: "343", returns: [Synthetic.profile(.confirmedDestinations)])
    #expect(outcome(row, Synthetic.planner(elsewhere)) == .notRouted(.educatedElsewhere))
  }

  /// What the register keeps back of a pupil takes nothing of what is known of the row's words.
  @Test func aDecisionOfTheRegisterLeavesWordsUndecided() {
    let planner = Synthetic.planner(Synthetic.authority(returns: [Synthetic.profile(.confirmedDestinations)]))
    let row = Synthetic.row(2, [.activity: nil], undecided: [.activity])
    let entry = RegisterEntry(
      id: RegisterEntryID(rawValue: 1), decision: .doNotContact, scope: .all, decidedOn: Synthetic.day)
    let told = planner.told([
      LeaverRow(
        rowNumber: row.rowNumber, cohort: row.cohort, record: row.record, verdict: row.verdict,
        standing: PupilStanding([entry], on: Synthetic.day), undecided: row.undecided)
    ])
    #expect(told[0].record[.phone] == nil && told[0].undecided == [.activity])
    #expect(planner.plan(told).outcomes.map(\.outcome) == [.held(.wordUndecided, column: nil)])
  }

  @Test func mappingNamesTheColumn() {
    #expect(outcome(Synthetic.row(2, [.legalSurname: nil])) == .held(.requiredMissing, column: "Surname"))
  }

  @Test func onePupilOnTwoRowsIsHeldOnBoth() {
    let rows = [
      Synthetic.row(2, pupil: 9), Synthetic.row(3, pupil: 9), Synthetic.row(4, pupil: 10),
      Synthetic.row(5, verdict: .merged(into: 4), pupil: 10),
    ]
    let plan = Synthetic.planner().plan(rows)
    #expect(plan.outcomes[0].outcome == .held(.contradictoryRepeat, column: nil))
    #expect(plan.outcomes[1].outcome == .held(.contradictoryRepeat, column: nil))
    // A repeat that intake merged is no twin.
    #expect(plan.ready.flatMap(\.rows).map(\.rowNumber) == [4])
    #expect(plan.outcomes[3].outcome == .merged(into: 4))
  }

  @Test func eachCohortIsAReturnOfItsOwnInTheOrderOfRows() {
    let earlier = Cohort(stage: .y11, leavingYear: 2025)
    let rows = [
      Synthetic.row(9), Synthetic.row(4), Synthetic.row(6, cohort: earlier), Synthetic.row(5, cohort: Synthetic.y13),
    ]
    let plan = Synthetic.planner().plan(rows)
    #expect(plan.ready.map(\.cohort) == [earlier, Synthetic.y11])
    #expect(plan.ready.map { $0.rows.map(\.rowNumber) } == [[6], [4, 9]])
    #expect(plan.outcomes.map(\.row) == [9, 4, 6, 5])
  }

  @Test func theRegionIsWhatIsConfigured() {
    let authority = Synthetic.authority(returns: [Synthetic.profile(routedBy: .resident)])
    #expect(
      outcome(Synthetic.row(2, [.homeAuthority: "888"]), Synthetic.planner(authority))
        == .held(.outsideRegion, column: nil))
  }
}
