// What a return waits for before it may be queued. A pure value.

package import Leavers

/// What a return waits for before it may be queued.
package enum WaitReason: Sendable, Hashable {
  /// A person releases it.
  case release
  /// A day comes; a person may release it sooner.
  case date(CalendarDate)
  /// The cohort brake fired: a person looks at the numbers and releases it.
  case brake
  /// A pupil or parent objected after it was rendered. A release does not help while the objection stands.
  case objection
  /// The recipient is reached otherwise, and one of before may have arrived there: a person asks before it is released.
  case moved

  /// The text of the ledger's column: `release`, `date:2026-09-30`, `brake`, `objection`, `moved`.
  package var text: String {
    switch self {
    case .release: "release"
    case .date(let day): "date:\(day)"
    case .brake: "brake"
    case .objection: "objection"
    case .moved: "moved"
    }
  }

  /// From the text of the ledger's column.
  package init?(text: String) {
    switch text {
    case "release": self = .release
    case "brake": self = .brake
    case "objection": self = .objection
    case "moved": self = .moved
    default:
      guard text.hasPrefix("date:"), let day = CalendarDate(iso: String(text.dropFirst(5))) else { return nil }
      self = .date(day)
    }
  }
}
