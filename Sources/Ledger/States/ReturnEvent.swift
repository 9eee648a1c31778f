// What may happen to a return, and what is then to be done. Pure values.

/// What happens to a return.
package enum ReturnEvent: Sendable, Hashable {
  /// Where a return goes once its bytes are stored and checked.
  package enum Start: Sendable, Hashable {
    case queued
    case waiting(WaitReason)
  }
  package enum Verdict: String, Sendable, Hashable, CaseIterable {
    case accepted, rejected
  }
  package enum Settlement: String, Sendable, Hashable, CaseIterable {
    case delivered
    case notDelivered = "not-delivered"
  }

  /// R4: rendered, checked, with the fates of its rows.
  case rendered(Start)
  /// A person let it go.
  case released
  /// The day it waited for has come.
  case dateReached
  /// By the configuration of now it is another day, or a person lets it go.
  case dateMoved(WaitReason)
  /// S0 found a reason to wait.
  case held(WaitReason)
  case withdrawn
  case superseded
  /// S0, H0: an attempt begins.
  case started
  /// S1, H2: all bytes were taken.
  case put
  /// S2.
  case temporaryReadBack(Presence)
  /// S4.
  case renamed(RenameResult)
  /// S5, H3: after the far side said that the rename or the PUT was done.
  case finalReadBack(Presence)
  case failed(Failure)
  /// The daemon came up, or the pause after a failure is over: find out how things stand and go on.
  case restarted
  /// Taken up again, but the recipient is now somewhere else: what the attempt left cannot be looked for.
  case recipientMoved
  /// A look at both names; the temporary name is `missing` where there is none.
  case probed(temporary: Presence, final: Presence)
  /// A person handed over the pack.
  case handedOver
  /// The authority took the file away.
  case collected
  /// The authority's own word.
  case acknowledged(Verdict)
  /// A person found out what had become of an unknown one.
  case settledByPerson(Settlement)
  /// A person wants the same bytes sent once more.
  case resend

  /// The event in words, for messages and the log.
  package var text: String {
    switch self {
    case .rendered: "rendered"
    case .released: "released"
    case .dateReached: "date reached"
    case .dateMoved(let reason): "date moved (\(reason.text))"
    case .held(let reason): "held (\(reason.text))"
    case .withdrawn: "withdrawn"
    case .superseded: "superseded"
    case .started: "attempt started"
    case .put: "uploaded"
    case .temporaryReadBack(let presence): "temporary read back: \(presence.rawValue)"
    case .renamed(let result): "rename: \(result.rawValue)"
    case .finalReadBack(let presence): "final name read back: \(presence.rawValue)"
    case .failed(let failure): "failed (\(failure.rawValue))"
    case .restarted: "taken up again"
    case .recipientMoved: "taken up again, but the recipient is somewhere else now"
    case .probed(let temporary, let final): "looked: temporary \(temporary.rawValue), final \(final.rawValue)"
    case .handedOver: "handed over"
    case .collected: "collected by the authority"
    case .acknowledged(let verdict): "\(verdict.rawValue) by the authority"
    case .settledByPerson(let settlement): "settled by a person: \(settlement.rawValue)"
    case .resend: "to be sent again"
    }
  }
}

/// What is to be done after an event was committed, in this order. Lost when the daemon ends; `restarted` gives what
/// is then still needed.
package enum ReturnAction: Sendable, Hashable {
  /// S1: upload under the attempt's temporary name; answer `put` or `failed`.
  case putTemporary
  /// S2; answer `temporaryReadBack` or `failed`.
  case readBackTemporary
  /// S4: rename without overwriting; answer `renamed` or `failed`.
  case rename
  /// S5, H3; answer `finalReadBack` or `failed`.
  case readBackFinal
  /// H2: PUT to the final URL; answer `put` or `failed`.
  case putFinal
  /// H1: look at the final URL; answer `probed(temporary: .missing, final:)` or `failed`.
  case probeFinal
  /// Look at the attempt's temporary name and at the final name; answer `probed` or `failed`.
  case probeBoth
  /// Remove what earlier attempts left under their temporary names. Never before the return is settled.
  case removeTemporaries
  /// Write return and cover sheet into the desk's folder under temporary names; answer `put` or `failed`.
  case writePack
  /// Tell the admin, in these words, which hold no personal data.
  case alarm(String)
  /// Come back with `started` (when queued) or `restarted` (when publishing) after a pause.
  case scheduleRetry
  /// A person must do something: hand the pack over.
  case notifyWaitingForPerson
}

/// What a change of state rests on; kept as the receipt.
package enum ReturnEvidence: String, Sendable, Hashable, CaseIterable {
  /// The final name was read back and is equal.
  case readBack = "read-back"
  /// The recipient takes files away, and took this one before it could be read back.
  case takenBeforeReadBack = "taken before read-back"
  /// The recipient said that it has it; nothing can be read back.
  case serverSaidSo = "server said so"
  case person
  case authority
}
