// Whose rows they are, what they say of returns, and what the school then owes.

import Leavers
import Testing

@testable import Ledger

@Suite("RepliesLedger: match") struct RepliesMatchTests {
  private let sefton = AuthorityID(unchecked: "sefton")

  @Test func everyRowHasItsVerdict() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let export = try await ledger.readExport("export", clear: 2)
    let pupils = try await ledger.pupils(of: export)
    let first = try #require(pupils[2])
    let second = try #require(pupils[3])
    let records = (0..<4).map {
      Synthetic.record($0, upn: Synthetic.upn($0), [.activity: "210", .dateConfirmed: "2026-11-03"])
    }
    let id = try await ledger.readReply(records, references: [2: "YP-1"])
    try await ledger.replies.match(
      id,
      verdicts: [
        (row: 2, verdict: .matched(first, rule: "upn", reconciliation: .laKnowsMore)), (row: 3, verdict: .unmatched),
        (row: 4, verdict: .ambiguous), (row: 5, verdict: .conflict(second, why: "date of birth differs")),
      ])
    let detail = try await ledger.replies.detail(id)
    #expect(detail.summary.state == .matched && detail.summary.matchedAt == bench.clock.now())
    #expect(detail.summary.verdicts == ["matched": 1, "unmatched": 1, "ambiguous": 1, "conflict": 1])
    #expect(detail.rows.map(\.pupil) == [first, nil, nil, second])
    #expect(detail.rows[0].rule == "upn" && detail.rows[0].reconciliation == .laKnowsMore)
    #expect(detail.rows[3].why == "date of birth differs")
    #expect(try await ledger.replies.rows(of: id).map(\.record) == records, "matched or not, a row stays legible")
    #expect(
      try bench.integer("SELECT count(*) FROM destination WHERE kind = 'actual' AND confirmed_on = '2026-11-03'") == 1)
    #expect(try bench.integer("SELECT count(*) FROM pupil_reference WHERE authority = 'sefton'") == 1)
    #expect(try await ledger.replies.openCases().isEmpty, "a survey asks for nothing")
    #expect(
      try await ledger.overview.history(of: "\(id)").last?.text
        == "matched: 1 ambiguous, 1 conflict, 1 matched, 1 unmatched")
    #expect(try await ledger.audit().isClean)
  }

  @Test func noRowIsDroppedOrJudgedTwice() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.readReply([Synthetic.record(0), Synthetic.record(1)])
    for rows in [[2], [2, 2], [2, 3, 4], [2, 4], []] {
      let error = await ledgerError {
        try await ledger.replies.match(id, verdicts: rows.map { (row: $0, verdict: .unmatched) })
      }
      #expect(error?.code == .conservation, "\(rows)")
    }
    #expect(try await ledger.replies.detail(id).summary.verdicts == ["open": 2], "nothing of it was kept")
    try await ledger.replies.match(id, verdicts: [(row: 3, verdict: .unmatched), (row: 2, verdict: .unmatched)])
    let again = await ledgerError {
      try await ledger.replies.match(id, verdicts: [(row: 2, verdict: .unmatched), (row: 3, verdict: .unmatched)])
    }
    #expect(again?.code == .illegalTransition)
  }

  @Test func nothingIsMatchedAcrossSchools() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let export = try await ledger.readExport(
      "other", [(Synthetic.record(0, upn: Synthetic.upn(0)), .clear)], school: LedgerBench.otherSchool)
    let stranger = try #require(try await ledger.pupils(of: export)[2])
    let id = try await ledger.readReply([Synthetic.record(0, upn: Synthetic.upn(0))])
    for verdict in [
      MatchVerdict.matched(stranger, rule: "upn", reconciliation: .agree), .conflict(stranger, why: "x"),
      .matched(PupilID(rawValue: 99), rule: "upn", reconciliation: .agree),
    ] {
      let error = await ledgerError { try await ledger.replies.match(id, verdicts: [(row: 2, verdict: verdict)]) }
      #expect(error?.code == .conflict)
    }
    #expect(try await ledger.replies.pupil(school: LedgerBench.school, upn: UPN(Synthetic.upn(0)), uln: nil) == .none)
  }

  @Test func anUnknownRequestOpensACaseForEachRow() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let export = try await ledger.readExport("export", clear: 1)
    let pupil = try #require(try await ledger.pupils(of: export)[2])
    let id = try await ledger.readReply(
      [Synthetic.record(0, upn: Synthetic.upn(0), [.activity: "810"]), Synthetic.record(7)], kind: .unknownRequest)
    try await ledger.replies.match(
      id,
      verdicts: [
        (row: 2, verdict: .matched(pupil, rule: "upn", reconciliation: .bothUnknown)), (row: 3, verdict: .unmatched),
      ])
    let cases = try await ledger.replies.openCases()
    #expect(cases.map(\.pupil) == [pupil, nil] && cases.map(\.row) == [2, 3])
    #expect(cases.allSatisfy { $0.authority == sefton && $0.school == LedgerBench.school && $0.reply == id })
    #expect(cases.allSatisfy { $0.openedAt == bench.clock.now() && $0.dueOn == nil })
    #expect(try bench.integer("SELECT count(*) FROM destination") == 0, "a question says nothing")
  }

  @Test func anEmptyReplyIsMatched() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let id = try await ledger.readReply([])
    try await ledger.replies.match(id, verdicts: [])
    #expect(try await ledger.replies.detail(id).summary.state == .matched)
  }

  @Test func theNewestReferenceOfAnAuthorityStands() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let export = try await ledger.readExport("export", clear: 1)
    let pupil = try #require(try await ledger.pupils(of: export)[2])
    for (name, reference) in [("AS_1.csv", "YP-1"), ("AS_2.csv", "YP-2")] {
      let id = try await ledger.readReply([Synthetic.record(0)], name: name, references: [2: reference])
      try await ledger.replies.match(
        id, verdicts: [(row: 2, verdict: .matched(pupil, rule: "upn", reconciliation: .agree))])
    }
    #expect(try bench.integer("SELECT count(*) FROM pupil_reference") == 1)
    let reference = try await ledger.store.read { transaction in
      let row = try #require(try transaction.row("SELECT sealed FROM pupil_reference"))
      return String(
        decoding: try transaction.open(
          row.bytes("sealed"), with: transaction.key(of: pupil), "pupil_reference", "sealed", "\(pupil.rawValue)/sefton"
        ),
        as: UTF8.self)
    }
    #expect(reference == "YP-2")
    #expect(try bench.integer("SELECT count(*) FROM destination") == 0, "without an activity there is no destination")
  }

  // MARK: Acknowledgements

  @Test func anAcknowledgementSettlesReturns() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let accepted = try await ledger.queuedReturn("one")
    try await ledger.deliver(accepted)
    let rejected = try await ledger.queuedReturn("two", cohort: Cohort(stage: .y13, leavingYear: 2026))
    try await ledger.deliver(rejected)
    let name = try #require(try await ledger.deliveries.summary(of: accepted).fileName)
    #expect(try await ledger.replies.findReturn(authority: sefton, fileName: name) == accepted)
    #expect(try await ledger.replies.findReturn(authority: AuthorityID(unchecked: "wirral"), fileName: name) == nil)

    let id = try await ledger.claimReply("ACK_1.csv", kind: .acknowledgement)
    try await ledger.fetchReply(id, "ack")
    try await ledger.replies.acknowledge(
      id,
      outcomes: [
        (return: accepted, accepted: true, reference: "LA-7", rejectedRows: 0, why: nil),
        (return: rejected, accepted: false, reference: nil, rejectedRows: 2, why: "row 3: no postcode"),
      ])
    #expect(try await ledger.deliveries.summary(of: accepted).state == .accepted)
    let refused = try await ledger.returns.detail(rejected)
    #expect(refused.summary.state == .rejected && refused.summary.lastProblem == "rejected by the authority")
    #expect(refused.receipts.last?.kind == .authority && refused.receipts.last?.reply == id)
    #expect(refused.receipts.last?.evidence.exposed["why"] == "row 3: no postcode")
    #expect(refused.receipts.last?.evidence.exposed["rejected-rows"] == "2")
    let detail = try await ledger.replies.detail(id)
    #expect(detail.summary.state == .matched && detail.returns == [accepted, rejected])
    // What the authority wrote may name a pupil: it is in no text of the log.
    #expect(try await ledger.overview.log(last: 100).allSatisfy { !$0.text.contains("postcode") })
    #expect(try await ledger.audit().isClean)
  }

  @Test func anAcknowledgementIsAllOrNothing() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let sent = try await ledger.queuedReturn("one")
    try await ledger.deliver(sent)
    let never = try await ledger.queuedReturn("two", cohort: Cohort(stage: .y13, leavingYear: 2026))
    let elsewhere = try await ledger.queuedReturn("three", entry: .wirral)
    try await ledger.deliver(elsewhere)
    let id = try await ledger.claimReply("ACK_1.csv", kind: .acknowledgement)
    try await ledger.fetchReply(id, "ack")
    for (wrong, code) in [
      (never, LedgerError.Code.illegalTransition), (elsewhere, .conflict), (ReturnID(rawValue: 99), .notFound),
    ] {
      let error = await ledgerError {
        try await ledger.replies.acknowledge(
          id,
          outcomes: [
            (return: sent, accepted: true, reference: nil, rejectedRows: 0, why: nil),
            (return: wrong, accepted: true, reference: nil, rejectedRows: 0, why: nil),
          ])
      }
      #expect(error?.code == code)
      #expect(try await ledger.deliveries.summary(of: sent).state == .delivered, "nothing of it was kept")
    }
    #expect(await ledgerError { try await ledger.replies.acknowledge(id, outcomes: []) }?.code == .conflict)
    #expect(try await ledger.replies.detail(id).summary.state == .fetched)
    let otherSchool = try await ledger.claimReply(
      "ACK_2.csv", kind: .acknowledgement, school: LedgerBench.otherSchool)
    try await ledger.fetchReply(otherSchool, "ack 2")
    let error = await ledgerError {
      try await ledger.replies.acknowledge(
        otherSchool, outcomes: [(return: sent, accepted: true, reference: nil, rejectedRows: 0, why: nil)])
    }
    #expect(error?.code == .conflict)
  }

  /// A pack was withdrawn from the desk, and somebody had taken it to the authority nevertheless.
  @Test(arguments: [true, false]) func theWordOnAWithdrawnPackIsTaken(isAccepted: Bool) async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let pack = try await ledger.queuedReturn("one", publication: .desk)
    try await ledger.deliver(pack)
    try await ledger.returns.withdraw(pack, by: somebody, why: "wrong year")
    let id = try await ledger.claimReply("ACK_1.csv", kind: .acknowledgement)
    try await ledger.fetchReply(id, "ack")
    try await ledger.replies.acknowledge(
      id, outcomes: [(return: pack, accepted: isAccepted, reference: "LA-7", rejectedRows: 0, why: nil)])
    let detail = try await ledger.returns.detail(pack)
    #expect(detail.summary.state == (isAccepted ? .accepted : .rejected))
    #expect(detail.summary.lastProblem == "it was withdrawn, but the authority has it")
    #expect(detail.receipts.last?.kind == .authority && detail.receipts.last?.reply == id)
    let event = try #require(try await ledger.overview.history(of: "\(pack)").last)
    #expect(event.text.hasPrefix("\(pack) for sefton: withdrawn → \(detail.summary.state.name)"))
    #expect(event.text.hasSuffix("; it was withdrawn, but the authority has it"))
    // Said again, it is still so; of what never went, no word is taken.
    #expect(try await ledger.apply(.collected, to: pack) == [])
    #expect(try await ledger.deliveries.summary(of: pack).lastProblem != nil)
    let never = try await ledger.queuedReturn("two", cohort: Cohort(stage: .y13, leavingYear: 2026))
    try await ledger.returns.withdraw(never, by: somebody, why: nil)
    #expect(
      await ledgerError { try await ledger.apply(.acknowledged(.accepted), to: never) }?.code == .illegalTransition)
    #expect(try await ledger.audit().problems == [])
  }

  // MARK: Pupils

  @Test func identifiersPointToPupils() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let uln = Synthetic.uln(1)
    let former = Synthetic.upn(50)
    let export = try await ledger.readExport(
      "export",
      [
        (Synthetic.record(0, upn: Synthetic.upn(0)), .clear),
        (Synthetic.record(1, upn: Synthetic.upn(1), uln: uln, [.formerUPN: former]), .clear),
        (Synthetic.record(2, upn: Synthetic.upn(2), uln: Synthetic.uln(2)), .clear),
        (Synthetic.record(3, upn: Synthetic.upn(3), uln: Synthetic.uln(2)), .clear),
      ])
    let pupils = try await ledger.pupils(of: export)
    let zero = try #require(pupils[2])
    let one = try #require(pupils[3])
    func find(_ upn: String?, _ uln: String? = nil) async throws -> PupilLookup {
      try await ledger.replies.pupil(
        school: LedgerBench.school, upn: upn.map { try UPN($0) }, uln: uln.map { try ULN($0) })
    }
    #expect(try await find(Synthetic.upn(0)) == .one(zero, by: "upn"))
    #expect(try await find(former) == .one(one, by: "former-upn"))
    #expect(try await find(nil, uln) == .one(one, by: "uln"))
    #expect(try await find(Synthetic.upn(9), uln) == .one(one, by: "uln"), "an unknown UPN is no contradiction")
    #expect(try await find(Synthetic.upn(1), uln) == .one(one, by: "upn"))
    #expect(try await find(Synthetic.upn(0), uln) == .several, "two identifiers, two pupils")
    #expect(try await find(nil, Synthetic.uln(2)) == .several, "one identifier, two pupils")
    #expect(try await find(Synthetic.upn(9)) == .none)
    #expect(try await find(nil) == .none)
    #expect(try await ledger.replies.identity(of: one)[.dateOfBirth] == Synthetic.record(1)[.dateOfBirth])
    #expect(await ledgerError { _ = try await ledger.replies.identity(of: PupilID(rawValue: 99)) }?.code == .notFound)
  }

  @Test func theNewestRowOfAPupilIsFound() async throws {
    let bench = try LedgerBench()
    let ledger = try await bench.openWithSchools()
    let upn = Synthetic.upn(0)
    let export = try await ledger.readExport(
      "one", [(Synthetic.record(0, upn: upn, [.intendedDestination: "1"]), .clear)])
    let pupil = try #require(try await ledger.pupils(of: export)[2])
    _ = try await ledger.readExport(
      "two",
      [
        (Synthetic.record(0, upn: upn, [.intendedDestination: "2"]), .clear),
        (Synthetic.record(0, upn: upn, [.intendedDestination: "3"]), .merged(into: 2)),
      ])
    #expect(try await ledger.replies.newestRecord(of: pupil)?[.intendedDestination] == "2")
    let missing = PupilID(rawValue: 99)
    #expect(await ledgerError { _ = try await ledger.replies.newestRecord(of: missing) }?.code == .notFound)
  }
}
