// A look at whole columns before rows are read: American dates, codes of two generations. Pure.

import Leavers

extension ColumnSurvey {
  /// Looks through the columns whose cells can be told only together. `isSheet`: whether dates with the year first are
  /// days of a spreadsheet, which made them of something.
  static func of(
    _ rows: [ScannedRecord], columns: ExportColumns, isSheet: Bool = false, in context: RuleContext
  ) -> ColumnSurvey {
    var survey = ColumnSurvey()
    survey.serialsFrom1900 = countsFrom1900(rows, columns: columns, in: context)
    for (field, position) in columns.positions {
      switch field.type {
      case .date:
        if isMonthFirst(rows.lazy.compactMap { $0.cells.element(at: position) }) { survey.monthFirst.insert(field) }
        if isSheet, isSwapped(rows.lazy.compactMap { $0.cells.element(at: position) }) { survey.swapped.insert(field) }
      case .code(let id):
        guard let set = context.codes[id], set.entries.contains(where: { $0.attributes["generation"] != nil }) else {
          continue
        }
        if mixesGenerations(rows.lazy.compactMap { $0.cells.element(at: position) }, set, context) {
          survey.mixedGenerations.insert(field)
        }
      default: continue
      }
    }
    return survey
  }

  /// Some dates can be read only with the month first, and none only with the day first.
  private static func isMonthFirst(_ cells: some Sequence<String>) -> Bool {
    var monthFirst = false
    for cell in cells {
      do throws(CalendarDate.Flaw) {
        let reading = try CalendarDate.parse(cell)
        if case .dayMonthYear = reading.notation, reading.date.day > 12 { return false }
      } catch {
        switch error {
        case .monthFirst: monthFirst = true
        case .ambiguousYear:
          // With the century it can be told; without it, it would hide that the column is written so.
          guard let full = TwoDigitYear.expanded(cell) else { continue }
          do throws(CalendarDate.Flaw) {
            if try CalendarDate.parse(full).date.day > 12 { return false }
          } catch {
            if error == .monthFirst { monthFirst = true }
          }
        default: continue
        }
      }
    }
    return monthFirst
  }

  /// Whether the numbers that stand for days count from 1900: some fit what they are about only so, and none only from
  /// 1904. Looks at nothing where no cell is such a number.
  private static func countsFrom1900(
    _ rows: [ScannedRecord], columns: ExportColumns, in context: RuleContext
  ) -> Bool {
    var evidence = SpreadsheetSerial.Evidence()
    for (field, position) in columns.positions where field.type == .date {
      for row in rows {
        guard let cell = row.cells.element(at: position), mayBeSerial(cell),
          let reading = try? CalendarDate.parse(cell), reading.notation == .excelSerial
        else { continue }
        if field == .dateOfBirth {
          let year = columns.positions[.yearGroup].flatMap { row.cells.element(at: $0) }
          let stage = year.flatMap { YearGroupRule.check($0.trimmedOfBlanks).value }.flatMap { Cohort.Stage($0) }
          evidence.see(
            birth: reading.date, cohort: stage.map { Cohort(stage: $0, on: context.day) }, on: context.day)
        } else {
          evidence.see(reading.date, field, on: context.day)
        }
      }
    }
    return evidence.isFrom1900
  }

  /// Five digits at the front: most other cells are told apart by their third character.
  static func mayBeSerial(_ cell: String) -> Bool {
    var digits = 0
    for byte in cell.utf8 {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return false }
      digits += 1
      if digits == 5 { return true }
    }
    return false
  }

  /// Where a spreadsheet opens a CSV of another country, it makes days of the texts that it can read in its own order, with
  /// day and month swapped, and leaves the others as texts. So a column has both: texts that only the other order reads,
  /// and days of which none is above 12.
  private static func isSwapped(_ cells: some Sequence<String>) -> Bool {
    var days = 0
    var texts = 0
    for cell in cells {
      do throws(CalendarDate.Flaw) {
        let reading = try CalendarDate.parse(cell)
        switch reading.notation {
        case .yearMonthDay:
          if reading.date.day > 12 { return false }
          days += 1
        case .dayMonthYear:
          // Read in either order by whoever opened it, it would have become a day.
          if reading.date.day <= 12 { return false }
          texts += 1
        case .dayMonthName, .excelSerial: continue
        }
      } catch {
        if error == .monthFirst { texts += 1 }
      }
    }
    return days > 0 && texts > 0
  }

  /// Whether codes of both generations stand in the column. Words do not count: they say what they mean.
  private static func mixesGenerations(_ cells: some Sequence<String>, _ set: CodeSet, _ context: RuleContext) -> Bool {
    var legacy = false
    var current = false
    for cell in cells {
      let text = CellText.plain(cell.trimmedOfBlanks)
      guard text.first?.isNumber == true else { continue }
      switch CodeRule.lookUp(text, in: set, on: context.day) {
      case .current: current = true
      case .expired(let entry) where entry.isLegacy: legacy = true
      default: continue
      }
      if legacy && current { return true }
    }
    return false
  }
}

extension Array {
  /// The element at a place, or nil beyond the end.
  func element(at index: Int) -> Element? { index >= 0 && index < count ? self[index] : nil }
}
