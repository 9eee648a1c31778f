// What a file says of itself as a whole, in a head line, a trailer or an XML header, and how a team checks it. Pure.

import Leavers

/// One cell about the whole file.
package enum TeamControl: Sendable {
  /// This and nothing else.
  case word(String)
  /// The same as in the file's name.
  case laestab, cohort, sequence
  /// Any day in this notation.
  case day(TeamDate)
  /// How many rows there are, and how many pupils they are about.
  case rows, pupils
  /// In how many rows the column says something, and the sum of its whole numbers.
  case count(String)
  case sum(String)

  /// Why the cell is wrong; nil where it is right. Tells what was counted, which is nobody's data.
  func flaw(of cell: String, _ reading: TeamFileName.Reading, _ rows: TeamRows) -> String? {
    switch self {
    case .word(let word): cell == word ? nil : "is not \(word)"
    case .laestab: cell == reading.laestab ? nil : "is another school's than in the file's name"
    case .cohort: cell == reading.cohort ? nil : "is another cohort than in the file's name"
    case .sequence: Int(cell) == reading.sequence ? nil : "is another number than in the file's name"
    case .day(let notation): notation.date(cell) == nil ? "is not a date as \(notation.example)" : nil
    case .rows: Self.total(cell, rows.cells.count, "rows")
    case .pupils: Self.total(cell, rows.pupils, "pupils")
    case .count(let column): Self.total(cell, rows.texts(of: column).count { !$0.isEmpty }, "rows with \(column)")
    case .sum(let column):
      Self.total(cell, rows.texts(of: column).reduce(0) { $0 &+ (Int($1) ?? 0) }, "sum of \(column)")
    }
  }

  private static func total(_ cell: String, _ found: Int, _ what: String) -> String? {
    cell == "\(found)" ? nil : "is not the total that we find: \(what) \(found)"
  }
}
