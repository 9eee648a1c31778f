// The kinds of provider, and which codes go with which. Pure.

/// What kind of place a provider is, as far as a destination code depends on it.
package enum ProviderKind: String, CaseIterable, Sendable, Codable {
  /// A school with a sixth form, of whatever type; a university technical college or studio school too.
  case school
  case specialSchool = "special-school"
  case alternativeProvision = "alternative-provision"
  case sixthFormCollege = "sixth-form-college"
  /// A 16 to 19 academy or free school: a school by law, often a sixth form college by name and history.
  case sixteenToNineteen = "sixteen-to-nineteen"
  case feCollege = "fe-college"
  /// An independent specialist provider or special post-16 institution.
  case specialist
  case university
  case trainingProvider = "training-provider"
  case employer
  case custodial
  /// Another kind, or not known: nothing is concluded from it and nothing held against it.
  case other

  /// For people.
  package var words: String {
    switch self {
    case .school: "a school"
    case .specialSchool: "a special school"
    case .alternativeProvision: "alternative provision"
    case .sixthFormCollege: "a sixth form college"
    case .sixteenToNineteen: "a 16 to 19 academy or free school"
    case .feCollege: "a further education college"
    case .specialist: "a specialist provider"
    case .university: "a university"
    case .trainingProvider: "a training provider"
    case .employer: "an employer"
    case .custodial: "a place of custody"
    case .other: "a provider of unknown kind"
    }
  }

  /// The activity that somebody there most often has (the label of the code names the kind); nil where the kind says too
  /// little, and for custody, which nobody shall be proposed for because of a name.
  package var usualActivity: String? {
    switch self {
    case .school, .specialSchool: "210"
    case .sixthFormCollege, .sixteenToNineteen: "220"
    case .feCollege: "230"
    case .university: "240"
    case .specialist: "280"
    case .alternativeProvision, .trainingProvider, .employer, .custodial, .other: nil
    }
  }

  /// The intended destination of somebody who goes there, where it is not the school's own.
  package var usualIntendedDestination: String? {
    switch self {
    case .employer, .custodial, .other, .trainingProvider: nil
    default: "121"
    }
  }

  /// Whether an activity code goes with the kind; codes that say nothing of a place go with all.
  ///
  /// Read from the labels of the NCCIS current activity list (LEO I2SE request form v2.3, 2024-05): 210 school sixth form,
  /// 220 sixth form college, 230 further education, 240 higher education, 280 specialist, 310 apprenticeship, 320 to 360
  /// employment, 410 to 460 training. A hint for a person, never a reason to hold a row.
  package func fits(activity code: String) -> Bool { Self.fits(self, Self.activityKinds[code]) }

  /// Whether a code of the intended destinations goes with the kind, where the place is not the school's own.
  package func fits(intendedDestination code: String) -> Bool { Self.fits(self, Self.intendedKinds[code]) }

  /// Whether a code says anything of the place where somebody is: `Undecided` does not.
  static func concerns(_ field: Field, _ code: String) -> Bool {
    switch field {
    case .activity: activityKinds[code] != nil
    case .intendedDestination: intendedKinds[code] != nil
    default: false
    }
  }

  /// Whether somebody with a code learns something that has a name: at a college, as an apprentice, in employment with
  /// study.
  static func hasSubject(_ field: Field, _ code: String) -> Bool {
    let kinds = field == .activity ? activityKinds[code] : intendedKinds[code]
    return code == "111"
      || kinds.map { !$0.isDisjoint(with: [.feCollege, .school, .trainingProvider, .specialist]) } == true
  }

  /// Whether one place may be called either: registers differ over colleges for those over sixteen.
  func mayBe(_ kind: ProviderKind) -> Bool {
    let colleges: Set<ProviderKind> = [.feCollege, .sixthFormCollege, .sixteenToNineteen]
    return self == kind || self == .other || kind == .other || colleges.isSuperset(of: [self, kind])
  }

  private static func fits(_ kind: ProviderKind, _ allowed: Set<ProviderKind>?) -> Bool {
    kind == .other || allowed.map { $0.contains(kind) } != false
  }

  private static let schools: Set<ProviderKind> = [.school, .specialSchool, .alternativeProvision, .sixteenToNineteen]
  private static let educators: Set<ProviderKind> = schools.union([
    .sixthFormCollege, .feCollege, .specialist, .university, .trainingProvider,
  ])
  /// Those who train apprentices, and the employer where they work.
  private static let apprenticeships: Set<ProviderKind> = [
    .employer, .trainingProvider, .feCollege, .sixthFormCollege, .university, .specialist,
  ]
  private static let trainers: Set<ProviderKind> = [
    .trainingProvider, .feCollege, .specialist, .employer, .alternativeProvision,
  ]

  private static let activityKinds: [String: Set<ProviderKind>] = [
    "210": schools, "220": [.sixthFormCollege, .sixteenToNineteen], "230": [.feCollege, .trainingProvider],
    "240": [.university, .feCollege], "250": educators, "270": educators, "280": [.specialist, .specialSchool],
    "290": [.custodial], "310": apprenticeships, "320": apprenticeships, "330": [.employer],
    "340": [.employer, .trainingProvider], "350": [.employer], "360": [.employer], "410": trainers, "430": trainers,
    "440": trainers, "450": trainers, "460": trainers.union([.specialSchool, .sixthFormCollege]),
  ]

  private static let intendedKinds: [String: Set<ProviderKind>] = [
    "111": [], "121": educators, "211": apprenticeships, "311": apprenticeships, "321": [.employer],
  ]
}
