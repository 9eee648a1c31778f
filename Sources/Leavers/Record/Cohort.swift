// Leaving stage and leaving year: by which every later year selects, never by current year group. Pure.

/// Leaving stage and leaving year of a young person, such as `Y11-2026`; fixed when first seen.
package struct Cohort: Hashable, Sendable, Comparable, CustomStringConvertible {
  package enum Stage: Int, Sendable, CaseIterable, Comparable {
    case y11 = 11
    case y12 = 12
    case y13 = 13

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    package var text: String { "Y\(rawValue)" }
    /// From `Y11`, `Year 11` or `11`, in any case.
    package init?(_ text: String) {
      let digits = text.filter(\.isASCIIDigit)
      guard digits.count == 2, text.count <= 8, let number = Int(digits) else { return nil }
      self.init(rawValue: number)
    }
  }

  package let stage: Stage
  /// The calendar year of the summer in which the stage ends.
  package let leavingYear: Int

  package init(stage: Stage, leavingYear: Int) {
    self.stage = stage
    self.leavingYear = leavingYear
  }

  /// The cohort of a pupil in this stage on a day: the academic year runs from 1 September to 31 August.
  package init(stage: Stage, on day: CalendarDate) {
    self.init(stage: stage, leavingYear: day.month >= 9 ? day.year + 1 : day.year)
  }

  /// From `Y11-2026`.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let stage = Stage(String(parts[0])), parts[1].count == 4, let year = Int(parts[1]) else {
      return nil
    }
    self.init(stage: stage, leavingYear: year)
  }

  package var description: String { "\(stage.text)-\(leavingYear)" }

  /// The dates of birth of those taught with their age group: sixteen by 31 August of the year in which Year 11 ends.
  package var usualDatesOfBirth: ClosedRange<CalendarDate>? {
    let birthYear = leavingYear - stage.rawValue - 6
    guard let first = CalendarDate(year: birthYear, month: 9, day: 1),
      let last = CalendarDate(year: birthYear + 1, month: 8, day: 31)
    else { return nil }
    return first...last
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.leavingYear, left.stage) < (right.leavingYear, right.stage)
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
