// Damage: day and month in American order. Pure.

import Leavers

/// `03/25/2010` for 25 March.
enum SwappedDayAndMonth {
  /// The day with the month read first; nil where the text is no date of three numbers with the year last.
  static func date(_ text: String) -> CalendarDate? {
    let parts = text.trimmedOfBlanks.split(whereSeparator: { "/-. ".contains($0) }).prefix(3)
    guard parts.count == 3, parts[2].prefix(4).utf8.count == 4, let month = Int(parts[0]), let day = Int(parts[1]),
      let year = Int(parts[2].prefix(4))
    else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  /// The same day and month the other way round.
  static func swapped(_ date: CalendarDate) -> CalendarDate? {
    CalendarDate(year: date.year, month: date.day, day: date.month)
  }
}
