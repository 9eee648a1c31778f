// Compares where returns and replies stand with what the chain of events says. Reads the ledger's database.

import GRDB
import Leavers

/// What the events say of each return and reply, gathered on a walk along the chain: a state that was changed past the
/// ledger has no event, and shows.
struct StateAudit {
  /// By subject (`R34`, `A5`): the newest state, and which file a return is. Without a state where the newest event of
  /// its move does not name one, because it is older than that particular or does not open.
  private var notes: [String: EventNote] = [:]

  /// Takes the next event of the chain.
  mutating func note(_ event: StoredEvent, _ payload: [UInt8]?) {
    switch EventKind(rawValue: event.kind) {
    case .returnDrafted: notes[event.subject] = EventNote(state: ReturnState.drafted.name)
    case .returnAbandoned: notes[event.subject] = nil
    case .returnMoved, .replyMoved:
      // An event whose payload cannot be read is told by the chain's own check, and is held against no state.
      let note = EventNote(payload: payload.flatMap { try? Packed.dictionary($0) } ?? [:])
      let before = notes[event.subject]
      notes[event.subject] = EventNote(
        state: note.state, stateDetail: note.stateDetail, fileName: note.fileName ?? before?.fileName,
        sha256: note.sha256 ?? before?.sha256)
    default: break
    }
  }

  /// Where the tables say other than the events, in words.
  func problems(in transaction: Transaction) throws -> [String] {
    var left = notes
    var problems: [String] = []
    try transaction.forEachRow("SELECT id, state, state_detail, file_name, sha256 FROM return ORDER BY id") { row in
      let subject = ReturnID(rawValue: row["id"]).description
      guard let note = left.removeValue(forKey: subject) else {
        problems.append(Self.stranger(subject))
        return
      }
      problems += Self.difference(subject, row, note)
      if let name = note.fileName, name != row["file_name"] {
        problems.append(
          "\(subject): its file name is “\(row["file_name"] as String? ?? "none")” and was “\(name)” when it was decided: \(Self.outside)"
        )
      }
      if let sha256 = note.sha256, sha256 != row["sha256"] {
        problems.append("\(subject): its SHA-256 is not the one that it had when it was decided: \(Self.outside)")
      }
    }
    try transaction.forEachRow("SELECT id, state, state_detail FROM reply ORDER BY id") { row in
      let subject = ReplyID(rawValue: row["id"]).description
      guard let note = left.removeValue(forKey: subject) else {
        problems.append(Self.stranger(subject))
        return
      }
      problems += Self.difference(subject, row, note)
    }
    // A draft that falls out of scope is removed, and its event is that of the scope.
    for (subject, note) in left.sorted(by: { $0.key < $1.key }) where note.state != ReturnState.drafted.name {
      problems.append("\(subject): it is gone, although the events tell of it: \(Self.outside)")
    }
    return problems
  }

  private static let outside = "somebody changed the database from outside"

  private static func stranger(_ subject: String) -> String {
    "\(subject): no event tells of it: somebody put it in from outside"
  }

  private static func difference(_ subject: String, _ row: Row, _ note: EventNote) -> [String] {
    guard let state = note.state else { return [] }
    let (found, detail): (String, String?) = (row["state"], row["state_detail"])
    guard found != state || detail != note.stateDetail else { return [] }
    return [
      "\(subject): it is \(text(found, detail)), and by its newest event \(text(state, note.stateDetail)): \(outside)"
    ]
  }

  private static func text(_ state: String, _ detail: String?) -> String {
    state + (detail.map { " (\($0))" } ?? "")
  }
}
