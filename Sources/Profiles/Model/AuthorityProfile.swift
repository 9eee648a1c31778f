// What one authority wants and what it sends back, checked and compiled.

package import Leavers
package import Tabular

/// What one authority wants: agreements, routes, formats, replies.
package struct AuthorityProfile: Sendable {
  package var id: AuthorityID
  package var name: String
  /// DfE's three digits, such as 343.
  package var laCode: LACode
  package var gss: String
  package var recipient: RecipientID
  package var evidence: Evidence
  package var agreements: [Agreement]
  package var acknowledges: Acknowledging
  /// The folder at the recipient that returns go to; empty for the recipient's top.
  package var sendTo: String
  /// The folder at the recipient that replies come from; empty only for a hand-over or where nothing is sent back.
  package var collectFrom: String
  package var returns: [ReturnProfile]
  package var replies: [ReplyProfile]
  package var contact: ContactNote?
  /// The file it was read from, for messages.
  package var file: String
  /// Where its evidence stands, for messages.
  package var evidencePlace: FilePlace

  package init(
    id: AuthorityID, name: String, laCode: LACode, gss: String, recipient: RecipientID, evidence: Evidence,
    agreements: [Agreement], acknowledges: Acknowledging, sendTo: String, collectFrom: String, returns: [ReturnProfile],
    replies: [ReplyProfile], contact: ContactNote?, file: String, evidencePlace: FilePlace? = nil
  ) {
    self.id = id
    self.name = name
    self.laCode = laCode
    self.gss = gss
    self.recipient = recipient
    self.evidence = evidence
    self.agreements = agreements
    self.acknowledges = acknowledges
    self.sendTo = sendTo
    self.collectFrom = collectFrom
    self.returns = returns
    self.replies = replies
    self.contact = contact
    self.file = file
    self.evidencePlace = evidencePlace ?? FilePlace(file: file)
  }

  package func profile(for kind: ReturnKind) -> ReturnProfile? { returns.first { $0.kind == kind } }

  /// The agreement that covers a kind on a day.
  package func agreement(for kind: ReturnKind, on day: CalendarDate) -> Agreement? {
    agreements.first { $0.kinds.contains(kind) && $0.isInForce(on: day) }
  }
}

/// A data sharing agreement or request that a disclosure rests on.
package struct Agreement: Sendable, Hashable {
  package var kinds: [ReturnKind]
  package var basis: Basis
  package var reference: String
  package var from: CalendarDate
  package var until: CalendarDate
  /// Whether it covers special category data (UK GDPR Article 9).
  package var coversSpecial: Bool
  /// Whether the school's data protection officer signed off that a parent's name and address are in the floor.
  package var parentInFloor: Bool
  /// What it demands of each pupil, as the school's register holds it; nil for nothing.
  package var consent: ConsentDemand?

  package init(
    kinds: [ReturnKind], basis: Basis, reference: String, from: CalendarDate, until: CalendarDate, coversSpecial: Bool,
    parentInFloor: Bool, consent: ConsentDemand? = nil
  ) {
    self.kinds = kinds
    self.basis = basis
    self.reference = reference
    self.from = from
    self.until = until
    self.coversSpecial = coversSpecial
    self.parentInFloor = parentInFloor
    self.consent = consent
  }

  package func isInForce(on day: CalendarDate) -> Bool { (from...until).contains(day) }
  /// A reference that begins EXAMPLE is nobody's agreement: dry runs and the sandbox only.
  package var isExample: Bool { reference.uppercased().hasPrefix("EXAMPLE") }
}

/// Whom to ask, as somebody once listed it. Used as default by nothing.
package struct ContactNote: Sendable, Hashable {
  package var email: String
  package var asOf: CalendarDate
  package var note: String

  package init(email: String, asOf: CalendarDate, note: String) {
    self.email = email
    self.asOf = asOf
    self.note = note
  }
}

/// One kind of return of one authority: who is in it, how it is written.
package struct ReturnProfile: Sendable {
  package var kind: ReturnKind
  package var cohorts: [Cohort.Stage]
  package var routedBy: RoutingRule
  package var send: SendDecision
  package var fileName: FileNamePattern
  package var dialect: CSVDialect
  package var columns: [ReturnColumn]
  /// Digest of the kind and of the text of the authority's file, 16 hex digits: stamped on each return, so that what
  /// was written by another version can be told. It is no defence against forgery.
  package var digest: String

  package init(
    kind: ReturnKind, cohorts: [Cohort.Stage], routedBy: RoutingRule, send: SendDecision, fileName: FileNamePattern,
    dialect: CSVDialect, columns: [ReturnColumn], digest: String
  ) {
    self.kind = kind
    self.cohorts = cohorts
    self.routedBy = routedBy
    self.send = send
    self.fileName = fileName
    self.dialect = dialect
    self.columns = columns
    self.digest = digest
  }
}

/// One column of a return.
package struct ReturnColumn: Sendable {
  package enum Source: Sendable, Hashable {
    case field(Field)
    case constant(String)
    /// Something of the school, not of the pupil.
    case school(SchoolItem)
  }
  package enum SchoolItem: String, Sendable, Hashable, CaseIterable {
    case laestab, urn, ukprn, name
  }
  package enum LetterCase: String, Sendable, Hashable, CaseIterable { case upper, lower }

  /// The header.
  package var name: String
  package var source: Source
  /// How a date is written.
  package var date: DatePattern?
  package var letterCase: LetterCase?
  /// Longest text in characters; a longer value holds the row, it is never cut.
  package var max: Int?
  /// A row without it is held for this authority.
  package var required: Bool
  /// The code set that the authority knows: a code of ours that is not current in it holds the row.
  package var codes: String?
  /// Our value → the authority's own, applied after `codes` was asked. Where there is a map, a value that is not in it is
  /// unknown to the authority and holds the row.
  package var map: [String: String]

  package init(
    name: String, source: Source, date: DatePattern? = nil, letterCase: LetterCase? = nil, max: Int? = nil,
    required: Bool = false, codes: String? = nil, map: [String: String] = [:]
  ) {
    self.name = name
    self.source = source
    self.date = date
    self.letterCase = letterCase
    self.max = max
    self.required = required
    self.codes = codes
    self.map = map
  }

  /// A value of ours in the authority's own words; nil where there is a map and the value is not in it, so that the row
  /// is held. A value never passes a map unchanged: two generations of codes use the same numbers with other meanings.
  package func mapped(_ value: String) -> String? { map.isEmpty ? value : map[value] }
}

/// One kind of file that an authority sends back.
package struct ReplyProfile: Sendable {
  package enum Level: String, Sendable, Hashable, CaseIterable { case pupil, aggregate, document }
  package enum Column: Sendable, Hashable {
    case field(Field)
    /// The authority's own reference of the young person.
    case reference
    /// Of an acknowledgement: the return's file name, the verdict, rows loaded and rejected, a reason, a hash.
    case returnFile, verdict, rowsLoaded, rowsRejected, reason, sha256
    /// Of an unknown-destination request: the day by which an answer is due.
    case due
  }

  package var kind: ReplyKind
  package var match: FileNamePattern
  package var level: Level
  /// What the columns of the file hold, by header.
  package var columns: [(column: Column, header: String)]
  /// Of an acknowledgement: the verdict's words in lower case that mean accepted; any other means rejected.
  package var acceptedWords: [String]

  package init(
    kind: ReplyKind, match: FileNamePattern, level: Level, columns: [(column: Column, header: String)],
    acceptedWords: [String]
  ) {
    self.kind = kind
    self.match = match
    self.level = level
    self.columns = columns
    self.acceptedWords = acceptedWords
  }
}
