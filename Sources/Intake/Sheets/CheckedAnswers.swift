// A sheet of answers with what each row led to beside it. Pure.

import Leavers
import Ledger
import Tabular

/// Writes what goes back to the desk for a sheet of answers.
enum CheckedAnswers {
  /// The sheet with two more columns; nil where not even a table can be made of it.
  static func file(
    named name: String, _ bytes: [UInt8], _ table: AnswerTable, outcomes: [Int: AnswerOutcome]
  ) -> (name: String, bytes: [UInt8])? {
    if let sheet = table.sheet, let edited = try? edited(bytes, table, sheet: sheet, outcomes: outcomes) {
      return (DeskNames.workbook(of: name, isMacroEnabled: edited.isMacroEnabled), edited.bytes)
    }
    // A plain table is better than none.
    return text(table, outcomes: outcomes).map { ("\(DeskNames.base(of: name)).checked.csv", $0) }
  }

  private static func edited(
    _ bytes: [UInt8], _ table: AnswerTable, sheet: Int, outcomes: [Int: AnswerOutcome]
  ) throws(WorkbookError) -> WorkbookEditor.Edited {
    let (result, words) = columns(table)
    var edits = SheetEdits(headerRow: table.headerNumber)
    var headings: [Int: String] = [:]
    if result >= table.headings.count {
      headings = [result + 1: CheckedFile.resultHeading, words + 1: CheckedFile.errorsHeading]
    }
    if let besides = table.besides {
      headings[words + 2] = besides.words
    } else if AnswerTable.Besides.allCases.contains(where: { $0.words == table.headings.element(at: words + 1) }) {
      // Said of the file by an earlier check.
      headings[words + 2] = ""
    }
    if !headings.isEmpty { edits.rows[table.headerNumber] = SheetEdits.Row(texts: headings) }
    for row in table.rows {
      guard let outcome = outcomes[row.number] else { continue }
      edits.rows[row.number] = SheetEdits.Row(
        texts: [result + 1: verdict(outcome), words + 1: outcome.words],
        colours: outcome.isRefused ? [result + 1: .wrong] : [:])
    }
    return try WorkbookEditor.edit(bytes, sheet: sheet, edits, limits: WorkbookScan.limits)
  }

  private static func text(_ table: AnswerTable, outcomes: [Int: AnswerOutcome]) -> [UInt8]? {
    let (result, words) = columns(table)
    func widened(_ cells: [String], _ first: String?, _ second: String?) -> [String] {
      var cells = cells
      while cells.count <= max(result, words) { cells.append("") }
      cells[result] = first ?? ""
      cells[words] = second ?? ""
      return cells
    }
    let rows =
      [widened(table.headings, CheckedFile.resultHeading, CheckedFile.errorsHeading)]
      + table.rows.map { row in
        let outcome = outcomes[row.number]
        return widened(row.cells, outcome.map(verdict), outcome?.words)
      }
    return try? CSVWriter.bytes(of: rows, in: FindingsFile.dialect)
  }

  /// The two columns, from 0: those of an earlier check, else the next two.
  private static func columns(_ table: AnswerTable) -> (result: Int, words: Int) {
    if let earlier = table.headings.firstIndex(of: CheckedFile.resultHeading),
      table.headings.element(at: earlier + 1) == CheckedFile.errorsHeading
    {
      return (earlier, earlier + 1)
    }
    return (table.headings.count, table.headings.count + 1)
  }

  private static func verdict(_ outcome: AnswerOutcome) -> String {
    switch outcome {
    case .done: "done"
    case .unchanged: "nothing to do"
    case .refused: "not done"
    }
  }
}
