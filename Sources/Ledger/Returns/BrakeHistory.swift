// What an export is compared with, and what of its numbers is kept for the next. Pure; names nobody.

package import Leavers

/// What an export is compared with for one authority and kind.
package struct BrakeHistory: Sendable {
  /// The newest return of a cohort that was accepted: it went, or a person released it, and it was neither rejected nor
  /// taken back. Of older exports only.
  package let last: [Cohort: Last]
  /// Of these cohorts, those that ought to be in the export: the newest of their stage, of which the school has not left
  /// out before in exports of this make, and which no younger cohort has taken the place of.
  package let expected: Set<Cohort>
  /// Of an export that holds all leavers: how many of those in the one before are not in it, by cohort.
  package let missing: [Cohort: Share]

  package struct Last: Sendable, Hashable {
    package let `return`: ReturnID
    package let export: ExportID
    package let measure: BrakeMeasure

    package init(return: ReturnID, export: ExportID, measure: BrakeMeasure) {
      self.return = `return`
      self.export = export
      self.measure = measure
    }
  }

  package init(last: [Cohort: Last] = [:], expected: Set<Cohort> = [], missing: [Cohort: Share] = [:]) {
    self.last = last
    self.expected = expected
    self.missing = missing
  }
}

/// What is kept of an export's numbers for one authority and kind (R4).
package struct BrakeRecord: Sendable {
  package let measures: [Cohort: BrakeMeasure]
  package let gone: [GoneCohort]

  package init(measures: [Cohort: BrakeMeasure], gone: [GoneCohort]) {
    self.measures = measures
    self.gone = gone
  }
}

/// A cohort that went the last time and of which nobody goes by an export.
package struct GoneCohort: Sendable, Hashable {
  package let cohort: Cohort
  /// Leavers in the return that was accepted last.
  package let last: Int
  /// Rows of it that are this authority's, and are held or withheld.
  package let kept: Int
  /// Whether a return of it that waited was taken back by the same export.
  package let takenBack: Bool

  package init(cohort: Cohort, last: Int, kept: Int, takenBack: Bool) {
    self.cohort = cohort
    self.last = last
    self.kept = kept
    self.takenBack = takenBack
  }

  /// What a person is told, in words.
  package func words(_ entry: ScopeEntry) -> String {
    "no leavers of \(cohort) for \(entry.authority) (\(entry.kind.rawValue)), \(last) the last time"
      + (kept > 0 ? "; \(kept) row\(kept == 1 ? "" : "s") of it held or withheld" : "")
      + "; nothing was sent" + (takenBack ? "" : " or withdrawn")
  }
}
