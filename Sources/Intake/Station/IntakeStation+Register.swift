// Decisions of the register that waited for their pupil take effect with the export that names the pupil.

import Leavers
import Ledger
import Profiles

extension IntakeStation {
  /// Enters the decisions that waited for pupils whom an export names: before the export counts as read, so that it is
  /// decided under them.
  func settleRegister(by export: ExportID, _ drafts: [RowDraft], _ school: School) async throws {
    let pending = try await ledger.register.pending(school: school.id)
    if pending.isEmpty { return }
    let here = try await ledger.register.pupils(beingReadIn: export)
    let present = Set(here.values)
    let others = try await ledger.exports.roll(of: school.id, before: export).filter { !present.contains($0.pupil) }
    let known = PupilFinder(
      drafts.compactMap { draft in here[draft.rowNumber].map { ($0, draft.record) } }
        + others.map { ($0.pupil, $0.record) })
    for decision in pending {
      if let pupil = known.find(decision.given) { try await ledger.register.settle(decision, about: pupil) }
    }
  }
}
