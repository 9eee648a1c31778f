// One sheet of a draft into the library's hands.

import CSpreadsheet
import Glibc

/// Writes a checked sheet: headings, columns, cells, lists of answers, protection and print.
struct SheetWriting {
  typealias Worksheet = UnsafeMutablePointer<lxw_worksheet>

  private let sheet: SheetDraft
  /// The lists of answers that stand in the hidden sheet, in the order of its columns.
  private let lists: [[String]]

  init(_ sheet: SheetDraft, lists: [[String]]) {
    self.sheet = sheet
    self.lists = lists
  }

  func write(to worksheet: Worksheet, _ formats: inout WorkbookFormats) throws(WorkbookWritingError) {
    try writeColumns(to: worksheet, &formats)
    for row in sheet.rows.indices {
      for column in sheet.columns.indices {
        try write(sheet.cell(row, column), row: row + 1, column: column, to: worksheet, &formats)
      }
    }
    let last = lxw_col_t(sheet.columns.count - 1)
    worksheet_freeze_panes(worksheet, 1, 0)
    if sheet.hasFilter {
      try WorkbookWriter.check(worksheet_autofilter(worksheet, 0, 0, lxw_row_t(max(sheet.rows.count, 1)), last))
    }
    // Identifiers are texts of digits: no green corner in each.
    try WorkbookWriter.check(
      worksheet_ignore_errors(worksheet, UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue), "A1:XFD1048576"))
    for (index, column) in sheet.columns.enumerated() where !column.allowed.isEmpty {
      try writeAnswers(column, lxw_col_t(index), to: worksheet)
    }
    if sheet.isProtected {
      var options = lxw_protection()
      (options.format_columns, options.format_rows, options.sort, options.autofilter) = (1, 1, 1, 1)
      worksheet_protect(worksheet, nil, &options)
    }
    worksheet_set_landscape(worksheet)
    worksheet_set_paper(worksheet, 9)  // A4
    worksheet_fit_to_pages(worksheet, 1, 0)
    try WorkbookWriter.check(worksheet_repeat_rows(worksheet, 0, 0))
  }

  // MARK: Columns and cells

  private func writeColumns(to worksheet: Worksheet, _ formats: inout WorkbookFormats) throws(WorkbookWritingError) {
    for (index, column) in sheet.columns.enumerated() {
      let place = lxw_col_t(index)
      // Cells below the last row have the column's format.
      let below =
        sheet.takesMoreRows
        ? formats.format(key(column, style: column.isLocked ? .plain : .input, column.kind)) : nil
      var options = lxw_row_col_options()
      options.hidden = column.isHidden ? 1 : 0
      try WorkbookWriter.check(worksheet_set_column_opt(worksheet, place, place, column.width, below, &options))
      let heading = formats.format(.init(style: .heading, kind: .text, isLocked: true, wraps: true))
      try writeText(column.heading, 0, place, heading, to: worksheet)
      if let note = column.note { try writeNote(note, 0, place, to: worksheet) }
    }
  }

  private func write(
    _ cell: CellDraft, row: Int, column: Int, to worksheet: Worksheet, _ formats: inout WorkbookFormats
  ) throws(WorkbookWritingError) {
    let style = cell.style ?? .plain
    let (row, place) = (lxw_row_t(row), lxw_col_t(column))
    let column = sheet.columns[column]
    var kind = column.kind
    var day: lxw_datetime?
    if case .date(let year, let month, let date) = cell.content, Self.isDay(year, month, date) {
      day = lxw_datetime(
        year: CInt(year), month: CInt(month), day: CInt(date), hour: 0, min: 0, sec: 0)
      kind = .date
    }
    let format = formats.format(key(column, style: style, kind))
    switch cell.content {
    case .blank:
      // A blank cell without a look of its own needs no place in the file.
      if style != .plain || !column.isLocked {
        try WorkbookWriter.check(worksheet_write_blank(worksheet, row, place, format))
      }
    case .text(let text): try writeText(text, row, place, format, to: worksheet)
    case .number(let number): try WorkbookWriter.check(worksheet_write_number(worksheet, row, place, number, format))
    case .date(let year, let month, let date):
      if var day {
        try WorkbookWriter.check(worksheet_write_datetime(worksheet, row, place, &day, format))
      } else {
        try writeText(Self.isoText(year, month, date), row, place, format, to: worksheet)
      }
    }
    if let note = cell.note { try writeNote(note, row, place, to: worksheet) }
  }

  private func key(
    _ column: ColumnDraft, style: CellDraft.Style, _ kind: ColumnDraft.Kind
  ) -> WorkbookFormats.Key {
    let isLocked =
      switch style {
      case .plain, .warning: column.isLocked
      case .heading, .muted: true
      case .input: false
      }
    return .init(style: style, kind: kind, isLocked: isLocked, wraps: column.wraps)
  }

  /// An empty text is a blank cell: a spreadsheet knows no difference.
  private func writeText(
    _ text: String, _ row: lxw_row_t, _ column: lxw_col_t, _ format: UnsafeMutablePointer<lxw_format>?,
    to worksheet: Worksheet
  ) throws(WorkbookWritingError) {
    let code =
      text.isEmpty
      ? worksheet_write_blank(worksheet, row, column, format)
      : worksheet_write_string(worksheet, row, column, SpreadsheetText.escaped(text), format)
    try WorkbookWriter.check(code)
  }

  private func writeNote(
    _ note: String, _ row: lxw_row_t, _ column: lxw_col_t, to worksheet: Worksheet
  ) throws(WorkbookWritingError) {
    if note.isEmpty { return }
    var options = lxw_comment_options()
    // In pixels: about forty characters a line, and lines for the whole of it.
    options.width = 280
    options.height = UInt16(min(40 + note.utf16.count / 40 * 18, 400))
    try WorkbookWriter.check(
      worksheet_write_comment_opt(worksheet, row, column, SpreadsheetText.escaped(note), &options))
  }

  // MARK: Lists of answers

  private func writeAnswers(
    _ column: ColumnDraft, _ place: lxw_col_t, to worksheet: Worksheet
  ) throws(WorkbookWritingError) {
    guard sheet.takesMoreRows || !sheet.rows.isEmpty else { return }
    let last = lxw_row_t(sheet.takesMoreRows ? 1_048_575 : sheet.rows.count)
    var strings = [strdup("Not in the list"), strdup("Please choose one of the answers in the list.")]
    var rule = lxw_data_validation()
    (rule.error_title, rule.error_message) = (strings[0], strings[1])
    rule.error_type = UInt8(
      (column.takesOthers ? LXW_VALIDATION_ERROR_TYPE_WARNING : LXW_VALIDATION_ERROR_TYPE_STOP).rawValue)
    var code = LXW_NO_ERROR
    if let list = lists.firstIndex(of: column.allowed) {
      strings.append(strdup(AllowedAnswers.formula(list: list, count: column.allowed.count)))
      rule.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
      rule.value_formula = strings[2]
      code = worksheet_data_validation_range(worksheet, 1, place, last, place, &rule)
    } else {
      var answers = column.allowed.map { strdup($0) } + [nil]
      strings += answers
      rule.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
      code = answers.withUnsafeMutableBufferPointer { buffer in
        rule.value_list = buffer.baseAddress
        return worksheet_data_validation_range(worksheet, 1, place, last, place, &rule)
      }
    }
    for string in strings { free(string) }
    try WorkbookWriter.check(code)
  }

  // MARK: Days

  /// Whether it is a day that all spreadsheets count alike: from 1 March 1900, before which Excel has a day too many.
  static func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    guard (1900...9999).contains(year), (1...12).contains(month), day >= 1 else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    return day <= days && (year, month) >= (1900, 3)
  }

  static func isoText(_ year: Int, _ month: Int, _ day: Int) -> String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(width - digits.count, 0)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}
