// Reading the dates that management information systems, spreadsheets and people write, cell by cell. Pure.

extension CalendarDate {
  /// In which of the known ways a cell wrote its date.
  package enum Notation: Hashable, Sendable {
    /// Day, month and year as numbers: `26/06/2026`, `6-7-2026`, `26.06.2026`.
    case dayMonthYear(separator: Separator, withTime: Bool)
    /// Year, month and day as numbers: `2026-06-26`, `2026-06-26 00:00:00`, `2026-06-26T00:00:00Z`.
    case yearMonthDay(separator: Separator, withTime: Bool)
    /// Day, month name and year: `26 Jun 2026`, `26-June-2026`.
    case dayMonthName(withTime: Bool)
    /// Days of Excel's 1900 calendar: `46199`, `41885.5`.
    case excelSerial

    /// What stands between the parts.
    package enum Separator: Hashable, Sendable { case slash, dash, dot }
  }

  /// A date and how it was written.
  package struct Reading: Hashable, Sendable {
    package let date: CalendarDate
    package let notation: Notation
  }

  /// What is wrong with the text of a cell that should hold a date. Carries no part of the text.
  package enum Flaw: Error, Hashable, Sendable, CustomStringConvertible {
    /// The cell is empty or blank.
    case missing
    /// Nothing that looks like a date.
    case unrecognised
    /// A year of two digits: the century would be a guess.
    case ambiguousYear
    /// Month and year, or a year alone.
    case noDay
    /// An error value of a spreadsheet: `#VALUE!`, `#N/A`, or a row of `#` where the column was too narrow.
    case spreadsheetError
    /// The calendar has no such day.
    case impossible
    /// The calendar has no such day, but it would have one with day and month swapped: the month was written first.
    case monthFirst

    package var description: String {
      switch self {
      case .missing: "no date is given"
      case .unrecognised: "this is not a date; write it as dd/mm/yyyy"
      case .ambiguousYear: "the year has two digits; write all four"
      case .noDay: "the day is missing; write the date as dd/mm/yyyy"
      case .spreadsheetError: "the cell holds a spreadsheet's error, not a date"
      case .impossible: "the calendar has no such day"
      case .monthFirst: "the month seems to stand before the day; write the date as dd/mm/yyyy"
      }
    }
  }

  /// Reads a cell that a person or a spreadsheet wrote: any of the notations, blanks at the ends left out.
  ///
  /// The day is taken to stand before the month, always; nothing is guessed. A time of day is read and left out. A time
  /// that ends in `Z` or in an offset (`+01:00`, `+0100`, `+01`) is an instant, and the day is the one it falls on in
  /// London: a date of birth that a web service exported from British Summer Time stands an hour before midnight there.
  package static func parse(_ text: String) throws(Flaw) -> Reading {
    try text.withRawUTF8(read).get()
  }

  /// Reads a cell's UTF-8 bytes, by the same rules.
  package static func parse(bytes: UnsafeRawBufferPointer) throws(Flaw) -> Reading {
    try read(bytes).get()
  }

  private static func read(_ bytes: UnsafeRawBufferPointer) -> Result<Reading, Flaw> {
    var scanner = DateScanner(Blank.trimmed(bytes))
    guard let first = scanner.peek else { return .failure(.missing) }
    if first == UInt8(ascii: "#") { return .failure(.spreadsheetError) }
    guard let head = scanner.digits(upTo: 9) else { return .failure(monthAndYear(&scanner) ? .noDay : .unrecognised) }
    if scanner.isAtEnd { return serial(head) }
    guard let separator = scanner.separator() else { return .failure(.unrecognised) }
    if separator == .dot, head.count >= 5, let fraction = scanner.digits(upTo: 18), fraction.count > 0,
      scanner.isAtEnd
    {
      return serial(head)
    }
    return head.count == 4
      ? yearFirst(head.value, separator, &scanner) : dayFirst(head, separator, &scanner)
  }

  private static func yearFirst(
    _ year: Int, _ separator: DateScanner.Separator, _ scanner: inout DateScanner
  ) -> Result<Reading, Flaw> {
    guard let kind = separator.notation, let month = scanner.digits(upTo: 2) else { return .failure(.unrecognised) }
    if scanner.isAtEnd { return .failure((1...12).contains(month.value) ? .noDay : .unrecognised) }
    guard scanner.separator() == separator, let day = scanner.digits(upTo: 2), let time = scanner.time() else {
      return .failure(.unrecognised)
    }
    guard let date = CalendarDate(year: year, month: month.value, day: day.value) else {
      return .failure(.impossible)
    }
    return .success(
      Reading(date: londonDay(date, time), notation: .yearMonthDay(separator: kind, withTime: time != .none)))
  }

  private static func dayFirst(
    _ head: DateScanner.Digits, _ separator: DateScanner.Separator, _ scanner: inout DateScanner
  ) -> Result<Reading, Flaw> {
    guard head.count <= 2 else { return .failure(.unrecognised) }
    let month: Int
    var named = false
    if let name = scanner.monthName() {
      month = name
      named = true
    } else if let digits = scanner.digits(upTo: 9), let kind = separator.notation {
      if scanner.isAtEnd {
        return .failure(digits.count == 4 && (1...12).contains(head.value) && kind != .dot ? .noDay : .unrecognised)
      }
      guard digits.count <= 2 else { return .failure(.unrecognised) }
      month = digits.value
    } else {
      return .failure(.unrecognised)
    }
    if named, scanner.isAtEnd { return .failure(.unrecognised) }
    guard scanner.separator() == separator, let year = scanner.digits(upTo: 9) else { return .failure(.unrecognised) }
    guard year.count == 4 || year.count == 2, let time = scanner.time() else { return .failure(.unrecognised) }
    guard year.count == 4 else { return .failure(.ambiguousYear) }
    guard let date = CalendarDate(year: year.value, month: month, day: head.value) else {
      let swapped = CalendarDate(year: year.value, month: head.value, day: month)
      return .failure(swapped == nil || named ? .impossible : .monthFirst)
    }
    if let kind = separator.notation, !named {
      return .success(
        Reading(date: londonDay(date, time), notation: .dayMonthYear(separator: kind, withTime: time != .none)))
    }
    return .success(Reading(date: londonDay(date, time), notation: .dayMonthName(withTime: time != .none)))
  }

  /// The day in London of a time that was given as an instant; else the day as written.
  private static func londonDay(_ date: CalendarDate, _ time: DateScanner.Time) -> CalendarDate {
    guard case .instant(let seconds) = time else { return date }
    return LondonTime.day(of: Timestamp(date: date, secondsOfDay: seconds))
  }

  /// `Jul 2005`: no day.
  private static func monthAndYear(_ scanner: inout DateScanner) -> Bool {
    guard scanner.monthName() != nil, scanner.separator() != nil, let year = scanner.digits(upTo: 9) else {
      return false
    }
    return scanner.isAtEnd && (year.count == 4 || year.count == 2)
  }

  /// Excel's 1900 calendar: 1 is 1 January 1900; it holds a 29 February 1900 (60) that never was.
  private static func serial(_ digits: DateScanner.Digits) -> Result<Reading, Flaw> {
    guard digits.count <= 7, (1...2_958_465).contains(digits.value) else { return .failure(.unrecognised) }
    // Read as serials, these are days of 1905; in a school's file they are years.
    if (1900...2099).contains(digits.value) { return .failure(.noDay) }
    guard digits.value != 60 else { return .failure(.impossible) }
    let zero = digits.value > 60 ? -25_569 : -25_568
    return .success(Reading(date: CalendarDate(daysSinceEpoch: zero + digits.value), notation: .excelSerial))
  }
}

/// Goes through the bytes of a cell that should hold a date.
private struct DateScanner {
  struct Digits {
    var value: Int
    var count: Int
  }
  enum Separator: Equatable {
    case slash, dash, dot, space
    var notation: CalendarDate.Notation.Separator? {
      switch self {
      case .slash: .slash
      case .dash: .dash
      case .dot: .dot
      case .space: nil
      }
    }
  }
  enum Time: Equatable {
    case none
    /// A time of day on the clock of the place.
    case local
    /// A time of day in UTC, in seconds after the midnight that begins the day as written; an offset can take it below 0
    /// or beyond the day.
    case instant(Int)
  }

  private let bytes: UnsafeRawBufferPointer
  private var index = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { index == bytes.count }
  var peek: UInt8? { isAtEnd ? nil : bytes[index] }

  /// A run of one to `limit` digits; nil where there is none or it is longer.
  mutating func digits(upTo limit: Int) -> Digits? {
    var value = 0
    let start = index
    while let byte = peek, byte.isDigit {
      guard index - start < limit else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
      index += 1
    }
    return index == start ? nil : Digits(value: value, count: index - start)
  }

  mutating func separator() -> Separator? {
    switch peek {
    case UInt8(ascii: "/"):
      index += 1
      return .slash
    case UInt8(ascii: "-"):
      index += 1
      return .dash
    case UInt8(ascii: "."):
      index += 1
      return .dot
    default: return blanks() ? .space : nil
    }
  }

  private mutating func blanks() -> Bool {
    let start = index
    while !isAtEnd {
      let (scalar, length) = Blank.scalar(in: bytes, at: index)
      guard let scalar, Blank.isBlank(scalar) else { break }
      index += length
    }
    return index > start
  }

  /// An English month name, in full or its first three letters (or `Sept`), in any case.
  mutating func monthName() -> Int? {
    var name: [UInt8] = []
    var end = index
    while end < bytes.count, (bytes[end] | 0x20) >= 0x61, (bytes[end] | 0x20) <= 0x7A, name.count < 10 {
      name.append(bytes[end] | 0x20)
      end += 1
    }
    guard name.count >= 3 else { return nil }
    for (number, full) in Self.months.enumerated()
    where name == full || name == Array(full.prefix(3)) || (number == 8 && name == Array("sept".utf8)) {
      index = end
      return number + 1
    }
    return nil
  }

  private static let months: [[UInt8]] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ].map { Array($0.utf8) }

  /// What follows the date: nothing, or a time of day. Nil where it is something else.
  mutating func time() -> Time? {
    if isAtEnd { return Time.none }
    if peek == UInt8(ascii: "T") || peek == UInt8(ascii: "t") {
      index += 1
    } else if !blanks() {
      return nil
    }
    guard let hour = digits(upTo: 2), hour.value < 24, colon(), let minute = digits(upTo: 2), minute.count == 2,
      minute.value < 60
    else { return nil }
    var second = 0
    if colon() {
      guard let digits = digits(upTo: 2), digits.count == 2, digits.value < 61 else { return nil }
      second = digits.value
      if peek == UInt8(ascii: ".") {
        index += 1
        guard digits9() else { return nil }
      }
    }
    let seconds = hour.value * 3600 + minute.value * 60 + second
    if isAtEnd { return .local }
    if peek == UInt8(ascii: "Z") || peek == UInt8(ascii: "z") {
      index += 1
      return isAtEnd ? .instant(seconds) : nil
    }
    if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") {
      guard let offset = offset(), isAtEnd else { return nil }
      return .instant(seconds - offset)
    }
    _ = blanks()
    guard index + 2 == bytes.count, bytes[index + 1] | 0x20 == UInt8(ascii: "m"),
      bytes[index] | 0x20 == UInt8(ascii: "a") || bytes[index] | 0x20 == UInt8(ascii: "p")
    else { return nil }
    index += 2
    return .local
  }

  /// How far a clock is ahead of UTC, in seconds: `+01:00`, `-0500`, `+01`.
  private mutating func offset() -> Int? {
    let sign = peek == UInt8(ascii: "-") ? -1 : 1
    index += 1
    guard let head = digits(upTo: 4), head.count == 2 || head.count == 4 else { return nil }
    let hours = head.count == 4 ? head.value / 100 : head.value
    var minutes = head.count == 4 ? head.value % 100 : 0
    if head.count == 2, colon() {
      guard let tail = digits(upTo: 2), tail.count == 2 else { return nil }
      minutes = tail.value
    }
    guard hours < 24, minutes < 60 else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }

  private mutating func digits9() -> Bool { digits(upTo: 9) != nil }

  private mutating func colon() -> Bool {
    guard peek == UInt8(ascii: ":") else { return false }
    index += 1
    return true
  }
}
