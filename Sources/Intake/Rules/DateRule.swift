// Rule for dates other than the date of birth: read tolerantly cell by cell, left out when in doubt. Pure.

import Leavers

/// Dates of entry, leaving and destination.
enum DateRule {
  static func check(_ text: String, _ field: Field, in context: RuleContext) -> CellOutcome {
    do throws(CalendarDate.Flaw) {
      let reading = try CalendarDate.parse(text)
      if isUnsure(reading, field, in: context) { return .leftOut(.dateMonthFirst) }
      guard isPlausible(reading.date, field, on: context.day) else { return .leftOut(.dateImplausible) }
      var outcome = CellOutcome.kept(reading.date.description)
      if isSpreadsheetNotation(reading.notation) { outcome.remarks.append(Remark(.dateNotation)) }
      return outcome
    } catch {
      switch error {
      case .missing: return .blank
      case .monthFirst where context.survey.monthFirst.contains(field): return .leftOut(.dateMonthFirst)
      default: return .leftOut(.dateUnreadable, error.description)
      }
    }
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
