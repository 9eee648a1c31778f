// The columns by which a row of a sheet shows whom it is about: written, and read again to hold the hidden key against. Pure.

import Leavers
import Tabular

/// Surname, forename and date of birth in a sheet of answers.
enum ShownPupil {
  private static let surname = "Surname"
  private static let forename = "Forename"
  private static let dateOfBirth = "Date of birth"

  static let columns = [
    ColumnDraft(surname, width: 22), ColumnDraft(forename, width: 22),
    ColumnDraft(dateOfBirth, width: 14, kind: .date),
  ]

  static func cells(_ pupil: LeaverRecord) -> [CellDraft] {
    [
      .text(pupil[.legalSurname] ?? ""), .text(pupil[.legalForename] ?? ""),
      SheetWords.date(pupil.date(.dateOfBirth)),
    ]
  }

  /// Whom a row shows. A date that a spreadsheet wrote in a way of its own says nothing.
  static func read(_ row: AnswerTable.Row, of table: AnswerTable) -> LeaverRecord {
    LeaverRecord([
      .legalSurname: table.cell(row, surname), .legalForename: table.cell(row, forename),
      .dateOfBirth: (try? CalendarDate.parse(table.cell(row, dateOfBirth)))?.date.description ?? "",
    ])
  }
}
