// Every state × every event: what is allowed, where it leads and what is then to be done; all else is refused.

import Leavers
import Ledger
import Testing

@Suite("ReturnMachine: table") struct ReturnMachineTableTests {
  private static let day = CalendarDate(daysSinceEpoch: 20_700)

  private static let states: [ReturnState] =
    [
      .drafted, .waiting(.release), .waiting(.date(day)), .waiting(.brake), .waiting(.objection), .waiting(.moved),
      .queued, .sending,
      .publishing, .prepared, .sent, .delivered, .collected, .accepted, .rejected, .withdrawn, .superseded,
    ] + UnknownReason.allCases.map { .unknown($0) }

  private static let events: [ReturnEvent] =
    [
      .rendered(.queued), .rendered(.waiting(.release)), .released, .dateReached, .dateMoved(.release),
      .held(.objection), .withdrawn, .superseded, .started, .put, .restarted, .recipientMoved, .handedOver, .collected,
      .resend,
    ]
    + Presence.allCases.flatMap { final in
      [.temporaryReadBack(final), .finalReadBack(final)]
        + Presence.allCases.map { .probed(temporary: $0, final: final) }
    } + RenameResult.allCases.map { .renamed($0) } + Failure.allCases.map { .failed($0) }
    + ReturnEvent.Verdict.allCases.map { .acknowledged($0) }
    + ReturnEvent.Settlement.allCases.map { .settledByPerson($0) }

  private static func machine(
    _ publication: Publication, reading readBack: ReadBack = .content, takes: Bool = false, _ state: ReturnState,
    attempt: Int = 1, earlier: ReturnMachine.Earlier = .not
  ) -> ReturnMachine {
    ReturnMachine(
      publication: publication, readBack: readBack, takesFiles: takes, state: state, attempt: attempt, earlier: earlier)
  }

  /// The outcome as text: `queued#2 scheduleRetry`, `unknown(vanished)#1 alarm`; `–` when refused.
  private static func outcome(_ machine: ReturnMachine, _ event: ReturnEvent) -> String {
    var machine = machine
    let before = machine
    do {
      let actions = try machine.handle(event)
      let detail = machine.state.detail.map { "(\($0))" } ?? ""
      let names = actions.map { action in
        if case .alarm = action { return "alarm" }
        return "\(action)"
      }
      return (["\(machine.state.name)\(detail)#\(machine.attempt)"] + names).joined(separator: " ")
    } catch {
      #expect(error.code == .illegalTransition)
      #expect(machine == before, "a refused event changes nothing")
      return "–"
    }
  }

  /// Checks every event in this state: those listed lead where they say, all others are refused.
  private func check(
    _ machine: ReturnMachine, _ expected: [(ReturnEvent, String)], location: SourceLocation = #_sourceLocation
  ) {
    var legal: [ReturnEvent: String] = [:]
    for (event, text) in expected { legal[event] = text }
    for event in Self.events {
      let result = Self.outcome(machine, event)
      #expect(result == legal[event] ?? "–", "\(machine.state.name): \(event.text)", sourceLocation: location)
    }
  }

  /// What a step still under way may report once the return is settled: it changes nothing.
  private func late(_ state: String) -> [(ReturnEvent, String)] {
    Self.events.compactMap { event in
      switch event {
      case .put, .temporaryReadBack, .renamed, .finalReadBack, .probed, .failed: (event, state)
      default: nil
      }
    }
  }

  private let acknowledged: [(ReturnEvent, String)] = [
    (.acknowledged(.accepted), "accepted#1"), (.acknowledged(.rejected), "rejected#1"), (.collected, "collected#1"),
  ]
  private let acknowledgedAndTidied: [(ReturnEvent, String)] = [
    (.acknowledged(.accepted), "accepted#1 removeTemporaries"),
    (.acknowledged(.rejected), "rejected#1 removeTemporaries"), (.collected, "collected#1 removeTemporaries"),
  ]

  @Test(arguments: Publication.allCases) func beforeItGoes(publication: Publication) {
    check(
      Self.machine(publication, .drafted, attempt: 0),
      [
        (.rendered(.queued), "queued#0"), (.rendered(.waiting(.release)), "waiting(release)#0"),
        (.restarted, "drafted#0"),
      ])
    for reason in [WaitReason.release, .brake, .objection, .moved, .date(Self.day)] {
      var expected: [(ReturnEvent, String)] = [
        (.released, "queued#0"), (.withdrawn, "withdrawn#0"), (.superseded, "superseded#0"),
        (.restarted, "waiting(\(reason.text))#0"),
      ]
      if case .date = reason {
        expected += [(.dateReached, "queued#0"), (.dateMoved(.release), "waiting(release)#0")]
      }
      check(Self.machine(publication, .waiting(reason), attempt: 0), expected)
    }
    let start =
      switch publication {
      case .twoStep: "putTemporary"
      case .direct: "probeFinal"
      case .desk: "writePack"
      }
    check(
      Self.machine(publication, .queued, attempt: 0),
      [
        (.started, "sending#1 \(start)"), (.held(.objection), "waiting(objection)#0"), (.withdrawn, "withdrawn#0"),
        (.superseded, "superseded#0"), (.restarted, "queued#0"),
      ])
    // An attempt was made, and nothing of it can have got under the final name: a newer return still takes its place,
    // and its temporary is cleared away.
    let removal = publication == .direct ? "" : " removeTemporaries"
    check(
      Self.machine(publication, .queued, attempt: 1),
      [
        (.started, "sending#2 \(start)"), (.held(.objection), "waiting(objection)#1"),
        (.withdrawn, "withdrawn#1\(removal)"), (.superseded, "superseded#1\(removal)"), (.restarted, "queued#1"),
      ])
    check(
      Self.machine(publication, .waiting(.objection), attempt: 1),
      [
        (.released, "queued#1"), (.withdrawn, "withdrawn#1\(removal)"), (.superseded, "superseded#1\(removal)"),
        (.restarted, "waiting(objection)#1"),
      ])
  }

  @Test func uploading() {
    let failures: [(ReturnEvent, String)] = [
      (.failed(.notBegun), "queued#1 scheduleRetry"), (.failed(.transient), "queued#1 scheduleRetry"),
      (.failed(.permanent), "queued#1 alarm scheduleRetry"), (.failed(.authentication), "queued#1 alarm"),
      (.restarted, "queued#1"), (.recipientMoved, "queued#1"),
      (.settledByPerson(.notDelivered), "queued#1"), (.settledByPerson(.delivered), "delivered#1 removeTemporaries"),
    ]
    for (publication, start) in [(Publication.twoStep, "putTemporary"), (.desk, "writePack")] {
      check(
        Self.machine(publication, .sending),
        failures + [
          (.put, "sending#1 readBackTemporary"), (.temporaryReadBack(.equal), "publishing#1 rename"),
          (.temporaryReadBack(.different), "queued#1 scheduleRetry"),
          (.temporaryReadBack(.missing), "queued#1 scheduleRetry"), (.started, "sending#2 \(start)"),
        ])
      check(
        Self.machine(publication, reading: .none, .sending),
        failures + [(.put, "publishing#1 rename"), (.started, "sending#2 \(start)")])
    }
  }

  @Test func renaming() {
    let failures: [(ReturnEvent, String)] = [
      (.failed(.notBegun), "publishing#1 scheduleRetry"), (.failed(.transient), "publishing#1 scheduleRetry"),
      (.failed(.permanent), "publishing#1 alarm scheduleRetry"), (.failed(.authentication), "publishing#1 alarm"),
    ]
    func expected(_ reached: String, gone: String, notify: String = "") -> [(ReturnEvent, String)] {
      var list: [(ReturnEvent, String)] =
        failures + acknowledgedAndTidied + [
          (.renamed(.done), "publishing#1 readBackFinal"), (.renamed(.targetExists), "publishing#1 probeBoth"),
          (.renamed(.sourceMissing), "publishing#1 probeBoth"), (.restarted, "publishing#1 probeBoth"),
          (.recipientMoved, "unknown(recipient-moved)#1 alarm"),
          (.settledByPerson(.notDelivered), "queued#1"),
          (.settledByPerson(.delivered), "delivered#1 removeTemporaries"),
          (.finalReadBack(.equal), "\(reached)#1\(notify)"),
          (.finalReadBack(.different), "unknown(final-differs)#1 alarm"), (.finalReadBack(.missing), gone),
          (.probed(temporary: .equal, final: .missing), "publishing#1 rename"),
          (.probed(temporary: .different, final: .missing), "unknown(temporary-differs)#1 alarm"),
          (.probed(temporary: .missing, final: .missing), gone),
          (.probed(temporary: .missing, final: .equal), "\(reached)#1\(notify)"),
        ]
      for temporary in [Presence.equal, .different] {
        list.append((.probed(temporary: temporary, final: .equal), "\(reached)#1 removeTemporaries\(notify)"))
      }
      for temporary in Presence.allCases {
        list.append((.probed(temporary: temporary, final: .different), "unknown(final-differs)#1 alarm"))
      }
      return list
    }
    for readBack in [ReadBack.content, .size] {
      check(
        Self.machine(.twoStep, reading: readBack, .publishing), expected("delivered", gone: "unknown(vanished)#1 alarm")
      )
      check(
        Self.machine(.twoStep, reading: readBack, takes: true, .publishing), expected("delivered", gone: "delivered#1"))
      let notify = " notifyWaitingForPerson"
      check(
        Self.machine(.desk, reading: readBack, .publishing),
        expected("prepared", gone: "prepared#1\(notify)", notify: notify))
    }
    // Nothing can be read back: the rename itself is the probe.
    check(
      Self.machine(.twoStep, reading: .none, .publishing),
      failures + acknowledgedAndTidied + [
        (.renamed(.done), "sent#1"), (.renamed(.targetExists), "unknown(final-occupied)#1 alarm"),
        (.renamed(.sourceMissing), "unknown(rename-unproven)#1 alarm"), (.restarted, "publishing#1 rename"),
        (.recipientMoved, "unknown(recipient-moved)#1 alarm"),
        (.settledByPerson(.notDelivered), "queued#1"), (.settledByPerson(.delivered), "delivered#1 removeTemporaries"),
      ])
    check(
      Self.machine(.twoStep, reading: .none, takes: true, .publishing),
      failures + acknowledgedAndTidied + [
        (.renamed(.done), "sent#1"), (.renamed(.targetExists), "unknown(final-occupied)#1 alarm"),
        (.renamed(.sourceMissing), "sent#1"), (.restarted, "publishing#1 rename"),
        (.recipientMoved, "unknown(recipient-moved)#1 alarm"),
        (.settledByPerson(.notDelivered), "queued#1"), (.settledByPerson(.delivered), "delivered#1 removeTemporaries"),
      ])
  }

  @Test func leftoversOfEarlierAttemptsAreRemovedOnceItIsSettled() {
    #expect(
      Self.outcome(Self.machine(.twoStep, .publishing, attempt: 3), .finalReadBack(.equal))
        == "delivered#3 removeTemporaries")
    #expect(
      Self.outcome(Self.machine(.desk, .publishing, attempt: 2), .finalReadBack(.equal))
        == "prepared#2 removeTemporaries notifyWaitingForPerson")
    #expect(Self.outcome(Self.machine(.twoStep, .delivered, attempt: 2), .restarted) == "delivered#2 removeTemporaries")
    #expect(Self.outcome(Self.machine(.direct, .delivered, attempt: 2), .restarted) == "delivered#2")
  }

  @Test func putting() {
    func probes(missing: String) -> [(ReturnEvent, String)] {
      Presence.allCases.flatMap { temporary -> [(ReturnEvent, String)] in
        [
          (.probed(temporary: temporary, final: .missing), missing),
          (.probed(temporary: temporary, final: .equal), "delivered#1"),
          (.probed(temporary: temporary, final: .different), "unknown(final-differs)#1 alarm"),
        ]
      }
    }
    let refused: [(ReturnEvent, String)] = [
      (.failed(.notBegun), "queued#1 scheduleRetry"), (.failed(.permanent), "queued#1 alarm scheduleRetry"),
      (.failed(.authentication), "queued#1 alarm"),
    ]
    let open: [(ReturnEvent, String)] = [
      (.failed(.notBegun), "publishing#1 scheduleRetry"), (.failed(.transient), "publishing#1 scheduleRetry"),
      (.failed(.permanent), "publishing#1 alarm scheduleRetry"), (.failed(.authentication), "publishing#1 alarm"),
      (.restarted, "publishing#1 probeFinal"), (.put, "publishing#1 readBackFinal"),
      (.recipientMoved, "unknown(recipient-moved)#1 alarm"),
      (.settledByPerson(.notDelivered), "queued#1"), (.settledByPerson(.delivered), "delivered#1"),
      (.finalReadBack(.equal), "delivered#1"), (.finalReadBack(.different), "unknown(final-differs)#1 alarm"),
    ]
    for takes in [false, true] {
      check(
        Self.machine(.direct, takes: takes, .sending),
        refused + acknowledged + probes(missing: "sending#1 putFinal") + [
          (.put, "publishing#1 readBackFinal"), (.failed(.transient), "publishing#1 scheduleRetry"),
          (.started, "publishing#1 probeFinal"), (.restarted, "publishing#1 probeFinal"),
          (.recipientMoved, "unknown(recipient-moved)#1 alarm"),
          (.settledByPerson(.notDelivered), "queued#1"), (.settledByPerson(.delivered), "delivered#1"),
        ])
    }
    check(
      Self.machine(.direct, .publishing),
      open + acknowledged + probes(missing: "queued#1") + [
        (.finalReadBack(.missing), "unknown(vanished)#1 alarm")
      ])
    check(
      Self.machine(.direct, takes: true, .publishing),
      open + acknowledged + probes(missing: "unknown(put-unproven)#1 alarm") + [
        (.finalReadBack(.missing), "delivered#1")
      ])
    check(
      Self.machine(.direct, reading: .none, .sending),
      refused + acknowledged + [
        (.put, "sent#1"), (.failed(.transient), "unknown(put-unproven)#1 alarm"),
        (.started, "unknown(put-unproven)#1 alarm"), (.restarted, "unknown(put-unproven)#1 alarm"),
        (.recipientMoved, "unknown(recipient-moved)#1 alarm"),
        (.settledByPerson(.notDelivered), "queued#1"), (.settledByPerson(.delivered), "delivered#1"),
      ])
    #expect(Self.outcome(Self.machine(.direct, reading: .none, .queued, attempt: 0), .started) == "sending#1 putFinal")
  }

  @Test func prepared() {
    let end: [(ReturnEvent, String)] = [
      (.handedOver, "delivered#1"), (.withdrawn, "withdrawn#1 alarm"), (.resend, "queued#1"),
      (.restarted, "prepared#1"),
    ]
    check(Self.machine(.desk, .prepared), late("prepared#1") + acknowledgedAndTidied + end)
    #expect(
      Self.outcome(Self.machine(.desk, .prepared, attempt: 2), .withdrawn) == "withdrawn#2 removeTemporaries alarm")
    #expect(Self.outcome(Self.machine(.desk, .prepared, attempt: 2), .restarted) == "prepared#2 removeTemporaries")
  }

  @Test(arguments: Publication.allCases) func afterwards(publication: Publication) {
    // A person may say that a pack was handed over after the authority said that it has it.
    func said(_ state: ReturnState) -> [(ReturnEvent, String)] {
      publication == .desk ? [(.handedOver, "\(state.name)#1")] : []
    }
    // Of a pack, a person may say that it was handed over after the authority said what became of it.
    func handedOver(_ state: ReturnState) -> [(ReturnEvent, String)] {
      publication == .desk ? [(.handedOver, "\(state.name)#1")] : []
    }
    for state in [ReturnState.sent, .delivered, .collected] {
      check(
        Self.machine(publication, state),
        late("\(state.name)#1") + acknowledged + handedOver(state) + [
          (.resend, "queued#1"), (.restarted, "\(state.name)#1"),
        ])
    }
    for state in [ReturnState.accepted, .rejected] {
      let resend: [(ReturnEvent, String)] = state == .rejected ? [(.resend, "queued#1")] : []
      check(
        Self.machine(publication, state),
        late("\(state.name)#1") + resend + handedOver(state) + [
          (.acknowledged(.accepted), "accepted#1"), (.acknowledged(.rejected), "rejected#1"),
          (.collected, "\(state.name)#1"), (.restarted, "\(state.name)#1"),
        ])
    }
    // What never went cannot be with the authority; a superseded one never went.
    for attempt in 0...1 {
      check(Self.machine(publication, .superseded, attempt: attempt), [(.restarted, "superseded#\(attempt)")])
    }
    check(Self.machine(publication, .withdrawn, attempt: 0), [(.restarted, "withdrawn#0")])
    // After an attempt it may be there in spite of all: the authority's word counts.
    let has = publication == .direct ? acknowledged : acknowledgedAndTidied
    check(
      Self.machine(publication, .withdrawn), has.map { ($0.0, $0.1 + " alarm") } + [(.restarted, "withdrawn#1")])
  }

  @Test(arguments: UnknownReason.allCases) func unknown(reason: UnknownReason) {
    let here = "unknown(\(reason.rawValue))#1"
    let differs = reason == .finalDiffers ? here : "unknown(final-differs)#1 alarm"
    let notProved = late(here).filter { event, _ in
      if case .probed(_, let final) = event { return final == .missing }
      return true
    }
    for publication in [Publication.twoStep, .desk] {
      let reached = publication == .desk ? "prepared#1" : "delivered#1"
      let notify = publication == .desk ? " notifyWaitingForPerson" : ""
      var expected = notProved + acknowledgedAndTidied
      for temporary in Presence.allCases {
        let removal = temporary == .missing ? "" : " removeTemporaries"
        expected.append((.probed(temporary: temporary, final: .equal), "\(reached)\(removal)\(notify)"))
        expected.append((.probed(temporary: temporary, final: .different), differs))
      }
      check(
        Self.machine(publication, .unknown(reason)),
        expected + [
          (.restarted, "\(here) probeBoth"), (.settledByPerson(.delivered), "delivered#1 removeTemporaries"),
          (.settledByPerson(.notDelivered), "queued#1"),
        ])
    }
    var expected = notProved + acknowledged
    for temporary in Presence.allCases {
      expected.append((.probed(temporary: temporary, final: .equal), "delivered#1"))
      expected.append((.probed(temporary: temporary, final: .different), differs))
    }
    check(
      Self.machine(.direct, .unknown(reason)),
      expected + [
        (.restarted, "\(here) probeFinal"), (.settledByPerson(.delivered), "delivered#1"),
        (.settledByPerson(.notDelivered), "queued#1"),
      ])
    // Where nothing can be read back, no look settles it.
    check(
      Self.machine(.twoStep, reading: .none, .unknown(reason)),
      late(here) + acknowledgedAndTidied + [
        (.restarted, here), (.settledByPerson(.delivered), "delivered#1 removeTemporaries"),
        (.settledByPerson(.notDelivered), "queued#1"),
      ])
  }

  @Test func whatIsSentAgainIsNotForgotten() {
    for publication in Publication.allCases {
      for state in [ReturnState.queued, .waiting(.objection)] {
        // The authority's word on the first sending comes while the second waits.
        let again = Self.machine(publication, state, earlier: .reached)
        #expect(Self.outcome(again, .acknowledged(.accepted)).hasPrefix("accepted#1"))
        #expect(Self.outcome(again, .collected).hasPrefix("collected#1"))
        // Taken back, it is still with the authority.
        #expect(Self.outcome(again, .withdrawn).hasPrefix("delivered#1"))
        #expect(
          Self.outcome(Self.machine(publication, state, earlier: .perhaps), .withdrawn).hasPrefix("withdrawn#1"))
        #expect(Self.outcome(Self.machine(publication, state), .acknowledged(.accepted)) == "–")
        // What the authority may have, no newer return takes the place of.
        for earlier in [ReturnMachine.Earlier.perhaps, .reached] {
          #expect(Self.outcome(Self.machine(publication, state, earlier: earlier), .superseded) == "–")
        }
      }
    }
    #expect(
      Self.outcome(Self.machine(.twoStep, reading: .none, .queued, earlier: .reached), .withdrawn).hasPrefix("sent#1"))
    #expect(
      Self.outcome(Self.machine(.twoStep, .sending, earlier: .perhaps), .acknowledged(.rejected))
        == "rejected#1 removeTemporaries")
    #expect(Self.outcome(Self.machine(.twoStep, .sending), .acknowledged(.rejected)) == "–")
  }

  @Test func theAuthoritysWordOnAWithdrawnOneRaisesAnAlarm() throws {
    var machine = Self.machine(.desk, .prepared)
    _ = try machine.handle(.withdrawn)
    #expect(
      try machine.handle(.acknowledged(.accepted)) == [
        .removeTemporaries, .alarm("it was withdrawn, but the authority has it"),
      ])
    #expect(machine.state == .accepted && machine.earlier == .reached && machine.evidence == .authority)
    #expect(try machine.handle(.acknowledged(.rejected)) == [], "said once")
  }

  @Test func theMachineRemembersThatItReached() throws {
    var machine = Self.machine(.twoStep, .publishing)
    _ = try machine.handle(.finalReadBack(.equal))
    #expect(machine.earlier == .reached && machine.evidence == .readBack)
    _ = try machine.handle(.resend)
    #expect(machine.state == .queued && machine.earlier == .reached && machine.evidence == nil)
    var unknown = Self.machine(.direct, takes: true, .publishing)
    _ = try unknown.handle(.probed(temporary: .missing, final: .missing))
    #expect(unknown.earlier == .perhaps)
    _ = try unknown.handle(.settledByPerson(.delivered))
    #expect(unknown.earlier == .reached && unknown.evidence == .person)
    var taken = Self.machine(.twoStep, takes: true, .publishing)
    _ = try taken.handle(.probed(temporary: .missing, final: .missing))
    #expect(taken.evidence == .takenBeforeReadBack)
    var blind = Self.machine(.twoStep, reading: .none, .publishing)
    _ = try blind.handle(.renamed(.done))
    #expect(blind.evidence == .serverSaidSo)
    _ = try blind.handle(.acknowledged(.accepted))
    #expect(blind.evidence == .authority)
  }

  /// A PUT that left may be carried out late: it counts as one that the authority may have.
  @Test func aPlainPutWhoseEndNobodySawIsBegunAnew() throws {
    var machine = Self.machine(.direct, .sending)
    _ = try machine.handle(.failed(.transient))
    #expect(try machine.handle(.restarted) == [.probeFinal])
    #expect(try machine.handle(.probed(temporary: .missing, final: .missing)) == [])
    #expect(machine.state == .queued && machine.attempt == 1 && machine.earlier == .perhaps)
    #expect(Self.outcome(machine, .started) == "sending#2 probeFinal")
    #expect(Self.outcome(machine, .held(.objection)) == "waiting(objection)#1")
    #expect(Self.outcome(machine, .acknowledged(.accepted)) == "accepted#1")
    #expect(Self.outcome(machine, .superseded) == "–")
    // One that was refused is not there.
    var refused = Self.machine(.direct, .sending)
    _ = try refused.handle(.failed(.permanent))
    #expect(refused.earlier == .not)
  }

  @Test func everyChangeOfStateIsListed() {
    var found: [String: Set<String>] = [:]
    for publication in Publication.allCases {
      for readBack in ReadBack.allCases {
        for takes in [false, true] {
          for earlier in ReturnMachine.Earlier.allCases {
            for state in Self.states {
              for attempt in 0...2 {
                for event in Self.events {
                  var machine = Self.machine(
                    publication, reading: readBack, takes: takes, state, attempt: attempt, earlier: earlier)
                  guard (try? machine.handle(event)) != nil else { continue }
                  if machine.state.name != state.name { found[state.name, default: []].insert(machine.state.name) }
                }
              }
            }
          }
        }
      }
    }
    for name in ReturnState.names {
      #expect((found[name] ?? []).sorted() == (ReturnState.successors[name] ?? []).sorted(), "\(name)")
    }
  }

  @Test func temporaryNamesAreOfOneAttempt() {
    #expect(
      ReturnMachine.temporaryName(ledger: "a1b2c3", return: ReturnID(rawValue: 34), attempt: 2) == ".a1b2c3-R34.2.part")
  }
}
