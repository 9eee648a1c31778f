// The states' texts in the ledger go both ways, and what is not one is refused.

import Leavers
import Ledger
import Testing

@Suite("States: text") struct StateTextTests {
  private static let returnStates: [ReturnState] =
    [
      .drafted, .waiting(.release), .waiting(.date(CalendarDate(daysSinceEpoch: 20_700))), .waiting(.brake),
      .waiting(.objection), .queued, .sending, .publishing, .prepared, .sent, .delivered, .collected, .accepted,
      .rejected, .withdrawn, .superseded,
    ] + UnknownReason.allCases.map { .unknown($0) }

  @Test func returnsGoBothWays() {
    for state in Self.returnStates {
      #expect(ReturnState(name: state.name, detail: state.detail) == state)
      #expect(ReturnState.names.contains(state.name))
    }
    #expect(Set(Self.returnStates.map(\.name)) == Set(ReturnState.names))
    #expect(ReturnState.waiting(.date(CalendarDate(daysSinceEpoch: 0))).detail == "date:1970-01-01")
  }

  @Test(
    arguments: [
      ("queued", "release"), ("waiting", nil), ("waiting", "date:2026-02-30"), ("waiting", "date"), ("waiting", "x"),
      ("unknown", nil), ("unknown", "x"), ("lost", nil), ("lost", "x"), ("", nil),
    ] as [(String, String?)])
  func whatIsNoReturnStateIsRefused(name: String, detail: String?) {
    #expect(ReturnState(name: name, detail: detail) == nil)
  }

  @Test func kindsOfReturnState() {
    #expect(Self.returnStates.filter(\.isTerminal) == [.accepted, .rejected, .withdrawn, .superseded])
    #expect(Self.returnStates.filter(\.isInFlight) == [.sending, .publishing])
    #expect(Self.returnStates.filter(\.hasReached) == [.sent, .delivered, .collected, .accepted, .rejected])
    #expect(Self.returnStates.filter { !$0.isResting } == [.drafted, .queued, .sending, .publishing])
  }

  @Test func repliesGoBothWays() {
    for state in [ReplyState.seen, .fetched, .read, .matched, .quarantined("repeat")] {
      #expect(ReplyState(name: state.name, detail: state.detail) == state)
      #expect(ReplyState.names.contains(state.name))
    }
    #expect(ReplyState(name: "quarantined", detail: nil) == nil)
    #expect(ReplyState(name: "seen", detail: "why") == nil)
    #expect(ReplyState(name: "lost", detail: nil) == nil)
    #expect(ReplyState.matched.isTerminal && ReplyState.quarantined("x").isTerminal && !ReplyState.read.isTerminal)
  }

  @Test func exportsOnlyGoForward() {
    let allowed = ExportState.allCases.map { from in ExportState.allCases.filter { from.mayBecome($0) } }
    #expect(allowed == [[.read, .unreadable], [.decided], [], []])
    #expect(ExportState.allCases.filter(\.isTerminal) == [.decided, .unreadable])
  }

  @Test func everyUnknownReasonSaysWhatToDo() {
    for reason in UnknownReason.allCases { #expect(reason.explanation.contains("Ask the authority")) }
  }
}
