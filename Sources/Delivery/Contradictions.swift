// A far side that refuses what it shows to be possible. Pure.

import Ledger

/// Whether a far side contradicts itself: it shows a temporary that it says is not there to be renamed, or no file under
/// the name that it says is taken. To ask again at once would go on for ever.
struct Contradictions {
  private var refused = false

  mutating func saw(_ event: ReturnEvent) {
    if case .renamed(let result) = event { refused = result != .done }
  }

  /// Whether the action was just refused and would be again.
  func isEndless(_ action: ReturnAction) -> Bool { refused && action == .rename }

  static let outcome = DeliveryLane.Outcome(
    event: .failed(.transient),
    detail:
      "the recipient refuses to rename the uploaded file, and shows it there and no other; it is tried again later",
    code: "rename-contradicted")
}
