// A finding with all that is known of its place: for the desk, for the ledger, for the caller. Pure; does not print.

package import Leavers

/// One finding of an examination. What the cell held goes to the desk only, and does not print.
package struct ExportFinding: Sendable, Equatable {
  package let code: FindingCode
  package private(set) var severity: Severity
  /// The record's number in the export; nil for the whole file.
  package let row: Int?
  /// The column's number, from 1; nil for the whole row.
  package let columnNumber: Int?
  /// The column's heading as it stands in the export.
  package let column: String?
  package let field: Field?
  /// What is wrong, in one sentence, without a value.
  package let what: String
  /// What to do about it, whatever the school's system.
  package let remedy: String
  /// What the cell held: what stood there before a repair.
  package let value: Redacted<String>?
  /// What a repair made of it; nil where nothing was repaired. The ledger keeps it in the sealed row, and what stood
  /// there before in the sealed export.
  package let after: Redacted<String>?
  /// What may be meant by what the cell held, for the desk only.
  package var advice: Redacted<String>?

  init(
    _ remark: Remark, row: Int?, columnNumber: Int? = nil, column: String? = nil, field: Field? = nil,
    value: String? = nil, after: String? = nil
  ) {
    let entry = FindingsCatalogue.known(remark.code)
    code = remark.code
    severity = entry.severity
    self.row = row
    self.columnNumber = columnNumber
    self.column = column
    self.field = field
    what = entry.what(remark.detail)
    remedy = entry.remedy
    self.value = value.map { Redacted($0) }
    self.after = after.map { Redacted($0) }
  }

  /// The same finding of another row that is alike, with what its cell holds.
  func moved(to row: Int, value: String?, what: String? = nil) -> ExportFinding {
    ExportFinding(copying: self, row: row, what: what ?? self.what, value: value.map { Redacted($0) } ?? self.value)
  }

  private init(copying other: ExportFinding, row: Int, what: String, value: Redacted<String>?) {
    (code, severity, field) = (other.code, other.severity, other.field)
    (columnNumber, column) = (other.columnNumber, other.column)
    (remedy, after, advice) = (other.remedy, other.after, other.advice)
    (self.row, self.what, self.value) = (row, what, value)
  }

  /// What to do about it in a school's own system.
  func remedy(in mis: MISProduct?) -> String {
    mis == nil ? remedy : FindingsCatalogue.known(code).remedy(in: mis)
  }

  /// The finding with the severity that a school gave its code.
  func adjusted(by severities: [FindingCode: Severity]) -> ExportFinding {
    guard let severity = severities[code] else { return self }
    var finding = self
    finding.severity = severity
    return finding
  }

  /// What to do, and what may be meant: for the desk.
  func remedyForDesk(in mis: MISProduct?) -> String {
    let remedy = remedy(in: mis)
    return advice.map { "\(remedy) \($0.exposed)" } ?? remedy
  }

  /// The finding as the domain has it.
  package var finding: Finding {
    Finding(
      code: code, severity: severity, row: row, column: column, message: "\(what) \(remedy)", value: value?.exposed)
  }
}
