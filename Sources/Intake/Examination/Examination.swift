// What intake found in an export: rows, findings, counts, and the files that go back to the desk. A value; prints counts.

package import Leavers
package import Ledger

/// An export after every rule, without any effect: used by the station and by `prepare`.
package struct Examination: Sendable {
  /// The rows that are pupils, in the order of the file; none when `fatal` is there.
  package let rows: [ExaminedRow]
  /// Pupils who are not in the file, as the exports before had them.
  package let carried: [CarriedRow]
  /// Everything there is to say, by row and column, what concerns the whole file first.
  package let details: [ExportFinding]
  package private(set) var summary: ExaminationSummary
  /// Why nothing of the file was taken in.
  package let fatal: ExportFinding?
  /// What the checked file is made of; nil where the bytes are no table.
  let layout: CheckedLayout?
  /// What the rows of a sheet of pupils must be compared with, and was not given: with it they may come out otherwise.
  package internal(set) var missingBaselines: Set<ExportID> = []

  /// An examination of which nothing is taken in.
  init(refusing remark: Remark, summary: ExaminationSummary = ExaminationSummary()) {
    self.init(refusing: ExportFinding(remark, row: nil), summary: summary)
  }

  /// An examination of which nothing is taken in, for something in one place of the file.
  init(refusing fatal: ExportFinding, summary: ExaminationSummary) {
    rows = []
    carried = []
    details = [fatal]
    self.summary = summary
    self.summary.errors += 1
    self.fatal = fatal
    layout = nil
  }

  init(
    rows: [ExaminedRow], carried: [CarriedRow], details: [ExportFinding], summary: ExaminationSummary,
    layout: CheckedLayout
  ) {
    self.rows = rows
    self.carried = carried
    self.details = details
    self.summary = summary
    fatal = nil
    self.layout = layout
  }

  /// All rows as they go into the ledger, in the order of their numbers.
  var drafts: [RowDraft] {
    rows.map {
      RowDraft(
        rowNumber: $0.rowNumber, record: $0.record, cohort: $0.cohort, verdict: $0.verdict, pupil: $0.pupil,
        words: $0.words)
    }
      + carried.map {
        RowDraft(
          rowNumber: $0.rowNumber, record: $0.entry.record, cohort: $0.entry.cohort, verdict: .clear,
          carriedFrom: $0.entry.export, pupil: $0.entry.pupil, words: $0.entry.words)
      }
  }

  /// All findings in the domain's form.
  package var findings: [Finding] { details.map(\.finding) }

  /// More than so many findings are counted and no longer listed: a mistake that runs through a large file.
  package static let listedFindings = 10_000

  /// The findings that are listed, the last of which says where more were left off.
  package var listed: [ExportFinding] {
    details.count > Self.listedFindings ? Self.cut(details, of: details.count) : details
  }

  /// The first findings of so many, and how many more there are.
  static func cut(_ findings: [ExportFinding], of all: Int) -> [ExportFinding] {
    findings.prefix(listedFindings)
      + [ExportFinding(Remark(.moreFindings, "\(all - listedFindings) more"), row: nil)]
  }
}

/// A row of an export after every rule.
package struct ExaminedRow: Sendable {
  /// The record's number in the export, the header being counted.
  package let rowNumber: Int
  /// What the row says; of several rows of one pupil the first says what all of them say.
  package let record: LeaverRecord
  package let cohort: Cohort?
  package let verdict: RowVerdict
  package let details: [ExportFinding]
  /// Which pupil it is, where a row key tells it.
  package let pupil: PupilID?
  /// Words that stand where codes should, and what was decided of them.
  package let words: [RowWord]
  package var findings: [Finding] { details.map(\.finding) }
  /// The fields that are blank because nobody has said yet what the words mean that stand there.
  package var undecided: Set<Field> { Set(words.filter { $0.isOpen && record[$0.field] == nil }.map(\.field)) }

  package init(
    rowNumber: Int, record: LeaverRecord, cohort: Cohort?, verdict: RowVerdict, details: [ExportFinding],
    pupil: PupilID? = nil, words: [RowWord] = []
  ) {
    self.pupil = pupil
    self.rowNumber = rowNumber
    self.record = record
    self.cohort = cohort
    self.verdict = verdict
    self.details = details
    self.words = words
  }
}

/// A row that an export does not have itself: what the school said last of the pupil.
package struct CarriedRow: Sendable {
  /// Beyond the last row of the file.
  package let rowNumber: Int
  package let entry: RollEntry
}

/// Counts of an examination.
package struct ExaminationSummary: Sendable, Equatable {
  /// Rows that are pupils.
  package var rowsRead = 0
  /// Pupils who are not in the file and are kept as the exports before had them.
  package var carried = 0
  /// Whether the file holds all leavers of the school.
  package var extent = ExportExtent.partial
  package var series = ExportSeries.export
  /// Blank rows, totals and repeated headings.
  package var blankRows = 0
  package var clear = 0
  package var held = 0
  package var merged = 0
  package var errors = 0
  package var warnings = 0
  package var notes = 0
  /// Canonical names of the columns, `?` for those not kept.
  package var columns: [String] = []
  /// The encoding of a text, or `xlsx`.
  package var encoding = ""
  /// What divides the cells of a text, or the number of a workbook's sheet.
  package var delimiter = ""

  mutating func count(_ finding: ExportFinding, times: Int = 1) {
    switch finding.severity {
    case .note: notes += times
    case .warning: warnings += times
    case .error, .fatal: errors += times
    }
  }
}

extension Examination: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "Examination(\(summary.rowsRead) rows, \(details.count) findings)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

extension ExaminedRow: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "ExaminedRow(\(rowNumber), redacted)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
