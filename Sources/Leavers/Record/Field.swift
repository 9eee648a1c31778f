// The canonical fields of a leaver record and the disclosure tier of each. Pure.

/// A canonical field of a leaver record: what a column of any export is mapped to, and a column of any return from.
package enum Field: String, CaseIterable, Sendable, Hashable, Codable {
  // Identifiers.
  case upn, formerUPN, uln, admissionNumber
  // Names.
  case legalSurname, legalForename, middleNames, preferredSurname, preferredForename, formerSurname
  case dateOfBirth, sex, ethnicity
  // Where the pupil is educated and resident.
  case laestab, schoolName, yearGroup, registrationGroup, enrolmentStatus
  case homeAuthority, addressLine1, addressLine2, addressLine3, town, county, postcode
  case protectedAddress, placedByAuthority
  case phone, email
  case parentName, parentAddress
  // Circumstances.
  case senProvision, freeSchoolMeals, lookedAfter, characteristics, levelOfNeed
  // Sharing: the Youth Support Services Agreement indicator.
  case sharing
  // Leaving and destination.
  case entryDate, leavingDate, leavingReason
  case guaranteeStatus, intendedDestination
  case activity, activityStart, dateConfirmed, expectedEnd
  case providerName, providerUKPRN, providerLAESTAB, course, level, startDate
  // Risk of NEET: what the school reckons, and what a named person confirmed.
  case riskBand, riskReferral, riskIndicators

  /// What kind of text the field holds; decides how it is checked and normalised.
  package var type: FieldType {
    switch self {
    case .upn, .formerUPN: .upn
    case .uln: .uln
    case .dateOfBirth, .entryDate, .leavingDate, .activityStart, .dateConfirmed, .expectedEnd, .startDate: .date
    case .postcode: .postcode
    case .laestab, .providerLAESTAB: .laestab
    case .providerUKPRN: .ukprn
    case .phone: .phone
    case .homeAuthority, .placedByAuthority: .localAuthority
    case .sharing: .sharing
    case .yearGroup: .yearGroup
    case .protectedAddress, .freeSchoolMeals, .lookedAfter, .riskReferral: .flag
    case .intendedDestination: .code(set: "nccis-intended")
    case .activity: .code(set: "nccis-activity")
    case .guaranteeStatus: .code(set: "nccis-guarantee")
    case .ethnicity: .code(set: "nccis-ethnicity")
    case .sex: .code(set: "census-gender")
    case .senProvision: .code(set: "census-sen-provision")
    case .levelOfNeed: .code(set: "nccis-level-of-need")
    case .legalSurname, .legalForename, .middleNames, .preferredSurname, .preferredForename, .formerSurname: .name
    default: .text
    }
  }

  /// The disclosure tier of the field whatever its value.
  ///
  /// The floor is what Education and Skills Act 2008 s.72(3)(a) requires although sharing was refused: name, address
  /// and date of birth. A parent's name and address (s.72(3)(b)) stand in a tier of their own, because schools told
  /// families that only the pupil's own would be passed on. DfE treats sex and gender as special category data when it
  /// releases them.
  package var tier: DisclosureTier {
    switch self {
    case .legalSurname, .legalForename, .middleNames, .dateOfBirth, .addressLine1, .addressLine2, .addressLine3, .town,
      .county, .postcode:
      .floor
    case .parentName, .parentAddress: .parentFloor
    case .ethnicity, .sex, .senProvision, .lookedAfter, .characteristics, .riskIndicators: .special
    default: .possession
    }
  }

  /// The disclosure tier of the field with this value: a destination code can reveal illness, pregnancy, religion or
  /// custody, which the field alone does not.
  package func tier(of value: String) -> DisclosureTier {
    switch self {
    case .activity where Self.custodialActivities.contains(value): .criminalOffence
    case .activity where Self.revealingActivities.contains(value): .special
    // A list of codes in one text.
    case .characteristics where value.split(separator: ";").contains("170"): .criminalOffence
    default: tier
    }
  }

  /// Activity codes that reveal health, care, pregnancy or parenthood, or religion (NCCIS current activity list).
  private static let revealingActivities: Set<String> = ["620", "630", "640", "650", "660", "670"]
  /// Activity codes that reveal custody, as characteristic 170 does supervision by a youth offending team.
  private static let custodialActivities: Set<String> = ["130", "290", "710"]

  /// Whether the field holds what people wrote in words of their own: it may be about anything.
  package var isFreeText: Bool { self == .leavingReason || self == .course }

  /// What is told of a pupil at risk of NEET, in that kind of return and no other.
  package static let risk: Set<Field> = [.riskBand, .riskReferral, .riskIndicators]

  /// Fields that say more of an activity: where the activity may not be told, they are not told either.
  package static let activityDetails: Set<Field> = [.providerName, .providerUKPRN, .providerLAESTAB, .course, .level]
}

/// What kind of text a field holds.
package enum FieldType: Sendable, Hashable {
  case text, name, upn, uln, date, postcode, laestab, ukprn, phone, localAuthority, sharing, yearGroup, flag
  /// A code of the code set with this identifier.
  case code(set: String)
}

/// How much a value gives away, from what the law requires in any case to special category data (UK GDPR Article 9) and
/// data about offences (Article 10).
package enum DisclosureTier: String, CaseIterable, Sendable, Hashable, Codable, Comparable {
  case floor
  case parentFloor = "parent-floor"
  case possession
  case special
  case criminalOffence = "criminal-offence"

  package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
  private var rank: Int {
    switch self {
    case .floor: 0
    case .parentFloor: 1
    case .possession: 2
    case .special: 3
    case .criminalOffence: 4
    }
  }
}
