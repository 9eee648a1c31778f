// Compares the register with what the chain of events says of it. Reads the ledger's database.

import GRDB
import Leavers

/// What the events say of each entry of the register, gathered on a walk along the chain: a refusal that was taken out, put
/// in or made a consent past the ledger shows.
struct RegisterAudit {
  private var noted: Set<String> = []

  /// What an entry says, for its event.
  static func text(of entry: RegisterEntry, about pupil: PupilID) -> String {
    "\(entry.id) \(pupil) \(entry.decision.rawValue) \(entry.decidedOn) \(entry.scope.words)"
  }

  /// Takes the next event of the chain. One that does not open is told by the chain's own check.
  mutating func note(_ event: StoredEvent, _ payload: [UInt8]?) {
    guard event.kind == EventKind.registerEntered.rawValue,
      let payload = payload.flatMap({ try? Packed.dictionary($0) }), let text = EventNote(payload: payload).entry
    else { return }
    noted.insert(text)
  }

  /// Where the register says other than the events, in words.
  func problems(in transaction: Transaction) throws -> [String] {
    var left = noted
    var problems: [String] = []
    for row in try transaction.rows("SELECT * FROM register_entry ORDER BY id") {
      let entry = try Transaction.registerEntry(row)
      if left.remove(Self.text(of: entry, about: PupilID(rawValue: row["pupil"]))) == nil {
        problems.append("\(entry.id): no event tells of it as it stands in the register: \(Self.outside)")
      }
    }
    for text in left.sorted() {
      let id = text.split(separator: " ").first.map(String.init) ?? ""
      problems.append("\(id): it is not in the register as its event tells: \(Self.outside)")
    }
    return problems
  }

  private static let outside = "somebody changed the database from outside"
}
