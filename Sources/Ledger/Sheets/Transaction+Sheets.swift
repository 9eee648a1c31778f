// What a person's answers do: one function for each kind of answer. Lives in one transaction.

import GRDB
import Leavers

extension Transaction {
  /// Does what an answer says. What a person wrote never throws: it is refused in words.
  func apply(_ answer: SheetAnswer, school: SchoolID, by person: Person) throws -> AnswerOutcome {
    switch answer {
    case .release(let answer): try apply(answer, school: school, by: person)
    case .question(let answer): try apply(answer, school: school, by: person)
    case .register(let answer): try apply(answer, school: school, by: person)
    case .word(let answer): try apply(answer, school: school, by: person)
    case .risk(let answer): try apply(answer, school: school, by: person)
    }
  }

  private static let sortedApart =
    "the row shows another return than its hidden first column is about; take the newest release sheet from the desk and answer there"

  private func apply(_ answer: ReleaseAnswer, school: SchoolID, by person: Person) throws -> AnswerOutcome {
    // What was told is what the person saw: the key of such a row holds whom the notice named, and why.
    if answer.decision == .told, let told = try objected(school: school, key: answer.key) {
      guard answer.shown.isEmpty || answer.shown.uppercased() == told.id.description else {
        return .refused(Self.sortedApart)
      }
      return .done(try noteTold(told, code: nil, by: person, why: answer.why))
    }
    let found = try summaries("school = ? AND state <> 'drafted'", [school.rawValue], order: "id DESC")
      .first { rowKey(of: $0) == answer.key }
    guard let found else {
      return .refused(
        answer.decision == .told
          ? "what there is to tell the authority is other by now, or it was told; take the newest release sheet and notice from the desk"
          : "this row is of no return of this school; take the newest release sheet from the desk")
    }
    // Columns can be sorted apart from the hidden one: what a person saw decides whether the key is believed.
    guard answer.shown.isEmpty || answer.shown.uppercased() == found.id.description else {
      return .refused(Self.sortedApart)
    }
    switch (answer.decision, found.state) {
    case (.told, .prepared):
      return .refused(
        "\(found.id) is a pack on the desk; choose “do not send”, or, if the authority has it already, that it was handed over before"
      )
    case (.told, _): return .refused("this row is of no notice; take the newest release sheet from the desk")
    case (.release, .waiting(.release)), (.release, .waiting(.brake)):
      let notes = try release(found.id, by: person, why: answer.why)
      let although = notes.isEmpty ? "" : ", although: " + notes.map(\.words).joined(separator: "; ")
      return .done("\(found.id) for \(found.authority) is released\(although)")
    case (.handedOver, .prepared), (.handedOverBefore, .prepared):
      let handedOver = try handOver(
        found, by: person, evidence: answer.why, beforeObjection: answer.decision == .handedOverBefore)
      switch handedOver {
      case .success(let toTell):
        return .done((["\(found.id) is with \(found.authority)"] + [toTell].compactMap(\.self)).joined(separator: "; "))
      case .failure(let refusal): return .refused(refusal.words)
      }
    case (.handedOver, let state) where state.hasReached, (.handedOverBefore, let state) where state.hasReached:
      return .unchanged("\(found.id) is with \(found.authority) already")
    case (.handedOver, .withdrawn), (.handedOverBefore, .withdrawn):
      return .refused(
        "\(found.id) was withdrawn; if \(found.authority) has it all the same, tell \(found.authority) that it may not be used"
      )
    case (.handedOver, _), (.handedOverBefore, _):
      return .refused("\(found.id) has no pack on the desk that could have been handed over; release it first")
    case (.withdraw, .waiting(.release)), (.withdraw, .waiting(.brake)), (.withdraw, .queued), (.withdraw, .prepared):
      return .done(try withdraw(found.id, by: person, why: answer.why))
    case (.withdraw, .withdrawn): return .unchanged("\(found.id) is withdrawn already")
    case (_, .superseded):
      return .refused("\(found.id) was replaced by a newer one; take the newest release sheet from the desk")
    case (.release, .withdrawn):
      return .refused("\(found.id) was withdrawn; export anew, which makes a new return")
    case (.release, .waiting(.objection)):
      return .refused(
        "\(found.id) holds somebody who may no longer go so; it is made anew by itself, or by the next export")
    case (.release, .waiting):
      return .refused(
        "\(found.id) waits for something else than a release; the technician sees it in `leaverlink todo`")
    case (.release, _): return .unchanged("\(found.id) was released before")
    case (.withdraw, _):
      return .refused("\(found.id) is on its way or there already and cannot be taken back here; ask the technician")
    }
  }

  private func apply(_ answer: QuestionAnswer, school: SchoolID, by person: Person) throws -> AnswerOutcome {
    let found = try questions("school = ?", [school.rawValue]).first { rowKey(of: $0) == answer.key }
    guard let found else {
      return .refused("this row is of no question of this school; take the newest sheet of questions from the desk")
    }
    do {
      if answer.shown.contradicts(try identity(of: found.pupil)) {
        return .refused(
          "the row shows another leaver than its hidden first column is about; take the newest sheet of questions from the desk and answer there"
        )
      }
    } catch let error as LedgerError where error.code == .objectDestroyed {
      return .refused("this leaver's data was erased; nobody need answer")
    }
    guard let given = try given(found) else {
      try self.answer(found, answer.answer, leavingDate: answer.leavingDate, by: person, why: answer.note)
      let day: String =
        if answer.answer.tellsOfLeaving, found.cohort.stage >= .y12 {
          answer.leavingDate.map { ", on \(LondonTime.text($0))" }
            ?? "; without the day no authority is told that a sixth former left early"
        } else { "" }
      return .done("\(found.id) is answered: \(answer.answer.words)\(day)")
    }
    switch given {
    case .cameBack: return .unchanged("\(found.id): the leaver is in an export again; nobody need answer")
    case .answered(answer.answer): return .unchanged("\(found.id) is answered so already")
    case .answered:
      return .refused("\(found.id) was answered otherwise before; tell the technician if that was wrong")
    }
  }
}

extension LeaverQuestion.Answer {
  /// The answer as a sheet offers it.
  package var words: String {
    switch self {
    case .left: "left the school"
    case .moved: "moved away"
    case .wrongFilter: "left out of the report by mistake"
    case .died: "died"
    case .other: "something else"
    }
  }
}
