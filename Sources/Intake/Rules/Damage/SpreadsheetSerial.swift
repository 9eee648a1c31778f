// Damage: a date that a spreadsheet wrote as the number of a day. Pure.

import Leavers

/// `44629`: the number of days since 1900 or, in files that began on a Macintosh, since 1904. Four years and a day lie
/// between the two, so that a number alone does not say which day is meant.
enum SpreadsheetSerial {
  /// Days by which the calendar from 1904 is later.
  static let between = 1462

  /// Whether a day lies where only the calendar from 1900 puts it there: within two years of the export, for what
  /// happens at the end of school. Entry may lie anywhere in a school life and proves nothing.
  static func isProved(_ date: CalendarDate, _ field: Field, on day: CalendarDate) -> Bool {
    let days = day.days(to: date)
    return switch field {
    case .leavingDate, .startDate, .activityStart: (-700...700).contains(days)
    case .dateConfirmed: (-1400...1).contains(days)
    case .expectedEnd: (-300...1100).contains(days)
    default: false
    }
  }

  /// Whether a day is a usual date of birth for the cohort; without one, that of somebody of 15 to 18.
  static func isUsualBirth(_ date: CalendarDate, cohort: Cohort?, on day: CalendarDate) -> Bool {
    if let usual = cohort?.usualDatesOfBirth { return usual.contains(date) }
    return (15...18).contains(date.age(on: day))
  }

  /// What the numbers of a file are counted from, as far as its cells tell.
  struct Evidence {
    private var from1900 = false
    private var from1904 = false

    /// Whether some cell fits from 1900 only and none from 1904 only.
    var isFrom1900: Bool { from1900 && !from1904 }

    mutating func see(birth date: CalendarDate, cohort: Cohort?, on day: CalendarDate) {
      if isUsualBirth(date, cohort: cohort, on: day) { from1900 = true }
      if isUsualBirth(date.adding(days: between), cohort: cohort, on: day) { from1904 = true }
    }

    mutating func see(_ date: CalendarDate, _ field: Field, on day: CalendarDate) {
      if isProved(date, field, on: day) { from1900 = true }
    }
  }

  /// Why such a cell is not read, in words.
  static let cause = "a spreadsheet wrote the number of a day, and nothing tells whether it counts from 1900 or 1904"
}
