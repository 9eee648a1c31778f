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

  /// Keeps a person's answer, sealed under the pupil's key. It concludes nothing: what is sent is what is exported.
  ///
  /// Throws `notFound`, and `conflict` where it is answered already or the leaver has come back.
  package func answer(
    _ id: QuestionID, _ answer: LeaverQuestion.Answer, by person: Person, why: String? = nil
  ) async throws(LedgerError) {
    try await store.write { transaction in
      guard let question = try transaction.questions("id = ?", [id.rawValue]).first else {
        throw LedgerError(.notFound, "there is no question \(id)")
      }
      guard try transaction.exists("SELECT 1 FROM leaver_question WHERE id = ? AND answered_at IS NULL", [id.rawValue])
      else { throw LedgerError(.conflict, "\(id) is answered already, or the leaver is in an export again") }
      var sealed = person.details(why: why)
      sealed["answer"] = answer.rawValue
      try transaction.run(
        "UPDATE leaver_question SET answered_at = ?, sealed_answer = ? WHERE id = ?",
        [
          transaction.now.milliseconds,
          try transaction.seal(
            Packed.encode(sealed), with: transaction.key(of: question.pupil), "leaver_question", "sealed_answer",
            id.description),
          id.rawValue,
        ])
      // Not what was answered: that is the pupil's data, and goes with the pupil's key.
      try transaction.append(
        .questionAnswered, subject: question.export.description,
        "\(id) about \(question.pupil), missing from \(question.export), is answered", details: person.details())
    }
  }

  /// What a person answered; nil where nobody did.
  package func answer(of id: QuestionID) async throws(LedgerError) -> LeaverQuestion.Answer? {
    try await store.read { transaction in
      guard
        let row = try transaction.row("SELECT pupil, sealed_answer FROM leaver_question WHERE id = ?", [id.rawValue])
      else { throw LedgerError(.notFound, "there is no question \(id)") }
      guard let bytes = row.optionalBytes("sealed_answer") else { return nil }
      let opened = try Packed.dictionary(
        transaction.open(
          bytes, with: transaction.key(of: PupilID(rawValue: row["pupil"])), "leaver_question", "sealed_answer",
          id.description))
      guard let answer = opened["answer"].flatMap(LeaverQuestion.Answer.init(rawValue:)) else {
        throw LedgerError(.corrupt, "\(id) has an answer that this version does not know; run audit")
      }
      return answer
    }
  }
}

extension Transaction {
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
