// The examples of a profile on a day: what each invented record becomes, and the return that they make together. Pure.

import Leavers
import Ledger
import Profiles

/// The invented pupils of one return, mapped as the pupils of an invented school would be.
struct ExampleRun {
  let setting: RenderSetting
  let outcomes: [(example: ReturnExample, row: LeaverRow, outcome: RowOutcome)]

  /// - Parameters:
  ///   - sequence: the number of the return in its series.
  ///   - scratch: an existing directory for the temporary files of workbooks.
  init(
    _ profile: ReturnProfile, _ authority: AuthorityProfile, in configuration: Configuration, on day: CalendarDate,
    sequence: Int, scratch: String
  ) {
    let school = ExampleSchool.of(authority)
    let cohort = Cohort(stage: profile.cohorts.first ?? .y11, on: day)
    let planner = ScopePlanner(
      authority: authority, profile: profile, school: school, configuration: configuration, day: day, gate: .open)
    setting = RenderSetting(
      school: school, authority: authority, kind: profile.kind, cohort: cohort, sequence: sequence, day: day,
      scratch: scratch)
    outcomes = profile.examples.enumerated().map { number, example in
      let row = planner.told([
        .invented(
          example.given, number: number + 2, authority: authority, cohort: cohort, kind: profile.kind, day: day)
      ])[0]
      return (example, row, planner.outcome(of: row))
    }
  }

  /// The rows of those that go.
  var ready: [MappedRow] {
    outcomes.compactMap { if case .ready(let mapped) = $0.outcome { mapped } else { nil } }
  }
}
