// One kind of return of one authority: who is in it, how it is written.

package import Leavers
package import Tabular

/// One kind of return of one authority: who is in it, how it is written.
package struct ReturnProfile: Sendable {
  package var kind: ReturnKind
  package var cohorts: [Cohort.Stage]
  /// The school census's enrolment statuses that are in it; empty for all. A record that gives none is in it.
  package var enrolment: [String]
  /// All of them must hold of a record that is in it.
  package var conditions: [FieldCondition]
  package var routedBy: RoutingRule
  package var send: SendDecision
  package var fileName: FileNamePattern
  package var format: ReturnFormat
  package var rows: RowShape
  package var columns: [ReturnColumn]
  /// Columns of the return by which its rows are sorted, by their texts; none: the order of the export.
  package var sort: [String]
  /// Digest of the kind, of the text of the authority's file and of every file that it names, 16 hex digits: stamped on
  /// each return, so that what was written by another version can be told. It is no defence against forgery.
  package var digest: String
  /// Whether a file holds only what changed since the last that the authority has; else all.
  package var changesOnly = false
  /// Whether a cover sheet goes beside a file that is delivered; in a hand-over pack there always is one.
  package var coverSheet = false
  /// Whether a pupil who moved to another authority is closed at the old one.
  package var closes: Bool { columns.contains { $0.form.tellsMoves } }
  /// What the profile says of itself: given these records, it writes these rows.
  package var examples: [ReturnExample]

  package init(
    kind: ReturnKind, cohorts: [Cohort.Stage], enrolment: [String] = [], conditions: [FieldCondition] = [],
    routedBy: RoutingRule, send: SendDecision, fileName: FileNamePattern, format: ReturnFormat,
    rows: RowShape = .pupil, columns: [ReturnColumn], sort: [String] = [], digest: String,
    examples: [ReturnExample] = []
  ) {
    self.kind = kind
    self.cohorts = cohorts
    self.enrolment = enrolment
    self.conditions = conditions
    self.routedBy = routedBy
    self.send = send
    self.fileName = fileName
    self.format = format
    self.rows = rows
    self.columns = columns
    self.sort = sort
    self.digest = digest
    self.examples = examples
  }

  /// A return that is a plain CSV file.
  package init(
    kind: ReturnKind, cohorts: [Cohort.Stage], routedBy: RoutingRule, send: SendDecision, fileName: FileNamePattern,
    dialect: CSVDialect, columns: [ReturnColumn], digest: String
  ) {
    self.init(
      kind: kind, cohorts: cohorts, routedBy: routedBy, send: send, fileName: fileName,
      format: .csv(CSVForm(dialect: dialect)), columns: columns, digest: digest)
  }

  /// The encoding in which it is written: what a CSV file says, else UTF-8, as workbooks and XML have it.
  package var encoding: TextEncoding { if case .csv(let form) = format { form.dialect.encoding } else { .utf8 } }

  /// The fields that the return tells of, whatever the column makes of them.
  package var fields: Set<Field> { Set(columns.flatMap(\.form.fields)) }
}

/// Of what a return has a row.
package enum RowShape: String, Sendable, Hashable, CaseIterable {
  case pupil
  /// Each characteristic of a pupil; a pupil without any has one row too, lest its absence tell something.
  case characteristic
  /// The intended and the actual destination of a pupil; a pupil with neither has one row too.
  case destination
}

/// A record and what a return makes of it, as the profile itself says: what `profile test` runs.
package struct ReturnExample: Sendable {
  package enum Outcome: Sendable, Hashable {
    /// The cells by the name of their column, for each row; columns that are not named are not compared.
    case rows([[String: String]])
    /// Not in the return; the word is that of the fate's reason, such as `required-missing` or `other-cohort`.
    case kept(String)
  }
  package var given: LeaverRecord
  package var outcome: Outcome
  package var place: FilePlace

  package init(given: LeaverRecord, outcome: Outcome, place: FilePlace) {
    self.given = given
    self.outcome = outcome
    self.place = place
  }
}
