// Dates as spreadsheets count them, to ISO 8601. Pure.

/// From which day a workbook counts.
package enum DateSystem: Hashable, Sendable {
  /// Day 1 is 1 January 1900, and day 60 is 29 February 1900, which never was.
  case from1900
  /// Day 0 is 1 January 1904: workbooks that were begun on an old Macintosh.
  case from1904

  /// The number after the last day of 9999, the last that a spreadsheet has.
  private var end: Double { self == .from1900 ? 2_958_466 : 2_957_004 }

  /// Writes a date as `yyyy-MM-dd`, with ` HH:mm:ss` where it has a time of day; false, and nothing written, where the
  /// number is no date of a spreadsheet.
  ///
  /// Day 0 of 1900 comes out as 1900-01-00 and day 60 as 1900-02-29, as a spreadsheet shows them: no date, and nobody
  /// should take it for one.
  func appendDate(_ serial: Double, to bytes: inout [UInt8]) -> Bool {
    guard serial >= 0, serial < end else { return false }
    let (day, second) = Self.parts(serial)
    guard Double(day) < end else { return false }
    switch (self, day) {
    case (.from1900, 0): Self.append(1900, 1, 0, to: &bytes)
    case (.from1900, 60): Self.append(1900, 2, 29, to: &bytes)
    case (.from1900, 1..<60): Self.appendDay(Self.firstOf1900 + day - 1, to: &bytes)
    case (.from1900, _): Self.appendDay(Self.firstOf1900 + day - 2, to: &bytes)
    case (.from1904, _): Self.appendDay(Self.firstOf1904 + day, to: &bytes)
    }
    if second > 0 {
      bytes.append(0x20)
      Self.appendTime(second, to: &bytes)
    }
    return true
  }

  /// Writes a time or a duration as `HH:mm:ss`; false where the number is none.
  func appendTime(_ serial: Double, to bytes: inout [UInt8]) -> Bool {
    guard serial >= 0, serial < end else { return false }
    let (day, second) = Self.parts(serial)
    Self.appendTime(day * 86400 + second, to: &bytes)
    return true
  }

  /// Whole days and seconds, to the nearest second: what was computed can lie a hair beside it.
  private static func parts(_ serial: Double) -> (day: Int, second: Int) {
    let seconds = Int((serial * 86400).rounded())
    return (seconds / 86400, seconds % 86400)
  }

  /// The number of a day from 1 March 1900 on, from which all count alike; nil before.
  func serial(year: Int, month: Int, day: Int) -> Int? {
    guard (year, month) >= (1900, 3) else { return nil }
    // The year begins in March, so that the day that comes in some years comes last.
    let shifted = month > 2 ? year : year - 1
    let inYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + inYear
    // 1 March 1900 is day 61 of the one system; day 1462 of it is day 0 of the other.
    let first = 365 * 1900 + 1900 / 4 - 1900 / 100 + 1900 / 400
    let serial = days - first + 61
    return self == .from1900 ? serial : serial - 1462 >= 0 ? serial - 1462 : nil
  }

  // MARK: The calendar

  /// Days from 1 January 1601, with which 400 years of the calendar begin.
  private static let firstOf1900 = 109_207
  private static let firstOf1904 = 110_667

  private static func appendDay(_ day: Int, to bytes: inout [UInt8]) {
    let cycles = day.quotientAndRemainder(dividingBy: 146_097)
    let centuries = min(cycles.remainder / 36_524, 3)
    let inCentury = cycles.remainder - centuries * 36_524
    let fours = inCentury.quotientAndRemainder(dividingBy: 1_461)
    let years = min(fours.remainder / 365, 3)
    var left = fours.remainder - years * 365
    let year = 1601 + cycles.quotient * 400 + centuries * 100 + fours.quotient * 4 + years
    let leap = years == 3 && (fours.quotient != 24 || centuries == 3)
    var month = 1
    for days in [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
      if left < days { break }
      left -= days
      month += 1
    }
    append(year, month, left + 1, to: &bytes)
  }

  private static func append(_ year: Int, _ month: Int, _ day: Int, to bytes: inout [UInt8]) {
    appendTwo(year / 100, to: &bytes)
    appendTwo(year % 100, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    appendTwo(month, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    appendTwo(day, to: &bytes)
  }

  private static func appendTime(_ second: Int, to bytes: inout [UInt8]) {
    let hours = second / 3600
    if hours < 100 { appendTwo(hours, to: &bytes) } else { bytes.append(contentsOf: String(hours).utf8) }
    bytes.append(UInt8(ascii: ":"))
    appendTwo(second / 60 % 60, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    appendTwo(second % 60, to: &bytes)
  }

  private static func appendTwo(_ number: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(truncatingIfNeeded: 0x30 + number / 10))
    bytes.append(UInt8(truncatingIfNeeded: 0x30 + number % 10))
  }
}
