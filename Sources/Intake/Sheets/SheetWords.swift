// Words that several sheets use. Pure.

import Leavers
import Tabular

/// Words and cells that several sheets use.
enum SheetWords {
  /// What a return tells, for people.
  static func kind(_ kind: ReturnKind) -> String {
    switch kind {
    case .intendedDestinations: "Intended destinations"
    case .confirmedDestinations: "Confirmed destinations"
    case .earlyLeavers: "Early leavers"
    case .riskOfNEET: "Risk of NEET"
    case .unknownAnswers: "Answers on unknown destinations"
    }
  }

  static let noKey =
    "the hidden first column of this row is empty, so that nobody can tell what it is about; take the newest sheet from the desk"

  static func date(_ date: CalendarDate?) -> CellDraft {
    date.map { .date(year: $0.year, month: $0.month, day: $0.day) } ?? .blank
  }
}
