// What is wrong with a code table, by line and column, all at once. Pure.

/// One thing that is wrong with a code table.
package struct CodeTableFlaw: Hashable, Sendable, CustomStringConvertible {
  /// Kinds of flaw.
  package enum Problem: String, Hashable, Sendable {
    case missingColumn = "a column is missing"
    case repeatedColumn = "a column stands twice"
    case wrongColumnCount = "the row has more or fewer cells than the header"
    case blank = "a cell that must be filled is blank"
    case badDate = "this is not a date"
    case endsBeforeItBegins = "the entry ends before it begins"
    case repeatedCode = "the code stands twice"
    case repeatedAlias = "the alias is taken"
  }

  /// The line of the file, from 1.
  package let line: Int
  /// The column's name; nil for the whole row.
  package let column: String?
  package let problem: Problem
  /// What to do.
  package let remedy: String

  package var description: String {
    "line \(line)\(column.map { ", column \($0)" } ?? ""): \(problem.rawValue): \(remedy)"
  }
}

/// Everything that is wrong with one code table; at least one flaw.
package struct CodeTableFlaws: Error, Hashable, Sendable, CustomStringConvertible {
  /// The id of the set.
  package let set: String
  package let flaws: [CodeTableFlaw]

  package var description: String {
    "code table \(set): " + flaws.map(\.description).joined(separator: "; ")
  }
}
