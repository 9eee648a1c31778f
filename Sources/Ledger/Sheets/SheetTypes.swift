// Sheets of answers as the ledger takes and gives them. Pure.

package import Leavers

/// The number of a sheet that was put back, printed as `S4`.
package struct SheetID: LedgerNumber {
  package static let letter: Character = "S"
  package let rawValue: Int64
  package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// How far a sheet has come.
package enum SheetState: String, Sendable, Hashable, CaseIterable {
  case stored, applied
  /// No table, or none that could be read: nothing of it was done.
  case refused
}

/// A sheet that was put back. Holds no personal data.
package struct SheetSummary: Sendable, Hashable {
  package let id: SheetID
  package let school: SchoolID
  package let kind: SheetKind
  package let state: SheetState
  package let object: ObjectName
  package let storedAt: Timestamp
  /// Why nothing of it was done, in words.
  package let refused: String?
}

/// What became of a sheet that was put back.
package enum SheetStored: Sendable, Hashable {
  case new(SheetID)
  /// The content of the newest sheet of its kind once more.
  case `repeat`(of: SheetID)
}

/// What an answered row led to, in words without personal data.
package enum AnswerOutcome: Sendable, Hashable {
  case done(String)
  /// It says what holds already.
  case unchanged(String)
  /// Not done: why, and what to do.
  case refused(String)

  package var words: String {
    switch self {
    case .done(let words), .unchanged(let words), .refused(let words): words
    }
  }

  package var isRefused: Bool {
    if case .refused = self { true } else { false }
  }
}

/// One answer of a person.
package enum SheetAnswer: Sendable {
  case release(ReleaseAnswer)
  case question(QuestionAnswer)
  case register(RegisterAnswer)
  case word(WordAnswer)
  case risk(RiskAnswer)
}

/// What a person decided of a return that waits.
package struct ReleaseAnswer: Sendable {
  package enum Decision: Sendable, Hashable {
    case release, withdraw, handedOver
    /// Before what may stand against it now.
    case handedOverBefore
    /// The authority was told what it may not use of it any more.
    case told
  }

  /// The row key: of this return with these very bytes.
  package let key: String
  /// The return that the row shows; empty where it shows none.
  package let shown: String
  package let decision: Decision
  /// Not personal data.
  package let why: String?

  package init(key: String, shown: String = "", decision: Decision, why: String?) {
    self.key = key
    self.shown = shown
    self.decision = decision
    self.why = why
  }
}

/// What a person says became of a missing leaver.
package struct QuestionAnswer: Sendable {
  package let key: String
  /// Whom the row shows, as far as it does.
  package let shown: LeaverRecord
  package let answer: LeaverQuestion.Answer
  /// The day on which the pupil left, where the person knows it.
  package let leavingDate: CalendarDate?
  package let note: String?

  package init(
    key: String, shown: LeaverRecord = LeaverRecord(), answer: LeaverQuestion.Answer, leavingDate: CalendarDate? = nil,
    note: String?
  ) {
    self.leavingDate = leavingDate
    self.key = key
    self.shown = shown
    self.answer = answer
    self.note = note
  }
}

/// One row of a sheet as it was read: an answer, or what is wrong with it.
package struct SheetRowReading: Sendable {
  package enum Content: Sendable {
    case answer(SheetAnswer)
    /// Words without personal data: what is wrong and what to do.
    case mistake(String)
  }

  /// The row's number in the file, the headings being counted.
  package let row: Int
  /// The hidden key beside it, also where the row itself is a mistake; nil where there is none.
  package let key: String?
  package let content: Content

  package init(row: Int, key: String? = nil, content: Content) {
    self.row = row
    self.key = key
    self.content = content
  }
}

/// What the sheets on a school's desk are made of.
package struct SheetStamps: Sendable, Hashable {
  /// The returns that wait for a person.
  package let release: String
  /// What authorities must be told of returns that they have.
  package let notices: String
  /// The open questions about missing leavers.
  package let questions: String
  /// The words that stand in rows, and what was decided about them.
  package let words: String
  /// The newest export that was read.
  package let pupils: String
}
