// What a report must, and should, hold for one kind of return, and why. Pure.

import Leavers
import Profiles

/// Why a field is asked for in a report.
struct RecipeNeed: Sendable, Hashable {
  /// Must rather than should.
  var isMust: Bool
  /// Sentences, the gravest first.
  var reasons: [String]
  /// The authorities whose profile asks for it, in the order of configuration.
  var authorities: [String] = []
}

/// The needs of one kind of return, as the configured authorities, the routing and the checks have them.
enum RecipeNeeds {
  /// Fields of a kind for the authorities given: each is one that can get a record at all.
  static func of(
    _ kind: ReturnKind, _ profiles: [(authority: AuthorityProfile, profile: ReturnProfile)], hasPostcodes: Bool
  ) -> [Field: RecipeNeed] {
    var needs: [Field: RecipeNeed] = [:]
    func must(_ field: Field, _ reason: String) { add(field, true, reason) }
    func should(_ field: Field, _ reason: String) { add(field, false, reason) }
    func add(_ field: Field, _ isMust: Bool, _ reason: String) {
      var need = needs[field] ?? RecipeNeed(isMust: isMust, reasons: [])
      need.isMust = need.isMust || isMust
      need.reasons.append(reason)
      needs[field] = need
    }

    must(.legalSurname, "Without it nobody can be told apart; a file without this column is not taken in.")
    must(.legalForename, "Without it nobody can be told apart; a file without this column is not taken in.")
    must(.dateOfBirth, "Without it nobody can be told apart; a file without this column is not taken in.")
    must(.yearGroup, "It says with which year the pupil leaves; who has none is in no return.")
    switch kind {
    case .confirmedDestinations: must(.activity, "The return is about it; who has none is not in it.")
    case .earlyLeavers:
      must(.leavingDate, "The return is about pupils who left early; who has none is not in it.")
      should(.expectedEnd, "Whether a pupil left early is told by it; else the end of June counts.")
    case .intendedDestinations, .riskOfNEET, .unknownAnswers: break
    }
    must(
      .sharing,
      "It says whether sharing was agreed (Youth Support Services Agreement); without it records are held until the "
        + "school has decided what stands for it.")
    must(.protectedAddress, "A pupil with a protected address is sent to nobody before a person has looked.")
    must(.placedByAuthority, "A pupil whom another authority placed is sent to nobody before a person has looked.")
    let resident = profiles.filter { $0.profile.routedBy == .resident }.map(\.authority.name)
    if !resident.isEmpty {
      let who = list(resident)
      must(.homeAuthority, "\(who) \(verb(resident, "gets", "get")) the pupils who live there; this says who does.")
      if hasPostcodes {
        must(.postcode, "Where the home authority is blank, the postcode tells it, by the ONS Postcode Directory.")
      }
    }
    // What is told of risk is the register's and the school's own weights', not an export's.
    for field in Field.allCases where !Field.risk.contains(field) {
      let asking = profiles.filter { asks($0.profile, for: field, onlyRequired: false) }.map(\.authority.name)
      let requiring = profiles.filter { asks($0.profile, for: field, onlyRequired: true) }.map(\.authority.name)
      if !requiring.isEmpty {
        must(
          field, "\(list(requiring)) \(verb(requiring, "requires", "require")) it; a pupil without it is held."
        )
      }
      let others = asking.filter { !requiring.contains($0) }
      if !others.isEmpty { should(field, "\(list(others)) \(verb(others, "asks", "ask")) for it.") }
      needs[field]?.authorities = asking
    }
    should(.upn, "Authorities match pupils by it; without it they match by name, and lose some.")
    should(.formerUPN, "A pupil whose UPN changed is found again by it.")
    should(.uln, "Colleges and training providers know a young person by it, so that destinations can be matched.")
    should(
      .laestab, "It shows that the pupils are of this school: an export in another school's folder is refused by it.")
    return needs
  }

  /// The fields that some configured return must have, whatever school.
  static func musts(_ configuration: Configuration) -> Set<Field> {
    var musts: Set<Field> = []
    for kind in ReturnKind.allCases {
      let profiles = profiles(of: kind, in: configuration, schools: [])
      if profiles.isEmpty { continue }
      for (field, need) in of(kind, profiles, hasPostcodes: configuration.postcodes != nil) where need.isMust {
        musts.insert(field)
      }
    }
    return musts
  }

  /// The returns of a kind that can have a pupil of one of the schools (of any school where none is given): an authority
  /// that gets the pupils who are educated in its area asks nothing of a school elsewhere.
  static func profiles(
    of kind: ReturnKind, in configuration: Configuration, schools: [School]
  ) -> [(authority: AuthorityProfile, profile: ReturnProfile)] {
    configuration.authorities.compactMap { authority in
      guard let profile = authority.profile(for: kind) else { return nil }
      let isNear = schools.isEmpty || schools.contains { $0.laestab.authority == authority.laCode }
      return profile.routedBy == .resident || isNear ? (authority, profile) : nil
    }
  }

  private static func asks(_ profile: ReturnProfile, for field: Field, onlyRequired: Bool) -> Bool {
    // A required cell that several fields can fill requires none of them by itself.
    profile.columns.contains { column in
      onlyRequired
        ? column.required && column.source == .field(field)
        : column.form.fields.contains(field)
    } || !onlyRequired && profile.conditions.contains { $0.field == field }
  }

  /// `A`, `A and B`, `A, B and C`.
  static func list(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  private static func verb(_ names: [String], _ one: String, _ many: String) -> String { names.count == 1 ? one : many }
}
