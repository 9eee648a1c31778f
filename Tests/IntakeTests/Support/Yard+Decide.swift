// What the station of returns leaves in the ledger, made by hand: intake is tested without it.

import Leavers
import Ledger
import Profiles

extension Yard {
  static let sefton = ScopeEntry(authority: AuthorityID(unchecked: "sefton"), kind: .intendedDestinations)
  static let wirral = ScopeEntry(authority: AuthorityID(unchecked: "wirral"), kind: .confirmedDestinations)

  /// Decides an export: of each authority the rows that go (in full, or at the floor), what is held or withheld, and which
  /// rows are not its own. Every row must be named once. `measure` is kept of each.
  func decide(
    _ export: ExportID,
    _ scopes: [(entry: ScopeEntry, sent: [Int: Disclosure], fates: [(row: Int, fate: Fate)], notRouted: [Int])],
    way: DeliveryWay = DeliveryWay(publication: .twoStep, readBack: .content, takesFiles: false, folder: "inbound"),
    measure: BrakeMeasure? = nil
  ) async throws {
    let ledger = try await ledger()
    let cohort = Cohort(stage: .y11, leavingYear: 2026)
    let record = BrakeRecord(measures: measure.map { [cohort: $0] } ?? [:], gone: [])
    try await ledger.returns.setScope(export, scopes.map(\.entry))
    let pupils = Dictionary(
      uniqueKeysWithValues: try await ledger.returns.rows(of: export).map { ($0.rowNumber, $0.pupil) })
    for scope in scopes {
      var rendered: [RenderedReturn] = []
      var fates = scope.fates
      if !scope.sent.isEmpty {
        let draft = try await ledger.returns.draft(
          DraftRequest(
            export: export, school: school.id, authority: scope.entry.authority,
            recipient: RecipientID(unchecked: "somebody"), kind: scope.entry.kind,
            cohort: cohort, cycle: "2026-spring", instant: clock.now(),
            way: way,
            profileDigest: "d1", basis: .esa2008s72, agreementReference: "DSA-1", evidence: "agreed",
            acknowledges: .never))
        let object = try await ledger.objects.store(Array("return \(draft.id)".utf8), kind: .return)
        rendered.append(
          RenderedReturn(
            id: draft.id, object: object, fileName: "\(draft.id).csv",
            rows: scope.sent.sorted { $0.key < $1.key }.compactMap { row, disclosure in
              pupils[row].flatMap { $0 }.map {
                (
                  row: row, pupil: $0, digest: ledger.returns.rowDigest(Array("row \(row)".utf8)),
                  disclosure: disclosure
                )
              }
            }, fields: [(field: .legalSurname, tier: .floor, full: true)], next: .queued))
        fates += scope.sent.map { (row: $0.key, fate: .sent(draft.id, $0.value)) }
      }
      try await ledger.returns.decide(
        export, authority: scope.entry.authority, kind: scope.entry.kind,
        decision: ScopeDecision(
          returns: rendered, fates: fates.sorted { $0.row < $1.row },
          exclusions: scope.notRouted.map { (row: $0, reason: .educatedElsewhere) }, abandoned: [],
          record: record))
    }
    try await ledger.returns.finish(export)
  }
}
