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
  private let keys: Set<String>

  package init(_ entries: [RollEntry] = []) {
    self.entries = entries
    index = PupilIndex(entries.map(\.record), keys: entries.map(\.key))
    keys = Set(entries.map(\.key))
  }

  private init(_ entries: [RollEntry], _ other: Roll) {
    self.entries = entries
    index = other.index
    keys = other.keys
  }

  var isEmpty: Bool { entries.isEmpty }

  /// The roll with words as they are decided now, and the cohorts of the pupils for whom something was decided since.
  func renewed(in context: RuleContext) -> (roll: Roll, cohorts: Set<Cohort>) {
    var renewed = entries
    var cohorts: Set<Cohort> = []
    for (index, entry) in entries.enumerated() where !entry.words.isEmpty {
      guard let new = RowWords.renewed(entry, in: context) else { continue }
      renewed[index] = new
      if let cohort = entry.cohort { cohorts.insert(cohort) }
    }
    // Words say nothing of who somebody is: the index holds.
    return (Roll(renewed, self), cohorts)
  }

  /// Whether a row key is that of a pupil of the school.
  func knows(_ key: String) -> Bool { keys.contains(key) }

  /// What was said last of a pupil.
  func entry(of pupil: PupilID) -> RollEntry? { entries.first { $0.pupil == pupil } }

  /// The pupil that a row is about, where one answers to it. `key`: the row key beside it, in a sheet of our own.
  func find(_ record: LeaverRecord, key: String? = nil) -> Found? {
    index.find(record, key: key).map { Found(entry: entries[$0.index], way: $0.way) }
  }
}
