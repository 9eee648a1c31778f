// The far side's own reading and writing of dates. Pure.

import Leavers

extension TeamDate {
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// A day in this notation.
  func text(_ date: CalendarDate) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let (year, month, day) = ("\(date.year)", two(date.month), two(date.day))
    return switch self {
    case .slashes: "\(day)/\(month)/\(year)"
    case .iso: "\(year)-\(month)-\(day)"
    case .monthName: "\(day)-\(Self.months[date.month - 1])-\(year)"
    case .compact: year + month + day
    case .dots: "\(day).\(month).\(year)"
    case .hyphens: "\(day)-\(month)-\(year)"
    }
  }

  /// The day that a cell gives, where it is written exactly so and the calendar has it.
  func date(_ text: String) -> CalendarDate? {
    let parts: [Substring]
    switch self {
    case .slashes: parts = text.split(separator: "/", omittingEmptySubsequences: false)
    case .dots: parts = text.split(separator: ".", omittingEmptySubsequences: false)
    case .hyphens, .monthName: parts = text.split(separator: "-", omittingEmptySubsequences: false)
    case .iso: parts = text.split(separator: "-", omittingEmptySubsequences: false).reversed()
    case .compact: parts = text.count == 8 ? [text.suffix(2), text.dropFirst(4).prefix(2), text.prefix(4)] : []
    }
    guard parts.count == 3, let day = Int(parts[0]), let year = Int(parts[2]) else { return nil }
    let month: Int?
    if case .monthName = self {
      month = Self.months.firstIndex(of: String(parts[1])).map { $0 + 1 }
    } else {
      month = Int(parts[1])
    }
    // Written back it must be the same text: that refuses `1/1/2010`, `+1` and the like.
    guard let month, let date = CalendarDate(year: year, month: month, day: day), self.text(date) == text else {
      return nil
    }
    return date
  }
}
