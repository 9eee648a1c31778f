// Words of schools that wait for a meaning, for the list of what is to be done. Counts only: a word may name somebody.

import GRDB
import Leavers

extension OverviewLedger {
  static func openWords(_ school: (String) -> String, in transaction: Transaction) throws -> [TodoItem] {
    try transaction.rows(
      """
      SELECT school, count(DISTINCT word) AS number, count(DISTINCT pupil) AS pupils FROM standing_word
      WHERE is_open = 1 AND decision IS latest GROUP BY school ORDER BY school
      """
    ).map { row in
      let (words, pupils): (Int, Int) = (row["number"], row["pupils"])
      return TodoItem(
        code: .wordsOpen, subjects: [row["school"]],
        text:
          "\(words) \(words == 1 ? "word" : "words") of \(school(row["school"])), said of \(pupils) \(pupils == 1 ? "leaver" : "leavers"), \(words == 1 ? "waits" : "wait") for a meaning: the sheet of words lies on the desk",
        school: SchoolID(rawValue: row["school"]))
    }
  }
}

extension TodoItem.Code {
  /// Words stand where codes should, and nobody has said what they mean.
  package static let wordsOpen = TodoItem.Code(rawValue: "words-open")
}
