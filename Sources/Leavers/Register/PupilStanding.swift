// Which decisions of the register stand for a pupil on a day. Pure.

/// How a pupil stands in the register on a day.
///
/// Of the decisions on one topic that apply to an authority and kind the newest stands: by the day of the decision, then by
/// the order of recording. So a withdrawal undoes a refusal only where it is the younger of the two, and a decision whose
/// day has not come changes nothing yet.
package struct PupilStanding: Sendable, Hashable {
  /// Those whose day has come, the newest first.
  private let entries: [RegisterEntry]

  /// Nothing is decided about the pupil.
  package static let none = PupilStanding([], on: .first)

  package init(_ entries: [RegisterEntry], on day: CalendarDate) {
    self.entries = entries.filter { $0.decidedOn <= day }.sorted { $0.isNewer(than: $1) }
  }

  package var isDeceased: Bool { newest(.life) { _ in true }?.decision == .deceased }

  /// How the pupil stands towards one authority and kind of return.
  package func towards(_ authority: AuthorityID, _ kind: ReturnKind) -> TowardsAuthority {
    func decision(_ topic: RegisterDecision.Topic) -> RegisterDecision? {
      newest(topic) { $0.covers(authority, kind) }?.decision
    }
    return TowardsAuthority(
      isDeceased: isDeceased, refusesSharing: decision(.sharing) == .sharingRefused,
      protectsAddress: decision(.address) == .addressProtected, isNotToBeContacted: decision(.contact) == .doNotContact,
      consentsToTracking: decision(.tracking) == .trackingConsented,
      risk: decision(.risk).flatMap { $0 == .riskWithdrawn ? nil : $0 })
  }

  private func newest(_ topic: RegisterDecision.Topic, where applies: (RegisterScope) -> Bool) -> RegisterEntry? {
    entries.first { $0.decision.topic == topic && applies($0.scope) }
  }

  /// The entries that a newer one has not made void, as they were given: those that stand, and those that wait for their
  /// day.
  package static func standing(of entries: [RegisterEntry], on day: CalendarDate) -> [RegisterEntry] {
    entries.filter { entry in
      !entries.contains {
        $0.decision.topic == entry.decision.topic && $0.isNewer(than: entry) && $0.decidedOn <= day
          && $0.scope.covers(entry.scope)
      }
    }
  }
}

extension PupilStanding {
  /// How a pupil stands towards one authority and kind of return.
  package struct TowardsAuthority: Sendable, Hashable {
    /// Nothing about the pupil goes out any more.
    package let isDeceased: Bool
    /// The floor only, where the basis knows an objection.
    package let refusesSharing: Bool
    /// The address goes to nobody; a person routes.
    package let protectsAddress: Bool
    /// Telephone, e-mail and the names of parents go to nobody.
    package let isNotToBeContacted: Bool
    package let consentsToTracking: Bool
    /// That a named person confirmed the risk of NEET, and whether with a referral; nil where nobody did.
    package let risk: RegisterDecision?

    package init(
      isDeceased: Bool = false, refusesSharing: Bool = false, protectsAddress: Bool = false,
      isNotToBeContacted: Bool = false, consentsToTracking: Bool = false, risk: RegisterDecision? = nil
    ) {
      self.isDeceased = isDeceased
      self.refusesSharing = refusesSharing
      self.protectsAddress = protectsAddress
      self.isNotToBeContacted = isNotToBeContacted
      self.consentsToTracking = consentsToTracking
      self.risk = risk
    }
  }
}
