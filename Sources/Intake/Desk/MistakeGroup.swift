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
    let byCode = Dictionary(grouping: findings.filter { $0.severity >= .warning }, by: \.code)
    return byCode.map { code, same in
      let first = same[0]
      var columns: [String] = []
      for column in same.compactMap(\.column) where !columns.contains(column) { columns.append(column) }
      let shown = columns.prefix(3).map { "\"\($0)\"" } + (columns.count > 3 ? ["\(columns.count - 3) more"] : [])
      let rows = RowNumbers.words(same.compactMap(\.row), atMost: 6)
      let place = [shown.isEmpty ? "" : RecipeNeeds.list(shown), rows.isEmpty ? "the whole file" : rows]
      return MistakeGroup(
        code: code, severity: first.severity, count: same.count,
        what: same.count == 1 ? first.what : "\(FindingsCatalogue.known(code).condition).",
        place: place.filter { !$0.isEmpty }.joined(separator: ", "))
    }.sorted { left, right in
      if left.severity != right.severity { return left.severity > right.severity }
      return (right.count, left.code) < (left.count, right.code)
    }
  }
}
