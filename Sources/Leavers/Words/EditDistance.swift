// How far apart two spellings are, up to a bound. Pure; no heap beyond the two rows.

/// Edits between two short words: a letter added, left out or changed, or two neighbours swapped.
package enum EditDistance {
  /// How many edits a word of so many bytes may be away: none below five, one from five, two from nine.
  package static func bound(_ length: Int) -> Int { length < 5 ? 0 : length < 9 ? 1 : 2 }

  /// The distance if it is at most `bound`, else nil. Bytes, not characters: folded Latin text is ASCII.
  package static func between(_ left: [UInt8], _ right: [UInt8], atMost bound: Int) -> Int? {
    if left == right { return 0 }
    if bound == 0 || abs(left.count - right.count) > bound || left.isEmpty || right.isEmpty { return nil }
    let width = right.count + 1
    var before = [Int](repeating: 0, count: width)
    var last = Array(0..<width)
    var row = last
    for i in 1...left.count {
      row[0] = i
      var least = i
      for j in 1..<width {
        let change = left[i - 1] == right[j - 1] ? 0 : 1
        var value = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + change)
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          value = min(value, before[j - 2] + 1)
        }
        row[j] = value
        least = min(least, value)
      }
      // A swap can still take one off from two rows up, so the row above counts as well.
      if least > bound, (last.min() ?? 0) > bound { return nil }
      (before, last, row) = (last, row, before)
    }
    return last[right.count] <= bound ? last[right.count] : nil
  }
}
