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
    let tallies = Dictionary(grouping: decisions.kept, by: \.why).mapValues { kept in
      let rows = Set(kept.map(\.row))
      // Which row is kept from whom stands in the checked file.
      let pairs = Set(kept.map { Pair(row: $0.row, authority: $0.authority) })
      return HeldTally(
        rows: RowRuns(rows.subtracting(carried)), carried: rows.intersection(carried).count,
        authorities: Set(kept.map(\.authority)), pairs: pairs.count)
    }
    return groups(tallies, everybody: Set(decisions.lines.map(\.authority)), named: named)
  }

  static func groups(
    _ tallies: [ExportDecisions.Reason: HeldTally], everybody: Set<AuthorityID>, named: (AuthorityID) -> String
  ) -> [HeldGroup] {
    tallies.map { (why: $0.key, tally: $0.value) }.sorted { left, right in
      if left.why.isHeld != right.why.isHeld { return left.why.isHeld }
      if left.tally.count != right.tally.count { return left.tally.count > right.tally.count }
      return left.why.words < right.why.words
    }.map { why, tally in
      let isForEach = tally.pairs == tally.count * tally.authorities.count
      let names =
        tally.authorities == everybody && everybody.count > 1
        ? "all authorities" : RecipeNeeds.list(tally.authorities.sorted().map(named))
      let words = [
        RowNumbers.words(tally.rows),
        tally.carried == 0 ? "" : "\(tally.carried) \(tally.carried == 1 ? "pupil" : "pupils") not in this file",
      ].filter { !$0.isEmpty }
      return HeldGroup(why: why, from: isForEach ? names : "some of \(names)", rows: words.joined(separator: "; "))
    }
  }

  private struct Pair: Hashable {
    let row: Int
    let authority: AuthorityID
  }
}

/// Rows that are held, or withheld, for one reason, counted.
struct HeldTally: Sendable {
  /// Those of the file.
  var rows = RowRuns()
  /// Those of pupils who are not in the file.
  var carried = 0
  var authorities: Set<AuthorityID> = []
  /// Pairs of row and authority.
  var pairs = 0

  var count: Int { rows.count + carried }

  /// Adds rows that all come after these.
  mutating func add(_ other: HeldTally) {
    rows.add(other.rows)
    carried += other.carried
    authorities.formUnion(other.authorities)
    pairs += other.pairs
  }
}

extension ExaminedRow {
  var isHeld: Bool {
    if case .held = verdict { true } else { false }
  }
}
