// The life of one return: which event it takes in which state, and what is then to be done. A pure value.

package import Leavers

/// The life of one return. It never publishes twice and never forgets: where a crash or a broken line leaves it open
/// what the authority has, it looks; where looking does not tell, it says `unknown` and waits for a person.
///
/// The caller commits the new state, and only then carries out the actions. A temporary name belongs to one attempt,
/// because a rename that was under way when its client died may be done later: were the name used again, that late
/// rename would publish a half-uploaded file.
///
/// A hand-over pack (`desk`) goes the way of `twoStep`, in a local folder whose people may take it at once, and ends
/// as `prepared`.
package struct ReturnMachine: Sendable, Hashable {
  package let publication: Publication
  package let readBack: ReadBack
  /// The recipient declares that it takes files away, so that one that is gone has arrived.
  package let takesFiles: Bool
  package private(set) var state: ReturnState
  /// The number of the newest attempt; 0 before the first.
  package private(set) var attempt: Int
  /// Whether the authority may have it by an attempt of before; a person has it sent again nevertheless.
  package private(set) var earlier: Earlier
  /// What the newest change of state rests on, where it is a receipt.
  package private(set) var evidence: ReturnEvidence?

  /// What earlier attempts came to.
  package enum Earlier: String, Sendable, Hashable, CaseIterable, Comparable {
    /// The authority cannot have it.
    case not
    /// Nobody knew: the return was `unknown`, its pack lay on the desk, or a plain PUT left whose end nobody saw.
    case perhaps
    /// It reached the authority.
    case reached

    package static func < (left: Self, right: Self) -> Bool {
      left == .not && right != .not || left == .perhaps && right == .reached
    }
  }

  package init(
    publication: Publication, readBack: ReadBack, takesFiles: Bool, state: ReturnState = .drafted, attempt: Int = 0,
    earlier: Earlier = .not
  ) {
    self.publication = publication
    self.readBack = readBack
    self.takesFiles = takesFiles
    self.state = state
    self.attempt = attempt
    self.earlier = earlier
    self.evidence = nil
  }

  /// What there is to say of a pack that was withdrawn: the desk is its people's, and nothing is deleted there.
  package static let packMayLie = "it was withdrawn, but its hand-over pack may still lie on the desk: take it away"

  /// The temporary name of an attempt at the far side, such as `.a1b2c3-R34.2.part`: of this ledger, this return and
  /// this attempt alone.
  package static func temporaryName(ledger: String, return id: ReturnID, attempt: Int) -> String {
    ".\(ledger)-\(id).\(attempt).part"
  }

  /// Takes an event: changes the state, and gives what is to be done once the change is committed.
  ///
  /// Throws `illegalTransition`, and changes nothing, where the event does not belong in this state.
  package mutating func handle(_ event: ReturnEvent) throws(LedgerError) -> [ReturnAction] {
    var next = self
    next.evidence = nil
    let actions: [ReturnAction]? =
      switch state {
      case .drafted: next.whileDrafted(event)
      case .waiting(let reason): next.whileWaiting(reason, event)
      case .queued: next.whileQueued(event)
      case .sending: publication == .direct ? next.whilePutting(event) : next.whileUploading(event)
      case .publishing: publication == .direct ? next.whilePutOpen(event) : next.whileRenaming(event)
      case .prepared: next.whilePrepared(event)
      case .sent, .delivered, .collected: next.whileReached(event)
      case .accepted, .rejected: next.whileJudged(event)
      case .unknown(let reason): next.whileUnknown(reason, event)
      case .withdrawn: next.whileWithdrawn(event)
      case .superseded: event == .restarted ? [] : nil
      }
    guard let actions else {
      throw LedgerError(
        .illegalTransition,
        "a return that is \(state.name) cannot take “\(event.text)”; look at its history and decide again")
    }
    next.earlier = max(next.earlier, next.state.bearing)
    self = next
    return actions
  }
}

// MARK: - Before it goes

extension ReturnMachine {
  private mutating func whileDrafted(_ event: ReturnEvent) -> [ReturnAction]? {
    switch event {
    case .rendered(.queued): state = .queued
    case .rendered(.waiting(let reason)): state = .waiting(reason)
    case .restarted: break
    default: return nil
    }
    return []
  }

  private mutating func whileWaiting(_ reason: WaitReason, _ event: ReturnEvent) -> [ReturnAction]? {
    switch event {
    case .released:
      // Who releases it then has asked: it did not arrive by the old way.
      if reason == .moved { earlier = .not }
      state = .queued
    case .dateReached:
      guard case .date = reason else { return nil }
      state = .queued
    case .dateMoved(let other):
      guard case .date = reason else { return nil }
      state = .waiting(other)
    case .withdrawn: return takenBack()
    case .superseded: return replaced()
    case .restarted: break
    case .acknowledged, .collected: return earlier == .not ? nil : judged(event)
    default: return nil
    }
    return []
  }

  private mutating func whileQueued(_ event: ReturnEvent) -> [ReturnAction]? {
    switch event {
    case .started: return begin()
    case .held(let reason): state = .waiting(reason)
    case .withdrawn: return takenBack()
    case .superseded: return replaced()
    case .restarted: break
    case .acknowledged, .collected: return earlier == .not ? nil : judged(event)
    default: return nil
    }
    return []
  }

  /// What was to be sent again, and now will not be, is still with the authority.
  private mutating func takenBack() -> [ReturnAction] {
    let removal = hasLeftovers ? [ReturnAction.removeTemporaries] : []
    state = earlier == .reached ? (readBack == .none && publication != .desk ? .sent : .delivered) : .withdrawn
    // It was to be put on the desk once more: the pack of before lies there.
    return publication == .desk && earlier == .perhaps ? removal + [.alarm(Self.packMayLie)] : removal
  }

  /// A newer return takes its place as long as no rename and no PUT of it left that may still be carried out.
  private mutating func replaced() -> [ReturnAction]? {
    guard earlier == .not else { return nil }
    let removal = hasLeftovers ? [ReturnAction.removeTemporaries] : []
    state = .superseded
    return removal
  }

  /// S0, H0.
  private mutating func begin() -> [ReturnAction] {
    attempt += 1
    state = .sending
    switch publication {
    case .twoStep: return [.putTemporary]
    case .desk: return [.writePack]
    // H1 asks for a look before every PUT but the first. We look before the first as well where the recipient lets us:
    // a ledger restored from a backup may give a name again, and a PUT overwrites.
    case .direct: return readBack == .none ? [.putFinal] : [.probeFinal]
    }
  }

  /// Whether a temporary of ours may lie at the far side once the newest attempt is settled or will never go.
  private var hasLeftovers: Bool {
    guard publication != .direct else { return false }
    return state.hasReached || state == .prepared ? attempt > 1 : attempt > 0
  }
}

// MARK: - Two steps, also into the desk

extension ReturnMachine {
  /// S1 and S2. No rename was ever issued, so whatever goes wrong spends the attempt and nothing else.
  private mutating func whileUploading(_ event: ReturnEvent) -> [ReturnAction]? {
    switch event {
    case .put where readBack == .none, .temporaryReadBack(.equal) where readBack != .none:
      state = .publishing
      return [.rename]
    case .put: return [.readBackTemporary]
    case .temporaryReadBack where readBack != .none: return spend([.scheduleRetry])
    case .failed(let failure): return spend(afterFailure(failure))
    case .started: return begin()
    case .restarted, .recipientMoved: return spend([])
    case .settledByPerson(let settlement): return settled(settlement)
    case .acknowledged, .collected: return earlier == .not ? nil : judged(event)
    default: return nil
    }
  }

  private mutating func spend(_ actions: [ReturnAction]) -> [ReturnAction] {
    state = .queued
    return actions
  }

  /// S4 and S5. A rename was or is about to be issued, and may be done although nobody waits for it any more.
  private mutating func whileRenaming(_ event: ReturnEvent) -> [ReturnAction]? {
    switch event {
    case .renamed(.done): return readBack == .none ? reached(.serverSaidSo) : [.readBackFinal]
    case .renamed(.targetExists): return readBack == .none ? unknown(.finalOccupied) : [.probeBoth]
    case .renamed(.sourceMissing):
      guard readBack == .none else { return [.probeBoth] }
      return isTakenAway ? reached(.takenBeforeReadBack) : unknown(.renameUnproven)
    case .restarted: return [readBack == .none ? .rename : .probeBoth]
    case .recipientMoved: return unknown(.recipientMoved)
    case .settledByPerson(let settlement): return settled(settlement)
    case .failed(let failure): return afterFailure(failure)
    case .acknowledged, .collected: return judged(event)
    case .finalReadBack(let final) where readBack != .none: return settle(final: final, otherwise: .vanished)
    case .probed(let temporary, let final) where readBack != .none:
      guard final == .missing else { return settle(final: final, temporaryLies: temporary != .missing) }
      switch temporary {
      case .equal: return [.rename]
      case .different: return unknown(.temporaryDiffers)
      case .missing: return settle(final: .missing, otherwise: .vanished)
      }
    default: return nil
    }
  }
}

// MARK: - A plain PUT

extension ReturnMachine {
  /// H1 to H3 of one attempt. What a PUT of before may have left is seen by the look.
  private mutating func whilePutting(_ event: ReturnEvent) -> [ReturnAction]? {
    switch event {
    case .put: return putDone()
    case .probed(_, .missing) where readBack != .none: return [.putFinal]
    case .probed(_, let final) where readBack != .none: return settle(final: final)
    // Refused, or never begun: the server does not have it.
    case .failed(.notBegun), .failed(.permanent), .failed(.authentication):
      guard case .failed(let failure) = event else { return nil }
      return spend(afterFailure(failure))
    case .failed(.transient): return leaveOpen([.scheduleRetry])
    case .started, .restarted: return leaveOpen([.probeFinal])
    case .recipientMoved: return unknown(.recipientMoved)
    case .settledByPerson(let settlement): return settled(settlement)
    case .acknowledged, .collected: return judged(event)
    default: return nil
    }
  }

  private mutating func putDone() -> [ReturnAction] {
    guard readBack != .none else { return reached(.serverSaidSo) }
    state = .publishing
    return [.readBackFinal]
  }

  private mutating func leaveOpen(_ actions: [ReturnAction]) -> [ReturnAction] {
    guard readBack != .none else { return unknown(.putUnproven) }
    state = .publishing
    return actions
  }

  /// A PUT to the final URL was issued once and its outcome is open.
  private mutating func whilePutOpen(_ event: ReturnEvent) -> [ReturnAction]? {
    switch event {
    case .put: return putDone()
    case .restarted: return [.probeFinal]
    case .recipientMoved: return unknown(.recipientMoved)
    case .settledByPerson(let settlement): return settled(settlement)
    case .failed(let failure): return afterFailure(failure)
    case .finalReadBack(let final) where readBack != .none: return settle(final: final, otherwise: .vanished)
    case .probed(_, .missing) where readBack != .none:
      // Where files are taken away, nothing there may mean that it never came or that it is gone already.
      guard !takesFiles else { return unknown(.putUnproven) }
      // Another PUT is another attempt, before which agreement and objections are asked about again. The one that left
      // may still be carried out.
      earlier = max(earlier, .perhaps)
      return spend([])
    case .probed(_, let final) where readBack != .none: return settle(final: final)
    case .acknowledged, .collected: return judged(event)
    default: return nil
    }
  }
}

// MARK: - Afterwards

extension ReturnMachine {
  private mutating func whilePrepared(_ event: ReturnEvent) -> [ReturnAction]? {
    switch event {
    case .handedOver:
      state = .delivered
      evidence = .person
      return []
    case .withdrawn:
      let removal = hasLeftovers ? [ReturnAction.removeTemporaries] : []
      state = .withdrawn
      return removal + [.alarm(Self.packMayLie)]
    case .resend: return spend([])
    case .acknowledged, .collected: return judged(event)
    case .restarted: return hasLeftovers ? [.removeTemporaries] : []
    case .put, .temporaryReadBack, .renamed, .finalReadBack, .probed, .failed: return []
    default: return nil
    }
  }

  private mutating func whileReached(_ event: ReturnEvent) -> [ReturnAction]? {
    switch event {
    case .collected, .acknowledged: return judged(event)
    case .resend: return spend([])
    case .restarted: return hasLeftovers ? [.removeTemporaries] : []
    // A person may say so after the authority did.
    case .handedOver where publication == .desk: return []
    // What was still under way when a person or the authority settled it changes nothing more.
    case .put, .temporaryReadBack, .renamed, .finalReadBack, .probed, .failed: return []
    default: return nil
    }
  }

  private mutating func whileJudged(_ event: ReturnEvent) -> [ReturnAction]? {
    switch event {
    // An authority may correct itself.
    case .acknowledged: return judged(event)
    case .resend: return state == .rejected ? spend([]) : nil
    case .handedOver where publication == .desk: return []
    case .collected, .put, .temporaryReadBack, .renamed, .finalReadBack, .probed, .failed: return []
    case .restarted: return hasLeftovers ? [.removeTemporaries] : []
    default: return nil
    }
  }

  /// After an attempt it may be there in spite of all: its pack lay on the desk, or a late rename published it. Then the
  /// authority's word counts. What was never begun the authority cannot have.
  private mutating func whileWithdrawn(_ event: ReturnEvent) -> [ReturnAction]? {
    switch event {
    case .restarted: return []
    case .acknowledged, .collected:
      guard attempt > 0, let actions = judged(event) else { return nil }
      return actions + [.alarm("it was withdrawn, but the authority has it")]
    default: return nil
    }
  }

  private mutating func whileUnknown(_ reason: UnknownReason, _ event: ReturnEvent) -> [ReturnAction]? {
    switch event {
    case .restarted:
      guard readBack != .none else { return [] }
      return [publication == .direct ? .probeFinal : .probeBoth]
    case .probed(let temporary, .equal) where readBack != .none:
      return settle(final: .equal, temporaryLies: temporary != .missing)
    case .probed(_, .different) where readBack != .none:
      return reason == .finalDiffers ? [] : unknown(.finalDiffers)
    case .settledByPerson(.delivered): return settled(.delivered)
    case .settledByPerson(.notDelivered):
      // The person asked at the old place, which we have left: it may go to the new one.
      if reason == .recipientMoved, earlier == .perhaps { earlier = .not }
      return spend([])
    case .acknowledged, .collected: return judged(event)
    // Nothing was proved: nothing there, or a step of before that comes late.
    case .probed, .put, .temporaryReadBack, .renamed, .finalReadBack, .failed: return []
    default: return nil
    }
  }

  /// The authority has it: its own word, or its taking the file.
  private mutating func judged(_ event: ReturnEvent) -> [ReturnAction]? {
    let before = state
    switch event {
    case .acknowledged(.accepted): state = .accepted
    case .acknowledged(.rejected): state = .rejected
    case .collected: state = .collected
    default: return nil
    }
    evidence = .authority
    return !before.hasReached && publication != .direct && attempt > 0 ? [.removeTemporaries] : []
  }

  /// S6, H4: what a look at the final name means. Nothing there and nothing of ours left elsewhere means that it was
  /// taken, where that is to be expected, or `otherwise`.
  private mutating func settle(
    final: Presence, temporaryLies: Bool = false, otherwise: UnknownReason = .vanished
  ) -> [ReturnAction] {
    switch final {
    case .equal: reached(.readBack, temporaryLies: temporaryLies)
    case .different: unknown(.finalDiffers)
    case .missing: isTakenAway ? reached(.takenBeforeReadBack) : unknown(otherwise)
    }
  }

  /// The people of a desk may take a pack as soon as it lies there.
  private var isTakenAway: Bool { takesFiles || publication == .desk }

  private mutating func reached(_ proof: ReturnEvidence, temporaryLies: Bool = false) -> [ReturnAction] {
    evidence = proof
    let isDesk = publication == .desk
    state = isDesk ? .prepared : readBack == .none ? .sent : .delivered
    let removal = hasLeftovers || temporaryLies && publication != .direct ? [ReturnAction.removeTemporaries] : []
    return isDesk ? removal + [.notifyWaitingForPerson] : removal
  }

  /// A person asked the authority.
  private mutating func settled(_ settlement: ReturnEvent.Settlement) -> [ReturnAction] {
    if settlement == .notDelivered {
      earlier = max(earlier, .perhaps)
      return spend([])
    }
    state = .delivered
    evidence = .person
    return publication == .direct ? [] : [.removeTemporaries]
  }

  private mutating func unknown(_ reason: UnknownReason) -> [ReturnAction] {
    state = .unknown(reason)
    return [.alarm(reason.explanation)]
  }

  private func afterFailure(_ failure: Failure) -> [ReturnAction] {
    switch failure {
    case .notBegun, .transient: [.scheduleRetry]
    case .permanent:
      [.alarm("the recipient refuses it; see what it says and put it right there or here"), .scheduleRetry]
    case .authentication:
      [.alarm("the recipient does not accept our key or password; nothing goes there until resumed")]
    }
  }
}

extension ReturnState {
  /// What being in this state says about the authority having it.
  fileprivate var bearing: ReturnMachine.Earlier {
    switch self {
    case .prepared, .unknown: .perhaps
    default: hasReached ? .reached : .not
    }
  }
}
