// One row of a register sheet: whom it is about, whether it may stand, and what comes of it.

import GRDB
import Leavers

extension Transaction {
  /// Applies one row. The same again changes nothing. What a person typed is never thrown back: it is refused in words.
  ///
  /// A row of nobody is refused and kept all the same, sealed, until an export names its pupil: a refusal must not be lost
  /// because the sheet was early.
  func apply(_ answer: RegisterAnswer, school: SchoolID, by person: Person) throws -> AnswerOutcome {
    var known: (pupil: PupilID, entry: RegisterEntry)?
    switch try answer.key.flatMap({ try registerRow(of: $0, school: school) }) {
    case .pending(let pending) where isAbout(pending, answer):
      return try apply(answer, to: pending, school: school, by: person)
    case .entry(let pupil, let entry) where try isAbout(pupil, answer): known = (pupil, entry)
    default: break
    }
    guard case .enter(let decision) = answer.action else {
      if known == nil, answer.isCopy {
        return .refused(
          "rows of this sheet are copies of each other, and it cannot be told which is to be dropped; answer in the newest register sheet"
        )
      }
      return .refused(
        known == nil
          ? "there is nothing to drop: nothing waits for this pupil"
          : "what is in the register is never taken out; add a row with the opposite decision and its date")
    }
    if let known, let other = answer.pupil, other != known.pupil {
      return .refused("the row was about another pupil; leave it as it is, and add a row at the end for this one")
    }
    guard let pupil = known?.pupil ?? answer.pupil else {
      return try keepPending(answer, decision, school: school, by: person).outcome
    }
    return try enter(answer, decision, about: pupil, was: known?.entry, school: school, by: person).outcome
  }

  private enum RegisterRow {
    case entry(PupilID, RegisterEntry)
    case pending(PendingDecision)
  }

  /// What a hidden key stands for; nil for one that is none of this school's.
  private func registerRow(of key: String, school: SchoolID) throws -> RegisterRow? {
    for (pupil, entries) in try registerEntries(of: school) {
      for entry in entries where registerKey(entry.id.description, school: school) == key {
        return .entry(pupil, entry)
      }
    }
    return try pendingDecisions(of: school).first { $0.key == key }.map(RegisterRow.pending)
  }

  // MARK: How far a key is believed

  // Rows are copied with their hidden keys and written over with another child: a key counts only where the row speaks for
  // it, or says nothing of whom it is about.

  /// Whether a row that stands beside the key of an entry may be about the entry's pupil.
  private func isAbout(_ pupil: PupilID, _ answer: RegisterAnswer) throws -> Bool {
    // Of somebody who is known it is said in words that the row is another's.
    if answer.pupil != nil || answer.given.fields.isEmpty { return true }
    do {
      let identity = try identity(of: pupil)
      guard answer.given.speaks(for: identity) else { return false }
      return try !answer.given.hasOtherForename(than: identity) || wasNamedSo(pupil, answer.given)
    } catch let error as LedgerError where error.code == .objectDestroyed {
      // Nobody can tell any more, and a row from before the erasure must not bring the name back.
      return true
    }
  }

  /// Whether an export ever gave a pupil the forename of a row: a sheet may be from before it was corrected.
  private func wasNamedSo(_ pupil: PupilID, _ given: LeaverRecord) throws -> Bool {
    let key = try key(of: pupil)
    return try rows(
      "SELECT export, generation, row_number, sealed FROM export_row WHERE pupil = ? ORDER BY export DESC",
      [pupil.rawValue]
    ).contains { row in
      let record = try Packed.record(
        open(
          row.bytes("sealed"), with: key, "export_row", "sealed",
          ExportRow.address(
            export: ExportID(rawValue: row["export"]), generation: row["generation"], row: row["row_number"])))
      return record[.legalForename] != nil && !given.hasOtherForename(than: record)
    }
  }

  /// Whether a row that stands beside the key of a decision that waits is that decision, perhaps corrected. Of several rows
  /// with its key nobody can tell which was written over: only one that is as it was is believed.
  private func isAbout(_ pending: PendingDecision, _ answer: RegisterAnswer) -> Bool {
    let given = answer.given
    if answer.isCopy { return answer.repeats(pending) }
    return given.fields.isEmpty || given == pending.given || given.mayCorrect(pending.given)
  }

  // MARK: Entering

  /// Enters what a row says of a pupil; gives the entry that says it now, unless it is refused.
  ///
  /// - Parameter was: the entry that the row was of.
  func enter(
    _ answer: RegisterAnswer, _ decision: RegisterDecision, about pupil: PupilID, was: RegisterEntry?,
    school: SchoolID, by person: Person
  ) throws -> (outcome: AnswerOutcome, entry: RegisterEntryID?) {
    guard try exists("SELECT 1 FROM pupil WHERE id = ? AND school = ?", [pupil.rawValue, school.rawValue]) else {
      return (.refused("the pupil is of another school"), nil)
    }
    let entries = try registerEntries(of: pupil)
    let born: CalendarDate?
    do {
      born = try identity(of: pupil).dateOfBirth ?? answer.given.dateOfBirth
    } catch let error as LedgerError where error.code == .objectDestroyed {
      return (
        .refused(
          "this pupil's data was erased, and nothing can be entered any more; for somebody else add a row at the end"),
        nil
      )
    }
    let particulars = answer.particulars(by: person).aged(born: born, on: answer.decidedOn)
    for entry in entries
    where entry.decision == decision && entry.scope == answer.scope && entry.decidedOn == answer.decidedOn {
      guard try registerRecord(entry, of: pupil, school: school).particulars.says(particulars) else { continue }
      return (.unchanged("in the register already (\(entry.id))"), entry.id)
    }
    if let refusal = refusal(of: answer, decision, entries, was: was, born: born, particulars) {
      return (.refused(refusal), nil)
    }
    let entry = try enter(
      decision, about: pupil, scope: answer.scope, decidedOn: answer.decidedOn, particulars: particulars)
    return (.done(try remarks(on: entry, about: pupil, particulars)), entry.id)
  }

  /// A decision waits for its day; one for a day years ahead is a slip, and would protect nobody until then.
  func isTooFarAhead(_ day: CalendarDate) -> Bool { day > today.adding(days: 366) }

  static let tooFarAhead = "the date of the decision lies more than a year ahead; correct it"

  /// Why a row may not be entered, and what to do; nil where it may.
  private func refusal(
    of answer: RegisterAnswer, _ decision: RegisterDecision, _ entries: [RegisterEntry], was: RegisterEntry?,
    born: CalendarDate?, _ particulars: RegisterParticulars
  ) -> String? {
    if answer.scope != .all, !decision.takesScope {
      return "“\(decision.words)” holds for all authorities and kinds of return; leave the scope empty"
    }
    if isTooFarAhead(answer.decidedOn) { return Self.tooFarAhead }
    if let born, answer.decidedOn < born { return "the date of the decision is before the pupil was born; correct it" }
    if decision == .deceased, answer.decidedOn > today {
      return "the date lies ahead; give the day on which it happened"
    }
    if let was, was.decision.topic == decision.topic, was.decision != decision, was.decidedOn == answer.decidedOn {
      return "the date is still that of “\(was.decision.words)”; give the date of the new decision"
    }
    // Who protects too much is put right by who may decide; who discloses too much is not.
    if !decision.isProtective,
      let objection = RegisterAge.objection(
        to: decision, by: DecidingPerson(words: answer.decidedBy), age: particulars.age)
    {
      return "\(objection); ask them, and enter what they decide"
    }
    let newest = entries.filter {
      $0.decision.topic == decision.topic && $0.decidedOn <= today && $0.scope.overlaps(answer.scope)
    }.max { $1.isNewer(than: $0) }
    guard let newest, newest.decision != decision else { return nil }
    let isStale = was.map { $0 != newest } ?? false
    guard newest.decidedOn > answer.decidedOn || isStale && newest.decidedOn == answer.decidedOn else { return nil }
    return
      "a newer decision stands (\(newest.id): \(newest.decision.words), of \(newest.decidedOn)); if this one came after it, give its date"
  }

  /// What there is to say of an entry that was made.
  private func remarks(
    on entry: RegisterEntry, about pupil: PupilID, _ particulars: RegisterParticulars
  ) throws -> String {
    var words = ["entered as \(entry.id)"]
    if entry.decidedOn > today { words.append("it takes effect on \(LondonTime.text(entry.decidedOn))") }
    if let objection = RegisterAge.objection(
      to: entry.decision, by: DecidingPerson(words: particulars.decidedBy), age: particulars.age)
    {
      words.append("it holds, but \(objection): ask them")
    }
    if entry.decision == .refusalWithdrawn,
      try exists("SELECT 1 FROM pupil WHERE id = ? AND sharing IN ('NO', 'UNS')", [pupil.rawValue])
    {
      words.append("the school's exports still refuse sharing for this pupil, and that holds until they say otherwise")
    }
    return words.joined(separator: "; ")
  }
}

extension RegisterAnswer {
  func particulars(by person: Person) -> RegisterParticulars {
    RegisterParticulars(decidedBy: decidedBy, how: how, note: note, recordedBy: person)
  }
}
