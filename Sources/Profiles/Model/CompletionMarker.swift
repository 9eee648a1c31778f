// The small file by which a management information system says that an export is complete. Pure.

/// How the marker of an export is called: `{name}.done`, with `{name}` for the export's name and `{base}` for that name
/// without its ending. Names are compared without regard to case.
package struct CompletionMarker: Sendable, Hashable {
  private enum Part: String, CaseIterable {
    case name = "{name}"
    case base = "{base}"
  }

  package let pattern: String
  private let part: Part
  private let before: String
  private let after: String

  /// The endings of tables. What ends so is an export, whatever stands before it.
  package static let tableEndings = [
    ".csv", ".txt", ".tsv", ".xml", ".xlsx", ".xlsm", ".xls", ".xlsb", ".xlt", ".xltx", ".xltm", ".ods", ".fods",
    ".ots",
  ]

  /// Nil unless there is exactly one placeholder, something beside it, and no slash; nil as well where exports themselves
  /// would be markers, as every text is by `{base}.txt`.
  package init?(_ pattern: String) {
    let found = Part.allCases.filter { pattern.contains($0.rawValue) }
    guard found.count == 1, let part = found.first, !pattern.contains("/") else { return nil }
    let pieces = pattern.lowercased().split(separator: part.rawValue, omittingEmptySubsequences: false).map(String.init)
    guard pieces.count == 2, pieces != ["", ""], !pieces.contains(where: { $0.contains("{") || $0.contains("}") })
    else { return nil }
    if pieces[0].isEmpty, Self.tableEndings.contains(where: { $0.hasSuffix(pieces[1]) }) { return nil }
    self.pattern = pattern
    self.part = part
    (before, after) = (pieces[0], pieces[1])
  }

  /// The name of an export's marker, in small letters.
  package func marker(of export: String) -> String {
    let lower = export.lowercased()
    switch part {
    case .name: return before + lower + after
    case .base:
      guard let dot = lower.lastIndex(of: "."), dot > lower.startIndex else { return before + lower + after }
      return before + lower[..<dot] + after
    }
  }

  /// Whether a name is that of a marker, whatever its export.
  package func isMarker(_ name: String) -> Bool {
    let lower = name.lowercased()
    return lower.utf8.count > before.utf8.count + after.utf8.count && lower.hasPrefix(before) && lower.hasSuffix(after)
  }
}
