// A reply as it stands, its rows without their content, and the cases it opened. Pure.

package import Leavers

/// A reply as it stands, without its rows.
package struct ReplySummary: Sendable, Hashable {
  package let id: ReplyID
  package let authority: AuthorityID
  package let recipient: RecipientID
  package let school: SchoolID
  package let kind: ReplyKind
  package let state: ReplyState
  /// Where it came from; prints redacted.
  package let source: ReplySource
  /// Its bytes, once fetched.
  package let object: ObjectName?
  /// The reply that had the same bytes.
  package let repeatOf: ReplyID?
  package let claimedAt: Timestamp
  package let fetchedAt: Timestamp?
  package let matchedAt: Timestamp?
  /// It was moved or removed at the far side.
  package let isRemovedAtSource: Bool
  package let rows: Int
  /// Rows by verdict: `matched`, `unmatched`, `ambiguous`, `conflict`, and `open` for those that have none yet.
  package let verdicts: [String: Int]
}

/// A reply with its rows, without what they say.
package struct ReplyDetail: Sendable, Hashable {
  package struct Row: Sendable, Hashable {
    package let row: Int
    package let pupil: PupilID?
    /// `matched`, `unmatched`, `ambiguous`, `conflict`; nil before it is matched.
    package let verdict: String?
    /// By which rule it was matched.
    package let rule: String?
    package let reconciliation: Reconciliation?
    /// What contradicts, in words without personal data.
    package let why: String?
  }

  package let summary: ReplySummary
  package let rows: [Row]
  package let findings: [FindingNote]
  /// The returns that it acknowledged.
  package let returns: [ReturnID]
}

/// An answer that the school still owes an authority, or gave.
package struct CaseSummary: Sendable, Hashable {
  package let id: Int64
  /// Nil where the authority's row could not be matched to one pupil.
  package let pupil: PupilID?
  package let school: SchoolID
  package let authority: AuthorityID
  package let reply: ReplyID
  /// The row in the authority's file.
  package let row: Int
  package let openedAt: Timestamp
  package let dueOn: CalendarDate?
}
