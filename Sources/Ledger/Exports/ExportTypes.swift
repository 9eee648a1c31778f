// What Intake hands to the ledger and gets from it: observations, rows, findings, summaries. Pure.

package import Leavers

/// One look at a file in a watched folder. The path may hold a person's name and does not print.
package struct SourceObservation: Sendable, Hashable {
  package let path: String
  package let device: UInt64
  package let inode: UInt64
  /// Bytes.
  package let size: Int64
  /// Nanoseconds since 1970: of the content (mtime) and of the file's record (ctime).
  package let modified: Int64
  package let changed: Int64
  /// Whose file it is: a user's name, or `uid 1004`. No part of the fingerprint.
  package let owner: String?

  package init(
    path: String, device: UInt64, inode: UInt64, size: Int64, modified: Int64, changed: Int64, owner: String? = nil
  ) {
    self.path = path
    self.device = device
    self.inode = inode
    self.size = size
    self.modified = modified
    self.changed = changed
    self.owner = owner
  }

  /// Everything but the path and the owner, as text: equal for two looks at a file that nobody has touched.
  package var fingerprint: String { "\(device):\(inode):\(size):\(modified):\(changed)" }

  /// The time of the content in a fingerprint; nil in a text that is none.
  static func modified(inFingerprint text: String) -> Int64? {
    let parts = text.split(separator: ":")
    return parts.count == 5 ? Int64(parts[3]) : nil
  }
}

extension SourceObservation: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "SourceObservation(\(size) bytes, redacted)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// What became of a stored object.
package enum StoredOutcome: Sendable, Hashable {
  case new(ExportID)
  /// The content of the school's newest export once more.
  case `repeat`(of: ExportID)
  /// What an older export said, in a file that is no younger: newer exports stand.
  case outdated(ExportID)
}

/// What validation decided of a row.
package enum RowVerdict: Sendable, Hashable {
  case clear
  case held(HoldReason)
  /// A repeat of another row of this export.
  case merged(into: Int)
}

/// A row on its way into the ledger.
package struct RowDraft: Sendable {
  /// Its number in the export, the header being 1.
  package let rowNumber: Int
  package let record: LeaverRecord
  package let cohort: Cohort?
  package let verdict: RowVerdict
  /// The export that said it, for a row that this one does not have itself.
  package let carriedFrom: ExportID?
  /// Which pupil it is, where that is known by more than the record.
  package let pupil: PupilID?
  /// The words by which the row has values, or lacks them.
  package let words: [RowWord]

  package init(
    rowNumber: Int, record: LeaverRecord, cohort: Cohort?, verdict: RowVerdict, carriedFrom: ExportID? = nil,
    pupil: PupilID? = nil, words: [RowWord] = []
  ) {
    self.pupil = pupil
    self.rowNumber = rowNumber
    self.record = record
    self.cohort = cohort
    self.verdict = verdict
    self.carriedFrom = carriedFrom
    self.words = words
  }
}

/// A row of an export as the ledger holds it.
package struct ExportRow: Sendable {
  package let rowNumber: Int
  /// Nil where nobody can say which pupil it is.
  package let pupil: PupilID?
  /// The pupil's own, fixed when first seen; else the row's.
  package let cohort: Cohort?
  package let record: LeaverRecord
  package let verdict: RowVerdict
  /// How the pupil stands in the register; not yet applied to the record, since it differs by authority and kind.
  package let standing: PupilStanding
  /// The fields that are blank because nobody has said yet what the words mean that stood there.
  package let undecided: Set<Field>

  package init(
    rowNumber: Int, pupil: PupilID?, cohort: Cohort?, record: LeaverRecord, verdict: RowVerdict,
    standing: PupilStanding = .none, undecided: Set<Field> = []
  ) {
    self.rowNumber = rowNumber
    self.pupil = pupil
    self.cohort = cohort
    self.record = record
    self.verdict = verdict
    self.standing = standing
    self.undecided = undecided
  }
}

/// What reading an export found out about it as a whole.
package struct ReadingSummary: Sendable, Hashable {
  /// Rows with a record in them, and rows carried on; the ledger must hold as many.
  package let rowsRead: Int
  package let blankRows: Int
  /// Canonical names of the columns in their order; "?" for one that is not known.
  package let columns: [String]
  package let encoding: String
  package let delimiter: String
  package let errors: Int
  package let warnings: Int
  package let notes: Int
  /// Whether it holds all leavers of the school; nil where nobody decided that.
  package let extent: ExportExtent?
  package let series: ExportSeries

  package init(
    rowsRead: Int, blankRows: Int, columns: [String], encoding: String, delimiter: String, errors: Int, warnings: Int,
    notes: Int, extent: ExportExtent? = nil, series: ExportSeries = .export
  ) {
    self.extent = extent
    self.series = series
    self.rowsRead = rowsRead
    self.blankRows = blankRows
    self.columns = columns
    self.encoding = encoding
    self.delimiter = delimiter
    self.errors = errors
    self.warnings = warnings
    self.notes = notes
  }
}

/// A finding without any value, nor the header's own text.
package struct FindingNote: Sendable, Hashable {
  package let code: FindingCode
  package let severity: Severity
  package let row: Int?
  package let columnNumber: Int?
  package let field: Field?
  package let authority: AuthorityID?

  package init(
    code: FindingCode, severity: Severity, row: Int? = nil, columnNumber: Int? = nil, field: Field? = nil,
    authority: AuthorityID? = nil
  ) {
    self.code = code
    self.severity = severity
    self.row = row
    self.columnNumber = columnNumber
    self.field = field
    self.authority = authority
  }
}

/// An export: what it is and how far it has come. Holds no personal data.
package struct ExportSummary: Sendable, Hashable {
  package let id: ExportID
  package let school: SchoolID
  package let state: ExportState
  package let object: ObjectName
  package let sha256: String
  /// Bytes.
  package let size: Int64
  package let observedAt: Timestamp
  /// Counts up with each beginning of reading; 0 before the first.
  package let generation: Int
  /// Rows of its own and rows carried on from exports before; 0 before it is read.
  package let rowsRead: Int
  /// How many of them it does not have itself.
  package let rowsCarried: Int
  package let blankRows: Int
  package let mis: String?
  /// Whether it holds all leavers of the school; nil before it is read, and of exports from before this was kept.
  package let extent: ExportExtent?
  /// Why it is unreadable: a finding's code, and words without personal data.
  package let unreadable: Unreadable?
  package let handedBackAt: Timestamp?
  /// When its school was told besides what had been decided.
  package let fatesHandedBackAt: Timestamp?
  /// The export whose checked file it is, corrected; nil where it is none, or nobody knows.
  package let corrects: ExportID?

  package struct Unreadable: Sendable, Hashable {
    package let code: FindingCode
    package let message: String
  }
}
