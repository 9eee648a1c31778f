// What the register of persons' decisions can hold, and which decisions answer one another. Pure.

/// A decision of a person about what may become of a pupil's data, or what a school must know before it tells anybody
/// anything.
package enum RegisterDecision: String, Sendable, Hashable, CaseIterable {
  case sharingRefused = "sharing-refused"
  case refusalWithdrawn = "refusal-withdrawn"
  case trackingConsented = "tracking-consent-given"
  case trackingConsentWithdrawn = "tracking-consent-withdrawn"
  case addressProtected = "address-protected"
  case addressNoLongerProtected = "address-no-longer-protected"
  case doNotContact = "do-not-contact"
  case mayBeContacted = "may-be-contacted"
  case deceased
  /// That the pupil died was entered by mistake.
  case notDeceased = "not-deceased"
  /// A named person looked at the pupil and confirmed the risk of NEET.
  case riskConfirmed = "risk-confirmed"
  /// As `riskConfirmed`, and the authority is asked for support.
  case riskReferred = "risk-referred"
  case riskWithdrawn = "risk-withdrawn"

  /// What it is about: of the decisions on one topic the newest stands.
  package enum Topic: String, Sendable, Hashable, CaseIterable {
    case sharing, tracking, address, contact, life, risk
  }

  package var topic: Topic {
    switch self {
    case .sharingRefused, .refusalWithdrawn: .sharing
    case .trackingConsented, .trackingConsentWithdrawn: .tracking
    case .addressProtected, .addressNoLongerProtected: .address
    case .doNotContact, .mayBeContacted: .contact
    case .deceased, .notDeceased: .life
    case .riskConfirmed, .riskReferred, .riskWithdrawn: .risk
    }
  }

  /// Whether it lets less out than its opposite. What does takes effect whoever decided it.
  package var isProtective: Bool {
    switch self {
    case .sharingRefused, .trackingConsentWithdrawn, .addressProtected, .doNotContact, .deceased, .riskWithdrawn: true
    case .refusalWithdrawn, .trackingConsented, .addressNoLongerProtected, .mayBeContacted, .notDeceased,
      .riskConfirmed, .riskReferred:
      false
    }
  }

  /// Whether it may be for one authority or one kind of return. Where an address, a telephone number or a death is
  /// concerned, one authority that is forgotten is one too many.
  package var takesScope: Bool { topic == .sharing || topic == .tracking || topic == .risk }

  /// Whether the young person decides it from 16 on, and a parent before (Education and Skills Act 2008 s.72(4)).
  package var isOfTheFamily: Bool { topic == .sharing || topic == .tracking }

  /// As a person reads and writes it.
  package var words: String {
    switch self {
    case .sharingRefused: "sharing refused"
    case .refusalWithdrawn: "sharing refusal withdrawn"
    case .trackingConsented: "tracking consent given"
    case .trackingConsentWithdrawn: "tracking consent withdrawn"
    case .addressProtected: "address protected"
    case .addressNoLongerProtected: "address no longer protected"
    case .doNotContact: "do not contact"
    case .mayBeContacted: "may be contacted again"
    case .deceased: "deceased"
    case .notDeceased: "not deceased (entered by mistake)"
    case .riskConfirmed: "risk of NEET confirmed"
    case .riskReferred: "risk of NEET confirmed, referred for support"
    case .riskWithdrawn: "risk of NEET no longer seen"
    }
  }
}
