// What the summary counts over the rows of an export. Pure.

import Leavers

/// Counts over the rows of an export, as the summary shows them.
package struct SummaryFigures: Sendable {
  /// Rows with a pupil.
  let rows: Int
  /// Rows of the file that wait, for whatever reason.
  let held: Int
  /// Rows that do not wait and have a warning or an error.
  let looked: Int
  /// Rows that validation holds, for everybody.
  let heldForAll: [Cohort?: Int]
  let heldGroups: [HeldGroup]
  let mistakes: [MistakeGroup]
  /// All findings, notes as well.
  let findings: Int

  init(
    rows: Int, held: Int, looked: Int, heldForAll: [Cohort?: Int], heldGroups: [HeldGroup], mistakes: [MistakeGroup],
    findings: Int
  ) {
    self.rows = rows
    self.held = held
    self.looked = looked
    self.heldForAll = heldForAll
    self.heldGroups = heldGroups
    self.mistakes = mistakes
    self.findings = findings
  }

  init(of examination: Examination, _ decisions: ExportDecisions?, named: (AuthorityID) -> String) {
    let rows = examination.rows
    let carried = Set(examination.carried.map(\.rowNumber))
    let held = Set(rows.filter(\.isHeld).map(\.rowNumber)).union(
      decisions?.kept.filter(\.why.isHeld).map(\.row) ?? []
    ).subtracting(carried)
    self.init(
      rows: rows.count, held: held.count,
      looked: rows.count { row in
        !held.contains(row.rowNumber) && row.details.contains { $0.severity >= .warning }
      },
      heldForAll: Dictionary(grouping: rows.lazy.filter(\.isHeld), by: \.cohort).mapValues(\.count),
      heldGroups: HeldGroup.groups(examination, decisions, named: named),
      mistakes: MistakeGroup.groups(examination.details), findings: examination.details.count)
  }
}
