// Durations as configuration writes them. Pure.

/// Reads `500ms`, `2s`, `5m`, `1h`, `1d`.
enum DurationText {
  /// Nil unless a whole number without sign, followed at once by its unit; at most 366 days.
  static func duration(_ text: String) -> Duration? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, digits.utf8.count <= 12, let count = Int64(digits) else { return nil }
    let milliseconds: Int64
    switch text.dropFirst(digits.count) {
    case "ms": milliseconds = 1
    case "s": milliseconds = 1000
    case "m": milliseconds = 60_000
    case "h": milliseconds = 3_600_000
    case "d": milliseconds = 86_400_000
    default: return nil
    }
    let (total, overflow) = count.multipliedReportingOverflow(by: milliseconds)
    guard !overflow, total <= 366 * 86_400_000 else { return nil }
    return .milliseconds(total)
  }

  static let remedy = "write a whole number and its unit, such as 500ms, 2s, 5m, 1h or 1d"
}
