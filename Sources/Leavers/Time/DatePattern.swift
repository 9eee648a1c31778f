// The form in which an authority wants dates: parsed once, then writes and strictly reads. Pure.

/// A form of dates such as `dd/MM/yyyy`: parts `dd d MM M MMM yyyy yy`, and any other characters, no letters, between.
///
/// Each of day, month and year stands once. `MMM` is the English month name's first three letters.
package struct DatePattern: Hashable, Sendable, CustomStringConvertible {
  private enum Part: Hashable, Sendable {
    case day(padded: Bool)
    case month(padded: Bool)
    case monthName
    case year
    case shortYear
    case literal(UInt8)

    var isFixedWidth: Bool {
      switch self {
      case .day(let padded), .month(let padded): padded
      default: true
      }
    }
    var isLiteral: Bool { if case .literal = self { true } else { false } }
  }

  /// The pattern as it was given.
  package let text: String
  private let parts: [Part]

  /// Compiles a pattern.
  package init(_ text: String) throws(Flaw) {
    var parts: [Part] = []
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      var end = index
      while end < bytes.count, bytes[end] == byte { end += 1 }
      let run = end - index
      switch (byte, run) {
      case (UInt8(ascii: "d"), 1...2): parts.append(.day(padded: run == 2))
      case (UInt8(ascii: "M"), 1...2): parts.append(.month(padded: run == 2))
      case (UInt8(ascii: "M"), 3): parts.append(.monthName)
      case (UInt8(ascii: "y"), 4): parts.append(.year)
      case (UInt8(ascii: "y"), 2): parts.append(.shortYear)
      case (0x20...0x7E, _) where !(byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) && !byte.isDigit:
        parts.append(contentsOf: repeatElement(.literal(byte), count: run))
      default: throw .unknownPart(position: index + 1)
      }
      index = end
    }
    let days = parts.count { if case .day = $0 { true } else { false } }
    let months = parts.count {
      switch $0 {
      case .month, .monthName: true
      default: false
      }
    }
    let years = parts.count { $0 == .year || $0 == .shortYear }
    guard days == 1, months == 1, years == 1 else { throw .eachPartOnce }
    for (part, next) in zip(parts, parts.dropFirst()) where !part.isFixedWidth && !next.isLiteral {
      throw .runsTogether
    }
    self.init(text, parts)
  }

  private init(_ text: String, _ parts: [Part]) {
    self.text = text
    self.parts = parts
  }

  /// `yyyy-MM-dd`: how dates are written where nothing is said.
  package static let usual = DatePattern(
    "yyyy-MM-dd",
    [
      .year, .literal(UInt8(ascii: "-")), .month(padded: true), .literal(UInt8(ascii: "-")), .day(padded: true),
    ])

  package var description: String { text }

  /// The date in this form.
  package func format(_ date: CalendarDate) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count + 4)
    for part in parts {
      switch part {
      case .day(let padded): result += String(date.day, width: padded ? 2 : 1)
      case .month(let padded): result += String(date.month, width: padded ? 2 : 1)
      case .monthName: result += CalendarDate.monthNames[date.month - 1]
      case .year: result += String(date.year, width: 4)
      case .shortYear: result += String(date.year % 100, width: 2)
      case .literal(let byte): result.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    return result
  }

  /// The date of a text in exactly this form; no blanks, no other separators.
  ///
  /// A pattern with `yy` writes but cannot read: its text fails with `.ambiguousYear`.
  package func parse(_ text: String) throws(CalendarDate.Flaw) -> CalendarDate {
    guard !text.isEmpty else { throw .missing }
    let bytes = Array(text.utf8)
    var index = 0
    var (year, month, day) = (0, 0, 0)
    func digits(_ lengths: ClosedRange<Int>) throws(CalendarDate.Flaw) -> Int {
      var value = 0
      var count = 0
      while count < lengths.upperBound, index < bytes.count, bytes[index].isDigit {
        value = value * 10 + Int(bytes[index] - UInt8(ascii: "0"))
        index += 1
        count += 1
      }
      // A part without padding never begins with zero.
      guard count >= lengths.lowerBound, lengths.lowerBound > 1 || bytes[index - count] != UInt8(ascii: "0") else {
        throw .unrecognised
      }
      return value
    }
    for part in parts {
      switch part {
      case .day(let padded): day = try digits(padded ? 2...2 : 1...2)
      case .month(let padded): month = try digits(padded ? 2...2 : 1...2)
      case .monthName:
        guard index + 3 <= bytes.count,
          let name = CalendarDate.monthNames.firstIndex(where: { $0.utf8.elementsEqual(bytes[index..<index + 3]) })
        else { throw .unrecognised }
        month = name + 1
        index += 3
      case .year: year = try digits(4...4)
      case .shortYear:
        _ = try digits(2...2)
        throw .ambiguousYear
      case .literal(let byte):
        guard index < bytes.count, bytes[index] == byte else { throw .unrecognised }
        index += 1
      }
    }
    guard index == bytes.count else { throw .unrecognised }
    guard let date = CalendarDate(year: year, month: month, day: day) else { throw .impossible }
    return date
  }

  /// What is wrong with a pattern.
  package enum Flaw: Error, Hashable, Sendable, CustomStringConvertible {
    /// At this position (from 1) stands neither a known part nor a separator.
    case unknownPart(position: Int)
    /// Day, month and year must each stand once.
    case eachPartOnce
    /// `d` or `M` directly before another part cannot be read back; write `dd` or `MM`.
    case runsTogether

    package var description: String {
      switch self {
      case .unknownPart(let position):
        "at character \(position) stands no part of a date; the parts are dd d MM M MMM yyyy yy"
      case .eachPartOnce: "day, month and year must each stand once; for example dd/MM/yyyy"
      case .runsTogether: "d or M directly before another part cannot be read back; write dd or MM"
      }
    }
  }
}
