// Whether the calendar has the days on which the profiles want their returns to go.

import Leavers

/// The calendar, and where each of its rules stands.
struct CalendarDraft {
  var calendar = ReturnCalendar()
  /// In the order of the calendar's rules.
  var rulePlaces: [FilePlace] = []
}

/// Holds the returns that go on the calendar's days against the calendar.
struct SendDateChecks {
  let draft: CalendarDraft
  let authorities: [AuthorityDraft]
  let log: DiagnosticLog

  func run() {
    for authority in authorities {
      for (profile, place) in zip(authority.profile.returns, authority.returnPlaces) where profile.send == .onCalendar {
        for stage in profile.cohorts {
          check(Wanted(kind: profile.kind, stage: stage, authority: authority.profile.id), at: place)
        }
      }
    }
  }

  private struct Wanted {
    let kind: ReturnKind
    let stage: Cohort.Stage
    let authority: AuthorityID
  }

  /// A cohort without a day of its own waits for a person, as one whose days are past does; a stage must have some. Where
  /// a row takes days away from a cohort, that may be meant, and is said.
  private func check(_ wanted: Wanted, at place: FilePlace) {
    let rules = draft.calendar.cohorts(of: wanted.stage).map { cohort in
      (cohort, draft.calendar.rules(of: wanted.kind, cohort, for: wanted.authority))
    }
    guard rules.contains(where: { $0.1.first?.send.isEmpty == false }) else {
      log.error(
        .missingKey, at: place,
        "send: on-dates, and the calendar has no days to send \(wanted.kind.rawValue) of \(wanted.stage.text) on",
        remedy: "fill in the column send of the calendar, or write send: {on-dates: [2026-09-30]}")
      return
    }
    for (_, rules) in rules {
      guard let first = rules.first, first.send.isEmpty, let other = rules.first(where: { !$0.send.isEmpty }),
        let row = self.place(of: first), let shadowed = self.place(of: other)
      else { continue }
      let message =
        "\(wanted.authority) wants \(wanted.kind.rawValue) sent on the calendar's days, and this row, which has none, "
        + "takes the place of line \(shadowed.line), which has some: what it covers waits for a release"
      let isSaid = log.diagnostics.contains { $0.place == row && $0.message == message }
      if !isSaid {
        log.warning(.calendar, at: row, message, remedy: "fill in send here as well, or leave it so if that is meant")
      }
    }
  }

  private func place(of rule: ReturnCalendar.Rule) -> FilePlace? {
    draft.calendar.rules.firstIndex(of: rule).map { draft.rulePlaces[$0] }
  }
}
