// Short ways to a return in each state, for tests.

import Leavers
import Testing

@testable import Ledger

let careerConnect = RecipientID(unchecked: "career-connect")

extension Ledger {
  /// A queued return of so many leavers.
  func queuedReturn(
    _ content: String = "export", clear count: Int = 2, publication: Publication = .twoStep,
    readBack: ReadBack = .content, takesFiles: Bool = false, basis: Basis = .esa2008s72,
    next: ReturnEvent.Start = .queued, sharing: String? = "YES", entry: ScopeEntry = .sefton,
    cohort: Cohort = Synthetic.cohort, disclosure: Disclosure = .full
  ) async throws -> ReturnID {
    let export = try await readExport(
      content, (0..<count).map { (Synthetic.record($0, upn: Synthetic.upn($0), sharing: sharing), .clear) })
    let rows = Array(2..<(count + 2))
    try await returns.setScope(export, [entry])
    let draft = try await returns.draft(
      DraftRequest(
        export: export, school: LedgerBench.school, authority: entry.authority, recipient: careerConnect,
        kind: entry.kind, cohort: cohort, cycle: "2026-spring", instant: Timestamp(milliseconds: 1000),
        way: DeliveryWay(
          publication: publication, readBack: readBack, takesFiles: takesFiles, folder: "inbound"),
        profileDigest: "d1", basis: basis, agreementReference: "DSA-1", evidence: "agreed", acknowledges: .file))
    let full = try await render(draft, rows: rows, content: "bytes of \(content)", next: next)
    let rendered = RenderedReturn(
      id: full.id, object: full.object, fileName: full.fileName,
      rows: full.rows.map { (row: $0.row, pupil: $0.pupil, digest: $0.digest, disclosure: disclosure) },
      fields: full.fields.map { (field: $0.field, tier: $0.tier, full: disclosure == .full) }, next: full.next)
    try await returns.decide(
      export, authority: entry.authority, kind: entry.kind,
      decision: ScopeDecision(
        returns: [rendered], fates: rows.map { (row: $0, fate: .sent(draft.id, disclosure)) }, exclusions: [],
        abandoned: [])
    )
    try await returns.finish(export)
    return draft.id
  }

  /// Hands events to a return, one after the other; gives the actions of the last.
  @discardableResult
  func apply(
    _ events: ReturnEvent..., to id: ReturnID, at: Timestamp = Timestamp(milliseconds: 1_782_475_200_000),
    detail: String? = nil, next: Timestamp? = nil, evidence: [String: String] = [:]
  ) async throws(LedgerError) -> [ReturnAction] {
    var actions: [ReturnAction] = []
    for event in events {
      actions = try await deliveries.apply(
        event, to: id, note: DeliveryNote(at: at, detail: detail, nextAttemptAt: next, evidence: evidence)
      ).1
    }
    return actions
  }

  /// The whole way of one attempt over two steps.
  func deliver(_ id: ReturnID) async throws(LedgerError) {
    try await apply(
      .started, .put, .temporaryReadBack(.equal), .renamed(.done), .finalReadBack(.equal), to: id)
  }

  func eventCount() async throws(LedgerError) -> Int { try await overview.log(after: 0, limit: 10_000).count }
}
