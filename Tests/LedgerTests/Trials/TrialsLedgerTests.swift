// Trials in the ledger: their numbers are those of the series, each ends once, and the authority's word is kept.

import Leavers
import Testing

@testable import Ledger

struct TrialsLedgerTests {
  private let sefton = AuthorityID(unchecked: "sefton")
  private let person = Person(name: "admin", known: "login user")
  private let series = ReturnSeries(
    school: LedgerBench.school, authority: AuthorityID(unchecked: "sefton"), kind: .intendedDestinations,
    cohort: Synthetic.cohort)

  private func draft(_ sequence: Int, _ name: String? = nil, folder: String = "inbound/sefton") -> TrialDraft {
    TrialDraft(
      series: series, recipient: RecipientID(unchecked: "career-connect"), sequence: sequence, folder: folder,
      fileName: name ?? "T_\(sequence).csv", size: 12, sha256: String(repeating: "a", count: 64), rows: 3)
  }

  @Test func trialsAndReturnsAreNumberedTogether() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    #expect(try await ledger.trials.nextSequence(of: series) == 1)
    let trial = try await ledger.trials.begin(draft(1), by: person)
    #expect(trial.state == .sending && trial.draft == draft(1) && trial.verdict == nil)
    // The first real return of the series does not bear the number that the authority has seen.
    let sent = try await ledger.queuedReturn("one")
    #expect(try await ledger.deliveries.summary(of: sent).sequence == 2)
    #expect(try await ledger.trials.nextSequence(of: series) == 3)
    for taken in [1, 2] {
      #expect(
        await ledgerError { _ = try await ledger.trials.begin(draft(taken, "other.csv"), by: person) }?.code
          == .conflict)
    }
    #expect(await ledgerError { _ = try await ledger.trials.begin(draft(3, "T_1.csv"), by: person) }?.code == .conflict)
    let name = try #require(try await ledger.deliveries.summary(of: sent).fileName)
    #expect(
      await ledgerError {
        let folder = try await ledger.deliveries.summary(of: sent).way.folder
        _ = try await ledger.trials.begin(draft(3, name, folder: folder), by: person)
      }?.code == .conflict)
    #expect(try await ledger.trials.list().map(\.id) == [trial.id])
    #expect(try await ledger.audit().isClean)
  }

  @Test func aTrialEndsOnce() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let trial = try await ledger.trials.begin(draft(1), by: person)
    try await ledger.trials.end(trial.id, .failed, problem: "the folder is not there")
    let ended = try #require(try await ledger.trials.list(authority: sefton).first)
    #expect(ended.state == .failed && ended.problem == "the folder is not there")
    #expect(await ledgerError { try await ledger.trials.end(trial.id, .delivered) }?.code == .illegalTransition)
    #expect(await ledgerError { try await ledger.trials.end(TrialID(rawValue: 9), .delivered) }?.code == .notFound)
    #expect(try await ledger.trials.list(authority: AuthorityID(unchecked: "wirral")).isEmpty)
    let log = try await ledger.overview.log(last: 10).map(\.text)
    #expect(log.contains { $0.contains("T1: a trial of intended-destinations") && $0.contains("3 invented pupils") })
    #expect(log.contains("T1 failed: the folder is not there"))
  }

  @Test func aSchoolThatTheServiceHasNotSeenHasNoTrials() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.open()
    let error = await ledgerError { _ = try await ledger.trials.begin(draft(1), by: person) }
    #expect(error?.code == .notFound && error?.message.contains("start the service once with it") == true)
  }

  /// Past the ledger too.
  @Test func theDatabaseKeepsATrialAsItIs() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    _ = try await ledger.trials.begin(draft(1), by: person)
    try await ledger.trials.end(TrialID(rawValue: 1), .delivered)
    ledger.close()
    for statement in [
      "UPDATE trial SET sha256 = '\(String(repeating: "b", count: 64))'", "UPDATE trial SET state = 'failed'",
      "DELETE FROM trial",
    ] {
      #expect(throws: (any Error).self, "\(statement)") { try bench.tamper(statement) }
    }
  }

  @Test func theAuthoritysWordIsKept() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let trial = try await ledger.trials.begin(draft(1), by: person)
    try await ledger.trials.end(trial.id, .delivered)
    #expect(
      try await ledger.trials.find(authority: sefton, school: LedgerBench.school, fileName: "T_1.csv")?.id == trial.id)
    #expect(
      try await ledger.trials.find(authority: sefton, school: LedgerBench.otherSchool, fileName: "T_1.csv") == nil)
    let id = try await ledger.claimReply("ACK_1.csv", kind: .acknowledgement)
    try await ledger.fetchReply(id, "ack")
    try await ledger.replies.acknowledge(id, outcomes: [], trials: [(trial.id, true, 0)])
    #expect(try await ledger.trials.list().map(\.verdict) == [.accepted])
    #expect(try await ledger.replies.detail(id).summary.state == .matched)
    let other = try await ledger.claimReply(
      "ACK_2.csv", kind: .acknowledgement, school: LedgerBench.otherSchool)
    try await ledger.fetchReply(other, "other")
    let error = await ledgerError {
      try await ledger.replies.acknowledge(other, outcomes: [], trials: [(trial.id, false, 0)])
    }
    #expect(error?.code == .conflict, "a reply for another school says nothing of it")
    #expect(try await ledger.trials.list().map(\.verdict) == [.accepted])
    #expect(try await ledger.audit().isClean)
  }
}
