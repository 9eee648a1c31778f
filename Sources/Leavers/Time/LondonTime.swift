// Europe/London by rule: the day and the clock on the wall, without a time zone database. Pure.

/// Time of day as people in England have it.
///
/// British Summer Time (UTC+1) runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of
/// October (Summer Time Order 2002, and so in effect since 1996). Earlier years had other days and are read by the same
/// rule: nothing that the service dates is as old.
package enum LondonTime {
  /// What calendar and clock show in London.
  package struct WallTime: Hashable, Sendable, CustomStringConvertible {
    package let date: CalendarDate
    /// 0 to 23.
    package let hour: Int
    /// 0 to 59.
    package let minute: Int
    /// 0 to 59.
    package let second: Int

    /// `26 Jun 2026 13:00`.
    package var description: String {
      let month = CalendarDate.monthNames[date.month - 1]
      return "\(date.day) \(month) \(date.year) \(String(hour, width: 2)):\(String(minute, width: 2))"
    }
  }

  /// Whether clocks in London stand an hour ahead of UTC.
  package static func isSummerTime(_ instant: Timestamp) -> Bool {
    let year = instant.utcDate.year
    return instant >= change(year: year, month: 3) && instant < change(year: year, month: 10)
  }

  /// The last Sunday of a month of 31 days, at 01:00 UTC.
  private static func change(year: Int, month: Int) -> Timestamp {
    guard let end = CalendarDate(year: year, month: month, day: 31) else { return Timestamp(milliseconds: 0) }
    return Timestamp(date: end.adding(days: -(end.weekday % 7)), secondsOfDay: 3600)
  }

  private static func shifted(_ instant: Timestamp) -> Timestamp {
    isSummerTime(instant) ? instant + .seconds(3600) : instant
  }

  /// The day that it is in London.
  package static func day(of instant: Timestamp) -> CalendarDate { shifted(instant).utcDate }

  /// What calendar and clock show in London.
  package static func wallTime(of instant: Timestamp) -> WallTime {
    let local = shifted(instant)
    let time = local.millisecondsOfDay / 1000
    return WallTime(date: local.utcDate, hour: time / 3600, minute: time / 60 % 60, second: time % 60)
  }

  /// The instant at which London's clock shows a time of a day.
  ///
  /// In the hour that does not exist in March, the instant an hour later on the clock; in the hour that comes twice in
  /// October, the first. `hour` 0 to 23, `minute` and `second` 0 to 59.
  package static func timestamp(on date: CalendarDate, hour: Int = 0, minute: Int = 0, second: Int = 0) -> Timestamp {
    let asUTC = Timestamp(date: date, secondsOfDay: hour * 3600 + minute * 60 + second)
    let asSummer = asUTC - .seconds(3600)
    return isSummerTime(asSummer) ? asSummer : asUTC
  }

  /// `26 Jun 2026 13:00`, for people.
  package static func text(_ instant: Timestamp) -> String { wallTime(of: instant).description }

  /// `26 Jun 2026`, for people.
  package static func text(_ date: CalendarDate) -> String {
    "\(date.day) \(CalendarDate.monthNames[date.month - 1]) \(date.year)"
  }
}
