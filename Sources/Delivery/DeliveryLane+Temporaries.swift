// What attempts leave at the far side under temporary names is removed once the return is settled, by whoever settled it.

import Leavers
import Ledger
import Transport

extension DeliveryLane {
  /// Removes the temporaries of all settled returns: of an attempt of before, also by a process of before, or of one that
  /// was settled by a command or an acknowledgement. Gives when to come again.
  func tidy() async throws -> Duration? {
    let left = try await ledger.deliveries.withTemporaries(recipient: recipient)
      .filter { terms.endpoints($0.school) != nil }
    temporaries.keep(only: Set(left.map(\.id)))
    for item in left where temporaries.isDue(item.id, at: timekeeper.monotonic()) {
      try Task.checkCancellation()
      try await removeTemporaries(of: item)
    }
    return temporaries.next
  }

  /// What cannot be removed is named, tried again later, and does no harm: it is never published.
  func removeTemporaries(of item: ReturnSummary) async throws {
    guard let endpoint = terms.endpoints(item.school) else { return }
    do {
      var names = try await ledger.deliveries.temporaries(of: item.id)
      if Courier.hasSheet(item, terms.configuration) { names += names.map(Courier.coverTemporary) }
      let (folder, found) = (try Courier.folder(of: item.way), names)
      try await endpoint.perform { session throws(TransportError) in
        for name in found {
          do throws(TransportError) {
            try await session.remove(Courier.path(name, in: folder))
          } catch let error where error.code == .notFound {
            continue
          }
        }
      }
      try await ledger.deliveries.temporariesRemoved(of: item.id)
      temporaries.removed(item.id)
    } catch let error as TransportError {
      if error.isAuthentication { try await stop(why: error.description) }
      guard temporaries.failed(item.id, why: error.code.name, at: timekeeper.monotonic()) else { return }
      report(
        .init(
          recipient: recipient, return: item.id, weight: .notable,
          text: "temporary files of earlier attempts could not be removed, and it is tried again: \(error)"))
    } catch let error as LedgerError {
      // Somebody has it sent again meanwhile: they are removed when that is settled.
      guard error.code == .conflict else { throw error }
    }
  }
}
