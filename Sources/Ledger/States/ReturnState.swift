// Where a return stands, with its text in the ledger. A pure value; who may change it is ReturnMachine's.

/// Where a return stands.
package enum ReturnState: Sendable, Hashable {
  /// It has its sequence and instant, and is rendered or will be.
  case drafted
  case waiting(WaitReason)
  /// May be sent as soon as its time comes.
  case queued
  /// An attempt is under way; nothing of it can lie under the final name, save by the plain PUT of `direct`.
  case sending
  /// It may lie under its final name, or get there although nobody waits for it any more.
  case publishing
  /// A hand-over pack lies on the desk and waits for a person to hand it over.
  case prepared
  /// The recipient took it and lets nobody read it back.
  case sent
  /// It was seen under its final name, or a person vouches for it.
  case delivered
  /// The authority took it away.
  case collected
  /// The authority said that it accepted it.
  case accepted
  /// The authority said that it did not accept it.
  case rejected
  /// We do not know whether the authority has it.
  case unknown(UnknownReason)
  /// A person took it back before it went; the authority may say later that it has it nevertheless.
  case withdrawn
  /// A newer return took its place before it went.
  case superseded

  /// The text of the ledger's state column.
  package var name: String {
    switch self {
    case .drafted: "drafted"
    case .waiting: "waiting"
    case .queued: "queued"
    case .sending: "sending"
    case .publishing: "publishing"
    case .prepared: "prepared"
    case .sent: "sent"
    case .delivered: "delivered"
    case .collected: "collected"
    case .accepted: "accepted"
    case .rejected: "rejected"
    case .unknown: "unknown"
    case .withdrawn: "withdrawn"
    case .superseded: "superseded"
    }
  }

  /// The text of the ledger's detail column: what a waiting return waits for, why an unknown one is unknown.
  package var detail: String? {
    switch self {
    case .waiting(let reason): reason.text
    case .unknown(let reason): reason.rawValue
    default: nil
    }
  }

  /// From the texts of the two columns; nil where they do not belong together.
  package init?(name: String, detail: String?) {
    if let plain = Self.plain.first(where: { $0.name == name }) {
      guard detail == nil else { return nil }
      self = plain
      return
    }
    guard let detail else { return nil }
    switch name {
    case "waiting":
      guard let reason = WaitReason(text: detail) else { return nil }
      self = .waiting(reason)
    case "unknown":
      guard let reason = UnknownReason(rawValue: detail) else { return nil }
      self = .unknown(reason)
    default: return nil
    }
  }

  /// The names of all states, in the order of a return's way.
  package static let names = [
    "drafted", "waiting", "queued", "sending", "publishing", "prepared", "sent", "delivered", "collected", "accepted",
    "rejected", "unknown", "withdrawn", "superseded",
  ]

  /// The states that have no detail.
  private static let plain: [ReturnState] = [
    .drafted, .queued, .sending, .publishing, .prepared, .sent, .delivered, .collected, .accepted, .rejected,
    .withdrawn, .superseded,
  ]

  /// Nothing more is expected: the authority has judged it, or we shall not send it. The authority's own word may still
  /// move it on.
  package var isTerminal: Bool {
    switch self {
    case .accepted, .rejected, .withdrawn, .superseded: true
    default: false
    }
  }

  /// An attempt is under way, or was when the daemon last stood.
  package var isInFlight: Bool { self == .sending || self == .publishing }

  /// Once reached, the service does nothing more by itself: it waits for a day, a person or the authority.
  package var isResting: Bool {
    switch self {
    case .drafted, .queued, .sending, .publishing: false
    default: true
    }
  }

  /// The authority has it, as far as anybody can tell.
  package var hasReached: Bool {
    switch self {
    case .sent, .delivered, .collected, .accepted, .rejected: true
    default: false
    }
  }
}

extension ReturnState {
  /// Every change of state that ReturnMachine makes for some recipient, by name: what the ledger's trigger allows.
  package static let successors: [String: Set<String>] = [
    "drafted": ["queued", "waiting"],
    "waiting": ["accepted", "collected", "delivered", "queued", "rejected", "sent", "superseded", "withdrawn"],
    "queued": [
      "accepted", "collected", "delivered", "rejected", "sending", "sent", "superseded", "waiting", "withdrawn",
    ],
    "sending": ["accepted", "collected", "delivered", "publishing", "queued", "rejected", "sent", "unknown"],
    "publishing": ["accepted", "collected", "delivered", "prepared", "queued", "rejected", "sent", "unknown"],
    "prepared": ["accepted", "collected", "delivered", "queued", "rejected", "withdrawn"],
    "sent": ["accepted", "collected", "queued", "rejected"],
    "delivered": ["accepted", "collected", "queued", "rejected"],
    "collected": ["accepted", "queued", "rejected"],
    "accepted": ["rejected"],
    "rejected": ["accepted", "queued"],
    "unknown": ["accepted", "collected", "delivered", "prepared", "queued", "rejected"],
    "withdrawn": ["accepted", "collected", "rejected"],
  ]
}
