// Every state × every event of a reply, and a walk with a crash at every step.

import Ledger
import Testing

@Suite("ReplyMachine") struct ReplyMachineTests {
  private static let states: [ReplyState] = [
    .seen, .fetched, .read, .matched, .quarantined("repeat"), .quarantined("unreadable"),
  ]
  private static let events: [ReplyEvent] = [
    .fetched, .repeated, .removedAtSource, .read, .matched, .quarantined("unreadable"), .restarted, .gone,
  ]

  private static func outcome(_ state: ReplyState, _ event: ReplyEvent, tidies: Bool) -> String {
    var machine = ReplyMachine(tidiesSource: tidies, state: state)
    let before = machine
    do {
      let actions = try machine.handle(event)
      let detail = machine.state.detail.map { "(\($0))" } ?? ""
      let removed = machine.isRemovedAtSource ? " removed" : ""
      return (["\(machine.state.name)\(detail)\(removed)"] + actions.map(\.rawValue)).joined(separator: " ")
    } catch {
      #expect(error.code == .illegalTransition)
      #expect(machine == before, "a refused event changes nothing")
      return "–"
    }
  }

  @Test func tableWithoutTidying() {
    let expected: [[String]] = [
      [
        "fetched readRows", "quarantined(repeat)", "–", "–", "–", "quarantined(unreadable) notifyPerson", "seen fetch",
        "quarantined(\(ReplyMachine.goneReason))",
      ],
      [
        "–", "–", "fetched removed", "read match", "–", "quarantined(unreadable) notifyPerson", "fetched readRows", "–",
      ],
      ["–", "–", "read removed", "–", "matched", "quarantined(unreadable) notifyPerson", "read match", "–"],
      ["–", "–", "matched removed", "–", "–", "–", "matched", "–"],
      ["–", "–", "quarantined(repeat) removed", "–", "–", "–", "quarantined(repeat)", "–"],
      ["–", "–", "quarantined(unreadable) removed", "–", "–", "–", "quarantined(unreadable)", "–"],
    ]
    for (state, row) in zip(Self.states, expected) {
      #expect(Self.events.map { Self.outcome(state, $0, tidies: false) } == row, "\(state.name)")
    }
  }

  @Test func whatIsHeldIsTidiedAway() throws {
    #expect(Self.outcome(.seen, .fetched, tidies: true) == "fetched tidySource readRows")
    #expect(Self.outcome(.seen, .repeated, tidies: true) == "quarantined(repeat) tidySource")
    #expect(Self.outcome(.seen, .restarted, tidies: true) == "seen fetch")
    #expect(Self.outcome(.fetched, .restarted, tidies: true) == "fetched tidySource readRows")
    #expect(Self.outcome(.matched, .restarted, tidies: true) == "matched tidySource")
    // What nobody could read stays where its sender sees it.
    #expect(Self.outcome(.seen, .quarantined("too large"), tidies: true) == "quarantined(too large) notifyPerson")
    var done = ReplyMachine(tidiesSource: true, state: .read, isRemovedAtSource: true)
    #expect(try done.handle(.restarted) == [.match])
  }

  /// Crashes after each commit in turn: the next start always goes on to the end, and nothing leaves the far side
  /// before its bytes are held.
  @Test(arguments: 0..<64) func crashesAtEveryStep(mask: Int) throws {
    for tidies in [false, true] {
      var machine = ReplyMachine(tidiesSource: tidies)
      var isHeld = false
      var liesAtSource = true
      var step = 0
      var actions = try machine.handle(.restarted)
      while let action = actions.first {
        if mask & (1 << (step % 6)) != 0, step < 12 {
          actions = try machine.handle(.restarted)
          step += 1
          continue
        }
        step += 1
        #expect(step < 40)
        switch action {
        case .fetch:
          #expect(liesAtSource)
          isHeld = true
          actions = try machine.handle(.fetched)
        case .tidySource:
          #expect(isHeld)
          liesAtSource = false
          actions.removeFirst()
          _ = try machine.handle(.removedAtSource)
        case .readRows: actions = try machine.handle(.read)
        case .match: actions = try machine.handle(.matched)
        case .notifyPerson: actions.removeFirst()
        }
      }
      #expect(machine.state == .matched && isHeld && liesAtSource == !tidies)
    }
  }
}
