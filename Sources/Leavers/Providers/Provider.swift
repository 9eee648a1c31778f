// One place that leavers go to. Public facts, so it prints itself. Pure.

/// The name by which a provider is remembered: a short name of our own list, `urn-104693` or `ukprn-10012345`.
package struct ProviderID: SlugIdentifier, Codable {
  package let rawValue: String
  package init(unchecked rawValue: String) { self.rawValue = rawValue }
  package init(_ urn: URN) { rawValue = "urn-\(urn)" }
  package init(_ ukprn: UKPRN) { rawValue = "ukprn-\(ukprn)" }
}

/// A college, school, trainer or employer.
package struct Provider: Hashable, Sendable {
  /// How sure what is said of a provider is.
  package enum Evidence: String, CaseIterable, Sendable {
    /// An example that nobody checked.
    case illustrative
    /// From a national register.
    case register
    /// Checked by somebody here.
    case confirmed
  }

  package var id: ProviderID
  package var name: String
  /// Other names, such as trading names and what people say.
  package var aliases: [String]
  package var ukprn: UKPRN?
  package var laestab: LAESTAB?
  package var urn: URN?
  package var kind: ProviderKind
  package var postcode: Postcode?
  /// Closed places are kept, so that an old name is understood and said to be closed.
  package var isClosed: Bool
  package var evidence: Evidence

  package init(
    id: ProviderID, name: String, aliases: [String] = [], ukprn: UKPRN? = nil, laestab: LAESTAB? = nil, urn: URN? = nil,
    kind: ProviderKind, postcode: Postcode? = nil, isClosed: Bool = false, evidence: Evidence = .illustrative
  ) {
    self.id = id
    self.name = name
    self.aliases = aliases
    self.ukprn = ukprn
    self.laestab = laestab
    self.urn = urn
    self.kind = kind
    self.postcode = postcode
    self.isClosed = isClosed
    self.evidence = evidence
  }

  /// Whether both give a number of one sort, and it is another.
  func contradicts(_ other: Provider) -> Bool {
    func differ<Number: Equatable>(_ left: Number?, _ right: Number?) -> Bool {
      left != nil && right != nil && left != right
    }
    return differ(urn, other.urn) || differ(ukprn, other.ukprn) || differ(laestab, other.laestab)
  }

  /// Takes over what another list says of the same place: numbers that were missing, names, the kind if it was not known.
  /// That a register has closed it goes before what an example says.
  mutating func take(_ other: Provider) {
    ukprn = ukprn ?? other.ukprn
    laestab = laestab ?? other.laestab
    urn = urn ?? other.urn
    postcode = postcode ?? other.postcode
    if kind == .other { kind = other.kind }
    var known = Set(([name] + aliases).map(ProviderName.key))
    for alias in [other.name] + other.aliases where known.insert(ProviderName.key(alias)).inserted {
      aliases.append(alias)
    }
    if evidence == .illustrative, other.evidence != .illustrative {
      isClosed = other.isClosed
      evidence = other.evidence
    }
  }
}
