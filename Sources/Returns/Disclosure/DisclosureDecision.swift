// Whether, and how much of, a record may be disclosed to an authority for a kind of return. Pure.

package import Leavers
package import Profiles

/// How much of a record an authority may have.
package enum DisclosureDecision: Sendable, Hashable {
  case disclose(Disclosure)
  /// Waits for a person.
  case held(HoldReason)
  /// May not be disclosed.
  case withheld(WithholdReason)
}

/// The decision for one authority, kind and school on a day; asked for every record.
package struct DisclosureRule: Sendable {
  /// What the format's evidence allows, decided by the gate for authority, recipient and school.
  package enum Gate: Sendable, Hashable {
    /// Real pupils may go.
    case open
    /// Only synthetic pupils that are marked TEST.
    case trial
    /// Nobody's data: nobody confirmed the format.
    case closed
  }

  package let kind: ReturnKind
  package let gate: Gate
  package let unlisted: UnlistedSharing
  /// The agreement that is relied on; nil when none is in force.
  package let agreement: Agreement?
  private let noAgreement: WithholdReason

  package init(authority: AuthorityProfile, kind: ReturnKind, school: School, day: CalendarDate, gate: Gate) {
    self.kind = kind
    self.gate = gate
    unlisted = school.unlistedSharing
    agreement = authority.agreement(for: kind, on: day)
    noAgreement =
      authority.agreements.contains { $0.kinds.contains(kind) } ? .agreementNotInForce : .noAgreement
  }

  /// - Parameter consents: whether the register holds the pupil's, or a parent's, consent to tracking.
  package func decide(_ record: LeaverRecord, consents: Bool = false) -> DisclosureDecision {
    guard let agreement else { return .withheld(noAgreement) }
    switch gate {
    case .open: break
    case .trial where Self.isMarkedAsTest(record): break
    case .trial: return .withheld(.trialFormat)
    case .closed: return .withheld(.formatNotConfirmed)
    }
    if agreement.consent == .tracking, !consents { return .withheld(.noTrackingConsent) }
    let decision = sharing(record, agreement.basis)
    if Self.keepsOutFloor(kind), decision == .disclose(.floor) { return .withheld(.floorNotEnough) }
    return decision
  }

  /// Whether that a pupil is in such a return is itself what the floor does not tell.
  package static func keepsOutFloor(_ kind: ReturnKind) -> Bool { kind == .riskOfNEET }

  /// Why a pupil may not be named as at risk of NEET: nobody under `RegisterAge.ofRisk` without a basis that the
  /// agreement names. Without a date of birth nobody can tell.
  package func riskObstacle(_ record: LeaverRecord, on day: CalendarDate) -> WithholdReason? {
    guard kind == .riskOfNEET, let agreement, agreement.underThirteen == nil else { return nil }
    guard let born = record.dateOfBirth else { return .underThirteen }
    return born.age(on: day) < RegisterAge.ofRisk ? .underThirteen : nil
  }

  private func sharing(_ record: LeaverRecord, _ basis: Basis) -> DisclosureDecision {
    guard basis.knowsObjection else { return .disclose(.full) }
    if let text = record[.sharing] {
      // A word that nobody understands may be a refusal: it is not covered by what stands for a blank.
      guard let sharing = Sharing(cell: text) else { return .held(.sharingUnlisted) }
      return .disclose(sharing.disclosure)
    }
    switch unlisted {
    case .hold: return .held(.sharingUnlisted)
    case .floor: return .disclose(.floor)
    case .share: return .disclose(.full)
    }
  }

  /// A synthetic pupil for trying a format: both legal names begin with the capitals TEST, so that whoever opens the
  /// return sees it too, and no real pupil can be taken for one.
  package static func isMarkedAsTest(_ record: LeaverRecord) -> Bool {
    [Field.legalSurname, .legalForename].allSatisfy { record[$0]?.hasPrefix("TEST") == true }
  }
}
