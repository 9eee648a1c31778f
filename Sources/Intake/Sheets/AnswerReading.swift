// From the rows of a sheet that came back to a person's answers: the one place that knows which sheet reads how. Pure.

import Leavers
import Ledger

/// Reads the answers of a sheet.
enum AnswerReading {
  /// The rows that say something. Those that were left as they were are not among them. `words` are the answers that
  /// a sheet of words can have today.
  static func rows(
    of table: AnswerTable, register: RegisterSheet, words: AnswerWords, risk: RiskSheet
  ) -> [SheetRowReading] {
    table.rows.compactMap { row in
      let content: SheetRowReading.Content? =
        switch table.kind {
        case .release: ReleaseSheet.read(row, of: table)
        case .questions: QuestionsSheet.read(row, of: table)
        case .register: register.read(row, of: table)
        case .words: WordsSheet.read(row, of: table, by: words)
        case .risk: risk.read(row, of: table)
        }
      guard let content else { return nil }
      // Half of what a person said may be worse than nothing of it.
      if let besides = table.besides, besides == .answers {
        return SheetRowReading(row: row.number, content: .mistake(besides.words))
      }
      let key = table.key(row)
      return SheetRowReading(row: row.number, key: key.isEmpty ? nil : key, content: content)
    }
  }
}
