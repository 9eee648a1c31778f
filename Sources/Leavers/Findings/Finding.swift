// What validation says of a cell, a row or a file. Pure; the text of each code stands in the catalogue.

/// How grave a finding is.
package enum Severity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  /// The value is sent; something about it is worth knowing.
  case note
  /// Sent and shown.
  case warning
  /// The row is held.
  case error
  /// The file cannot be taken in.
  case fatal

  package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    case .fatal: 3
    }
  }
}

/// A stable code of the findings catalogue, such as `L110`. Never reused, never renumbered.
package struct FindingCode: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  package var description: String { rawValue }
  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// One finding. The cell's own text is personal data: it goes to the desk and nowhere else, and does not print.
package struct Finding: Sendable, Equatable {
  package let code: FindingCode
  package let severity: Severity
  /// The record's number in the export, the header being 1; nil for the whole file.
  package let row: Int?
  /// The column's header as it stands in the export; nil for the whole row.
  package let column: String?
  /// The one authority that the finding concerns; nil for all.
  package let authority: AuthorityID?
  /// What is wrong and what to do, without the value.
  package let message: String
  /// The cell as it stood in the export.
  package let value: Redacted<String>?

  package init(
    code: FindingCode, severity: Severity, row: Int?, column: String?, authority: AuthorityID? = nil, message: String,
    value: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.row = row
    self.column = column
    self.authority = authority
    self.message = message
    self.value = value.map { Redacted($0) }
  }
}
