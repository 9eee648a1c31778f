// Rule for the year group, and the cohort that follows from it. Pure.

import Leavers

/// The National Curriculum year.
enum YearGroupRule {
  private static let known: Set<String> = Set(["E1", "E2", "N1", "N2", "R", "X"] + (1...14).map(String.init))

  static func check(_ text: String) -> CellOutcome {
    var word = CellText.plain(text).uppercased()
    for prefix in ["CURRICULUM YEAR", "NC YEAR", "YEAR", "YR", "Y"] where word.hasPrefix(prefix) {
      let rest = String(word.dropFirst(prefix.count)).trimmedOfBlanks
      if !rest.isEmpty { word = rest }
      break
    }
    if word.hasSuffix(".0") { word = String(word.dropLast(2)) }
    while word.count > 1, word.hasPrefix("0") { word = String(word.dropFirst()) }
    return known.contains(word) ? .kept(word) : .leftOut(.yearGroupUnknown)
  }

  /// The cohort: stage from the year group; year from the leaving date where that is no later than the present school
  /// year, else from the day on which the export was observed.
  ///
  /// Systems are rolled over in July or August, and from then on give next year's year groups: who is of an age to leave a
  /// year later, and of none to leave now, is taken to be of next year's cohort, unless the leaving date says that it is
  /// this year's. A pupil who was seen before keeps the cohort of then.
  static func cohort(_ record: LeaverRecord, on day: CalendarDate) -> Cohort? {
    guard let year = record[.yearGroup], let stage = Cohort.Stage(year) else { return nil }
    let present = Cohort(stage: stage, on: day)
    let left = record.date(.leavingDate).map { Cohort(stage: stage, on: $0) }
    if let left, left.leavingYear <= present.leavingYear { return left }
    // A date that lies further ahead is often the day on which the whole stage ends, and tells no year by itself.
    let next = Cohort(stage: stage, leavingYear: present.leavingYear + 1)
    let isOfNext = record.dateOfBirth.map { next.usualDatesOfBirth?.contains($0) == true } ?? false
    return [7, 8].contains(day.month) && isOfNext ? next : present
  }
}
