// Which place a name or number means. Pure; made of lists that others read.

/// The provider register: several lists as one, looked up by name, UKPRN and LAESTAB.
package struct ProviderRegister: Sendable {
  /// All providers, in the order of the lists.
  package let providers: [Provider]

  private let byID: [ProviderID: Int]
  private let byUKPRN: [UKPRN: [Int]]
  private let byLAESTAB: [LAESTAB: [Int]]
  private let byName: [String: [Int]]
  private let byShort: [String: [Int]]

  /// Makes a register of lists. A place that stands in several is one: by URN, UKPRN or LAESTAB, or by its name where no
  /// number contradicts; the earlier list gives id and name.
  package init(_ lists: [[Provider]] = []) {
    var providers = lists.first ?? []
    for list in lists.dropFirst() { Self.merge(list, into: &providers) }
    self.providers = providers
    byID = Dictionary(providers.indices.map { (providers[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
    var byUKPRN: [UKPRN: [Int]] = [:]
    var byLAESTAB: [LAESTAB: [Int]] = [:]
    var byName: [String: [Int]] = [:]
    var byShort: [String: [Int]] = [:]
    byName.reserveCapacity(providers.count)
    byShort.reserveCapacity(providers.count)
    for (index, provider) in providers.enumerated() {
      if let ukprn = provider.ukprn { byUKPRN[ukprn, default: []].append(index) }
      if let laestab = provider.laestab { byLAESTAB[laestab, default: []].append(index) }
      for name in [provider.name] + provider.aliases {
        let tokens = ProviderName.tokens(name)
        Self.append(index, to: &byName, ProviderName.joined(tokens))
        for short in ProviderName.shortened(tokens) { Self.append(index, to: &byShort, short) }
      }
    }
    self.byUKPRN = byUKPRN
    self.byLAESTAB = byLAESTAB
    self.byName = byName
    self.byShort = byShort
  }

  private static func append(_ index: Int, to table: inout [String: [Int]], _ key: String) {
    guard !key.isEmpty, table[key]?.last != index else { return }
    table[key, default: []].append(index)
  }

  package var isEmpty: Bool { providers.isEmpty }
  package subscript(id: ProviderID) -> Provider? { byID[id].map { providers[$0] } }

  package func provider(ukprn: UKPRN) -> ProviderMatch { match(byUKPRN[ukprn] ?? [], by: .ukprn) }
  package func provider(laestab: LAESTAB) -> ProviderMatch { match(byLAESTAB[laestab] ?? [], by: .laestab) }

  /// The place that a whole name means: a name or alias, else a name without the words that say what kind of place it is.
  package func provider(named name: String) -> ProviderMatch { provider(key: ProviderName.key(name)) }

  func provider(key: String) -> ProviderMatch {
    if let found = byName[key] { return match(found, by: .name) }
    return match(byShort[key] ?? [], by: .shortName)
  }

  /// Open places go before closed ones: a school that became an academy has the name and number of the one it was.
  private func match(_ indices: [Int], by basis: ProviderMatch.Basis) -> ProviderMatch {
    let open = indices.filter { !providers[$0].isClosed }
    let found = (open.isEmpty ? indices : open).map { providers[$0] }
    return found.count == 1 ? .one(found[0], by: basis) : found.isEmpty ? .none : .several(found, by: basis)
  }

  /// Every word of the names, to find those that a mistyped one was meant for.
  var words: Set<String> {
    var words: Set<String> = []
    for keys in [byName.keys, byShort.keys] {
      for key in keys { for word in key.split(separator: " ") { words.insert(String(word)) } }
    }
    return words
  }

  // MARK: Lists into one

  private static func merge(_ list: [Provider], into providers: inout [Provider]) {
    var byURN: [URN: Int] = [:]
    var byUKPRN: [UKPRN: Int] = [:]
    var byLAESTAB: [LAESTAB: Int] = [:]
    var byName: [String: Int] = [:]
    for (index, provider) in providers.enumerated() {
      if let urn = provider.urn { byURN[urn] = index }
      guard !provider.isClosed else { continue }
      if let ukprn = provider.ukprn { byUKPRN[ukprn] = index }
      if let laestab = provider.laestab { byLAESTAB[laestab] = index }
      for name in [provider.name] + provider.aliases { byName[ProviderName.key(name)] = index }
    }
    let names = list.filter { !$0.isClosed }.reduce(into: [String: Int]()) {
      $0[ProviderName.key($1.name), default: 0] += 1
    }
    // Two rows of the new list must not become one by way of an old entry.
    var taken: Set<Int> = []
    var usedIDs = Set(providers.map(\.id))
    for provider in list {
      var same = provider.urn.flatMap { byURN[$0] }
      if same == nil, !provider.isClosed {
        same = provider.ukprn.flatMap { byUKPRN[$0] } ?? provider.laestab.flatMap { byLAESTAB[$0] }
        let key = ProviderName.key(provider.name)
        if same == nil, names[key] == 1, let index = byName[key], providers[index].kind.mayBe(provider.kind) {
          same = index
        }
      }
      if let same, !providers[same].contradicts(provider), taken.insert(same).inserted {
        providers[same].take(provider)
      } else if usedIDs.insert(provider.id).inserted {
        providers.append(provider)
      }
    }
  }
}

/// What a name or number means.
package enum ProviderMatch: Hashable, Sendable {
  /// By what a place was found.
  package enum Basis: String, Sendable {
    case name, ukprn, laestab
    /// A name without the words that say what kind of place it is.
    case shortName = "short-name"
  }

  case one(Provider, by: Basis)
  /// More than one place is called so, or has the number: never chosen between, a person says which.
  case several([Provider], by: Basis)
  case none

  package var provider: Provider? { if case .one(let provider, _) = self { provider } else { nil } }
  package var providers: [Provider] {
    switch self {
    case .one(let provider, _): [provider]
    case .several(let providers, _): providers
    case .none: []
    }
  }
}
