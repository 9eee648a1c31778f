// Whether an authority already has exactly these rows. Pure.

package import Leavers

/// What the newest return of a series says of one pupil.
package struct KnownRow: Sendable, Hashable {
  package let digest: [UInt8]
  package let inReturn: ReturnID
  package let disclosure: Disclosure

  package init(digest: [UInt8], inReturn: ReturnID, disclosure: Disclosure) {
    self.digest = digest
    self.inReturn = inReturn
    self.disclosure = disclosure
  }
}

/// Compares a full return with the newest one of its series.
package enum ChangeCheck {
  /// What an authority has of each pupil of a cohort.
  package struct Known: Sendable {
    package let rows: [PupilID: KnownRow]
    /// Of an authority that takes changes only: the returns that wait, whose place a new one takes.
    package let pending: [(return: ReturnID, rows: [PupilID: KnownRow])]

    package init(rows: [PupilID: KnownRow], pending: [(return: ReturnID, rows: [PupilID: KnownRow])] = []) {
      self.rows = rows
      self.pending = pending
    }
  }

  /// What becomes of rows that could go.
  package struct Choice: Sendable {
    /// For each row the return by which the authority has it, or will have it; nil where it goes.
    package let unchanged: [ReturnID?]
    /// Returns that wait and say nothing that the authority does not have by now.
    package let obsolete: [ReturnID]
  }

  /// A full return goes with all rows or not at all; one with changes only with those that the authority does not have.
  package static func choose(
    _ rows: [(pupil: PupilID, digest: [UInt8], disclosure: Disclosure)], known: Known, changesOnly: Bool
  ) -> Choice {
    guard changesOnly else {
      let since = unchanged(rows, since: known.rows)
      return Choice(unchanged: rows.map { _ in since }, obsolete: [])
    }
    func has(_ known: KnownRow?, _ row: (pupil: PupilID, digest: [UInt8], disclosure: Disclosure)) -> Bool {
      known?.digest == row.digest && known?.disclosure == row.disclosure
    }
    let kept = rows.map { row in has(known.rows[row.pupil], row) ? known.rows[row.pupil]?.inReturn : nil }
    let going = zip(rows, kept).filter { $0.1 == nil }.map(\.0)
    if going.isEmpty { return Choice(unchanged: kept, obsolete: known.pending.map(\.return)) }
    // The only one that waits says just this.
    if known.pending.count == 1, let pending = known.pending.first, going.count == pending.rows.count,
      going.allSatisfy({ has(pending.rows[$0.pupil], $0) })
    {
      return Choice(unchanged: kept.map { $0 ?? pending.return }, obsolete: [])
    }
    return Choice(unchanged: kept, obsolete: [])
  }

  /// The return that already says all of this: the same pupils, none more and none missing, each row equal in its bytes
  /// and its disclosure. Nil when a new return is due, which then is a full one.
  package static func unchanged(
    _ rows: [(pupil: PupilID, digest: [UInt8], disclosure: Disclosure)], since previous: [PupilID: KnownRow]
  ) -> ReturnID? {
    guard !rows.isEmpty, rows.count == previous.count, Set(rows.map(\.pupil)).count == rows.count else { return nil }
    var newest: ReturnID?
    for row in rows {
      guard let known = previous[row.pupil], known.digest == row.digest, known.disclosure == row.disclosure else {
        return nil
      }
      guard newest == nil || newest == known.inReturn else { return nil }
      newest = known.inReturn
    }
    return newest
  }
}
