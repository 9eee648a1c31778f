// The kinds of events in the chained log. Pure.

/// What kind of thing happened. Open: later kinds are added, none is renamed.
package struct EventKind: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  package var description: String { rawValue }

  package static let ledgerMade = EventKind(rawValue: "ledger-made")
  package static let schoolRegistered = EventKind(rawValue: "school-registered")

  package static let exportStored = EventKind(rawValue: "export-stored")
  package static let exportRepeated = EventKind(rawValue: "export-repeated")
  package static let readingBegun = EventKind(rawValue: "reading-begun")
  package static let rowsAdded = EventKind(rawValue: "rows-added")
  package static let exportRead = EventKind(rawValue: "export-read")
  package static let exportUnreadable = EventKind(rawValue: "export-unreadable")
  package static let exportHandedBack = EventKind(rawValue: "export-handed-back")
  package static let correctionNoted = EventKind(rawValue: "correction-noted")
  package static let deskFileWritten = EventKind(rawValue: "desk-file-written")

  /// A file on the desk whose time had come was removed, or found to be gone or a person's.
  package static let deskFileRemoved = EventKind(rawValue: "desk-file-removed")
  /// A folder of a school is away, or there again.
  package static let placeAway = EventKind(rawValue: "place-away")
  package static let placeBack = EventKind(rawValue: "place-back")

  package static let scopeSet = EventKind(rawValue: "scope-set")
  package static let scopeDecided = EventKind(rawValue: "scope-decided")
  package static let exportDecided = EventKind(rawValue: "export-decided")
  package static let returnDrafted = EventKind(rawValue: "return-drafted")
  package static let returnAbandoned = EventKind(rawValue: "return-abandoned")
  /// A return went from one state to another.
  package static let returnMoved = EventKind(rawValue: "return-moved")

  package static let trialBegan = EventKind(rawValue: "trial-began")
  /// A trial ended, or the authority said what it thinks of it.
  package static let trialEnded = EventKind(rawValue: "trial-ended")

  package static let recipientChanged = EventKind(rawValue: "recipient-changed")

  package static let replyMoved = EventKind(rawValue: "reply-moved")
  package static let replyRemovedAtSource = EventKind(rawValue: "reply-removed-at-source")
}
