// Trials of a format: files of invented pupils that went to an authority. Values; nobody is in them.

package import Leavers

/// The number of a trial, printed as `T3`.
package struct TrialID: LedgerNumber {
  package static let letter: Character = "T"
  package let rawValue: Int64
  package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A series of files of one school for one authority: returns and trials are numbered in it together.
package struct ReturnSeries: Sendable, Hashable {
  package let school: SchoolID
  package let authority: AuthorityID
  package let kind: ReturnKind
  package let cohort: Cohort

  package init(school: SchoolID, authority: AuthorityID, kind: ReturnKind, cohort: Cohort) {
    self.school = school
    self.authority = authority
    self.kind = kind
    self.cohort = cohort
  }
}

/// A file of invented pupils that is about to go.
package struct TrialDraft: Sendable, Hashable {
  package let series: ReturnSeries
  package let recipient: RecipientID
  /// As `TrialsLedger.nextSequence` gave it.
  package let sequence: Int
  /// The folder at the recipient, or, for a hand-over, under the school's `out`.
  package let folder: String
  package let fileName: String
  /// Bytes.
  package let size: Int64
  /// In hex.
  package let sha256: String
  /// Invented pupils in it.
  package let rows: Int

  package init(
    series: ReturnSeries, recipient: RecipientID, sequence: Int, folder: String, fileName: String, size: Int64,
    sha256: String, rows: Int
  ) {
    self.series = series
    self.recipient = recipient
    self.sequence = sequence
    self.folder = folder
    self.fileName = fileName
    self.size = size
    self.sha256 = sha256
    self.rows = rows
  }
}

/// Where a trial stands. It is tried once: whoever wants it again runs another.
package enum TrialState: String, Sendable, Hashable, CaseIterable {
  /// Under way, or cut short: then the authority may have it or not.
  case sending
  /// Seen under its final name.
  case delivered
  /// The recipient took it, and lets nobody read it back.
  case sent
  /// A pack lies on the desk for a person to hand over.
  case prepared
  /// The authority does not have it.
  case failed
  /// Nobody knows whether the authority has it.
  case unknown
}

/// A trial as the ledger holds it.
package struct TrialSummary: Sendable, Hashable {
  package let id: TrialID
  package let draft: TrialDraft
  package let state: TrialState
  /// What went wrong, in words; no personal data.
  package let problem: String?
  package let beganAt: Timestamp
  package let changedAt: Timestamp
  /// What the authority said of it.
  package let verdict: ReturnEvent.Verdict?
}
