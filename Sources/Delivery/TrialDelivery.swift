// Sends a file of invented pupils by the way that its returns will go: the same steps, tried once, without a queue.

package import Leavers
package import Ledger
package import Profiles
package import Transport

/// A file of a trial on its way.
package struct TrialDelivery: Sendable {
  package struct Outcome: Sendable, Hashable {
    package let state: TrialState
    /// What went wrong, in words.
    package var problem: String?
    /// How much was read back under the final name: `content`, `size`; nil where nothing was.
    package let readBack: String?

    package init(state: TrialState, problem: String?, readBack: String?) {
      self.state = state
      self.problem = problem
      self.readBack = readBack
    }
  }

  private let courier: Courier
  private let way: DeliveryWay
  /// What may be left at the far side where it fails.
  private let temporaries: [RemotePath]

  /// - Parameters:
  ///   - ledger: the ledger's name, part of the temporary name.
  ///   - cover: the page that goes with it; nil for none.
  package init(
    _ trial: TrialSummary, bytes: [UInt8], way: DeliveryWay, ledger: String, cover: [UInt8]?
  ) throws(TransportError) {
    self.way = way
    let folder = try Courier.folder(of: way)
    let part = ".\(ledger)-\(trial.id).1.part"
    var sheet: Courier.Sheet?
    if let cover { sheet = try Courier.Sheet(cover, of: trial.draft.fileName, way: way, attempt: 1, part: part) }
    let temporary = try Courier.path(part, in: folder)
    temporaries = way.publication == .direct ? [] : [temporary] + [sheet?.temporary].compactMap { $0 }
    courier = Courier(
      bytes: bytes, temporary: temporary,
      final: try Courier.path(trial.draft.fileName, in: folder), readBack: way.readBack, sheet: sheet, faults: { _ in })
  }

  /// Sends it, as far as one attempt goes. What is not certain afterwards is `unknown`, never a guess.
  package func send(over endpoint: Endpoint) async -> Outcome {
    var machine = ReturnMachine(
      publication: way.publication, readBack: way.readBack, takesFiles: way.takesFiles, state: .queued)
    var contradictions = Contradictions()
    var readBack: String?
    var event = ReturnEvent.started
    var problem: String?
    while true {
      let actions: [ReturnAction]
      do throws(LedgerError) { actions = try machine.handle(event) } catch {
        return Outcome(state: .unknown, problem: error.message, readBack: nil)
      }
      // Tried once: an attempt that is spent, or after which there is nothing more to do, is the end.
      guard machine.state.isInFlight, let action = actions.first(where: \.isStep),
        !contradictions.isEndless(action)
      else {
        let state = Self.end(machine.state)
        if state == .failed, let left = await tidy(over: endpoint) { problem = "\(problem ?? ""); \(left)" }
        return Outcome(state: state, problem: problem ?? Self.alarm(actions), readBack: readBack)
      }
      do throws(TransportError) {
        let result = try await endpoint.perform { session throws(TransportError) in
          try await courier.perform(action, over: session)
        }
        event = result.event
        readBack = result.evidence["read-back"] ?? readBack
      } catch {
        event = .failed(Courier.failure(of: error))
        problem = error.description
      }
      contradictions.saw(event)
    }
  }

  /// Takes away what a failed attempt left; what could not be taken away, in words.
  private func tidy(over endpoint: Endpoint) async -> String? {
    let paths = temporaries
    guard let first = paths.first else { return nil }
    do throws(TransportError) {
      try await endpoint.perform { session throws(TransportError) in
        for path in paths where try await session.stat(path) != nil { try await session.remove(path) }
      }
      return nil
    } catch {
      return "its temporary file \(first) may lie there"
    }
  }

  /// A step whose end nobody saw may have been done nevertheless.
  private static func end(_ state: ReturnState) -> TrialState {
    switch state {
    case .delivered, .collected, .accepted: .delivered
    case .sent: .sent
    case .prepared: .prepared
    case .queued, .sending: .failed
    default: .unknown
    }
  }

  private static func alarm(_ actions: [ReturnAction]) -> String? {
    actions.lazy.compactMap { if case .alarm(let text) = $0 { text } else { nil } }.first
  }
}

extension TrialDelivery {
  /// The page that goes with a trial: always on a desk, else where the profile asks for it.
  package static func cover(
    of trial: TrialSummary, inFull: Int, floorOnly: Int, totals: [CodeTotal], agreement: Agreement,
    recipient: Recipient, configuration: Configuration, chainHead: String
  ) -> [UInt8] {
    let (draft, series) = (trial.draft, trial.draft.series)
    let authority = configuration.authority(series.authority)
    return CoverSheet(
      id: trial.id.description, purpose: CoverSheet.purpose(of: recipient), isTrial: true, kind: series.kind,
      cohort: series.cohort, school: series.school,
      schoolName: configuration.school(series.school)?.name ?? "the school", authority: series.authority,
      authorityName: authority?.name ?? series.authority.rawValue, fileName: draft.fileName, sequence: draft.sequence,
      cycle: "a trial", inFull: inFull, floorOnly: floorOnly, size: draft.size, sha256: draft.sha256,
      preparedAt: trial.beganAt, restsOn: "\(agreement.reference) (\(agreement.basis.rawValue))",
      chainHead: chainHead, totals: totals, counts: [:],
      label: CoverSheet.labels(
        of: authority?.profile(for: series.kind), codes: configuration.codes, on: LondonTime.day(of: trial.beganAt))
    ).bytes
  }
}

extension ReturnAction {
  /// Whether it is done over a session.
  fileprivate var isStep: Bool {
    switch self {
    case .removeTemporaries, .alarm, .scheduleRetry, .notifyWaitingForPerson: false
    default: true
    }
  }
}
