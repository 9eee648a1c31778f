// What an export comes to in numbers for one authority and kind, cohort by cohort. Pure.

package import Leavers
package import Profiles

/// What is known of an export as a whole when one of its scopes is decided.
package struct ExportFacts: Sendable, Hashable {
  /// The columns that we know.
  package let columns: Set<Field>
  /// The rows in which a finding is an error.
  package let errorRows: Set<Int>
  /// Whether it holds all leavers of the school; nil where that was not told.
  package let extent: ExportExtent?

  package init(columns: Set<Field> = [], errorRows: Set<Int> = [], extent: ExportExtent? = nil) {
    self.extent = extent
    self.columns = columns
    self.errorRows = errorRows
  }
}

/// Measures the plan of a scope.
package enum BrakeMeasuring {
  /// The measure of each cohort of which a row is surely this authority's. `rows` are those that the plan was made of.
  package static func measures(
    of plan: ScopePlan, rows: [LeaverRow], profile: ReturnProfile, routing: Routing, facts: ExportFacts
  ) -> [Cohort: BrakeMeasure] {
    let outcomes = Dictionary(plan.outcomes.map { ($0.row, $0.outcome) }, uniquingKeysWith: { first, _ in first })
    var counts: [Cohort: Counts] = [:]
    for row in rows {
      guard let cohort = row.cohort, let outcome = outcomes[row.rowNumber],
        KindSelection.exclusion(record: row.record, cohort: cohort, profile: profile) == nil
      else { continue }
      var count = counts[cohort] ?? Counts()
      switch outcome {
      case .ready:
        count.leavers += 1
        if !isKnown(row.record, kind: profile.kind) { count.unknown += 1 }
      case .held, .withheld:
        // What may be any authority's would weigh on each, and most on the one with the fewest leavers.
        guard case .here = routing.route(row.record) else { continue }
      case .merged, .notInKind, .notRouted: continue
      }
      count.rows += 1
      if case .held = outcome {
        count.doubtful += 1
      } else if facts.errorRows.contains(row.rowNumber) {
        count.doubtful += 1
      }
      counts[cohort] = count
    }
    return counts.mapValues { count in
      BrakeMeasure(
        leavers: count.leavers,
        detail: BrakeMeasure.Detail(
          rows: count.rows, doubtful: count.doubtful, unknown: count.unknown, columns: facts.columns))
    }
  }

  private struct Counts {
    var leavers = 0
    var rows = 0
    var doubtful = 0
    var unknown = 0
  }

  /// NCCIS activity codes that say that nobody knows: 150 is that of compulsory school age.
  private static let unknownActivities: Set<String> = ["150", "810", "820", "830"]
  /// NCCIS intended destinations that say undecided: 410 in the older generation of codes, 511 in the present one.
  private static let undecided: Set<String> = ["410", "511"]

  /// Whether a record says where the leaver means to go, or is.
  private static func isKnown(_ record: LeaverRecord, kind: ReturnKind) -> Bool {
    switch kind {
    case .intendedDestinations: record[.intendedDestination].map { !undecided.contains($0) } ?? false
    case .confirmedDestinations, .earlyLeavers, .riskOfNEET, .unknownAnswers:
      record[.activity].map { !unknownActivities.contains($0) } ?? false
    }
  }
}
