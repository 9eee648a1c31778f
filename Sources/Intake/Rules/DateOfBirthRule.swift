// Rule for the date of birth: without a sure one the row is held. Pure.

import Leavers

/// The date of birth.
enum DateOfBirthRule {
  static func check(_ text: String, in context: RuleContext) -> CellOutcome {
    do throws(CalendarDate.Flaw) {
      return judged(try CalendarDate.parse(text), in: context)
    } catch {
      switch error {
      case .missing: return .blank
      case .monthFirst where context.survey.monthFirst.contains(.dateOfBirth):
        return .held(.noDateOfBirth, .birthMonthFirst).proposing(
          proposal(SwappedDayAndMonth.date(text), .dayMonthSwapped, rival: nil))
      case .ambiguousYear:
        let refused = CellOutcome.held(.noDateOfBirth, .dateOfBirthUnreadable, error.description)
        guard let reading = TwoDigitYear.reading(text), !DateRule.isUnsure(reading, .dateOfBirth, in: context) else {
          return refused
        }
        return refused.proposing(proposal(reading.date, .centuryAdded, rival: TwoDigitYear.yearFirst(text)))
      default: return .held(.noDateOfBirth, .dateOfBirthUnreadable, error.description)
      }
    }
  }

  private static func judged(_ reading: CalendarDate.Reading, in context: RuleContext) -> CellOutcome {
    if DateRule.isUnsure(reading, .dateOfBirth, in: context) {
      // Only where the order as written gives no usual date of birth, and the other order does.
      return .held(.noDateOfBirth, .birthMonthFirst).proposing(
        proposal(SwappedDayAndMonth.swapped(reading.date), .dayMonthSwapped, rival: reading.date))
    }
    let age = reading.date.age(on: context.day)
    guard reading.date <= context.day else {
      return .held(.noDateOfBirth, .dateOfBirthImpossible, "the day lies in the future")
    }
    // Nobody younger than 8 or older than 30 leaves Year 11 to 13 of a school; support ends at 25.
    guard (8...30).contains(age) else {
      return .held(.noDateOfBirth, .dateOfBirthImpossible, age < 8 ? "far too young" : "far too old")
    }
    if reading.notation == .excelSerial, !context.survey.serialsFrom1900 {
      return .held(.noDateOfBirth, .dateOfBirthUnreadable, SpreadsheetSerial.cause)
    }
    var outcome = CellOutcome.kept(reading.date.description)
    if DateRule.isSpreadsheetNotation(reading.notation) { outcome.remarks.append(Remark(.dateNotation)) }
    return outcome
  }

  private static func proposal(_ date: CalendarDate?, _ note: FindingCode, rival: CalendarDate?) -> Proposal? {
    date.map { Proposal(value: $0.description, note: note, proof: .birth(rival: rival)) }
  }

  /// Whether the date of birth is not usual for the cohort: taught out of age group, or mistyped.
  static func remark(_ record: LeaverRecord, cohort: Cohort?, on day: CalendarDate) -> Remark? {
    guard let date = record.dateOfBirth else { return nil }
    if let usual = cohort?.usualDatesOfBirth { return usual.contains(date) ? nil : Remark(.dateOfBirthUnusual) }
    return (14...25).contains(date.age(on: day)) ? nil : Remark(.dateOfBirthUnusual)
  }
}
