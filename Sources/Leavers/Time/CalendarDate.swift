// A day of the calendar, without time or zone: arithmetic, age, the school year's fixed days. Pure.

/// A day of the proleptic Gregorian calendar, years 1 to 9999.
///
/// Prints and codes as `yyyy-MM-dd`. A date alone is not personal; a record that holds a date of birth redacts it.
package struct CalendarDate: Hashable, Sendable {
  /// 1 to 9999.
  package let year: Int
  /// 1 to 12.
  package let month: Int
  /// 1 to the month's length.
  package let day: Int

  /// The day, or nil where the calendar has none such (31 February, month 13, year 0).
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.length(ofMonth: month, year: year)
    else { return nil }
    self.init(uncheckedYear: year, month: month, day: day)
  }

  private init(uncheckedYear year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day so many days after 1 January 1970. Beyond the calendar's ends the first or last day (saturating).
  package init(daysSinceEpoch days: Int) {
    let days = min(max(days, Self.first.daysSinceEpoch), Self.last.daysSinceEpoch)
    // Howard Hinnant's civil_from_days: eras of 400 years that begin on 1 March.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    self.init(
      uncheckedYear: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// 1 January of year 1.
  package static let first = CalendarDate(uncheckedYear: 1, month: 1, day: 1)
  /// 31 December 9999.
  package static let last = CalendarDate(uncheckedYear: 9999, month: 12, day: 31)

  /// Days since 1 January 1970; negative before it.
  package var daysSinceEpoch: Int {
    let year = month <= 2 ? self.year - 1 : self.year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The day so many days later (earlier, if negative); stops at the calendar's ends.
  package func adding(days: Int) -> CalendarDate {
    let (sum, overflow) = daysSinceEpoch.addingReportingOverflow(days)
    return CalendarDate(daysSinceEpoch: overflow ? (days > 0 ? Int.max : Int.min) : sum)
  }

  /// Days from this day to `other`; negative if `other` is earlier.
  package func days(to other: CalendarDate) -> Int { other.daysSinceEpoch - daysSinceEpoch }

  /// The day of the week: 1 Monday to 7 Sunday (ISO 8601).
  package var weekday: Int {
    let remainder = (daysSinceEpoch + 3) % 7
    return (remainder < 0 ? remainder + 7 : remainder) + 1
  }

  /// The age in whole years on a day, of a person born on this day; negative before birth. Someone born on 29 February
  /// grows older on 1 March in other years, as English law counts.
  package func age(on date: CalendarDate) -> Int {
    date.year - year - ((date.month, date.day) < (month, day) ? 1 : 0)
  }

  /// The last Friday in June: the leaving date of those who reach 16 by the end of the summer holidays (Education
  /// (School Leaving Date) Order 1997). Nil for a year outside the calendar.
  package static func lastFridayInJune(_ year: Int) -> CalendarDate? {
    guard let end = CalendarDate(year: year, month: 6, day: 30) else { return nil }
    return end.adding(days: -((end.weekday + 2) % 7))
  }

  /// Whether February has 29 days.
  package static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  /// Days in a month (1 to 12) of a year.
  package static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// English month names as shown to people, January first: three letters each.
  package static let monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}

extension CalendarDate: Comparable {
  package static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

extension CalendarDate: CustomStringConvertible {
  /// `yyyy-MM-dd`.
  package var description: String { "\(String(year, width: 4))-\(String(month, width: 2))-\(String(day, width: 2))" }

  /// Reads `yyyy-MM-dd` and nothing else; nil for anything else. For text that the service wrote itself; what people
  /// and spreadsheets wrote is read by `parse`.
  package init?(iso text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      guard bytes[range].allSatisfy(\.isDigit) else { return nil }
      return bytes[range].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
    self.init(year: year, month: month, day: day)
  }
}

extension CalendarDate: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let date = CalendarDate(iso: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a date of the form yyyy-MM-dd")
    }
    self = date
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
