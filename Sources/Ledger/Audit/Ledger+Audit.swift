// The audit: verifies the chain of events, states and triggers, the conservation rule, and that every object is there
// and opens. Changes nothing.

import Crypto
import GRDB
import Leavers

extension Ledger {
  /// Verifies the whole ledger. Works beside a running daemon; reads every object, so that it takes its time.
  ///
  /// - Parameter heads: heads of the chain that were noted outside the ledger, in the journal or on cover sheets: each
  ///   must still be in it. A chain whose end was cut off together with the ledger's own note of it shows only here.
  package func audit(heads: [ChainHead] = []) async throws(LedgerError) -> AuditReport {
    let chain = try await store.read { try ChainAudit.run($0, heads: heads) }
    let guards = try await guards()
    let conservation = try await store.read { try ConservationAudit.run($0) }
    let objects = try await ObjectAudit.run(store: store, objects: objects)
    return AuditReport(
      events: chain.events, chainIntact: chain.problems.isEmpty, firstBreak: chain.firstBreak,
      conservation: conservation, objectsChecked: objects.checked, objectsDestroyed: objects.destroyed,
      objectsMissing: objects.missing, objectsDamaged: objects.damaged,
      problems: chain.problems + chain.states + guards + conservation + objects.problems)
  }

  private func guards() async throws(LedgerError) -> [String] {
    let made = try await store.files.run { () throws(LedgerError) in try GuardAudit.made() }
    return try await store.read { try GuardAudit.problems(in: $0.database, made: made) }
  }
}

/// The chain of events, and what it says of states.
private enum ChainAudit {
  static func run(_ transaction: Transaction, heads: [ChainHead]) throws -> (
    events: Int, firstBreak: Int64?, problems: [String], states: [String]
  ) {
    var verifier = EventChain.Verifier(keys: transaction.keys)
    let noted = Dictionary(heads.map { ($0.sequence, $0) }) { first, _ in first }
    var wrongHeads = Set(heads)
    var states = StateAudit()
    var register = RegisterAudit()
    try transaction.forEachRow("SELECT * FROM event ORDER BY sequence") { row in
      let event = StoredEvent(
        sequence: row["sequence"], at: row.instant("at"), kind: row["kind"], subject: row["subject"],
        sealed: row.bytes("sealed"), previous: row.bytes("previous"), mac: row.bytes("mac"))
      let payload = verifier.check(event)
      states.note(event, payload)
      register.note(event, payload)
      if noted[event.sequence] == event.head { wrongHeads.remove(event.head) }
    }
    var firstBreak = verifier.firstBreak
    var problems: [String] = []
    if let sequence = firstBreak {
      problems.append(
        "the chain of events is broken at event \(sequence): it was altered, removed or put in from outside")
    }
    if let end = try end(transaction, verifier) {
      firstBreak = firstBreak ?? end.sequence
      problems.append(end.problem)
    }
    for head in wrongHeads.sorted(by: { $0.sequence < $1.sequence }) {
      firstBreak = firstBreak ?? head.sequence
      problems.append("the chain does not hold the noted head \(head): events were cut off or replaced")
    }
    return (
      verifier.count, firstBreak, problems,
      try states.problems(in: transaction) + register.problems(in: transaction)
    )
  }

  /// What is wrong with the end of the chain as the ledger's own row notes it.
  private static func end(
    _ transaction: Transaction, _ verifier: EventChain.Verifier
  ) throws -> (sequence: Int64, problem: String)? {
    guard let row = try transaction.row("SELECT head_sequence, head_mac, head_stamp FROM ledger") else {
      return (Int64(verifier.count), "the ledger has no row of its own")
    }
    let sequence: Int64 = row["head_sequence"]
    let mac = row.bytes("head_mac")
    guard row.bytes("head_stamp") == EventChain.stamp(sequence: sequence, mac: mac, keys: transaction.keys) else {
      return (sequence, "the ledger's note of its newest event was altered from outside")
    }
    guard sequence == Int64(verifier.count), mac == verifier.last else {
      return (
        min(sequence, Int64(verifier.count)) + 1,
        "the chain has \(verifier.count) events and the ledger notes \(sequence): events were cut off or put in from outside"
      )
    }
    return nil
  }
}

/// The conservation rule.
private enum ConservationAudit {
  static func run(_ transaction: Transaction) throws -> [String] {
    let scopes = try transaction.rows(
      """
      SELECT s.export, s.authority, s.kind, p.wrong FROM export_scope s
      JOIN conservation_problem p ON p.export = s.export AND p.position = s.position
      WHERE s.decided_at IS NOT NULL ORDER BY s.export, s.position
      """
    ).map { row in
      "\(ExportID(rawValue: row["export"])), \(row["kind"] as String) for \(row["authority"] as String): \(row["wrong"] as String)"
    }
    let returns = try transaction.rows(
      "SELECT return_id, wrong FROM return_problem WHERE state <> 'drafted' ORDER BY return_id"
    ).map { "\(ReturnID(rawValue: $0["return_id"])): \($0["wrong"] as String)" }
    let open = try transaction.rows(
      """
      SELECT e.id, s.authority, s.kind FROM export e JOIN export_scope s ON s.export = e.id
      WHERE e.state = 'decided' AND s.decided_at IS NULL ORDER BY e.id, s.position
      """
    ).map {
      "\(ExportID(rawValue: $0["id"])) is decided, but not its \($0["kind"] as String) for \($0["authority"] as String)"
    }
    return scopes + returns + open
  }
}

/// The objects: each is there, opens, and is what its name and hash say.
private enum ObjectAudit {
  struct Result {
    var checked = 0
    var destroyed = 0
    var missing: [ObjectName] = []
    var damaged: [ObjectName] = []
    var problems: [String] = []
  }

  private struct Known: Sendable {
    let name: ObjectName
    let kind: ObjectKind
    let sha256: String
    let size: Int64
    let isDestroyed: Bool
  }

  static func run(store: LedgerStore, objects: ObjectStore) async throws(LedgerError) -> Result {
    let known = try await store.read { transaction in
      try transaction.rows(
        """
        SELECT o.name, o.kind, o.sha256, o.size, k.destroyed_at IS NOT NULL AS destroyed
        FROM object o JOIN wrapped_key k ON k.id = o.key ORDER BY o.stored_at, o.name
        """
      ).map {
        Known(
          name: try $0.value("name"), kind: try $0.value("kind"), sha256: $0["sha256"], size: $0["size"],
          isDestroyed: $0["destroyed"])
      }
    }
    var result = Result()
    for object in known {
      guard !object.isDestroyed else {
        result.destroyed += 1
        continue
      }
      result.checked += 1
      do throws(LedgerError) {
        try await check(object, store: store, objects: objects)
      } catch {
        switch error.code {
        case .objectMissing: result.missing.append(object.name)
        // Destroyed since the list was made.
        case .objectDestroyed:
          result.destroyed += 1
          continue
        default: result.damaged.append(object.name)
        }
        result.problems.append(error.message)
      }
    }
    return result
  }

  private static func check(
    _ object: Known, store: LedgerStore, objects: ObjectStore
  ) async throws(LedgerError) {
    let reader = try await objects.reader(object.name)
    var hash = SHA256()
    var digester = store.keys.digester("object|\(object.kind.rawValue)")
    var size: Int64 = 0
    while let chunk = try await reader.next() {
      hash.update(data: chunk)
      digester.update(data: chunk)
      size += Int64(chunk.count)
    }
    guard size == object.size, Hex.text(Array(hash.finalize())) == object.sha256,
      ObjectName(digest: Array(digester.finalize())) == object.name
    else {
      throw LedgerError(
        .corrupt, "object \(object.name) opens to other bytes than were stored; restore the state from a backup")
    }
  }
}
