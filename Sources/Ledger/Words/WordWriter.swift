// Notes the words of the rows of an export. Lives in one transaction.

import GRDB
import Leavers

/// Notes words of rows, each word once a school and field.
final class WordWriter {
  private let transaction: Transaction
  private let export: ExportSummary
  private var known: [[UInt8]: Int64] = [:]

  init(_ transaction: Transaction, export: ExportSummary) {
    self.transaction = transaction
    self.export = export
  }

  func write(_ words: [RowWord], row: Int) throws {
    for use in words {
      try transaction.run(
        """
        INSERT INTO word_use (export, generation, row_number, word, decision, is_open, filled)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        [
          export.id.rawValue, export.generation, row, try id(of: use), use.confirmation, use.isOpen,
          use.filled.map(\.rawValue).sorted().joined(separator: ","),
        ])
    }
  }

  private func id(of use: RowWord) throws -> Int64 {
    let lookup = transaction.lookup(of: use.word, in: use.field, export.school)
    if let id = known[lookup] { return id }
    let sealed = try transaction.seal(use.word, export.school, use.field)
    let found = try transaction.row(
      "SELECT id, sealed_text IS NULL AS forgotten FROM school_word WHERE school = ? AND field = ? AND lookup = ?",
      [export.school.rawValue, use.field.rawValue, Blob(lookup)])
    if let found {
      let id: Int64 = found["id"]
      // Somebody else says it now.
      if found["forgotten"] {
        try transaction.run("UPDATE school_word SET sealed_text = ? WHERE id = ?", [sealed, id])
      }
      known[lookup] = id
      return id
    }
    try transaction.run(
      """
      INSERT INTO school_word (school, field, lookup, sealed_text, first_export, first_seen_at) VALUES (?, ?, ?, ?, ?, ?)
      """,
      [
        export.school.rawValue, use.field.rawValue, Blob(lookup), sealed, export.id.rawValue,
        transaction.now.milliseconds,
      ])
    known[lookup] = transaction.lastID
    return transaction.lastID
  }
}
