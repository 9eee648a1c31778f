// What the Returns station hands to the ledger: scope, drafts, decisions. Pure.

package import Leavers

/// An authority and a kind of return that an export may go to.
package struct ScopeEntry: Sendable, Hashable {
  package let authority: AuthorityID
  package let kind: ReturnKind

  package init(authority: AuthorityID, kind: ReturnKind) {
    self.authority = authority
    self.kind = kind
  }
}

/// A return to be drafted (R1).
package struct DraftRequest: Sendable {
  package let export: ExportID
  package let school: SchoolID
  package let authority: AuthorityID
  package let recipient: RecipientID
  package let kind: ReturnKind
  package let cohort: Cohort
  package let cycle: String
  /// Stands for "now" in its bytes; of a draft that exists already the first one stays.
  package let instant: Timestamp
  package let way: DeliveryWay
  package let profileDigest: String
  package let basis: Basis
  package let agreementReference: String
  package let evidence: String
  package let acknowledges: Acknowledging

  package init(
    export: ExportID, school: SchoolID, authority: AuthorityID, recipient: RecipientID, kind: ReturnKind,
    cohort: Cohort, cycle: String, instant: Timestamp, way: DeliveryWay, profileDigest: String, basis: Basis,
    agreementReference: String, evidence: String, acknowledges: Acknowledging
  ) {
    self.export = export
    self.school = school
    self.authority = authority
    self.recipient = recipient
    self.kind = kind
    self.cohort = cohort
    self.cycle = cycle
    self.instant = instant
    self.way = way
    self.profileDigest = profileDigest
    self.basis = basis
    self.agreementReference = agreementReference
    self.evidence = evidence
    self.acknowledges = acknowledges
  }
}

/// A drafted return with its bytes (R4).
package struct RenderedReturn: Sendable {
  package let id: ReturnID
  package let object: PendingObject
  package let fileName: String
  /// Which rows of the export stand in it, with the digest of each as rendered (`rowDigest`).
  package let rows: [(row: Int, pupil: PupilID, digest: [UInt8], disclosure: Disclosure)]
  /// What is disclosed: in rows disclosed in full, or in rows at the floor. Repeats are counted.
  package let fields: [(field: Field, tier: DisclosureTier, full: Bool)]
  package let next: ReturnEvent.Start
  /// Why a person must look at its numbers first; kept with it.
  package let brake: [BrakeReason]
  /// The rows that tell how to contact the pupil or the family; nil where nobody looked, and any may.
  package let tellsContact: Set<Int>?
  /// What the agreement that it rests on demands of each pupil.
  package let consent: ConsentDemand?
  /// How often each code of the authority's stands in it.
  package let totals: [CodeTotal]
  /// Whether it holds only what changed, so that it takes the place of nothing but its own pupils' rows.
  package let isOfChanges: Bool

  package init(
    id: ReturnID, object: PendingObject, fileName: String,
    rows: [(row: Int, pupil: PupilID, digest: [UInt8], disclosure: Disclosure)],
    fields: [(field: Field, tier: DisclosureTier, full: Bool)], next: ReturnEvent.Start, brake: [BrakeReason] = [],
    tellsContact: Set<Int>? = nil, consent: ConsentDemand? = nil, totals: [CodeTotal] = [],
    isOfChanges: Bool = false
  ) {
    self.totals = totals
    self.isOfChanges = isOfChanges
    self.id = id
    self.object = object
    self.fileName = fileName
    self.rows = rows
    self.fields = fields
    self.next = next
    self.brake = brake
    self.tellsContact = tellsContact
    self.consent = consent
  }
}

/// What becomes of every row of an export for one authority and kind (R4).
package struct ScopeDecision: Sendable {
  package let returns: [RenderedReturn]
  /// Never `notRouted`: those are the exclusions.
  package let fates: [(row: Int, fate: Fate)]
  package let exclusions: [(row: Int, reason: RoutingReason)]
  /// Drafts that have no rows after all: they are removed.
  package let abandoned: [ReturnID]
  /// Returns that wait and go on waiting beside the new ones: they tell of pupils whom the export does not name.
  package let keeping: Set<ReturnID>
  /// What is kept of its numbers, for the exports that come after it.
  package let record: BrakeRecord

  package init(
    returns: [RenderedReturn], fates: [(row: Int, fate: Fate)], exclusions: [(row: Int, reason: RoutingReason)],
    abandoned: [ReturnID], keeping: Set<ReturnID> = [], record: BrakeRecord = BrakeRecord(measures: [:], gone: [])
  ) {
    self.keeping = keeping
    self.returns = returns
    self.fates = fates
    self.exclusions = exclusions
    self.abandoned = abandoned
    self.record = record
  }
}

/// What an authority last got of a pupil, or is about to get.
package struct PreviousRow: Sendable, Hashable {
  /// Of the row as rendered (`rowDigest`).
  package let digest: [UInt8]
  package let `return`: ReturnID
  package let disclosure: Disclosure
}
