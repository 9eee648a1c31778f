// What a school's word means in codes, and who said so. Pure.

/// What a word stands for. Each part is a value of the canonical field of the same name; a part that is nil says nothing.
package struct WordMeaning: Hashable, Sendable, Codable {
  /// A code of `nccis-intended`.
  package var intendedDestination: String?
  /// A code of `nccis-activity`.
  package var activity: String?
  /// A code of `nccis-guarantee`: offer and status of the September Guarantee.
  package var guaranteeStatus: String?
  package var provider: WordProvider?
  /// The subject, in the school's own word.
  package var course: String?

  package init(
    intendedDestination: String? = nil, activity: String? = nil, guaranteeStatus: String? = nil,
    provider: WordProvider? = nil, course: String? = nil
  ) {
    self.intendedDestination = intendedDestination
    self.activity = activity
    self.guaranteeStatus = guaranteeStatus
    self.provider = provider
    self.course = course
  }

  /// The fields that a word can stand for a code of, in the order in which they are shown.
  package static let codedFields: [Field] = [.intendedDestination, .activity, .guaranteeStatus]

  /// Whether a person looked at the word and said that it stands for nothing that is sent.
  package var saysNothing: Bool { self == WordMeaning() }

  /// The code of one of `codedFields`; setting that of another field does nothing.
  package subscript(field: Field) -> String? {
    get {
      switch field {
      case .intendedDestination: intendedDestination
      case .activity: activity
      case .guaranteeStatus: guaranteeStatus
      default: nil
      }
    }
    set {
      switch field {
      case .intendedDestination: intendedDestination = newValue
      case .activity: activity = newValue
      case .guaranteeStatus: guaranteeStatus = newValue
      default: break
      }
    }
  }

  /// The values for a leaver's record: codes, and of the provider name and numbers as far as they are known.
  package func values(_ register: ProviderRegister, ownSchool: OwnSchool) -> [Field: String] {
    var values: [Field: String] = [:]
    for field in Self.codedFields { values[field] = self[field] }
    values[.course] = course
    switch provider {
    case .ownSchool:
      values[.providerName] = ownSchool.name
      values[.providerLAESTAB] = ownSchool.laestab.rawValue
      values[.providerUKPRN] = ownSchool.ukprn?.rawValue
    case .listed(let id):
      guard let provider = register[id] else { break }
      values[.providerName] = provider.name
      values[.providerLAESTAB] = provider.laestab?.rawValue
      values[.providerUKPRN] = provider.ukprn?.rawValue
    case .named(let name): values[.providerName] = name
    case nil: break
    }
    return values
  }
}

/// Where a word says that somebody goes.
package enum WordProvider: Hashable, Sendable, Codable {
  /// The school that wrote it: `here`.
  case ownSchool
  /// One of the provider register.
  case listed(ProviderID)
  /// One that no register has, as a person wrote it. May name somebody.
  case named(String)
}

/// The school whose words are read.
package struct OwnSchool: Hashable, Sendable {
  package var laestab: LAESTAB
  package var ukprn: UKPRN?
  package var name: String

  package init(laestab: LAESTAB, ukprn: UKPRN? = nil, name: String) {
    self.laestab = laestab
    self.ukprn = ukprn
    self.name = name
  }
}

/// A meaning that a person confirmed.
package struct ConfirmedMeaning: Hashable, Sendable, Codable {
  package var meaning: WordMeaning
  /// Who confirmed it, as the ledger names people.
  package var by: String
  package var at: Timestamp

  package init(_ meaning: WordMeaning, by: String, at: Timestamp) {
    self.meaning = meaning
    self.by = by
    self.at = at
  }
}
