// What holds of a recipient over restarts.

import Leavers
import Testing

@testable import Ledger

@Suite("RecipientsLedger") struct RecipientsLedgerTests {
  @Test func oneOfWhichNothingWasNotedIsOpen() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.open()
    let state = try await ledger.recipients.state(careerConnect)
    #expect(state.isOpen && state.failures == 0 && state.problem == nil)
    #expect(try await ledger.recipients.all().isEmpty)
  }

  @Test func aStopOutlivesRestartsUntilAPersonResumes() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.open()
    try await ledger.recipients.stop(careerConnect, why: "the server does not accept our key")
    let since = bench.clock.now()
    bench.clock.advance(by: .seconds(60))
    try await ledger.recipients.stop(careerConnect, why: "the server does not accept our key")
    let again = try await LedgerBench(crashOf: bench).open()
    let state = try await again.recipients.state(careerConnect)
    #expect(
      !state.isOpen && state.stopped?.why == "the server does not accept our key" && state.stopped?.since == since)
    #expect(try await again.recipients.all() == [state])
    try await again.recipients.stop(careerConnect, why: "the server has lost our account")
    let renewed = try await again.recipients.state(careerConnect).stopped
    #expect(renewed == RecipientState.Stop(why: "the server has lost our account", since: since))
    try await again.recipients.resume(careerConnect, by: somebody, why: "new key given")
    #expect(try await again.recipients.state(careerConnect).isOpen)
    let log = try await again.overview.history(of: careerConnect.rawValue)
    #expect(
      log.map(\.text) == [
        "stopped: the server does not accept our key", "stopped: the server has lost our account",
        "resumed by a person",
      ])
    #expect(log.last?.details.exposed["why"] == "new key given")
    let before = try await again.eventCount()
    try await again.recipients.resume(careerConnect, by: somebody, why: nil)
    #expect(try await again.eventCount() == before, "an open one stays as it is")
  }

  @Test func aPauseSaysWhoAndWhy() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.open()
    try await ledger.recipients.pause(careerConnect, by: somebody, why: "their server moves")
    let state = try await ledger.recipients.state(careerConnect)
    #expect(!state.isOpen && state.stopped == nil)
    #expect(state.paused == RecipientState.Pause(by: somebody, why: "their server moves", since: bench.clock.now()))
    try await ledger.recipients.resume(careerConnect, by: somebody, why: nil)
    #expect(try await ledger.recipients.state(careerConnect).paused == nil)
  }

  @Test func failuresAreCountedAndLoggedOnce() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.open()
    try await ledger.recipients.noteProblem(careerConnect, nil)
    #expect(try await ledger.recipients.all().isEmpty)
    for _ in 0..<3 { try await ledger.recipients.noteProblem(careerConnect, "connection refused") }
    let failing = try await ledger.recipients.state(careerConnect)
    #expect(failing.failures == 3 && failing.problem == "connection refused" && failing.isOpen)
    try await ledger.recipients.noteProblem(careerConnect, "no such folder")
    #expect(try await ledger.recipients.state(careerConnect).failures == 4)
    try await ledger.recipients.noteProblem(careerConnect, nil)
    #expect(try await ledger.recipients.state(careerConnect).failures == 0)
    #expect(
      try await ledger.overview.history(of: careerConnect.rawValue).map(\.text)
        == ["fails: connection refused", "fails: no such folder", "works again"])
  }

  @Test func whatWaitedForARetryIsDueOnceResumed() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.queuedReturn()
    let now = bench.clock.now()
    try await ledger.apply(.started, .failed(.authentication), to: id, at: now, next: now + .seconds(3600))
    try await ledger.recipients.stop(careerConnect, why: "the server does not accept our key")
    try await ledger.recipients.resume(careerConnect, by: somebody, why: nil)
    #expect(try await ledger.deliveries.due(recipient: careerConnect, now: now).map(\.id) == [id])
  }
}
