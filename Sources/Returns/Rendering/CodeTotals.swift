// How often each code stands in a return. Pure.

import Leavers
package import Ledger
package import Profiles

/// Totals by code, for the sheet that goes with a pack: what a tracking team compares after it loaded a file.
package enum CodeTotals {
  /// By the columns that hold codes, in their order; codes in the order of their texts.
  package static func count(_ rows: [MappedRow], profile: ReturnProfile) -> [CodeTotal] {
    profile.columns.enumerated().filter { isCounted($0.element) }.flatMap { place, column in
      var counts: [String: Int] = [:]
      for line in rows.flatMap(\.lines) where line.indices.contains(place) { counts[line[place], default: 0] += 1 }
      return counts.sorted { $0.key < $1.key }.map {
        CodeTotal(heading: column.name, code: $0.key, lines: $0.value)
      }
    }
  }

  /// Codes and bands: few values, each of many pupils.
  private static func isCounted(_ column: ReturnColumn) -> Bool {
    guard case .field(let field) = column.source, column.form.slice == nil else { return false }
    if case .code = field.type { return true }
    return field == .riskBand || field == .riskReferral
  }
}
