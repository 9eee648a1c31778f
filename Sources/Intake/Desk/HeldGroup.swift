// Rows that wait or may not go, put together by reason. Pure.

import Leavers
import Ledger

/// Rows that are held, or withheld, for the same reason.
struct HeldGroup {
  let why: ExportDecisions.Reason
  /// Authorities in words.
  let from: String
  /// Row numbers in words.
  let rows: String

  var isHeld: Bool { why.isHeld }

  /// What is held first, the reason with most rows first. Before an export is decided, what validation holds.
  static func groups(
    _ examination: Examination, _ decisions: ExportDecisions?, named: (AuthorityID) -> String
  ) -> [HeldGroup] {
    guard let decisions else {
      var rows: [HoldReason: [Int]] = [:]
      for row in examination.rows {
        if case .held(let reason) = row.verdict { rows[reason, default: []].append(row.rowNumber) }
      }
      return rows.sorted { ($1.value.count, $0.key.rawValue) < ($0.value.count, $1.key.rawValue) }.map {
        HeldGroup(why: .held($0.key), from: "all authorities", rows: RowNumbers.words($0.value))
      }
    }
    let carried = Set(examination.carried.map(\.rowNumber))
    let everybody = Set(decisions.lines.map(\.authority))
    let groups = Dictionary(grouping: decisions.kept, by: \.why)
    return groups.map { why, kept in (why: why, kept: kept, rows: Set(kept.map(\.row))) }.sorted { left, right in
      if left.why.isHeld != right.why.isHeld { return left.why.isHeld }
      if left.rows.count != right.rows.count { return left.rows.count > right.rows.count }
      return left.why.words < right.why.words
    }.map { why, kept, rows in
      var authorities: [AuthorityID] = []
      for authority in kept.map(\.authority) where !authorities.contains(authority) { authorities.append(authority) }
      // Which row is kept from whom stands in the checked file.
      let pairs = Set(kept.map { Pair(row: $0.row, authority: $0.authority) })
      let isForEach = pairs.count == rows.count * authorities.count
      let names =
        Set(authorities) == everybody && everybody.count > 1
        ? "all authorities" : RecipeNeeds.list(authorities.sorted().map(named))
      let others = rows.intersection(carried).count
      let words = [
        RowNumbers.words(rows.subtracting(carried)),
        others == 0 ? "" : "\(others) \(others == 1 ? "pupil" : "pupils") not in this file",
      ].filter { !$0.isEmpty }
      return HeldGroup(why: why, from: isForEach ? names : "some of \(names)", rows: words.joined(separator: "; "))
    }
  }

  private struct Pair: Hashable {
    let row: Int
    let authority: AuthorityID
  }
}

extension ExaminedRow {
  var isHeld: Bool {
    if case .held = verdict { true } else { false }
  }
}
