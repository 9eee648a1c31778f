// Whether a workbook can hold what a draft says; told before anything is written. Pure.

/// Finds the first thing in a draft that no spreadsheet program would open again.
struct DraftCheck {
  private let sheet: SheetDraft
  private let number: Int

  /// Checks all sheets, those that the draft itself does not show included.
  static func run(_ draft: WorkbookDraft) throws(WorkbookWritingError) {
    guard draft.sheets.contains(where: { !$0.isHidden }) else {
      throw WorkbookWritingError(
        .noVisibleSheet, message: "the workbook would have no sheet that can be seen; give it one that is not hidden")
    }
    var names: Set<String> = []
    for (index, sheet) in draft.allSheets.enumerated() {
      let check = DraftCheck(sheet: sheet, number: index + 1)
      try check.checkName()
      guard names.insert(sheet.name.lowercased()).inserted else {
        throw check.error(.duplicateSheetName, "has the name of another sheet; names differ in more than their case")
      }
      try check.checkColumns()
      try check.checkRows()
    }
  }

  private func checkName() throws(WorkbookWritingError) {
    let name = sheet.name
    guard !name.isEmpty, name.utf16.count <= 31, !name.hasPrefix("'"), !name.hasSuffix("'"),
      name.lowercased() != "history",
      name.unicodeScalars.allSatisfy({
        $0.value >= 0x20 && $0.value < 0xFFFE && !"[]:*?/\\".unicodeScalars.contains($0)
      })
    else {
      throw error(
        .badSheetName,
        "has a name that a spreadsheet refuses; use 1 to 31 characters, none of []:*?/\\, no apostrophe at an end")
    }
  }

  private func checkColumns() throws(WorkbookWritingError) {
    guard !sheet.columns.isEmpty else { throw error(.noColumns, "has no columns; give it at least one") }
    guard sheet.columns.count <= 16_384 else {
      throw error(.tooManyColumns, "has more than 16,384 columns; put some into another sheet")
    }
    for (index, column) in sheet.columns.enumerated() {
      try checkText(column.heading, row: 0, column: index)
      try checkText(column.note ?? "", row: 0, column: index)
      guard column.width >= 0, column.width <= 255 else {
        throw error(.badWidth, "has a width that is no number from 0 to 255", row: 0, column: index)
      }
      guard !column.allowed.contains(""), Set(column.allowed).count == column.allowed.count else {
        throw error(
          .badAnswers, "has a list of answers with an empty one or with one twice; take it out", row: 0, column: index)
      }
      for answer in column.allowed { try checkText(answer, row: 0, column: index) }
    }
  }

  private func checkRows() throws(WorkbookWritingError) {
    guard sheet.rows.count < 1 << 20 else {
      throw error(.tooManyRows, "has more than 1,048,575 rows under its heading; put some into another sheet")
    }
    for (index, row) in sheet.rows.enumerated() {
      guard row.count <= sheet.columns.count else {
        throw error(.rowTooLong, "has more cells than the sheet has columns", row: index + 1)
      }
      for (column, cell) in row.enumerated() {
        if case .text(let text) = cell.content { try checkText(text, row: index + 1, column: column) }
        if case .number(let number) = cell.content, !number.isFinite {
          throw error(.badNumber, "is infinite or not a number; leave it blank", row: index + 1, column: column)
        }
        try checkText(cell.note ?? "", row: index + 1, column: column)
      }
    }
  }

  private func checkText(_ text: String, row: Int, column: Int) throws(WorkbookWritingError) {
    // As many bytes can be no more characters.
    if text.utf8.count <= SpreadsheetText.longest / 7 { return }
    guard SpreadsheetText.escaped(text).utf16.count <= SpreadsheetText.longest else {
      throw error(.textTooLong, "has more than 32,767 characters, which no cell holds", row: row, column: column)
    }
  }

  /// `row` and `column` from 0.
  private func error(
    _ code: WorkbookWritingError.Code, _ what: String, row: Int? = nil, column: Int? = nil
  ) -> WorkbookWritingError {
    var place = "sheet \(number)"
    if let row { place += ", row \(row + 1)" }
    if let column { place += ", column \(column + 1)" }
    return WorkbookWritingError(
      code, sheet: number, row: row.map { $0 + 1 }, column: column.map { $0 + 1 }, message: "\(place) \(what)")
  }
}
