// Why a queued return does not go after all, found at the moment of sending. A value.

import Leavers
import Ledger

/// What stands in the way of a queued return at the moment of sending.
enum DeliveryObstacle: Equatable {
  case notConfigured
  case recipientChanged(RecipientID)
  case noAgreement
  case gate(String)
  case changedTerms(String)
  /// So many of its pupils, and why.
  case objections(Int, String)
  /// The recipient is reached otherwise or elsewhere now, and may have it by the old way.
  case movedAway

  /// What it then waits for.
  var waitReason: WaitReason {
    switch self {
    case .objections: .objection
    case .movedAway: .moved
    default: .release
    }
  }

  var text: String {
    switch self {
    case .notConfigured: "its school or authority is no longer configured"
    case .recipientChanged(let now):
      "its authority is now served by \(now); withdraw it and have its export taken in again (leaverlink again)"
    case .noAgreement: "no agreement for this kind of return is in force today"
    case .gate(let refusal): refusal
    case .changedTerms(let change):
      "\(change) since it was made; withdraw it and have its export taken in again (leaverlink again)"
    case .movedAway:
      "the recipient is reached otherwise since it was last sent, and may have it already; ask the authority, then withdraw it if it has, or release it if it has not"
    case .objections(let count, let reasons):
      "\(count) of its pupils may no longer go as they stand in it (\(reasons)); it is made anew by itself, or by the newest export"
    }
  }
}
