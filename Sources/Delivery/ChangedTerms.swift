// Whether what a return rests on is still what its authority's profile says. Pure.

import Leavers
import Ledger
import Profiles

/// A return is made under an agreement, a basis and a degree of evidence, and may wait for weeks: what it discloses must
/// still be allowed when it goes (DESIGN rule 3: disclosure is decided again at the moment of sending).
enum ChangedTerms {
  /// What changed, in words; nil where the return may go.
  ///
  /// - Parameter made: the consent that was demanded when it was made.
  static func since(
    _ item: ReturnSummary, fields: [ReturnDetail.DisclosedField], consent made: ConsentDemand? = nil,
    authority: AuthorityProfile, agreement: Agreement
  ) -> String? {
    if item.evidence != authority.evidence.text {
      return "the evidence of the authority's format changed from \(item.evidence) to \(authority.evidence.text)"
    }
    if item.agreementReference != agreement.reference || item.basis != agreement.basis {
      return "the agreement that it rests on is another"
    }
    guard let profile = authority.profile(for: item.kind) else { return "the authority no longer wants this kind" }
    if let field = fields.first(where: { !profile.fields.contains($0.field) })?.field {
      return "the authority no longer wants \(field.rawValue)"
    }
    if let consent = agreement.consent, consent != made {
      return "the agreement now demands consent to \(consent.rawValue)"
    }
    if !agreement.coversSpecial, fields.contains(where: { $0.tier == .special }) {
      return "the agreement no longer covers special category data"
    }
    if !agreement.coversOffences, fields.contains(where: { $0.tier == .criminalOffence }) {
      return "the agreement no longer covers data about offences"
    }
    if !agreement.parentInFloor, fields.contains(where: { $0.tier == .parentFloor && !$0.full }) {
      return "a parent's name and address are no longer part of the floor"
    }
    return nil
  }
}
