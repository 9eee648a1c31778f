// What tier a value is of, and which tiers a disclosure allows: the one place that says so. Pure.

package import Leavers
package import Profiles

/// The tiers of values, by field, by value, and by what the code tables say of a code.
package struct DisclosureTiers: Sendable {
  private let codes: CodeTables

  package init(codes: CodeTables) { self.codes = codes }

  /// The tier of a value in canonical form. A code is special where either the field's own list or any entry of the
  /// field's code set says so (column `tier` of the table): the graver of the two holds.
  package func tier(of field: Field, value: String) -> DisclosureTier {
    let own = field.tier(of: value)
    guard case .code(let set) = field.type, let entries = codes[set]?.entries else { return own }
    let code = value.uppercased()
    return entries.reduce(own) { tier, entry in
      guard entry.code.uppercased() == code || entry.aliases.contains(where: { $0.uppercased() == code }) else {
        return tier
      }
      // Another word for a code gives away what the code does.
      let listed = entry.attributes["tier"].flatMap(DisclosureTier.init) ?? tier
      return max(tier, listed, field.tier(of: entry.code))
    }
  }

  /// Whether a disclosure under this agreement may give a value of a tier.
  ///
  /// The floor is name, address and date of birth (Education and Skills Act 2008 s.72(3)(a)); a parent's name and
  /// address (s.72(3)(b)) only where the school's data protection officer signed that off.
  package static func permits(_ tier: DisclosureTier, in disclosure: Disclosure, under agreement: Agreement) -> Bool {
    switch (disclosure, tier) {
    case (_, .floor): true
    case (.full, .parentFloor), (.full, .possession): true
    case (.full, .special): agreement.coversSpecial
    case (.full, .criminalOffence): agreement.coversOffences
    case (.floor, .parentFloor): agreement.parentInFloor
    case (.floor, .possession), (.floor, .special), (.floor, .criminalOffence): false
    }
  }
}
