// How far an export may be from the last time before a person must look at it. A value and pure comparisons.

/// The limits of the cohort brake. Each names the least that stops a return.
package struct BrakePolicy: Sendable, Hashable {
  /// Per cent.
  package var fewerLeavers: Int
  /// Per cent.
  package var moreLeavers: Int
  /// A difference of fewer pupils than this stops nothing, however great a share it is.
  package var atLeast: Int
  /// Percentage points.
  package var moreUnknown: Int
  /// Percentage points.
  package var moreErrors: Int

  package init(
    fewerLeavers: Int = 20, moreLeavers: Int = 30, atLeast: Int = 5, moreUnknown: Int = 15, moreErrors: Int = 10
  ) {
    self.fewerLeavers = fewerLeavers
    self.moreLeavers = moreLeavers
    self.atLeast = atLeast
    self.moreUnknown = moreUnknown
    self.moreErrors = moreErrors
  }

  package static let standard = BrakePolicy()

  /// Whether so many of a whole that are gone are too many to be left, moved or died: then the export is in doubt, and
  /// not they.
  package func isTooMany(_ missing: Int, of whole: Int) -> Bool {
    missing >= atLeast && missing * 100 >= fewerLeavers * whole
  }

  /// In what one export of a series is far from the last one that was accepted.
  package func reasons(_ now: BrakeMeasure, last: BrakeMeasure) -> [BrakeReason] {
    var reasons: [BrakeReason] = []
    let more = now.leavers - last.leavers
    if isTooMany(-more, of: last.leavers) || more >= atLeast && more * 100 >= moreLeavers * last.leavers {
      reasons.append(.headCount(now: now.leavers, last: last.leavers))
    }
    guard let detail = now.detail, let before = last.detail else { return reasons }
    let unknown = Share(detail.unknown, of: now.leavers)
    let unknownBefore = Share(before.unknown, of: last.leavers)
    if detail.unknown >= atLeast, unknown.exceeds(unknownBefore, byPoints: moreUnknown) {
      reasons.append(.unknown(now: unknown, last: unknownBefore))
    }
    let doubtful = Share(detail.doubtful, of: detail.rows)
    let doubtfulBefore = Share(before.doubtful, of: before.rows)
    if detail.doubtful >= atLeast, doubtful.exceeds(doubtfulBefore, byPoints: moreErrors) {
      reasons.append(.errors(now: doubtful, last: doubtfulBefore))
    }
    let gone = before.columns.subtracting(detail.columns)
    if !gone.isEmpty { reasons.append(.columnsGone(Field.allCases.filter(gone.contains))) }
    return reasons
  }
}
