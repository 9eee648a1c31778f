// What the Replies station says of the rows of a reply. Pure.

package import Leavers

/// One row of a reply, in canonical fields.
package struct ReplyRowDraft: Sendable, Equatable {
  /// The record's number in the file, the header being 1.
  package let row: Int
  package let record: LeaverRecord
  /// The authority's own reference for the pupil.
  package let reference: String?

  package init(row: Int, record: LeaverRecord, reference: String?) {
    self.row = row
    self.record = record
    self.reference = reference
  }
}

extension ReplyRowDraft: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "ReplyRowDraft(row \(row), redacted)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Whose row it is.
package enum MatchVerdict: Sendable, Hashable {
  /// By this rule: `upn`, `former-upn`, `uln`.
  case matched(PupilID, rule: String, reconciliation: Reconciliation)
  case unmatched
  /// More than one pupil could be meant.
  case ambiguous
  /// An identifier points to this pupil, and something else contradicts: what, without personal data.
  case conflict(PupilID, why: String)

  var name: String {
    switch self {
    case .matched: "matched"
    case .unmatched: "unmatched"
    case .ambiguous: "ambiguous"
    case .conflict: "conflict"
    }
  }
}

/// What the authority and the school know of a destination, compared.
package enum Reconciliation: String, Sendable, Hashable, CaseIterable {
  case agree
  case laKnowsMore = "la-knows-more"
  case schoolKnowsMore = "school-knows-more"
  case conflict
  case bothUnknown = "both-unknown"
}

/// What identifiers point to.
package enum PupilLookup: Sendable, Hashable {
  /// By `upn`, `former-upn` or `uln`.
  case one(PupilID, by: String)
  case none
  /// Two identifiers point to two pupils, or one to more than one.
  case several
}

/// What the bytes of a reply turned out to be.
package enum FetchOutcome: Sendable, Hashable {
  case new
  /// The authority sent the same bytes for this school before; the reply is quarantined as a repeat.
  case `repeat`(of: ReplyID)
}
