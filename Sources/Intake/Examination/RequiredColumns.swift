// Columns that authorities require and an export lacks: told once for the file, since each row would say the same. Pure.

import Leavers
import Profiles

/// What is missing in an export for the authorities that can get records of it.
enum RequiredColumns {
  struct Missing: Sendable, Hashable {
    let field: Field
    /// By name, in the order of configuration.
    let authorities: [String]
  }

  /// The fields in the order of `Field`. `present` are the fields that the export has a column for, `cohorts` those of
  /// its rows. Returns that no row of it can be in ask for nothing: of another cohort, about an activity or a leaving
  /// date that the export does not tell, or of pupils who are educated in another area. Holding is not decided here.
  static func missing(
    in present: Set<Field>, cohorts: Set<Cohort>, school: School, configuration: Configuration
  ) -> [Missing] {
    let stages = Set(cohorts.map(\.stage))
    var authorities: [Field: [String]] = [:]
    for kind in ReturnKind.allCases {
      switch kind {
      case .confirmedDestinations where !present.contains(.activity): continue
      case .earlyLeavers where !present.contains(.leavingDate): continue
      case .unknownAnswers: continue
      default: break
      }
      for (authority, profile) in RecipeNeeds.profiles(of: kind, in: configuration, schools: [school])
      where !stages.isDisjoint(with: profile.cohorts) {
        for case .field(let field) in profile.columns.filter(\.required).map(\.source)
        where !present.contains(field) && authorities[field]?.contains(authority.name) != true {
          authorities[field, default: []].append(authority.name)
        }
      }
    }
    let order = configuration.authorities.map(\.name)
    return Field.allCases.compactMap { field in
      authorities[field].map { names in Missing(field: field, authorities: order.filter(names.contains)) }
    }
  }
}
