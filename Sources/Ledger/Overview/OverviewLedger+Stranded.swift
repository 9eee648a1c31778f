// Returns that go nowhere because their recipient is no longer configured. Touches the ledger's database.

import GRDB
package import Leavers

extension OverviewLedger {
  /// What a person must do about returns that are open at a recipient which is none of these: no lane serves it.
  package func stranded(besides recipients: Set<RecipientID>) async throws(LedgerError) -> [TodoItem] {
    try await store.read { transaction in
      try transaction.summaries("state IN ('queued', 'sending', 'publishing', 'unknown')")
        .filter { !recipients.contains($0.recipient) }
        .map { item in
          let remedy =
            item.state == .queued
            ? "leaverlink withdraw \(item.id)"
            : "ask \(item.authority) whether it has it, and put the recipient back or: leaverlink settle \(item.id)"
          return TodoItem(
            code: .returnStranded, subjects: [item.id.description, item.recipient.rawValue],
            text: "\(item.id) is \(item.state.name) for \(item.recipient), which is no longer configured: \(remedy)")
        }
    }
  }
}
