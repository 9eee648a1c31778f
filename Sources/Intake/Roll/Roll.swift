// What a school said before, pupil by pupil. Pure.

import Leavers
package import Ledger
import Linkage

/// The roll of a school: what its exports before this one said last of each pupil. Empty in a dry run.
///
/// An export need not have every pupil, nor every column: a careers lead's sheet has neither UPN nor address.
package struct Roll: Sendable {
  /// The pupil of a row.
  struct Found: Sendable {
    let entry: RollEntry
    let way: PupilIndex.Way
  }

  let entries: [RollEntry]
  private let index: PupilIndex

  package init(_ entries: [RollEntry] = []) {
    self.entries = entries
    index = PupilIndex(entries.map(\.record), keys: entries.map(\.key))
  }

  var isEmpty: Bool { entries.isEmpty }

  /// The pupil that a row is about, where one answers to it. `key`: the row key beside it, in a sheet of our own.
  func find(_ record: LeaverRecord, key: String? = nil) -> Found? {
    index.find(record, key: key).map { Found(entry: entries[$0.index], way: $0.way) }
  }
}
