// What is wrong with a vocabulary, by line and column, all at once. Pure.

/// One thing that is wrong with a vocabulary.
package struct VocabularyFlaw: Hashable, Sendable, CustomStringConvertible {
  /// The line of the file, from 1.
  package let line: Int
  /// The column's name; nil for the whole row.
  package let column: String?
  package let problem: String
  /// What to do.
  package let remedy: String

  package init(line: Int, column: String?, problem: String, remedy: String) {
    self.line = line
    self.column = column
    self.problem = problem
    self.remedy = remedy
  }

  package var description: String { "line \(line)\(column.map { ", column \($0)" } ?? ""): \(problem): \(remedy)" }
}

/// Everything that is wrong with a vocabulary; at least one flaw.
package struct VocabularyFlaws: Error, Hashable, Sendable, CustomStringConvertible {
  package let flaws: [VocabularyFlaw]
  package var description: String { flaws.map(\.description).joined(separator: "; ") }
}
