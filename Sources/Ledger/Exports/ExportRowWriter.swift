// Writes rows of an export: finds the pupil, seals the record. Lives in one transaction.

import Crypto
import GRDB
import Leavers

/// Writes rows of an export.
struct ExportRowWriter {
  private let transaction: Transaction
  private let export: ExportSummary
  private let resolver: PupilResolver
  /// For rows of nobody.
  private let exportKey: SymmetricKey

  init(_ transaction: Transaction, export: ExportSummary) throws {
    self.transaction = transaction
    self.export = export
    resolver = PupilResolver(transaction, school: export.school)
    exportKey = try transaction.key(of: export.object)
  }

  mutating func write(_ row: RowDraft) throws {
    let pupil = try pupil(of: row)
    let key = try pupil.map { try transaction.key(of: $0) } ?? exportKey
    let (verdict, reason, into) = row.verdict.columns
    try transaction.run(
      """
      INSERT INTO export_row (export, generation, row_number, pupil, cohort_stage, cohort_year, verdict, hold_reason,
        merged_into, sharing, sealed, carried_from)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        export.id.rawValue, export.generation, row.rowNumber, pupil?.rawValue, row.cohort?.stage.rawValue,
        row.cohort?.leavingYear, verdict, reason, into,
        Self.sharing(row.record)?.rawValue,
        try transaction.seal(
          Packed.encode(row.record), with: key, "export_row", "sealed",
          ExportRow.address(export: export.id, generation: export.generation, row: row.rowNumber)),
        row.carriedFrom?.rawValue,
      ])
  }

  /// The answer on sharing; nil where none is given. One that nobody understands may be a refusal, so that it counts as
  /// unsought: it must not leave an older yes standing.
  private static func sharing(_ record: LeaverRecord) -> Sharing? {
    guard let text = record[.sharing], !text.isEmpty else { return nil }
    return Sharing(cell: text) ?? .unsought
  }

  private func pupil(of row: RowDraft) throws -> PupilID? {
    if let known = row.pupil, row.verdict.isTrusted {
      try resolver.keep(row.record, cohort: row.cohort, of: known)
      return known
    }
    switch row.verdict {
    case .clear: return try resolver.pupil(of: row.record, cohort: row.cohort, isTrusted: true)
    case .held(.contradictoryRepeat):
      return try resolver.pupil(of: row.record, cohort: row.cohort, isTrusted: false)
    case .held: return try resolver.pupil(of: row.record, cohort: row.cohort, isTrusted: true)
    case .merged(let into):
      let target = try transaction.integer(
        "SELECT pupil FROM export_row WHERE export = ? AND generation = ? AND row_number = ?",
        [export.id.rawValue, export.generation, into])
      if let target { return PupilID(rawValue: target) }
      return try resolver.pupil(of: row.record, cohort: row.cohort, isTrusted: false)
    }
  }
}

extension ExportRow {
  /// The place of a sealed record, for its associated data.
  static func address(export: ExportID, generation: Int, row: Int) -> String { "\(export)/\(generation)/\(row)" }
}

extension RowVerdict {
  /// Whether what is new in the row may be kept as the pupil's.
  fileprivate var isTrusted: Bool {
    switch self {
    case .clear: true
    case .held(let reason): reason != .contradictoryRepeat
    case .merged: false
    }
  }

  /// The texts of the columns verdict, hold_reason and merged_into.
  var columns: (verdict: String, reason: String?, into: Int?) {
    switch self {
    case .clear: ("clear", nil, nil)
    case .held(let reason): ("held", reason.rawValue, nil)
    case .merged(let into): ("merged", nil, into)
    }
  }

  init(_ row: Row) throws(LedgerError) {
    let verdict: String = row["verdict"]
    switch (verdict, row["merged_into"] as Int?) {
    case ("clear", nil): self = .clear
    case ("held", nil): self = .held(try row.value("hold_reason"))
    case ("merged", let into?): self = .merged(into: into)
    default: throw LedgerError(.corrupt, "a row of an export has a verdict that is none; run audit")
    }
  }
}
