// Numbers of rows in words: `2, 5 to 9 and 12`, cut where they are many. Pure.

/// Writes row numbers for people.
package enum RowNumbers {
  /// So many places are named before the rest is counted.
  package static let most = 10

  /// `row 7`, `rows 2, 5 to 9 and 12`; of many the first ones, `and 31 more rows`. Empty for none.
  package static func words(_ rows: some Sequence<Int>, atMost most: Int = most) -> String {
    words(RowRuns(rows), atMost: most)
  }

  static func words(_ rows: RowRuns, atMost most: Int = most) -> String {
    let runs = rows.runs
    guard !runs.isEmpty else { return "" }
    // Two in a row are no run worth a word.
    var pieces: [(text: String, count: Int)] = []
    for run in runs {
      if run.count <= 2 {
        pieces += run.map { ("\($0)", 1) }
      } else {
        pieces.append(("\(run.lowerBound) to \(run.upperBound)", run.count))
      }
    }
    let named = pieces.prefix(most)
    let left = rows.count - named.reduce(0) { $0 + $1.count }
    let texts = named.map(\.text) + (left > 0 ? [left == 1 ? "1 more row" : "\(left) more rows"] : [])
    return "\(rows.count == 1 ? "row" : "rows") \(RecipeNeeds.list(texts))"
  }
}
