// Which rows a kind of return is about.

import Leavers
import Profiles
import Testing

@testable import Returns

struct KindSelectionTests {
  private func exclusion(
    _ kind: ReturnKind, _ changes: [Field: String?] = [:], cohort: Cohort? = Synthetic.y11,
    stages: [Cohort.Stage] = [.y11]
  ) -> KindReason? {
    KindSelection.exclusion(
      record: Synthetic.record(1, changes), cohort: cohort, profile: Synthetic.profile(kind, cohorts: stages))
  }

  @Test(arguments: ReturnKind.allCases)
  func theStageMustBeTheProfiles(_ kind: ReturnKind) {
    #expect(exclusion(kind, cohort: Synthetic.y13) == .otherCohort)
    #expect(exclusion(kind, cohort: nil) == .noCohort)
  }

  @Test func intendedDestinationsAreForTheWholeCohort() {
    #expect(exclusion(.intendedDestinations) == nil)
    #expect(exclusion(.intendedDestinations, [.intendedDestination: nil, .guaranteeStatus: nil]) == nil)
    #expect(exclusion(.intendedDestinations, [.intendedDestination: "511"]) == nil)
  }

  @Test func aConfirmedDestinationNeedsAnActivity() {
    #expect(exclusion(.confirmedDestinations) == nil)
    #expect(exclusion(.confirmedDestinations, [.activity: nil]) == .nothingToTell)
  }

  @Test func anEarlyLeaverLeftBeforeTheEnd() {
    let stages: [Cohort.Stage] = [.y12, .y13]
    func early(_ changes: [Field: String?]) -> KindReason? {
      exclusion(.earlyLeavers, changes, cohort: Synthetic.y13, stages: stages)
    }
    #expect(early([.leavingDate: nil]) == .nothingToTell)
    #expect(early([.leavingDate: "2026-01-15", .expectedEnd: "2026-07-03"]) == nil)
    #expect(early([.leavingDate: "2026-07-03", .expectedEnd: "2026-07-03"]) == .nothingToTell)
    #expect(early([.leavingDate: "2026-06-25"]) == nil)
    // The last Friday in June of 2026 is the 26th.
    #expect(early([.leavingDate: "2026-06-26"]) == .nothingToTell)
  }

  @Test func answersBelongToARequest() {
    #expect(exclusion(.unknownAnswers) == .nothingToTell)
  }
}
