// Compares what an authority says of a pupil with what the school holds. Pure.

import Leavers
import Ledger

/// Holds an authority's answer against the school's own record (domain: reconciliation states).
enum Reconciler {
  /// Codes by which an authority says that it does not know.
  static let unknownActivities: Set<String> = ["150", "810", "820", "830"]

  /// An unknown at the authority never erases what the school knows; an intended destination is never taken for an
  /// actual one, so a school that holds only an intention knows less than an authority that found the pupil.
  static func compare(theirs: String?, ours: String?) -> Reconciliation {
    let theirs = theirs.flatMap { unknownActivities.contains($0) ? nil : $0 }
    let ours = ours.flatMap { unknownActivities.contains($0) ? nil : $0 }
    switch (theirs, ours) {
    case (nil, nil): return .bothUnknown
    case (nil, _?): return .schoolKnowsMore
    case (_?, nil): return .laKnowsMore
    case (let theirs?, let ours?): return theirs == ours ? .agree : .conflict
    }
  }
}
