// From the rows of a sheet that came back to a person's answers: the one place that knows which sheet reads how. Pure.

import Leavers
import Ledger

/// Reads the answers of a sheet.
enum AnswerReading {
  /// The rows that say something. Those that were left as they were are not among them. `words` are the answers that
  /// a sheet of words can have today.
  static func rows(of table: AnswerTable, register: RegisterSheet, words: AnswerWords) -> [SheetRowReading] {
    table.rows.compactMap { row in
      let content: SheetRowReading.Content? =
        switch table.kind {
        case .release: ReleaseSheet.read(row, of: table)
        case .questions: QuestionsSheet.read(row, of: table)
        case .register: register.read(row, of: table)
        case .words: WordsSheet.read(row, of: table, by: words)
        }
      return content.map { SheetRowReading(row: row.number, content: $0) }
    }
  }
}
