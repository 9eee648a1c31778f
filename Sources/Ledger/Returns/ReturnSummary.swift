// A return without its rows: what it is, where it goes and how it stands. Pure.

package import Leavers

/// A return without its rows: what it is, where it goes and how it stands. Holds no personal data.
package struct ReturnSummary: Sendable, Hashable {
  package let id: ReturnID
  package let export: ExportID
  package let school: SchoolID
  package let authority: AuthorityID
  package let recipient: RecipientID
  package let kind: ReturnKind
  package let cohort: Cohort
  package let cycle: String
  /// Counts from 1 for each school, authority, kind and cohort.
  package let sequence: Int
  /// The instant that stands for "now" in its bytes, fixed with the draft.
  package let instant: Timestamp
  package let state: ReturnState
  /// Fixed once an attempt begins.
  package let way: DeliveryWay
  /// The final name; nil while it is a draft, as are object and hash.
  package let fileName: String?
  package let object: ObjectName?
  /// Bytes of the plain content; 0 while it is a draft.
  package let size: Int64
  /// Of the plain content, in hex.
  package let sha256: String?
  /// Leavers in it; 0 while it is a draft.
  package let rows: Int
  /// The number of the newest attempt; 0 before the first.
  package let attempt: Int
  /// Whether the authority may have it by an attempt of before.
  package let earlier: ReturnMachine.Earlier
  /// Not before this instant; nil: as soon as its turn comes, or never, by its state.
  package let nextAttemptAt: Timestamp?
  package let basis: Basis
  package let agreementReference: String
  /// How sure it was that the format is what the authority wants: `illustrative`, `trial`, `agreed`.
  package let evidence: String
  /// Digest of the profile that it was rendered by.
  package let profileDigest: String
  package let acknowledges: Acknowledging
  /// What last went wrong, in words; no personal data.
  package let lastProblem: String?
  package let draftedAt: Timestamp
  /// When its state or attempt last changed.
  package let changedAt: Timestamp
}
