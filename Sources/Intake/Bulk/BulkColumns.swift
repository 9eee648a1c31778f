// How the hot path looks at each column: by the shape of its cells, or by their values. Pure.

package import Leavers
import Profiles

/// What returns ask of cells that are written by the million.
package struct BulkDemands: Sendable {
  /// Field → the most bytes that every return takes.
  package var longest: [Field: Int]
  /// Fields that a return does not write as the record has them: dates, codes, the authority's own words.
  package var changed: Set<Field>
  /// Whether every return can write a value of a field, whatever else the row says.
  package var isAlwaysWritten: @Sendable (Field, String) -> Bool

  package init(
    longest: [Field: Int], changed: Set<Field>, isAlwaysWritten: @escaping @Sendable (Field, String) -> Bool
  ) {
    self.longest = longest
    self.changed = changed
    self.isAlwaysWritten = isAlwaysWritten
  }
}

/// A column that has a field, and how its cells are looked at.
struct BulkColumn: Sendable {
  enum Use: Sendable, Equatable {
    /// By shape: the values are as many as the pupils, and no rule compares them with other fields.
    case shape(CellShape.Kind)
    /// By value: rules compare it with other fields.
    case joint
    /// By value, which no rule compares with other fields: rows differ by it only where there is something to say of it.
    case single
    /// By what rules ask of a date of birth: which cohorts it is usual for, which ages it gives.
    case birth
    /// By the authority that the postcode table gives.
    case area
  }

  let index: Int
  let field: Field
  let use: Use
  /// Longer cells are looked at by value.
  let longest: Int
}

/// The columns of an export as the hot path looks at them.
enum BulkColumns {
  /// The columns with their uses; nil where a file with these columns is not for the hot path.
  static func columns(
    _ columns: ExportColumns, _ demands: BulkDemands, hasPostcodeTable: Bool, in context: RuleContext
  ) -> [BulkColumn]? {
    guard columns.keyColumn == nil, columns.parts.isEmpty, columns.alternatives.isEmpty, columns.ownPair == nil,
      columns.missingIdentity.isEmpty, columns.width == columns.names.count
    else { return nil }
    var result: [BulkColumn] = []
    for (index, field) in columns.fields.enumerated() {
      guard let field else { continue }
      guard let use = use(of: field, demands, hasPostcodeTable, context) else { return nil }
      result.append(BulkColumn(index: index, field: field, use: use, longest: demands.longest[field] ?? .max))
    }
    return result
  }

  private static func use(
    of field: Field, _ demands: BulkDemands, _ hasPostcodeTable: Bool, _ context: RuleContext
  ) -> BulkColumn.Use? {
    let isFree = !demands.changed.contains(field) && context.words[field] == nil
    switch field {
    case .upn: return isFree ? .shape(.upn) : nil
    case .uln: return isFree ? .shape(.uln) : nil
    // What preferred names say of the legal ones is asked row by row.
    case .legalSurname, .legalForename, .preferredSurname, .preferredForename: return isFree ? .shape(.name) : nil
    case .dateOfBirth: return .birth
    case .postcode: return hasPostcodeTable ? .area : isFree ? .shape(.postcode) : nil
    case .phone: return isFree ? .shape(.phone) : .single
    case .email: return isFree ? .shape(.email) : .single
    case .providerName, .characteristics: return .joint
    default: break
    }
    if single.contains(field) { return .single }
    switch field.type {
    case .name: return isFree ? .shape(.name) : nil
    case .text: return isFree ? .shape(.text) : .single
    default: return .joint
    }
  }

  /// Coded fields, flags and dates that no rule about a record as a whole looks at.
  static let single: Set<Field> = [
    .sex, .ethnicity, .senProvision, .levelOfNeed, .freeSchoolMeals, .lookedAfter, .dateConfirmed,
  ]

  /// What rules ask of a date of birth: for which cohorts it is usual, and which ages it gives.
  static func bucket(_ birth: CalendarDate, on day: CalendarDate) -> UInt64 {
    var bits: UInt64 = 0
    var bit: UInt64 = 1
    func note(_ holds: Bool) {
      if holds { bits |= bit }
      bit <<= 1
    }
    let age = birth.age(on: day)
    note((14...25).contains(age))
    note(age >= 18)
    // A leaving date may lie six years back, and in July the next year's cohort counts.
    for stage in Cohort.Stage.allCases {
      let present = Cohort(stage: stage, on: day)
      for leavingYear in present.leavingYear - 8...present.leavingYear + 2 {
        note(Cohort(stage: stage, leavingYear: leavingYear).usualDatesOfBirth?.contains(birth) == true)
      }
    }
    return bits
  }
}
