// The order in which the rules are asked, so that each row has exactly one outcome. Pure.

package import Leavers
import Ledger
package import Profiles

/// Plans one scope: an export's rows for one authority and one kind of return.
///
/// Order: repeats, the dead, what intake holds, cohort and kind, route, disclosure, mapping. A row that is not this
/// authority's is never held for its mapping, and one that may not be disclosed never for its length.
///
/// All of it is asked of the record as it may be told to this authority under the register of persons' decisions.
package struct ScopePlanner: Sendable {
  package let authority: AuthorityID
  package let profile: ReturnProfile
  package let routing: Routing
  package let disclosure: DisclosureRule
  package let mapping: Mapping
  private let school: School
  private let whole: AuthorityProfile
  private let risk: RiskPolicy?
  private let day: CalendarDate
  package let tiers: DisclosureTiers

  /// `day` is the day, in London, on which agreements must be in force and codes current.
  package init(
    authority: AuthorityProfile, profile: ReturnProfile, school: School, configuration: Configuration,
    day: CalendarDate, gate: DisclosureRule.Gate
  ) {
    self.authority = authority.id
    self.profile = profile
    routing = Routing(
      authority: authority.laCode, rule: profile.routedBy, school: school.laestab.authority,
      region: Set(configuration.authorities.map(\.laCode)), postcodes: configuration.postcodes)
    disclosure = DisclosureRule(authority: authority, kind: profile.kind, school: school, day: day, gate: gate)
    mapping = Mapping(profile: profile, school: school, codes: configuration.codes, day: day)
    tiers = DisclosureTiers(codes: configuration.codes)
    risk = school.risk
    self.school = school
    whole = authority
    self.day = day
  }

  /// The rows as they may be told to this authority: what the register keeps back is not in their records.
  package func told(_ rows: [LeaverRow]) -> [LeaverRow] {
    rows.map { row in
      guard row.standing != .none else { return row }
      let standing = row.standing.towards(authority, profile.kind)
      var record = row.record.under(standing)
      if profile.kind == .riskOfNEET, let confirmed = standing.risk { reckon(&record, confirmed) }
      return LeaverRow(
        rowNumber: row.rowNumber, pupil: row.pupil, cohort: row.cohort, record: record, verdict: row.verdict,
        standing: row.standing, undecided: row.undecided)
    }
  }

  /// What is told of the risk of a pupil whom a named person confirmed: the school's own reckoning, where it has one.
  private func reckon(_ record: inout LeaverRecord, _ confirmed: RegisterDecision) {
    record[.riskReferral] = confirmed == .riskReferred ? "Y" : "N"
    guard let risk else { return }
    let (band, _, hits) = risk.reckon(record)
    record[.riskBand] = band
    // Each is of the tier of what it comes from.
    let told = hits.filter { hit in
      guard let agreement = disclosure.agreement, let value = record[hit.condition.field] else { return false }
      let tier = tiers.tier(of: hit.condition.field, value: value)
      return DisclosureTiers.permits(tier, in: .full, under: agreement)
    }
    record[.riskIndicators] = told.map(\.indicator).joined(separator: "; ")
  }

  /// The outcome of each row; `rows` as `told` gives them.
  package func plan(_ rows: [LeaverRow]) -> ScopePlan {
    let twins = Self.pupilsTwice(rows)
    var outcomes: [(row: Int, outcome: RowOutcome)] = []
    outcomes.reserveCapacity(rows.count)
    var ready: [Cohort: [MappedRow]] = [:]
    for row in rows {
      let isTwin = row.pupil.map(twins.contains) ?? false
      let outcome = outcome(of: row, isTwin: isTwin)
      outcomes.append((row.rowNumber, outcome))
      if case .ready(let mapped) = outcome, let cohort = row.cohort { ready[cohort, default: []].append(mapped) }
    }
    let cohorts = ready.keys.sorted()
    return ScopePlan(
      outcomes: outcomes,
      ready: cohorts.map { cohort in (cohort, (ready[cohort] ?? []).sorted { $0.rowNumber < $1.rowNumber }) })
  }

  /// The outcome of one row; `isTwin` where another row is the same pupil's for the ledger.
  package func outcome(of row: LeaverRow, isTwin: Bool = false) -> RowOutcome {
    let standing = row.standing.towards(authority, profile.kind)
    if case .merged(let into) = row.verdict { return .merged(into: into) }
    // Nobody is asked about somebody who died, so that nothing of the row is held either.
    if standing.isDeceased { return .withheld(.deceased, column: nil) }
    if case .held(let reason) = row.verdict { return .held(reason, column: nil) }
    // Two rows that intake took for two pupils and the ledger knows as one (a former UPN): which of them is right, a
    // person must say; one pupil never stands twice in a return.
    if isTwin { return .held(.contradictoryRepeat, column: nil) }
    let exclusion = KindSelection.exclusion(record: row.record, cohort: row.cohort, profile: profile)
    // There is something to tell, once somebody has said what the words mean that it was told in.
    let waitsForWord =
      exclusion == .nothingToTell && profile.kind == .confirmedDestinations && row.undecided.contains(.activity)
    if let exclusion, !waitsForWord { return .notInKind(exclusion) }
    if profile.kind == .riskOfNEET, standing.risk == nil { return .notInKind(.notConfirmed) }
    let route: RoutingReason
    switch routing.route(row.record) {
    case .elsewhere(let reason): return .notRouted(reason)
    case .held(let reason): return .held(reason, column: nil)
    case .here(let reason): route = reason
    }
    if waitsForWord { return .held(.wordUndecided, column: nil) }
    let extent: Disclosure
    if let reason = disclosure.riskObstacle(row.record, on: day) { return .withheld(reason, column: nil) }
    switch disclosure.decide(row.record, consents: standing.consentsToTracking) {
    case .held(let reason): return .held(reason, column: nil)
    case .withheld(let reason): return .withheld(reason, column: nil)
    case .disclose(let decided): extent = decided
    }
    guard let seen = disclosure.disclosed(row.record, at: extent, tiers: tiers) else {
      return .withheld(.noAgreement, column: nil)
    }
    if let reason = KindSelection.tellsTooMuch(profile, seen) { return .withheld(reason, column: nil) }
    switch mapping.map(seen) {
    case .held(.requiredMissing, let column, _) where isUndecided(column, row):
      return .held(.wordUndecided, column: column)
    case .held(let reason, let column, let code): return .held(reason, column: column, code: code)
    case .withheld(let reason, let column): return .withheld(reason, column: column)
    case .rows(let rows):
      let mapped = MappedRow(
        rowNumber: row.rowNumber, pupil: row.pupil, disclosure: extent, route: route, lines: rows.map(\.texts))
      // One row that the schema does not allow must not keep all others.
      guard isAllowedBySchema(mapped, row.cohort) else { return .held(.notInForm, column: nil) }
      return .ready(mapped)
    }
  }

  private func isAllowedBySchema(_ row: MappedRow, _ cohort: Cohort?) -> Bool {
    guard case .xml(let form) = profile.format, form.schema != nil, let cohort else { return true }
    let setting = RenderSetting(
      school: school, authority: whole, kind: profile.kind, cohort: cohort, sequence: ReturnNaming.placeholderSequence,
      day: day, scratch: "")
    return (try? ReturnRenderer(profile: profile).bytes(of: [row], setting)) != nil
  }

  /// The closing record of a pupil who moved to another authority; `row` as `told` gives it. Nil where the profile has
  /// none, where the pupil did not move, and where nothing may go.
  package func closing(_ row: LeaverRow) -> MappedRow? {
    guard profile.closes, case .clear = row.verdict, !row.standing.towards(authority, profile.kind).isDeceased,
      case .elsewhere(let reason) = routing.route(row.record),
      [.homeAuthorityElsewhere, .postcodeElsewhere].contains(reason), routing.mayTellOfAMove(row.record),
      case .disclose(let extent) = disclosure.decide(
        row.record, consents: row.standing.towards(authority, profile.kind).consentsToTracking),
      let seen = disclosure.disclosed(row.record, at: extent, tiers: tiers, isClosing: true),
      case .rows(let rows) = mapping.map(seen)
    else { return nil }
    return MappedRow(
      rowNumber: row.rowNumber, pupil: row.pupil, disclosure: extent, route: reason, lines: rows.map(\.texts),
      isClosing: true)
  }

  /// Whether a code of a column reveals nothing sensitive, so that it may stand in the journal beside a pseudonym.
  func isPlain(_ code: String?, in column: String) -> Bool {
    guard let code else { return false }
    return profile.columns.contains { one in
      one.name == column && one.form.fields.allSatisfy { tiers.tier(of: $0, value: code) <= .possession }
    }
  }

  /// Whether a column is of a field that is blank only because its words are undecided.
  private func isUndecided(_ column: String, _ row: LeaverRow) -> Bool {
    profile.columns.contains { one in
      one.name == column && one.form.fields.contains { row.undecided.contains($0) }
    }
  }

  private static func pupilsTwice(_ rows: [LeaverRow]) -> Set<PupilID> {
    var seen: Set<PupilID> = []
    var twice: Set<PupilID> = []
    for row in rows {
      guard case .clear = row.verdict, let pupil = row.pupil else { continue }
      if !seen.insert(pupil).inserted { twice.insert(pupil) }
    }
    return twice
  }
}
