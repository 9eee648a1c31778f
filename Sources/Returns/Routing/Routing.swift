// Which authority a pupil belongs to, by that authority's own rule, and what a person must decide. Pure.

package import Leavers
package import Profiles

/// What an authority's rule says of one record.
package enum Route: Sendable, Hashable {
  /// The authority's own, and by what.
  case here(RoutingReason)
  /// Not this authority's, and by what.
  case elsewhere(RoutingReason)
  /// A person must decide.
  case held(HoldReason)
}

/// The routing rule of one authority for one school's records. A pupil may belong to several authorities, each by its
/// own rule; each is asked separately.
///
/// The rules are those of domain practice: Year 11 returns go where the school lies, later tracking where the young
/// person lives (Education and Skills Act 2008 s.13 and s.68; NCCIS LeadLEA). A postcode district and the placeholder
/// ZZ99 9ZZ tell nothing and are not used.
package struct Routing: Sendable {
  /// The authority that asks.
  package let authority: LACode
  package let rule: RoutingRule
  /// The authority in whose area the school lies.
  package let school: LACode
  /// Every authority that is configured: the region.
  package let region: Set<LACode>
  /// Postcode → authority; nil when none is configured.
  package let postcodes: PostcodeTable?

  package init(
    authority: LACode, rule: RoutingRule, school: LACode, region: Set<LACode>, postcodes: PostcodeTable?
  ) {
    self.authority = authority
    self.rule = rule
    self.school = school
    self.region = region
    self.postcodes = postcodes
  }

  package func route(_ record: LeaverRecord) -> Route {
    switch rule {
    case .educated:
      guard school == authority else { return .elsewhere(.educatedElsewhere) }
      return guarded(.educatedHere, record)
    case .resident:
      return resident(record)
    }
  }

  private func resident(_ record: LeaverRecord) -> Route {
    let column = record[.homeAuthority]
    let home = column.flatMap { try? LACode($0) }
    // A home authority that is no code at all was meant to say something: a person reads it.
    if column != nil, home == nil { return isProtected(record) ? .held(.protectedAddress) : .held(.uncertainRoute) }
    let table = postcodeAuthority(record)
    if let home, let table, home != table {
      // Column and address contradict one another, so each of the two may be wrong: neither is sent the record.
      if home == authority || table == authority { return .held(.uncertainRoute) }
      return bothOutside(home, table) ? .held(.outsideRegion) : .elsewhere(.homeAuthorityElsewhere)
    }
    if let home {
      return route(home, here: .homeAuthorityColumn, elsewhere: .homeAuthorityElsewhere, record)
    }
    if let table {
      return route(table, here: .postcodeTable, elsewhere: .postcodeElsewhere, record)
    }
    return isProtected(record) ? .held(.protectedAddress) : .held(.uncertainRoute)
  }

  private func route(
    _ home: LACode, here: RoutingReason, elsewhere: RoutingReason, _ record: LeaverRecord
  ) -> Route {
    if home == authority { return guarded(here, record) }
    return region.contains(home) ? .elsewhere(elsewhere) : .held(.outsideRegion)
  }

  private func bothOutside(_ home: LACode, _ table: LACode) -> Bool {
    !region.contains(home) && !region.contains(table)
  }

  /// The authority's own, unless the address must not get about or another authority placed the child.
  private func guarded(_ reason: RoutingReason, _ record: LeaverRecord) -> Route {
    if isProtected(record) { return .held(.protectedAddress) }
    if let placing = record[.placedByAuthority], (try? LACode(placing)) != authority {
      return .held(.placedByAnotherAuthority)
    }
    return .here(reason)
  }

  /// Whether an authority that a pupil moved away from may be told of it: not where the address must not get about, nor
  /// where another authority placed the child.
  func mayTellOfAMove(_ record: LeaverRecord) -> Bool {
    !isProtected(record) && record[.placedByAuthority] == nil
  }

  /// Whatever stands in the flag protects, unless it plainly says no.
  private func isProtected(_ record: LeaverRecord) -> Bool {
    guard let flag = record[.protectedAddress] else { return false }
    return !["N", "NO", "FALSE", "0"].contains(flag.uppercased())
  }

  private func postcodeAuthority(_ record: LeaverRecord) -> LACode? {
    guard let postcodes, let postcode = record[.postcode].flatMap({ try? Postcode($0) }), !postcode.isPlaceholder else {
      return nil
    }
    return postcodes[postcode]
  }
}
