// The hidden keys by which rows of sheets are known again: keyed digests, so that nothing need be remembered of a sheet.

import Leavers

extension Transaction {
  /// The key of a row about one thing of a school. It cannot be made up, and one of another sheet or school is none.
  func rowKey(_ heading: String, _ school: SchoolID, _ subject: String) -> String {
    // Ten bytes: nobody meets another row's key by chance.
    RowKeyText.of(digits: Hex.text(Array(keys.digest("row key", heading, school.rawValue, subject).prefix(10))))
  }

  /// The row key of a pupil, in every sheet of pupils.
  func rowKey(of pupil: PupilID, _ school: SchoolID) -> String {
    rowKey(SheetKind.pupilsHeading, school, pupil.description)
  }

  /// The row key of a return with the bytes that it has.
  func rowKey(of summary: ReturnSummary) -> String {
    rowKey(SheetKind.release.keyHeading, summary.school, "\(summary.id) \(summary.sha256 ?? "")")
  }

  func rowKey(of question: LeaverQuestion) -> String {
    rowKey(SheetKind.questions.keyHeading, question.school, question.id.description)
  }
}
