// Findings of one kind put together: how many, in which columns and rows. Pure.

import Leavers

/// All findings of one code in an export.
struct MistakeGroup {
  let code: FindingCode
  let severity: Severity
  let count: Int
  /// What is the case: in the finding's own words where there is one only.
  let what: String
  /// Columns and rows in words.
  let place: String

  /// So many kinds of mistake are shown on a page.
  static let most = 8

  /// Errors and warnings by kind, the gravest and commonest first. A note is no mistake.
  static func groups(_ findings: [ExportFinding]) -> [MistakeGroup] {
    var tallies: [FindingCode: MistakeTally] = [:]
    for finding in findings { MistakeTally.count(finding, in: finding.row, &tallies) }
    return groups(tallies)
  }

  static func groups(_ tallies: [FindingCode: MistakeTally]) -> [MistakeGroup] {
    tallies.map { code, tally in
      let columns = tally.columns
      let shown = columns.prefix(3).map { "\"\($0)\"" } + (columns.count > 3 ? ["\(columns.count - 3) more"] : [])
      let rows = RowNumbers.words(tally.rows, atMost: 6)
      let place = [shown.isEmpty ? "" : RecipeNeeds.list(shown), rows.isEmpty ? "the whole file" : rows]
      return MistakeGroup(
        code: code, severity: tally.severity, count: tally.count,
        what: tally.count == 1 ? tally.what : "\(FindingsCatalogue.known(code).condition).",
        place: place.filter { !$0.isEmpty }.joined(separator: ", "))
    }.sorted { left, right in
      if left.severity != right.severity { return left.severity > right.severity }
      return (right.count, left.code) < (left.count, right.code)
    }
  }
}

/// Findings of one code, counted in the order of the rows.
struct MistakeTally: Sendable {
  /// Of the first one.
  let severity: Severity
  let what: String
  private(set) var count = 0
  /// Each once, as they came.
  private(set) var columns: [String] = []
  private(set) var rows = RowRuns()

  /// Counts an error or a warning.
  static func count(_ finding: ExportFinding, in row: Int?, _ tallies: inout [FindingCode: MistakeTally]) {
    count(finding, times: 1, &tallies)
    if let row, finding.severity >= .warning { tallies[finding.code]?.rows.add(row) }
  }

  /// Counts an error or a warning that many rows have; the rows are added by themselves.
  static func count(_ finding: ExportFinding, times: Int, _ tallies: inout [FindingCode: MistakeTally]) {
    guard finding.severity >= .warning else { return }
    tallies[finding.code, default: MistakeTally(severity: finding.severity, what: finding.what)]
      .count(times, finding.column)
  }

  private mutating func count(_ times: Int, _ column: String?) {
    count += times
    if let column, !columns.contains(column) { columns.append(column) }
  }

  /// Adds rows that all come after these.
  mutating func add(rows more: RowRuns) { rows.add(more) }

  /// Adds findings of rows that all come after these.
  mutating func add(_ other: MistakeTally) {
    count += other.count
    rows.add(other.rows)
    for column in other.columns where !columns.contains(column) { columns.append(column) }
  }
}
