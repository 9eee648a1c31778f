// A record's provider and codes held against the register. Pure.

/// Something about a provider that a person should look at. A warning: nothing is held for it.
package struct ProviderWarning: Hashable, Sendable, CustomStringConvertible {
  package enum Code: String, CaseIterable, Sendable {
    /// More than one place is called so.
    case ambiguousName = "provider-ambiguous"
    /// Nothing in the register is called so.
    case unknownName = "provider-unknown"
    /// Name, UKPRN and LAESTAB mean different places.
    case numbersDisagree = "provider-numbers-disagree"
    case closed = "provider-closed"
    /// A code of another kind of place.
    case kindDoesNotFit = "provider-kind"
  }

  package let code: Code
  /// What is wrong, in words; of the record only codes and the provider, which are no personal data by themselves.
  package let words: String
  package let remedy: String

  package var description: String { "\(words); \(remedy)" }
}

/// What the register says of the provider that a record names.
package struct ProviderResolution: Hashable, Sendable {
  /// The place, where name and numbers do not contradict each other.
  package let provider: Provider?
  package let warnings: [ProviderWarning]
}

extension ProviderRegister {
  /// Finds the provider that a record names by number and name. Numbers go before names; where they mean different places
  /// none is chosen.
  package func resolve(name: String?, ukprn: UKPRN? = nil, laestab: LAESTAB? = nil) -> ProviderResolution {
    let byUKPRN = ukprn.map { provider(ukprn: $0) } ?? .none
    let byLAESTAB = laestab.map { provider(laestab: $0) } ?? .none
    let byName = name.map { provider(named: $0) } ?? .none
    let found = [byUKPRN, byLAESTAB, byName].filter { $0 != .none }
    guard !found.isEmpty else {
      guard name != nil || ukprn != nil || laestab != nil else {
        return ProviderResolution(provider: nil, warnings: [])
      }
      return ProviderResolution(
        provider: nil,
        warnings: [
          ProviderWarning(
            code: .unknownName, words: "no provider of this name or number is in the register",
            remedy: "correct it, or add the provider to a list under providers")
        ])
    }
    let common = found.dropFirst().reduce(Set(found[0].providers.map(\.id))) { $0.intersection($1.providers.map(\.id)) }
    if common.isEmpty {
      let names = found.compactMap { $0.providers.first?.name }
      return ProviderResolution(
        provider: nil,
        warnings: [
          ProviderWarning(
            code: .numbersDisagree,
            words: "name and numbers mean different providers: \(names.joined(separator: ", "))",
            remedy: "correct the one that is wrong")
        ])
    }
    let candidates = found[0].providers.filter { common.contains($0.id) }
    guard candidates.count == 1, let provider = candidates.first else {
      return ProviderResolution(
        provider: nil,
        warnings: [
          ProviderWarning(
            code: .ambiguousName, words: "\(candidates.count) providers are called so",
            remedy: "give the UKPRN or the DfE number")
        ])
    }
    return ProviderResolution(provider: provider, warnings: [])
  }
}

extension Provider {
  /// What does not go together in a provider and the codes of a record. `isOwnSchool`: it is the school that the pupil
  /// leaves.
  package func warnings(
    intendedDestination: String? = nil, activity: String? = nil, isOwnSchool: Bool = false
  ) -> [ProviderWarning] {
    var warnings: [ProviderWarning] = []
    if isClosed {
      warnings.append(
        ProviderWarning(
          code: .closed, words: "\(name) is closed in the register", remedy: "name the provider that took its place"))
    }
    if let activity, !kind.fits(activity: activity) {
      warnings.append(mismatch("activity \(activity)"))
    }
    if let intendedDestination {
      if isOwnSchool, intendedDestination == "121" {
        warnings.append(
          ProviderWarning(
            code: .kindDoesNotFit,
            words: "intended destination 121 is another institution, and \(name) is the school itself",
            remedy: "use 111, or correct the provider"))
      } else if !isOwnSchool, !kind.fits(intendedDestination: intendedDestination) {
        warnings.append(
          intendedDestination == "111"
            ? ProviderWarning(
              code: .kindDoesNotFit,
              words: "intended destination 111 is the same school, and \(name) is another place",
              remedy: "use 121, or correct the provider")
            : mismatch("intended destination \(intendedDestination)"))
      }
    }
    return warnings
  }

  private func mismatch(_ code: String) -> ProviderWarning {
    ProviderWarning(
      code: .kindDoesNotFit, words: "\(code) does not go with \(name), which is \(kind.words)",
      remedy: "correct the code or the provider")
  }
}
