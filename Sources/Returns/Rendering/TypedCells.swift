// Which cells of a workbook are days and numbers, and how they read back. Pure.

import Leavers
import Profiles
import Tabular

/// What a column's cells are to a spreadsheet.
enum TypedCells {
  enum Kind {
    case text
    case day(DatePattern)
    case number(CellForm.NumberForm)
  }

  /// Identifiers and codes are texts, so that no zero is lost; only what the profile declares to be a date or a number is
  /// one, where nothing was made of its text.
  static func kind(of column: ReturnColumn) -> Kind {
    let form = column.form
    guard case .field(let field) = form.source, form.slice == nil, form.padding == nil else { return .text }
    if field.type == .date, let date = form.date, form.letterCase == nil, !date.text.contains("MMM") {
      // Two digits of a year cannot be read back.
      return date.text.contains("yyyy") ? .day(date) : .text
    }
    if let number = form.number { return .number(number) }
    return .text
  }

  static func content(_ text: String, _ kind: Kind) -> CellDraft.Content {
    if text.isEmpty { return .blank }
    switch kind {
    case .text: return .text(text)
    case .day(let pattern):
      guard let date = try? pattern.parse(text) else { return .text(text) }
      return .date(year: date.year, month: date.month, day: date.day)
    case .number(let form):
      guard let number = number(text, form) else { return .text(text) }
      return .number(number)
    }
  }

  /// Nil where a number has more digits than a spreadsheet keeps.
  private static func number(_ text: String, _ form: CellForm.NumberForm) -> Double? {
    guard text.utf8.count(where: { (48...57).contains($0) }) <= 15 else { return nil }
    return Double(form.mark == "," ? String(text.map { $0 == "," ? "." : $0 }) : text)
  }

  /// Whether a cell that was read says what was meant.
  static func says(_ cell: SheetCell?, _ text: String, _ kind: Kind) -> Bool {
    guard !text.isEmpty else { return cell == nil || cell?.kind == .blank }
    guard let cell else { return false }
    switch content(text, kind) {
    case .blank: return false
    case .text(let text): return cell.kind == .text && cell.text.utf8.elementsEqual(text.utf8)
    case .number(let number): return cell.number == number
    case .date(let year, let month, let day):
      guard let date = CalendarDate(year: year, month: month, day: day) else { return false }
      // What no spreadsheet's calendar has is written as text; both read as ISO 8601.
      return (cell.kind == .date || cell.kind == .text) && cell.text == date.description
    }
  }
}
