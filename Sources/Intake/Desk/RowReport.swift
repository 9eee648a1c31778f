// What the two result columns of a checked file say of a row: validation, and what became of it at each authority. Pure.

import Leavers
import Ledger

/// What is known of the rows of an export when its checked file is written.
struct RowReport: Sendable {
  /// Row → what was decided of it beyond what validation says, one entry a reason.
  private let kept: [Int: [Entry]]
  /// Rows that go to no authority, though nothing of them is held.
  private let unrouted: Set<Int>
  let mis: MISProduct?
  /// By which a checked workbook is known when it comes back; nil where there is no ledger.
  let reference: String?

  private struct Entry {
    let why: ExportDecisions.Reason
    /// By name, with the kind of return.
    let scopes: [String]
    let authorities: [String]
  }

  /// Before an export is decided, and for systems that nothing is known of.
  init(mis: MISProduct? = nil) {
    kept = [:]
    unrouted = []
    reference = nil
    self.mis = mis
  }

  /// `names`: of the authorities.
  init(mis: MISProduct?, reference: String?, decisions: ExportDecisions?, names: [AuthorityID: String]) {
    self.mis = mis
    self.reference = reference
    unrouted = Set(decisions?.unrouted ?? [])
    kept = Dictionary(grouping: decisions?.kept ?? [], by: \.row).mapValues { rows in
      var reasons: [ExportDecisions.Reason] = []
      for row in rows where !reasons.contains(row.why) { reasons.append(row.why) }
      return reasons.map { why in
        let same = rows.filter { $0.why == why }
        let scopes = same.map { "\(names[$0.authority] ?? $0.authority.rawValue) (\($0.kind.words))" }
        var authorities: [String] = []
        for row in same {
          let name = names[row.authority] ?? row.authority.rawValue
          if !authorities.contains(name) { authorities.append(name) }
        }
        return Entry(why: why, scopes: scopes, authorities: authorities)
      }
    }
  }

  /// `passed`, `passed with 2 warnings`, `1 error found`, `merged with row 7`; and after it, where it is known, for whom
  /// the row is held all the same: `passed; held for Wirral Council`.
  func verdict(_ row: ExaminedRow) -> String {
    if case .merged(let first) = row.verdict { return "merged with row \(first)" }
    let errors = row.details.count { $0.severity >= .error }
    if errors > 0 { return errors == 1 ? "1 error found" : "\(errors) errors found" }
    let warnings = row.details.count { $0.severity == .warning }
    var parts = [
      warnings == 0 ? "passed" : warnings == 1 ? "passed with 1 warning" : "passed with \(warnings) warnings"
    ]
    // Something that is no error by itself can hold a row.
    if case .held(let reason) = row.verdict { parts = ["held: \(reason.words)"] }
    let entries = entries(of: row)
    for (isHeld, words) in [(true, "held for"), (false, "withheld from")] {
      var names: [String] = []
      for entry in entries where entry.why.isHeld == isHeld {
        names += entry.authorities.filter { !names.contains($0) }
      }
      if !names.isEmpty { parts.append("\(words) \(RecipeNeeds.list(names))") }
    }
    if unrouted.contains(row.rowNumber) { parts.append("goes to no authority") }
    return parts.joined(separator: "; ")
  }

  /// Errors and warnings of a row and why it is held, one a line. Notes stand in the findings file alone.
  func errors(_ row: ExaminedRow) -> String {
    var lines = row.details.filter { $0.severity >= .warning }.map { finding in
      let place = finding.column.map { "\($0): " } ?? ""
      return "\(place)\(finding.what) \(finding.remedyForDesk(in: mis))"
    }
    for entry in entries(of: row) {
      let verb = entry.why.isHeld ? "Held for" : "Withheld from"
      lines.append("\(verb) \(RecipeNeeds.list(entry.scopes)): \(entry.why.words). \(entry.why.remedy)")
    }
    if unrouted.contains(row.rowNumber) { lines.append("\(Self.unroutedWords) \(Self.unroutedRemedy)") }
    return lines.joined(separator: "; \n")
  }

  static let unroutedWords = "No authority that is set up gets this pupil."
  static let unroutedRemedy = "Look at home authority, postcode and year group."

  /// What validation itself held the row for stands among its findings already.
  private func entries(of row: ExaminedRow) -> [Entry] {
    guard let entries = kept[row.rowNumber] else { return [] }
    guard case .held(let reason) = row.verdict else { return entries }
    return entries.filter { $0.why != .held(reason) }
  }
}
