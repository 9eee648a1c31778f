// The life of one reply: which event it takes in which state, and what is then to be done. A pure value.

/// What happens to a reply.
package enum ReplyEvent: Sendable, Hashable {
  /// C4: its bytes are an object.
  case fetched
  /// C4: its bytes are those of a reply that this authority sent before.
  case repeated
  /// C6: it was moved or removed at the far side, or somebody else did.
  case removedAtSource
  case read
  case matched
  /// It changed or went away at the far side before its bytes could be fetched.
  case gone
  /// A person must look at it; why, without personal data.
  case quarantined(String)
  /// The daemon came up.
  case restarted
}

/// What is to be done after an event was committed.
package enum ReplyAction: String, Sendable, Hashable, CaseIterable {
  /// C2 to C4.
  case fetch
  /// C5, where the profile says so: stat again and, if it is unchanged, move or remove what was claimed.
  case tidySource
  case readRows
  case match
  case notifyPerson
}

/// The life of one reply. It is taken in once, and what was taken in is never dropped: what cannot be read or matched
/// waits for a person.
package struct ReplyMachine: Sendable, Hashable {
  /// The profile says that replies are moved or removed at the far side once they are in the ledger.
  package let tidiesSource: Bool
  package private(set) var state: ReplyState
  /// C6 is done.
  package private(set) var isRemovedAtSource: Bool

  package init(tidiesSource: Bool, state: ReplyState = .seen, isRemovedAtSource: Bool = false) {
    self.tidiesSource = tidiesSource
    self.state = state
    self.isRemovedAtSource = isRemovedAtSource
  }

  /// Why a reply is quarantined whose bytes came before.
  package static let repeatReason = "repeat"
  /// Why a reply is quarantined that changed or went away before it could be fetched. Nobody has to do anything: a
  /// newer file is a reply of its own, and so is the same one, should it come back.
  package static let goneReason = "it changed or went away before it could be fetched"

  /// Takes an event: changes the state, and gives what is to be done once the change is committed.
  ///
  /// Throws `illegalTransition`, and changes nothing, where the event does not belong in this state.
  package mutating func handle(_ event: ReplyEvent) throws(LedgerError) -> [ReplyAction] {
    switch (state, event) {
    case (.seen, .fetched): state = .fetched
    case (.seen, .repeated): state = .quarantined(Self.repeatReason)
    case (.seen, .gone): state = .quarantined(Self.goneReason)
    case (.fetched, .read): state = .read
    case (.read, .matched): state = .matched
    case (.seen, .quarantined(let why)), (.fetched, .quarantined(let why)), (.read, .quarantined(let why)):
      state = .quarantined(why)
      return sourceAction + [.notifyPerson]
    case (.fetched, .removedAtSource), (.read, .removedAtSource), (.matched, .removedAtSource),
      (.quarantined, .removedAtSource):
      isRemovedAtSource = true
      return []
    case (_, .restarted): break
    default:
      throw LedgerError(
        .illegalTransition, "a reply that is \(state.name) cannot take this step; look at its history and decide again")
    }
    return sourceAction + stepAction
  }

  private var stepAction: [ReplyAction] {
    switch state {
    case .seen: [.fetch]
    case .fetched: [.readRows]
    case .read: [.match]
    case .matched, .quarantined: []
    }
  }

  /// Only what the ledger holds may go from the far side; a reply quarantined before its bytes came stays there.
  private var sourceAction: [ReplyAction] {
    switch state {
    case .seen: []
    case .quarantined(let why) where why != Self.repeatReason: []
    default: tidiesSource && !isRemovedAtSource ? [.tidySource] : []
    }
  }
}
