// Where a reply stands, with its text in the ledger. A pure value; who may change it is ReplyMachine's.

/// Where a reply stands: seen → fetched → read → matched, or quarantined.
package enum ReplyState: Sendable, Hashable {
  /// Claimed: it lies at the far side, or did.
  case seen
  /// Its bytes are an object.
  case fetched
  /// Its rows are in the ledger.
  case read
  /// Each row has its verdict, or each return its acknowledgement.
  case matched
  /// A person must look at it; why, without personal data.
  case quarantined(String)

  /// The text of the ledger's state column.
  package var name: String {
    switch self {
    case .seen: "seen"
    case .fetched: "fetched"
    case .read: "read"
    case .matched: "matched"
    case .quarantined: "quarantined"
    }
  }

  /// The text of the ledger's detail column: why it is quarantined.
  package var detail: String? {
    guard case .quarantined(let why) = self else { return nil }
    return why
  }

  /// From the texts of the two columns; nil where they do not belong together.
  package init?(name: String, detail: String?) {
    switch (name, detail) {
    case ("seen", nil): self = .seen
    case ("fetched", nil): self = .fetched
    case ("read", nil): self = .read
    case ("matched", nil): self = .matched
    case ("quarantined", let why?): self = .quarantined(why)
    default: return nil
    }
  }

  /// The names of all states, in the order of a reply's way.
  package static let names = ["seen", "fetched", "read", "matched", "quarantined"]

  /// Nothing more is done with it by itself.
  package var isTerminal: Bool {
    switch self {
    case .matched, .quarantined: true
    default: false
    }
  }
}
