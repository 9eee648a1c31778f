// Rows that wait or may not go, put together by reason and authority. Pure.

import Leavers
import Ledger

/// Rows that are held for, or withheld from, the same authorities for the same reason.
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
    struct Key: Hashable {
      let why: ExportDecisions.Reason
      let authorities: [AuthorityID]
    }
    struct RowReason: Hashable {
      let row: Int
      let why: ExportDecisions.Reason
    }
    var authorities: [RowReason: [AuthorityID]] = [:]
    for kept in decisions.kept {
      let key = RowReason(row: kept.row, why: kept.why)
      if authorities[key]?.contains(kept.authority) != true { authorities[key, default: []].append(kept.authority) }
    }
    let everybody = Set(decisions.lines.map(\.authority))
    let carried = Set(examination.carried.map(\.rowNumber))
    let groups = Dictionary(grouping: authorities) { Key(why: $0.key.why, authorities: $0.value) }
    return groups.map { key, entries in (key, entries.map(\.key.row)) }.sorted { left, right in
      if left.0.why.isHeld != right.0.why.isHeld { return left.0.why.isHeld }
      if left.1.count != right.1.count { return left.1.count > right.1.count }
      if left.0.why.words != right.0.why.words { return left.0.why.words < right.0.why.words }
      return left.0.authorities.lexicographicallyPrecedes(right.0.authorities)
    }.map { key, rows in
      let own = rows.filter { !carried.contains($0) }
      let others = rows.count - own.count
      let words = [
        RowNumbers.words(own),
        others == 0 ? "" : "\(others) \(others == 1 ? "pupil" : "pupils") not in this file",
      ].filter { !$0.isEmpty }
      return HeldGroup(
        why: key.why,
        from: Set(key.authorities) == everybody && everybody.count > 1
          ? "all authorities" : RecipeNeeds.list(key.authorities.map(named)), rows: words.joined(separator: "; "))
    }
  }
}

extension ExaminedRow {
  var isHeld: Bool {
    if case .held = verdict { true } else { false }
  }
}
