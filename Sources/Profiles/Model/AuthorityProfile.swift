// What one authority wants and what it sends back, checked and compiled.

package import Leavers

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
  /// Whether it covers data about offences (UK GDPR Article 10).
  package var coversOffences: Bool
  /// By what pupils under 13 may be named as at risk of NEET; nil: they may not.
  package var underThirteen: String?
  /// Whether the school's data protection officer signed off that a parent's name and address are in the floor.
  package var parentInFloor: Bool
  /// What it demands of each pupil, as the school's register holds it; nil for nothing.
  package var consent: ConsentDemand?

  package init(
    kinds: [ReturnKind], basis: Basis, reference: String, from: CalendarDate, until: CalendarDate, coversSpecial: Bool,
    parentInFloor: Bool, consent: ConsentDemand? = nil, coversOffences: Bool = false, underThirteen: String? = nil
  ) {
    self.underThirteen = underThirteen
    self.kinds = kinds
    self.basis = basis
    self.reference = reference
    self.from = from
    self.until = until
    self.coversSpecial = coversSpecial
    self.coversOffences = coversOffences
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
