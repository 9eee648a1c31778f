// Which row of an unknown table holds the headings. Pure.

import Leavers

/// Finds the headings of a table whose header map is not written yet. It rather finds none than takes a pupil for
/// headings: what it finds is printed.
struct HeadingRow {
  let known: KnownHeadings
  let test: ValueTest

  /// The place of the row, from 0, and how sure it is: the more, the better. Nil where no row is surely one of headings.
  func find(in rows: [[String]]) -> (index: Int, score: Int)? {
    var best: (index: Int, score: Int)?
    for index in rows.indices.prefix(ExportColumns.headerDepth) {
      guard let score = score(rows[index], below: rows[(index + 1)...]) else { continue }
      if best.map({ score > $0.score }) ?? true { best = (index, score) }
    }
    return best
  }

  /// Two known headings make a heading row; so does one, where two columns have values of a kind that the cell above them
  /// is not. One cell with somebody's data in it makes none, and without any known heading it could be a pupil of whom
  /// little is recorded.
  private func score(_ row: [String], below: ArraySlice<[String]>) -> Int? {
    let cells = row.map(\.trimmedOfBlanks)
    let filled = cells.filter { !$0.isEmpty }
    guard filled.count >= 2, Set(filled.map { $0.lowercased() }).count * 2 > filled.count else { return nil }
    let alike = cells.map { cell in known.nearest(to: cell).map { $0.likeness >= .words(100) } ?? false }
    for (cell, isKnown) in zip(cells, alike) where !isKnown && test.isPersonal(cell) { return nil }
    let knownCount = alike.count { $0 }
    var telling = 0
    for (column, cell) in cells.enumerated() where !cell.isEmpty {
      let values = below.prefix(200).compactMap { $0.element(at: column)?.trimmedOfBlanks }.filter { !$0.isEmpty }
      guard values.count >= 2 else { continue }
      for (kind, _) in ValueKind.telling
      where values.count(where: { test.isKind(kind, $0, field: nil) }) * 10 >= values.count * 9 {
        if !test.isKind(kind, cell, field: nil) { telling += 1 }
        break
      }
    }
    guard knownCount >= 2 || (knownCount == 1 && telling >= 2) else { return nil }
    return knownCount * 2 + telling
  }
}
