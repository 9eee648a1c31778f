// The known word that a mistyped one was probably meant to be. Pure.

/// Suggestions for mistyped words.
enum Nearest {
  /// The nearest of `known` to `word`, at most a third of its letters away (at least one, at most three); nil where none
  /// is near. Case, hyphens and underscores weigh nothing.
  static func word(to word: String, among known: [String]) -> String? {
    let folded = fold(word)
    guard !folded.isEmpty else { return nil }
    let reach = max(1, min(3, folded.count / 3))
    var best: (distance: Int, word: String)?
    for candidate in known {
      let distance = distance(folded, fold(candidate))
      if distance <= reach, best.map({ distance < $0.distance }) ?? true { best = (distance, candidate) }
    }
    return best?.word
  }

  /// `did you mean "x"?`, else the known words themselves where they are few, else `otherwise`.
  static func remedy(for word: String, among known: [String], otherwise: String) -> String {
    if let near = self.word(to: word, among: known) { return "did you mean \"\(near)\"?" }
    if !known.isEmpty, known.count <= 12 { return "use one of: \(known.joined(separator: ", "))" }
    return otherwise
  }

  private static func fold(_ word: String) -> [Character] {
    word.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
  }

  /// Edits between two words: a letter added, left out, changed, or two neighbours swapped.
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    if left == right { return 0 }
    // Words of a file may be long; one so much longer than the other is not near.
    if abs(left.count - right.count) > 3 || max(left.count, right.count) > 64 { return Int.max }
    var rows = [Array(0...right.count)]
    for i in 1...max(1, left.count) where i <= left.count {
      var row = [i] + Array(repeating: 0, count: right.count)
      for j in 1...max(1, right.count) where j <= right.count {
        let change = left[i - 1] == right[j - 1] ? 0 : 1
        row[j] = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + change)
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          row[j] = min(row[j], rows[i - 2][j - 2] + 1)
        }
      }
      rows.append(row)
    }
    return rows[left.count][right.count]
  }
}
