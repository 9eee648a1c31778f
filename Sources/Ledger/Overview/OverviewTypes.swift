// How it stands, what is to be done, what happened: without personal data. Pure.

package import Leavers

/// How it stands with one authority.
package struct AuthorityOverview: Sendable, Hashable {
  package let authority: AuthorityID
  /// Returns by the name of their state; states that none is in are left out.
  package let returns: [String: Int]
  /// The rows of each school's newest decided export by fate, over all kinds of return.
  package let rows: [FateKind: Int]
  /// When a return last reached it.
  package let lastDelivered: Timestamp?
  /// When a reply of it was last taken in.
  package let lastReply: Timestamp?
  /// Answers that schools owe it.
  package let openCases: Int
}

/// How it stands with one school.
package struct SchoolOverview: Sendable, Hashable {
  package let school: SchoolID
  package let name: String
  package let controller: ControllerID
  package let pupils: Int
  package let exports: Int
  /// The newest export, whatever became of it.
  package let newest: ExportSummary?
}

/// One thing that a person must do.
package struct TodoItem: Sendable, Hashable {
  /// What kind of thing; open, but each is stable.
  package struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package var description: String { rawValue }

    package static let recipientStopped = Code(rawValue: "recipient-stopped")
    package static let recipientFailing = Code(rawValue: "recipient-failing")
    package static let recipientPaused = Code(rawValue: "recipient-paused")
    package static let returnUnknown = Code(rawValue: "return-unknown")
    package static let returnObjected = Code(rawValue: "return-objected")
    package static let returnBraked = Code(rawValue: "return-braked")
    package static let returnToRelease = Code(rawValue: "return-to-release")
    package static let returnToHandOver = Code(rawValue: "return-to-hand-over")
    /// The pack of a return that was withdrawn may still lie on the desk.
    package static let packToTakeAway = Code(rawValue: "pack-to-take-away")
    package static let returnStranded = Code(rawValue: "return-stranded")
    package static let returnRejected = Code(rawValue: "return-rejected")
    /// A desk or a folder of exports is away.
    package static let placeAway = Code(rawValue: "place-away")
    /// Exports wait for the marker that says that they are complete.
    package static let exportsUnmarked = Code(rawValue: "exports-unmarked")
    /// Exports that were taken in and could be moved or deleted.
    package static let exportsNeedless = Code(rawValue: "exports-needless")
    package static let exportUnreadable = Code(rawValue: "export-unreadable")
    /// A cohort that went the last time, and of which nobody goes by the newest export.
    package static let cohortGone = Code(rawValue: "cohort-gone")
    /// Leavers of the full export before are missing from an export that is said to hold all.
    package static let leaversMissing = Code(rawValue: "leavers-missing")
    /// Decisions of the register about somebody whom no export names so.
    package static let registerOpen = Code(rawValue: "register-open")
    package static let rowsHeld = Code(rawValue: "rows-held")
    package static let rowsUnrouted = Code(rawValue: "rows-unrouted")
    package static let replyQuarantined = Code(rawValue: "reply-quarantined")
    package static let replyRowsOpen = Code(rawValue: "reply-rows-open")
    package static let answersOwed = Code(rawValue: "answers-owed")
    /// By the calendar a return is due soon, or overdue, and something is missing.
    package static let returnDue = Code(rawValue: "return-due")
  }

  package let code: Code
  /// What it is about: `R34`, `E12`, `A5`, a recipient's, authority's or school's id.
  package let subjects: [String]
  /// What to do, in a sentence.
  package let text: String
  /// The school that it is about; nil where it concerns none alone.
  package let school: SchoolID?

  package init(code: Code, subjects: [String], text: String, school: SchoolID? = nil) {
    self.code = code
    self.subjects = subjects
    self.text = text
    self.school = school
  }
}

/// The conservation rule for one authority and kind of an export.
package struct ConservationLine: Sendable, Hashable {
  package let authority: AuthorityID
  package let kind: ReturnKind
  package let isDecided: Bool
  package let rowsRead: Int
  /// Rows by fate, each counted on its own; all eight are there.
  package let counts: [FateKind: Int]

  /// Whether each row read has exactly one fate.
  package var holds: Bool { counts.values.reduce(0, +) == rowsRead }
}

/// One event of the log.
package struct LogEntry: Sendable, Hashable {
  package let sequence: Int64
  package let at: Timestamp
  /// What kind of thing happened, such as `return-moved`.
  package let kind: EventKind
  /// What it is about: `R34`, `E12`, `A5`, a recipient's id.
  package let subject: String
  /// What happened, in words and without personal data.
  package let text: String
  /// Particulars: who decided, how that is known, and why; what was read back. May name a member of staff or quote an
  /// authority, so that it is shown with the history of one thing and not printed.
  package let details: Redacted<[String: String]>
}
