// An instant in milliseconds since 1970, UTC, and its text. Pure.

/// An instant: milliseconds since 1 January 1970, 00:00 UTC, leap seconds not counted.
///
/// Prints as `2026-06-26T12:00:00.000Z`; codes as the integer.
package struct Timestamp: Hashable, Sendable {
  /// Milliseconds since 1970, UTC.
  package let milliseconds: Int64

  /// The instant so many milliseconds after the beginning of 1970, UTC.
  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// The instant so many seconds after the beginning of a day, UTC.
  package init(date: CalendarDate, secondsOfDay: Int) {
    milliseconds = (Int64(date.daysSinceEpoch) * 86_400 + Int64(secondsOfDay)) * 1000
  }

  /// Whole seconds since 1970, UTC, rounded down.
  package var seconds: Int64 { Self.floored(milliseconds, by: 1000).quotient }

  /// The day in UTC. For the day that people mean, `LondonTime.day(of:)`.
  package var utcDate: CalendarDate {
    CalendarDate(daysSinceEpoch: Int(Self.floored(milliseconds, by: 86_400_000).quotient))
  }

  /// Milliseconds since the beginning of the day in UTC.
  var millisecondsOfDay: Int { Int(Self.floored(milliseconds, by: 86_400_000).remainder) }

  private static func floored(_ value: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  /// The instant so much later, to the millisecond (rounded down); stops at the ends of the 64 bits.
  package func advanced(by duration: Duration) -> Timestamp {
    let (seconds, attoseconds) = duration.components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    let part = Self.floored(attoseconds, by: 1_000_000_000_000_000).quotient
    let (sum, overflow2) = whole.addingReportingOverflow(part)
    let (total, overflow3) = milliseconds.addingReportingOverflow(sum)
    guard !overflow, !overflow2, !overflow3 else {
      return Timestamp(milliseconds: duration > .zero ? .max : .min)
    }
    return Timestamp(milliseconds: total)
  }

  /// The time from this instant to another; negative if the other is earlier.
  package func duration(to other: Timestamp) -> Duration {
    let (difference, overflow) = other.milliseconds.subtractingReportingOverflow(milliseconds)
    return .milliseconds(overflow ? (other > self ? Int64.max : Int64.min) : difference)
  }

  package static func + (left: Timestamp, right: Duration) -> Timestamp { left.advanced(by: right) }
  package static func - (left: Timestamp, right: Duration) -> Timestamp { left.advanced(by: .zero - right) }
}

extension Timestamp: Comparable {
  package static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }
}

extension Timestamp: Codable {
  package init(from decoder: any Decoder) throws {
    milliseconds = try decoder.singleValueContainer().decode(Int64.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(milliseconds)
  }
}

extension Timestamp: CustomStringConvertible {
  /// ISO 8601 in UTC with milliseconds: `2026-06-26T12:00:00.000Z`.
  package var description: String {
    let time = millisecondsOfDay
    let (hours, minutes, seconds) = (time / 3_600_000, time / 60_000 % 60, time / 1000 % 60)
    return
      "\(utcDate)T\(String(hours, width: 2)):\(String(minutes, width: 2)):\(String(seconds, width: 2)).\(String(time % 1000, width: 3))Z"
  }

  /// Reads ISO 8601 in UTC: `2026-06-26T12:00:00Z`, with or without one to nine digits after a full stop (cut to
  /// milliseconds). Nil for anything else.
  package init?(iso text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
      bytes[16] == UInt8(ascii: ":"), bytes.last == UInt8(ascii: "Z"),
      let date = CalendarDate(iso: String(decoding: bytes[0..<10], as: UTF8.self))
    else { return nil }
    func number(_ range: Range<Int>, below limit: Int) -> Int? {
      guard bytes[range].allSatisfy(\.isDigit) else { return nil }
      let value = bytes[range].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
      return value < limit ? value : nil
    }
    guard let hours = number(11..<13, below: 24), let minutes = number(14..<16, below: 60),
      let seconds = number(17..<19, below: 60)
    else { return nil }
    var milliseconds = 0
    if bytes.count > 20 {
      guard bytes[19] == UInt8(ascii: "."), (22...30).contains(bytes.count),
        let fraction = number(20..<min(23, bytes.count - 1), below: 1000),
        bytes[20..<bytes.count - 1].allSatisfy(\.isDigit)
      else { return nil }
      milliseconds = bytes.count == 22 ? fraction * 100 : bytes.count == 23 ? fraction * 10 : fraction
    }
    let day = Timestamp(date: date, secondsOfDay: hours * 3600 + minutes * 60 + seconds)
    self.init(milliseconds: day.milliseconds + Int64(milliseconds))
  }
}
