// Returns that a person takes back, and hand-over packs that must not be handed over. Reads and writes the ledger's database.

import GRDB
package import Leavers

/// A hand-over pack that was put on a school's desk.
package struct DeskPack: Sendable, Hashable {
  /// What becomes of it.
  package enum Fate: Sendable, Hashable {
    case toHandOver
    /// Withdrawn, or somebody in it may not go so any more.
    case toTakeAway
    /// The authority has it.
    case handedOver
  }

  package let id: ReturnID
  /// The file under the desk's `out`; the cover sheet's name begins with it.
  package let path: String
  package let fate: Fate
}

extension ReturnsLedger {
  /// The packs that were put on a school's desk, oldest first. Whether one still lies there, only the desk knows.
  package func packs(school: SchoolID) async throws(LedgerError) -> [DeskPack] {
    try await store.read { transaction in
      try transaction.summaries(
        """
        school = ? AND publication = 'desk' AND attempt > 0
          AND state IN ('prepared', 'withdrawn', 'superseded', 'sent', 'delivered', 'collected', 'accepted', 'rejected')
        """, [school.rawValue]
      ).compactMap { summary in
        guard let path = summary.packPath else { return nil }
        let fate: DeskPack.Fate
        switch summary.state {
        case .prepared: fate = try transaction.objections(to: summary).isEmpty ? .toHandOver : .toTakeAway
        case .withdrawn, .superseded: fate = .toTakeAway
        default: fate = .handedOver
        }
        return DeskPack(id: summary.id, path: path, fate: fate)
      }
    }
  }

  /// The packs of returns of a school that were withdrawn, and that nobody has seen to be gone.
  package func packsToTakeAway(school: SchoolID) async throws(LedgerError) -> [DeskPack] {
    try await store.read { transaction in
      try transaction.packsToTakeAway().filter { $0.school == school }.compactMap { summary in
        summary.packPath.map { DeskPack(id: summary.id, path: $0, fate: .toTakeAway) }
      }
    }
  }

  /// The pack of a return that was withdrawn does not lie on the desk.
  package func packIsGone(_ id: ReturnID) async throws(LedgerError) {
    try await store.write { transaction in
      let summary = try transaction.summary(of: id)
      guard summary.state == .withdrawn, summary.lastProblem == ReturnMachine.packMayLie else { return }
      try transaction.run("UPDATE return SET last_problem = NULL WHERE id = ?", [id.rawValue])
      try transaction.append(
        .packGone, subject: id.description, "\(id) was withdrawn; its pack does not lie on the desk any more")
    }
  }
}

extension Transaction {
  /// Takes a return back; gives what came of it, in words.
  func withdraw(_ id: ReturnID, by person: Person, why: String?) throws -> String {
    let (after, actions) = try move(id, .withdrawn, Move(evidence: person.details(why: why)))
    if after.state.hasReached {
      return "\(id) does not go to \(after.authority) once more; what went before is with \(after.authority)"
    }
    if actions.contains(.alarm(ReturnMachine.packMayLie)) {
      return
        "\(id) for \(after.authority) is withdrawn, but its pack may still lie on the desk: take it away, so that nobody hands it over"
    }
    return "\(id) for \(after.authority) is withdrawn: it does not go"
  }

  /// Records that a pack is with the authority, unless something stands against it: then it must have gone before that.
  ///
  /// - Parameter beforeObjection: whether a person says that it went before what may stand against it now.
  /// - Returns: what of it the authority is to be told of; or why it must not be handed over. In words.
  func handOver(
    _ summary: ReturnSummary, by person: Person, evidence: String?, beforeObjection: Bool
  ) throws -> Result<String?, PackRefusal> {
    let (id, authority) = (summary.id, summary.authority)
    var evidence = evidence
    var toTell: String?
    if summary.state == .prepared {
      let objections = try objections(to: summary)
      if !objections.isEmpty {
        guard beforeObjection else {
          return .failure(
            PackRefusal(
              words:
                "\(id) must not be handed over: \(objections.words). Take the pack away and withdraw it; if it went to \(authority) before that, say so (in the release sheet, or by leaverlink handed-over \(id) --before-objection)"
            ))
        }
        evidence = [evidence, "it went before what stands against it"].compactMap(\.self).joined(separator: "; ")
        toTell = "tell \(authority) what may no longer be used of \(id): \(objections.words)"
      }
    }
    try move(id, .handedOver, Move(evidence: person.details(why: evidence)))
    return .success(toTell)
  }

  /// The returns that were withdrawn and of which a pack may still lie on a desk.
  func packsToTakeAway() throws -> [ReturnSummary] {
    try summaries("state = 'withdrawn' AND last_problem = ?", [ReturnMachine.packMayLie])
  }
}

/// Why a pack must not be handed over. Holds no personal data.
struct PackRefusal: Error {
  let words: String
}

extension ReturnSummary {
  fileprivate var packPath: String? { fileName.map { "\(way.folder)/\($0)" } }
}

extension EventKind {
  /// The pack of a return that was withdrawn was seen to be gone.
  package static let packGone = EventKind(rawValue: "pack-gone")
}
