// What is kept of an entry of the register besides the decision, and what a person enters. Values that never print what
// they hold.

package import Leavers

/// Who decided, how, and what else there is to know of an entry. Personal.
package struct RegisterParticulars: Sendable, Equatable {
  /// In the school's words: `mother`, `the young person`.
  package let decidedBy: String
  /// Letter, form, spoken, e-mail …
  package let how: String
  package let note: String?
  /// The pupil's age on the day of the decision, in whole years; nil where the date of birth is not known.
  package let age: Int?
  /// Who put it into the register.
  package let recordedBy: Person

  package init(decidedBy: String, how: String, note: String? = nil, age: Int? = nil, recordedBy: Person) {
    self.decidedBy = decidedBy
    self.how = how
    self.note = note
    self.age = age
    self.recordedBy = recordedBy
  }

  /// The same for a pupil of whom the date of birth is known.
  func aged(born: CalendarDate?, on day: CalendarDate) -> RegisterParticulars {
    RegisterParticulars(
      decidedBy: decidedBy, how: how, note: note, age: born.map { $0.age(on: day) } ?? age, recordedBy: recordedBy)
  }

  /// Whether a person would take the two for one: who, how and the note are the same.
  func says(_ other: RegisterParticulars) -> Bool {
    decidedBy == other.decidedBy && how == other.how && (note ?? "") == (other.note ?? "")
  }
}

extension RegisterParticulars: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "RegisterParticulars(redacted)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

extension RegisterParticulars {
  private enum Name {
    static let decidedBy = "decided-by"
    static let how = "how"
    static let note = "note"
    static let age = "age"
    static let recordedBy = "recorded-by"
    static let known = "known"
  }

  /// As what they are sealed.
  var pairs: [String: String] {
    var pairs = [
      Name.decidedBy: decidedBy, Name.how: how, Name.recordedBy: recordedBy.name, Name.known: recordedBy.known,
    ]
    pairs[Name.note] = note
    pairs[Name.age] = age.map { String($0) }
    return pairs
  }

  init(pairs: [String: String]) {
    self.init(
      decidedBy: pairs[Name.decidedBy] ?? "", how: pairs[Name.how] ?? "", note: pairs[Name.note],
      age: pairs[Name.age].flatMap { Int($0) },
      recordedBy: Person(name: pairs[Name.recordedBy] ?? "", known: pairs[Name.known] ?? ""))
  }
}

/// One row of a register sheet that a person filled in.
package struct RegisterAnswer: Sendable {
  package enum Action: Sendable, Hashable {
    case enter(RegisterDecision)
    /// A decision that waits for its pupil is about nobody of this school.
    case drop
  }

  /// The hidden key of the row; nil in a row that a person added.
  package let key: String?
  /// Who it is about, as far as the row says it.
  package let given: LeaverRecord
  /// The one pupil who answers to that; nil where nobody does, or more than one.
  package let pupil: PupilID?
  package let action: Action
  package let scope: RegisterScope
  package let decidedOn: CalendarDate
  package let decidedBy: String
  package let how: String
  package let note: String?
  /// Whether the key stands beside another row of the sheet as well: rows are copied with what is hidden in them.
  var isCopy = false

  package init(
    key: String? = nil, given: LeaverRecord, pupil: PupilID?, action: Action, scope: RegisterScope = .all,
    decidedOn: CalendarDate, decidedBy: String, how: String, note: String? = nil
  ) {
    self.key = key
    self.given = given
    self.pupil = pupil
    self.action = action
    self.scope = scope
    self.decidedOn = decidedOn
    self.decidedBy = decidedBy
    self.how = how
    self.note = note
  }
}

extension RegisterAnswer: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "RegisterAnswer(redacted)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// An entry of the register with all that is kept of it.
package struct RegisterRecord: Sendable {
  package let entry: RegisterEntry
  package let pupil: PupilID
  /// By which a sheet's row is known again.
  package let key: String
  /// Who the pupil is.
  package let identity: LeaverRecord
  package let particulars: RegisterParticulars
  package let recordedAt: Timestamp
}

extension RegisterRecord: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "RegisterRecord(\(entry.id) about \(pupil), redacted)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// A decision about somebody whom no export of the school has named yet.
package struct PendingDecision: Sendable {
  package let id: Int64
  /// By which a sheet's row is known again.
  package let key: String
  /// Who it is about, as a person wrote it.
  package let given: LeaverRecord
  package let decision: RegisterDecision
  package let scope: RegisterScope
  package let decidedOn: CalendarDate
  package let particulars: RegisterParticulars
  package let receivedAt: Timestamp
}

extension PendingDecision: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "PendingDecision(redacted)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// An export that was made by going through the rows of another again, because the register changed.
package struct RegisterRenewal: Sendable, Hashable {
  package let export: ExportID
  package let renews: ExportID
  package let school: SchoolID
  package let entries: [RegisterEntryID]
}
