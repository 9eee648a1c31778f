// What a person is asked about leavers who are missing from a full export, and what they answer.

import GRDB
package import Leavers

/// A question about a leaver who was in one full export and is not in the next. Names nobody.
package struct LeaverQuestion: Sendable, Hashable {
  package let id: QuestionID
  package let school: SchoolID
  package let pupil: PupilID
  package let cohort: Cohort
  /// The export that the leaver was in, and the one that the leaver is missing from.
  package let base: ExportID
  package let export: ExportID
  package let askedAt: Timestamp

  /// What a person may answer.
  package enum Answer: String, Sendable, Hashable, CaseIterable {
    /// The pupil has left the school.
    case left
    /// The family has moved away.
    case moved
    /// The report left the pupil out by mistake.
    case wrongFilter = "wrong-filter"
    case died
    case other

    /// Whether there is a day on which the pupil left.
    package var tellsOfLeaving: Bool { self == .left || self == .moved }
  }
}

/// The number of a question, printed as `Q3`.
package struct QuestionID: LedgerNumber {
  package static let letter: Character = "Q"
  package let rawValue: Int64
  package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// The questions about missing leavers.
package struct QuestionsLedger: Sendable {
  let store: LedgerStore

  /// The questions of a school that nobody has answered, oldest first.
  package func open(school: SchoolID) async throws(LedgerError) -> [LeaverQuestion] {
    try await store.read { transaction in
      try transaction.questions("school = ? AND answered_at IS NULL", [school.rawValue])
    }
  }

  /// Keeps a person's answer, sealed under the pupil's key. Of somebody who died nothing is sent, since that is entered in
  /// the register. Of a sixth former who left on a day that is given it is told that day, as if an export said it; else
  /// what is sent is what is exported.
  ///
  /// Throws `notFound`, and `conflict` where it is answered already or the leaver has come back.
  package func answer(
    _ id: QuestionID, _ answer: LeaverQuestion.Answer, leavingDate: CalendarDate? = nil, by person: Person,
    why: String? = nil
  ) async throws(LedgerError) {
    try await store.write { transaction in
      guard let question = try transaction.questions("id = ?", [id.rawValue]).first else {
        throw LedgerError(.notFound, "there is no question \(id)")
      }
      guard try transaction.given(question) == nil else {
        throw LedgerError(.conflict, "\(id) is answered already, or the leaver is in an export again")
      }
      try transaction.answer(question, answer, leavingDate: leavingDate, by: person, why: why)
    }
  }

  /// What a person answered; nil where nobody did.
  package func answer(of id: QuestionID) async throws(LedgerError) -> LeaverQuestion.Answer? {
    try await store.read { transaction in
      guard let question = try transaction.questions("id = ?", [id.rawValue]).first else {
        throw LedgerError(.notFound, "there is no question \(id)")
      }
      if case .answered(let answer) = try transaction.given(question) { return answer }
      return nil
    }
  }

  /// The questions of a school that nobody has answered, with what a sheet shows of each leaver; those whose key was
  /// destroyed are left out.
  package func toAsk(school: SchoolID) async throws(LedgerError) -> [QuestionToAsk] {
    try await store.read { transaction in
      try transaction.questions("school = ? AND answered_at IS NULL", [school.rawValue]).compactMap { question in
        do {
          return QuestionToAsk(
            question: question, key: transaction.rowKey(of: question),
            pupil: try transaction.identity(of: question.pupil),
            seenAt: try transaction.export(question.base).observedAt,
            missedAt: try transaction.export(question.export).observedAt)
        } catch let error as LedgerError where error.code == .objectDestroyed {
          return nil
        }
      }
    }
  }
}

/// A question with what a person must see to answer it. Never prints what it holds.
package struct QuestionToAsk: Sendable {
  package let question: LeaverQuestion
  /// The row key.
  package let key: String
  /// Who it is about.
  package let pupil: LeaverRecord
  /// When the leaver was last in an export, and when missing from one.
  package let seenAt: Timestamp
  package let missedAt: Timestamp
}

extension QuestionToAsk: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "QuestionToAsk(\(question.id), redacted)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

extension Transaction {
  /// What ended a question.
  enum QuestionEnd: Equatable {
    case answered(LeaverQuestion.Answer)
    /// The leaver is in an export again.
    case cameBack
  }

  /// What ended a question; nil while it is open.
  func given(_ question: LeaverQuestion) throws -> QuestionEnd? {
    guard
      let row = try row(
        "SELECT answered_at FROM leaver_question WHERE id = ?", [question.id.rawValue]),
      (row["answered_at"] as Int64?) != nil
    else { return nil }
    guard let opened = try openedAnswer(question) else { return .cameBack }
    guard let answer = opened["answer"].flatMap(LeaverQuestion.Answer.init(rawValue:)) else {
      throw LedgerError(.corrupt, "\(question.id) has an answer that this version does not know; run audit")
    }
    return .answered(answer)
  }

  /// Keeps the answer to an open question.
  func answer(
    _ question: LeaverQuestion, _ answer: LeaverQuestion.Answer, leavingDate: CalendarDate? = nil, by person: Person,
    why: String?
  ) throws {
    var sealed = person.details(why: why)
    sealed["answer"] = answer.rawValue
    if answer.tellsOfLeaving { sealed[Self.leavingDate] = leavingDate?.description }
    try run(
      "UPDATE leaver_question SET answered_at = ?, sealed_answer = ? WHERE id = ?",
      [
        now.milliseconds,
        try seal(
          Packed.encode(sealed), with: key(of: question.pupil), "leaver_question", "sealed_answer",
          question.id.description),
        question.id.rawValue,
      ])
    // Not what was answered: that is the pupil's data, and goes with the pupil's key.
    try append(
      .questionAnswered, subject: question.export.description,
      "\(question.id) about \(question.pupil), missing from \(question.export), is answered", details: person.details())
    if answer.tellsOfLeaving, leavingDate != nil, question.cohort.stage >= .y12 { try goThroughAgain(question) }
    guard answer == .died, try !standing(of: question.pupil).isDeceased else { return }
    // The day is not asked for: it is in force from today.
    try enter(
      .deceased, about: question.pupil, decidedOn: today,
      particulars: RegisterParticulars(
        decidedBy: person.name, how: "answer to \(question.id)", note: why, recordedBy: person))
  }

  /// The particular of an answer.
  private static let leavingDate = "leaving-date"

  /// Takes the newest export with the pupil's cohort in again, so that what was answered is told; one that is not read yet
  /// is read by it anyway.
  private func goThroughAgain(_ question: LeaverQuestion) throws {
    let newest = try exports(
      """
      e.school = ? AND e.state IN ('read', 'decided') AND EXISTS (
        SELECT 1 FROM object o JOIN wrapped_key k ON k.id = o.key WHERE o.name = e.object AND k.destroyed_at IS NULL)
        AND EXISTS (
          SELECT 1 FROM export_row r JOIN pupil p ON p.id = r.pupil
          WHERE r.export = e.id AND r.generation = e.generation AND p.cohort_stage = ? AND p.cohort_year = ?)
      """, [question.school.rawValue, question.cohort.stage.rawValue, question.cohort.leavingYear]
    ).last
    guard let newest, try exports("e.school = ? AND e.state = 'stored'", [question.school.rawValue]).isEmpty else {
      return
    }
    _ = try takeAgain(newest, because: "\(question.id) says when a leaver left", details: [:])
  }

  /// What a person said, or has not said yet, of a leaver who was missing from an export.
  struct Missed {
    /// The export that the leaver was missing from.
    let export: ExportID
    /// Nil while nobody has answered.
    let answer: LeaverQuestion.Answer?
    /// On which day a sixth former left.
    let leftOn: CalendarDate?
  }

  /// Of each leaver of a school who was missing from an export the newest question, unless the leaver came back. One whose
  /// key was destroyed is left out.
  func missed(_ school: SchoolID) throws -> [PupilID: Missed] {
    var missed: [PupilID: Missed] = [:]
    for question in try questions("school = ?", [school.rawValue]) {
      do {
        let opened = try openedAnswer(question)
        switch try given(question) {
        case .cameBack: missed[question.pupil] = nil
        case .answered(let answer):
          let day = question.cohort.stage >= .y12 ? opened?[Self.leavingDate].flatMap { CalendarDate(iso: $0) } : nil
          missed[question.pupil] = Missed(export: question.export, answer: answer, leftOn: day)
        case nil: missed[question.pupil] = Missed(export: question.export, answer: nil, leftOn: nil)
        }
      } catch let error as LedgerError where error.code == .objectDestroyed { continue }
    }
    return missed
  }

  /// What was sealed with an answer; nil where there is none.
  private func openedAnswer(_ question: LeaverQuestion) throws -> [String: String]? {
    guard let row = try row("SELECT sealed_answer FROM leaver_question WHERE id = ?", [question.id.rawValue]),
      let bytes = row.optionalBytes("sealed_answer")
    else { return nil }
    return try Packed.dictionary(
      open(bytes, with: key(of: question.pupil), "leaver_question", "sealed_answer", question.id.description))
  }

  /// Nobody need answer any more what became of a pupil who died.
  func closeQuestion(about pupil: PupilID, by person: Person) throws {
    for question in try questions("pupil = ? AND answered_at IS NULL", [pupil.rawValue]) {
      try answer(question, .died, by: person, why: nil)
    }
  }

  /// The questions that a condition on their columns selects, oldest first.
  func questions(_ condition: String, _ arguments: StatementArguments) throws -> [LeaverQuestion] {
    try rows("SELECT * FROM leaver_question WHERE \(condition) ORDER BY id", arguments).map { row in
      let id = QuestionID(rawValue: row["id"])
      guard let cohort = Cohort(row["cohort"] as String) else {
        throw LedgerError(.corrupt, "\(id) has a cohort that this version does not know; run audit")
      }
      return LeaverQuestion(
        id: id, school: SchoolID(rawValue: row["school"]), pupil: PupilID(rawValue: row["pupil"]), cohort: cohort,
        base: ExportID(rawValue: row["base"]), export: ExportID(rawValue: row["export"]),
        askedAt: row.instant("asked_at"))
    }
  }
}

extension Ledger {
  package var questions: QuestionsLedger { QuestionsLedger(store: store) }
}
