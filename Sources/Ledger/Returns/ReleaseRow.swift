// A return that waits for a person as a row of the release sheet: what will go to whom, and what changed since last time.

import GRDB
package import Leavers

/// A return that waits, with the leavers in it. Never prints who they are.
package struct ReleaseRow: Sendable {
  package let release: ReturnToRelease
  /// The row key of the sheet.
  package let key: String
  /// In the order of their rows in the export; those whose key was destroyed are left out.
  package let leavers: [ReleaseLeaver]
  /// Leavers of the return before of the same series who are not in this one; nil where there is none before.
  package let gone: Int?
  /// Rows of its export that are held, and withheld, for the same authority and kind.
  package let held: Int
  package let withheld: Int
  /// Why it must not go as it is any more, in words; nil where nothing stands against it.
  package let objections: String?

  package func count(_ change: ReleaseLeaver.Change) -> Int { leavers.count { $0.change == change } }
}

/// A leaver in a return that waits.
package struct ReleaseLeaver: Sendable {
  /// Against what the authority has, or will have by the return before.
  package enum Change: String, Sendable, Hashable { case new, changed, same }

  package let pupil: PupilID
  /// Who it is.
  package let identity: LeaverRecord
  package let disclosure: Disclosure
  package let change: Change
}

extension ReleaseRow: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "ReleaseRow(\(release.summary.id), \(leavers.count) leavers)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

extension ReturnsLedger {
  /// The returns of a school that a person may release, and the packs that a person takes to the authority, with the
  /// leavers in them: what a release sheet shows.
  package func releaseRows(school: SchoolID) async throws(LedgerError) -> [ReleaseRow] {
    try await store.read { transaction in
      try transaction.summaries(
        "(state = 'waiting' AND state_detail IN ('release', 'brake') OR state = 'prepared') AND school = ?",
        [school.rawValue]
      ).map { try transaction.releaseRow($0) }
    }
  }
}

extension Transaction {
  fileprivate func releaseRow(_ summary: ReturnSummary) throws -> ReleaseRow {
    let before = try rows(
      """
      SELECT w.pupil, w.digest FROM return_row w WHERE w.return_id = (
        SELECT id FROM return
        WHERE school = ?1 AND authority = ?2 AND kind = ?3 AND cohort = ?4 AND sequence < ?5
          AND state NOT IN ('drafted', 'withdrawn', 'superseded', 'rejected')
        ORDER BY sequence DESC LIMIT 1)
      """,
      [
        summary.school.rawValue, summary.authority.rawValue, summary.kind.rawValue, summary.cohort.description,
        summary.sequence,
      ])
    let known = Dictionary(before.map { (PupilID(rawValue: $0["pupil"]), $0.bytes("digest")) }) { first, _ in first }
    var leavers: [ReleaseLeaver] = []
    var present: Set<PupilID> = []
    for row in try rows("SELECT * FROM return_row WHERE return_id = ? ORDER BY row_number", [summary.id.rawValue]) {
      let pupil = PupilID(rawValue: row["pupil"])
      present.insert(pupil)
      do {
        leavers.append(
          ReleaseLeaver(
            pupil: pupil, identity: try identity(of: pupil), disclosure: try row.value("disclosure"),
            change: known[pupil].map { $0 == row.bytes("digest") ? .same : .changed } ?? .new))
      } catch let error as LedgerError where error.code == .objectDestroyed { continue }
    }
    func rowsWith(_ fate: FateKind) throws -> Int {
      Int(
        try integer(
          """
          SELECT count(*) FROM fate f JOIN export_scope s ON s.export = f.export AND s.position = f.position
          WHERE f.export = ? AND s.authority = ? AND s.kind = ? AND f.fate = ?
          """,
          [summary.export.rawValue, summary.authority.rawValue, summary.kind.rawValue, fate.rawValue]) ?? 0)
    }
    let objections = try objections(to: summary)
    return ReleaseRow(
      release: try toRelease(summary), key: rowKey(of: summary), leavers: leavers,
      gone: known.isEmpty ? nil : known.keys.count { !present.contains($0) }, held: try rowsWith(.held),
      withheld: try rowsWith(.withheld), objections: objections.isEmpty ? nil : objections.words)
  }
}
