// Rule for dates other than the date of birth: read tolerantly cell by cell, left out when in doubt. Pure.

import Leavers

/// Dates of entry, leaving and destination.
enum DateRule {
  static func check(_ text: String, _ field: Field, in context: RuleContext) -> CellOutcome {
    do throws(CalendarDate.Flaw) {
      return judged(try CalendarDate.parse(text), field, in: context)
    } catch {
      switch error {
      case .missing: return .blank
      case .monthFirst where context.survey.monthFirst.contains(field):
        guard let date = SwappedDayAndMonth.date(text), isPlausible(date, field, on: context.day) else {
          return .leftOut(.dateMonthFirst)
        }
        return .kept(date.description, Remark(.dayMonthSwapped))
      case .ambiguousYear:
        // Any other century lies a lifetime away from what happens at a school.
        guard let reading = TwoDigitYear.reading(text), !isUnsure(reading, field, in: context),
          isPlausible(reading.date, field, on: context.day)
        else { return .leftOut(.dateUnreadable, error.description) }
        return .kept(reading.date.description, Remark(.centuryAdded))
      default: return .leftOut(.dateUnreadable, error.description)
      }
    }
  }

  private static func judged(
    _ reading: CalendarDate.Reading, _ field: Field, in context: RuleContext
  ) -> CellOutcome {
    if isUnsure(reading, field, in: context) { return .leftOut(.dateMonthFirst) }
    guard isPlausible(reading.date, field, on: context.day) else { return .leftOut(.dateImplausible) }
    if reading.notation == .excelSerial, !context.survey.serialsFrom1900,
      !SpreadsheetSerial.isProved(reading.date, field, on: context.day)
    {
      return .leftOut(.dateUnreadable, SpreadsheetSerial.cause)
    }
    var outcome = CellOutcome.kept(reading.date.description)
    if isSpreadsheetNotation(reading.notation) { outcome.remarks.append(Remark(.dateNotation)) }
    return outcome
  }

  /// Whether day and month of a date could be swapped, in a column whose other dates are.
  static func isUnsure(_ reading: CalendarDate.Reading, _ field: Field, in context: RuleContext) -> Bool {
    switch reading.notation {
    case .dayMonthYear:
      return context.survey.monthFirst.contains(field) && reading.date.day != reading.date.month
    case .yearMonthDay:
      return context.survey.swapped.contains(field) && reading.date.day != reading.date.month
    case .dayMonthName, .excelSerial: return false
    }
  }

  /// Whether a spreadsheet wrote the date in its own way: a serial number, or with a time of day.
  static func isSpreadsheetNotation(_ notation: CalendarDate.Notation) -> Bool {
    switch notation {
    case .excelSerial: true
    case .dayMonthYear(_, let withTime), .yearMonthDay(_, let withTime), .dayMonthName(let withTime): withTime
    }
  }

  /// Entry lies in the life of a schoolchild; what is expected may lie some years ahead.
  private static func isPlausible(_ date: CalendarDate, _ field: Field, on day: CalendarDate) -> Bool {
    let years = date.year - day.year
    return switch field {
    case .entryDate: (-20...1).contains(years)
    case .dateConfirmed: (-6...0).contains(years) && date <= day.adding(days: 1)
    default: (-6...6).contains(years)
    }
  }
}
