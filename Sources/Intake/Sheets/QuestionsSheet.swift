// The sheet of questions about leavers who are missing from a full export. Pure.

import Leavers
import Ledger
import Tabular

/// Writes and reads the sheet of questions.
enum QuestionsSheet {
  static let name = "Missing leavers.xlsx"
  private static let answer = "What became of them?"
  private static let leavingDate = "Leaving date"
  private static let note = "Note"

  static func draft(_ questions: [QuestionToAsk]) -> WorkbookDraft {
    let sheet = SheetDraft(
      name: "Missing leavers",
      columns: [
        ColumnDraft(SheetKind.questions.keyHeading, width: 24, isHidden: true)
      ] + ShownPupil.columns + [
        ColumnDraft("Cohort", width: 11),
        ColumnDraft("Last in the export of", width: 14, kind: .date, wraps: true),
        ColumnDraft("Missing from that of", width: 14, kind: .date, wraps: true),
        ColumnDraft(
          answer, width: 34, isLocked: false, allowed: LeaverQuestion.Answer.allCases.map(\.words),
          note: "Choose, save, and put the file into the folder “in” of the desk. Nothing is concluded before."),
        ColumnDraft(
          leavingDate, width: 14, kind: .date, isLocked: false,
          note: "Of a sixth former who left or moved away: the day. The authority is told of those who left early."),
        ColumnDraft(note, width: 40, isLocked: false, wraps: true),
      ],
      rows: questions.map { question in
        [.text(question.key, .muted)] + ShownPupil.cells(question.pupil) + [
          .text(question.question.cohort.description), SheetWords.date(LondonTime.day(of: question.seenAt)),
          SheetWords.date(LondonTime.day(of: question.missedAt)),
        ]
      }, isProtected: true)
    return WorkbookDraft(
      sheets: [sheet],
      properties: .init(title: "Leavers who are missing from an export", author: "leaverlink"),
      marks: [.init("kind", SheetKind.questions.rawValue)])
  }

  /// The answer of a row; nil where it was left blank.
  static func read(_ row: AnswerTable.Row, of table: AnswerTable) -> SheetRowReading.Content? {
    let word = table.cell(row, answer)
    if word.isEmpty { return nil }
    let key = table.key(row)
    guard !key.isEmpty else { return .mistake(SheetWords.noKey) }
    guard let given = LeaverQuestion.Answer.allCases.first(where: { $0.words == word.lowercased() }) else {
      let known = LeaverQuestion.Answer.allCases.map { "“\($0.words)”" }.joined(separator: ", ")
      return .mistake("the answer is none of \(known); choose one from the list")
    }
    let day = table.cell(row, leavingDate)
    let date = (try? CalendarDate.parse(day))?.date
    guard day.isEmpty || date != nil else {
      return .mistake("the leaving date is none that can be read; write it as 13/02/2027")
    }
    guard day.isEmpty || given.tellsOfLeaving else {
      return .mistake(
        "a leaving date goes with “\(LeaverQuestion.Answer.left.words)” and “\(LeaverQuestion.Answer.moved.words)” alone; take it out, or correct the answer"
      )
    }
    let note = table.cell(row, note)
    return .answer(
      .question(
        QuestionAnswer(
          key: key, shown: ShownPupil.read(row, of: table), answer: given, leavingDate: date,
          note: note.isEmpty ? nil : note)))
  }
}
