// A reply from claim to rows: taken in once, never dropped.

import FoundationEssentials
import Leavers
import Testing

@testable import Ledger

@Suite("RepliesLedger") struct RepliesLedgerTests {
  @Test func aFileIsClaimedOnce() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let source = ReplySource.synthetic("AS_1.csv")
    #expect(try await ledger.replies.known(source) == nil)
    let id = try await ledger.claimReply()
    #expect(try await ledger.replies.known(source)?.id == id)
    #expect(try await ledger.claimReply() == id)
    for other in [
      ReplySource.synthetic("AS_2.csv"), .synthetic("AS_1.csv", size: 11), .synthetic("AS_1.csv", modified: 2),
    ] { #expect(try await ledger.replies.known(other) == nil) }
    let list = try await ledger.replies.list()
    #expect(list.map(\.id) == [id] && list.first?.source == source && list.first?.state == .seen)
    #expect("\(list)".contains("AS_1") == false, "a file name may hold a pupil's name")
  }

  @Test func fromSeenToRead() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.claimReply()
    #expect(await ledgerError { try await ledger.replies.read(id, rows: [], findings: []) }?.code == .illegalTransition)
    #expect(try await ledger.fetchReply(id, "bytes") == .new)
    let fetched = try #require(try await ledger.replies.inState([.fetched]).first)
    #expect(try await ledger.objects.read(try #require(fetched.object)) == Array("bytes".utf8))
    #expect(fetched.fetchedAt == bench.clock.now() && !fetched.isRemovedAtSource)
    let rows = [
      ReplyRowDraft(row: 2, record: Synthetic.record(1, upn: Synthetic.upn(1)), reference: "YP-1"),
      ReplyRowDraft(row: 3, record: Synthetic.record(2), reference: nil),
    ]
    let finding = FindingNote(
      code: FindingCode(rawValue: "L110"), severity: .warning, row: 2, columnNumber: 1, field: .upn, authority: nil)
    try await ledger.replies.read(id, rows: rows, findings: [finding])
    #expect(try await ledger.replies.rows(of: id) == rows)
    let detail = try await ledger.replies.detail(id)
    #expect(detail.summary.state == .read && detail.summary.verdicts == ["open": 2] && detail.findings == [finding])
    #expect(detail.rows.map(\.row) == [2, 3] && detail.rows.allSatisfy { $0.verdict == nil && $0.pupil == nil })
    #expect("\(rows)".contains("Surname") == false)
    #expect(try await ledger.audit().isClean)
  }

  @Test func theSameBytesAreARepeat() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let first = try await ledger.claimReply("AS_1.csv")
    try await ledger.fetchReply(first, "bytes")
    let second = try await ledger.claimReply("AS_1 (2).csv")
    #expect(try await ledger.fetchReply(second, "bytes") == .repeat(of: first))
    let state = try await ledger.replies.detail(second).summary
    #expect(state.state == .quarantined("repeat") && state.repeatOf == first)
    // Another school, or another authority, may get the same bytes: a file with nothing but a header.
    let other = try await ledger.claimReply("AS_2.csv", school: LedgerBench.otherSchool)
    #expect(try await ledger.fetchReply(other, "bytes") == .new)
    let wirral = try await ledger.claimReply("AS_3.csv", authority: "wirral")
    #expect(try await ledger.fetchReply(wirral, "bytes") == .new)
    #expect(try await ledger.audit().isClean)
  }

  @Test func whatWasSetAsideMayComeAgain() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let first = try await ledger.claimReply("AS_1.csv")
    try await ledger.fetchReply(first, "bytes")
    try await ledger.replies.quarantine(first, why: "column UPN is missing")
    #expect(try await ledger.replies.detail(first).summary.state == .quarantined("column UPN is missing"))
    let second = try await ledger.claimReply("AS_2.csv")
    #expect(try await ledger.fetchReply(second, "bytes") == .new)
    #expect(await ledgerError { try await ledger.fetchReply(first, "bytes") }?.code == .illegalTransition)
    #expect(await ledgerError { try await ledger.replies.quarantine(first, why: "x") }?.code == .illegalTransition)
  }

  @Test func statesAndRecipientsSelect() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let seen = try await ledger.claimReply("AS_1.csv")
    let fetched = try await ledger.claimReply("AS_2.csv")
    try await ledger.fetchReply(fetched, "two")
    let set = try await ledger.claimReply("AS_3.csv")
    try await ledger.replies.quarantine(set, why: "too large")
    #expect(try await ledger.replies.inState([.seen, .fetched]).map(\.id) == [seen, fetched])
    #expect(try await ledger.replies.inState([.quarantined("")]).map(\.id) == [set])
    #expect(try await ledger.replies.inState([.seen], recipient: careerConnect).map(\.id) == [seen])
    #expect(try await ledger.replies.inState([.seen], recipient: RecipientID(unchecked: "wirral")).isEmpty)
  }

  @Test func whatWentAwayIsClosedAndMayComeBack() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let first = try await ledger.claimReply()
    try await ledger.replies.gone(first)
    let closed = try await ledger.replies.detail(first).summary
    #expect(closed.state == .quarantined(ReplyMachine.goneReason) && closed.source == .synthetic("AS_1.csv"))
    #expect(try await ledger.replies.known(.synthetic("AS_1.csv")) == nil)
    let second = try await ledger.claimReply()
    #expect(second != first)
    #expect(try await ledger.fetchReply(second, "bytes") == .new)
    #expect(await ledgerError { try await ledger.replies.gone(second) }?.code == .illegalTransition)
    // And away again: each has its own place in the ledger.
    let third = try await ledger.claimReply("AS_2.csv")
    try await ledger.replies.gone(third)
    #expect(try await ledger.audit().isClean)
  }

  @Test func whatIsHeldAndStillAtTheFarSide() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    _ = try await ledger.claimReply("seen.csv")
    let held = try await ledger.claimReply("held.csv")
    try await ledger.fetchReply(held, "one")
    let copy = try await ledger.claimReply("copy.csv")
    try await ledger.fetchReply(copy, "one")
    let unreadable = try await ledger.claimReply("unreadable.csv")
    try await ledger.fetchReply(unreadable, "two")
    try await ledger.replies.quarantine(unreadable, why: "column UPN is missing")
    let removed = try await ledger.claimReply("removed.csv")
    try await ledger.fetchReply(removed, "three")
    try await ledger.replies.removedAtSource(removed)
    #expect(try await ledger.replies.heldAtSource(careerConnect).map(\.id) == [held, copy])
    #expect(try await ledger.replies.heldAtSource(RecipientID(unchecked: "wirral")).isEmpty)
    #expect(try await ledger.replies.find(unreadable)?.id == unreadable)
    #expect(try await ledger.replies.find(ReplyID(rawValue: 99)) == nil)
  }

  @Test func removedAtSourceOnce() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.claimReply()
    #expect(
      await ledgerError { try await ledger.replies.removedAtSource(id) }?.code == .illegalTransition,
      "nothing goes before its bytes are held")
    try await ledger.fetchReply(id, "bytes")
    try await ledger.replies.removedAtSource(id)
    let before = try await ledger.eventCount()
    try await ledger.replies.removedAtSource(id)
    #expect(try await ledger.eventCount() == before)
    #expect(try await ledger.replies.detail(id).summary.isRemovedAtSource)
  }

  @Test func whatIsNotThereIsNotFound() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = ReplyID(rawValue: 9)
    #expect(await ledgerError { _ = try await ledger.replies.detail(id) }?.code == .notFound)
    #expect(await ledgerError { try await ledger.replies.quarantine(id, why: "x") }?.code == .notFound)
    #expect(await ledgerError { _ = try await ledger.replies.rows(of: id) }?.code == .notFound)
    #expect(try await ledger.replies.findReturn(authority: AuthorityID(unchecked: "sefton"), fileName: "x") == nil)
  }

  /// Dies after each commit in turn; the same steps are done again, and the reply is in the ledger once.
  @Test func aCrashAfterEachCommit() async throws {
    for steps in 0...4 {
      let bench = try LedgerBench()
      let ledger = try await bench.openWithSchools()
      _ = try await ledger.readExport("export", clear: 1)
      try await go(ledger, upTo: steps)
      let crashed = try LedgerBench(crashOf: bench)
      let again = try await crashed.open()
      try await go(again, upTo: 4)
      let replies = try await again.replies.list()
      #expect(replies.map(\.state) == [.matched] && replies.first?.verdicts == ["matched": 1])
      #expect(try bench.integer("SELECT count(*) FROM destination") <= 1)
      #expect(try crashed.integer("SELECT count(*) FROM destination") == 1)
      #expect(try await again.audit().isClean)
    }
  }

  /// What the station does: claims, and goes on from the state that it finds.
  private func go(_ ledger: Ledger, upTo steps: Int) async throws {
    guard steps > 0 else { return }
    let id = try await ledger.claimReply()
    var done = 1
    while done < steps {
      switch try await ledger.replies.detail(id).summary.state {
      case .seen: try await ledger.fetchReply(id, "bytes")
      case .fetched:
        let row = ReplyRowDraft(
          row: 2, record: Synthetic.record(0, upn: Synthetic.upn(0), [.activity: "210"]), reference: nil)
        try await ledger.replies.read(id, rows: [row], findings: [])
      case .read:
        try await ledger.replies.match(
          id,
          verdicts: [
            (row: 2, verdict: .matched(PupilID(rawValue: 1), rule: "upn", reconciliation: .laKnowsMore))
          ])
      case .matched, .quarantined: return
      }
      done += 1
    }
  }

  /// No name, identifier or file name of a reply stands in any file of the state.
  @Test func nothingOfARepliesContentIsLegibleInTheState() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let export = try await ledger.readExport("export", clear: 1)
    let pupil = try #require(try await ledger.pupils(of: export)[2])
    let canary = "Kanarienvogel"
    let id = try await ledger.claimReply("\(canary).csv")
    try await ledger.fetchReply(id, "UPN,Surname\nA1,\(canary)\n")
    let record = Synthetic.record(
      0, upn: Synthetic.upn(0), forename: canary, [.activity: "210", .providerName: canary])
    try await ledger.replies.read(
      id,
      rows: [
        ReplyRowDraft(row: 2, record: record, reference: canary),
        ReplyRowDraft(row: 3, record: record, reference: canary),
      ], findings: [])
    try await ledger.replies.match(
      id,
      verdicts: [
        (row: 2, verdict: .matched(pupil, rule: "upn", reconciliation: .agree)), (row: 3, verdict: .unmatched),
      ])
    try await ledger.recipients.pause(careerConnect, by: Person(name: canary, known: "login user"), why: canary)
    for file in try bench.files() {
      let bytes = try Data(contentsOf: URL(filePath: bench.state + "/" + file))
      #expect(bytes.firstRange(of: Array(canary.utf8)) == nil, "\(file)")
      #expect(bytes.firstRange(of: Array(Synthetic.upn(0).utf8)) == nil, "\(file)")
    }
  }
}
