// A look at whole columns before rows are read: American dates, codes of two generations. Pure.

import Leavers

extension ColumnSurvey {
  /// Looks through the columns whose cells can be told only together.
  static func of(_ rows: [ScannedRecord], columns: ExportColumns, in context: RuleContext) -> ColumnSurvey {
    var survey = ColumnSurvey()
    for (field, position) in columns.positions {
      switch field.type {
      case .date:
        if isMonthFirst(rows.lazy.compactMap { $0.cells.element(at: position) }) { survey.monthFirst.insert(field) }
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
        if error == .monthFirst { monthFirst = true }
      }
    }
    return monthFirst
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
