// The register in the ledger: what rows of its sheet come to, what is kept for pupils who are not known yet, and what is sealed.

import FoundationEssentials
import GRDB
import Leavers
import Testing

@testable import Ledger

@Suite("RegisterLedger") struct RegisterLedgerTests {
  private let bench: LedgerBench
  private let ledger: Ledger

  init() async throws {
    bench = try LedgerBench()
    ledger = try await bench.openWithSchools()
  }

  private static let school = LedgerBench.school
  /// The day that the clock of the bench shows.
  private static let today = LondonTime.day(of: Timestamp(milliseconds: 1_782_475_200_000))

  /// The pupil of a record, who is sixteen on the day before yesterday.
  private func pupil(_ number: Int = 1, born: String = "2010-03-04", sharing: String? = "YES") async throws -> PupilID {
    let record = Synthetic.record(number, upn: Synthetic.upn(number), sharing: sharing, [.dateOfBirth: born])
    let export = try await ledger.readExport("export \(number) \(born)", [(record, .clear)])
    return try #require(try await ledger.pupils(of: export)[2])
  }

  private static func answer(
    _ decision: RegisterDecision, _ pupil: PupilID?, on day: CalendarDate = today.adding(days: -2),
    key: String? = nil, scope: RegisterScope = .all, by person: String = "the young person", how: String = "letter",
    note: String? = nil, given: LeaverRecord = LeaverRecord([.legalSurname: "Newcomer", .legalForename: "Pat"])
  ) -> RegisterAnswer {
    RegisterAnswer(
      key: key, given: given, pupil: pupil, action: .enter(decision), scope: scope, decidedOn: day, decidedBy: person,
      how: how, note: note)
  }

  private func apply(_ answer: RegisterAnswer, school: SchoolID = school) async throws -> AnswerOutcome {
    try await ledger.store.write { try $0.apply(answer, school: school, by: somebody) }
  }

  private func decisions(_ pupil: PupilID) async throws -> [RegisterDecision] {
    try await ledger.register.entries(of: pupil).all.map(\.decision)
  }

  private func key(_ pupil: PupilID) async throws -> String {
    try #require(try await ledger.register.standing(school: Self.school).last { $0.pupil == pupil }).key
  }

  // MARK: Entering

  @Test func aRowIsEnteredOnce() async throws {
    let pupil = try await pupil()
    let refused = Self.answer(.sharingRefused, pupil, note: "in her own hand")
    #expect(try await apply(refused) == .done("entered as D1"))
    #expect(try await apply(refused) == .unchanged("in the register already (D1)"))
    let record = try #require(try await ledger.register.standing(school: Self.school).first)
    #expect(record.entry.decision == .sharingRefused && record.entry.scope == .all)
    #expect(record.particulars.decidedBy == "the young person" && record.particulars.how == "letter")
    #expect(record.particulars.age == 16, "on the day of the decision")
    #expect(record.particulars.note == "in her own hand" && record.particulars.recordedBy == somebody)
    #expect(record.identity[.legalSurname] == "Surname1")
    #expect("\(record)" == "RegisterRecord(D1 about \(pupil), redacted)")
    // More is known of it: another entry, which is newer by its recording.
    #expect(try await apply(Self.answer(.sharingRefused, pupil, how: "form")) == .done("entered as D2"))
    #expect(try await ledger.register.standing(school: Self.school).map(\.entry.id.rawValue) == [2])
    #expect(try await ledger.audit().isClean)
  }

  /// A sheet that lies on the desk for months is put back with all its rows.
  @Test func aRowOfAnOlderSheetThatContradictsANewerDecisionIsRefused() async throws {
    let pupil = try await pupil()
    _ = try await apply(Self.answer(.sharingRefused, pupil, on: Self.today.adding(days: -20)))
    let key = try await key(pupil)
    _ = try await apply(Self.answer(.refusalWithdrawn, pupil, on: Self.today.adding(days: -5)))
    let asItWas = Self.answer(.sharingRefused, pupil, on: Self.today.adding(days: -20), key: key)
    #expect(try await apply(asItWas) == .unchanged("in the register already (D1)"))
    let changed = Self.answer(.sharingRefused, pupil, on: Self.today.adding(days: -10), key: key)
    let day = Self.today.adding(days: -5)
    #expect(
      try await apply(changed)
        == .refused(
          "a newer decision stands (D2: sharing refusal withdrawn, of \(day)); if this one came after it, give its date"
        ))
    let sameDay = Self.answer(.sharingRefused, pupil, on: day, key: key)
    #expect(try await apply(sameDay).isRefused)
    // In a row of its own it came later on that day.
    #expect(try await !apply(Self.answer(.sharingRefused, pupil, on: day)).isRefused)
    #expect(try await decisions(pupil) == [.sharingRefused, .refusalWithdrawn, .sharingRefused])
  }

  @Test func aWithdrawalNeedsADateOfItsOwn() async throws {
    let pupil = try await pupil()
    let day = Self.today.adding(days: -2)
    _ = try await apply(Self.answer(.sharingRefused, pupil, on: day))
    let key = try await key(pupil)
    #expect(
      try await apply(Self.answer(.refusalWithdrawn, pupil, on: day, key: key))
        == .refused("the date is still that of “sharing refused”; give the date of the new decision"))
    #expect(try await apply(Self.answer(.refusalWithdrawn, pupil, on: day.adding(days: -1))).isRefused, "it is older")
    #expect(try await apply(Self.answer(.refusalWithdrawn, pupil, on: Self.today, key: key)) == .done("entered as D2"))
  }

  @Test func aRowIsAboutThePupilThatItWasAbout() async throws {
    let (one, other) = (try await pupil(1), try await pupil(2))
    _ = try await apply(Self.answer(.doNotContact, one))
    let moved = Self.answer(.mayBeContacted, other, on: Self.today, key: try await key(one))
    #expect(try await apply(moved).isRefused)
    // Of the other school nothing is known here, and of its keys neither.
    #expect(try await apply(Self.answer(.deceased, one), school: LedgerBench.otherSchool).isRefused)
    #expect(try await decisions(other).isEmpty)
  }

  @Test func whatMakesNoSenseIsRefused() async throws {
    let pupil = try await pupil()
    let sefton = RegisterScope(authority: ScopeEntry.sefton.authority)
    #expect(try await apply(Self.answer(.addressProtected, pupil, scope: sefton)).isRefused)
    #expect(try await apply(Self.answer(.deceased, pupil, on: Self.today.adding(days: 1))).isRefused)
    let beforeBirth = try #require(CalendarDate(iso: "2009-01-01"))
    #expect(try await apply(Self.answer(.doNotContact, pupil, on: beforeBirth)).isRefused)
    let drop = RegisterAnswer(
      given: LeaverRecord(), pupil: pupil, action: .drop, decidedOn: Self.today, decidedBy: "", how: "")
    #expect(try await apply(drop).isRefused)
    #expect(try await decisions(pupil).isEmpty)
    #expect(try await !apply(Self.answer(.sharingRefused, pupil, scope: sefton)).isRefused)
  }

  // MARK: Who decides

  @Test func fromSixteenTheYoungPersonDecides() async throws {
    let pupil = try await pupil()
    // What protects holds whoever said it, and what does not needs the one whose it is.
    let outcome = try await apply(Self.answer(.sharingRefused, pupil, by: "mother"))
    #expect(
      outcome
        == .done(
          "entered as D1; it holds, but the pupil was 16 by then, and from 16 the young person decides: ask them"))
    #expect(try await apply(Self.answer(.refusalWithdrawn, pupil, on: Self.today, by: "mother")).isRefused)
    #expect(try await !apply(Self.answer(.refusalWithdrawn, pupil, on: Self.today)).isRefused)
    let younger = try await self.pupil(2, born: "2012-01-01")
    #expect(try await apply(Self.answer(.trackingConsented, younger)).isRefused)
    #expect(try await !apply(Self.answer(.trackingConsented, younger, by: "Father")).isRefused)
  }

  @Test func aWithdrawalThatTheExportsContradictSaysSo() async throws {
    let pupil = try await pupil(sharing: "NO")
    let outcome = try await apply(Self.answer(.refusalWithdrawn, pupil))
    guard case .done(let words) = outcome else {
      Issue.record("it is entered")
      return
    }
    #expect(words.contains("the school's exports still refuse sharing"))
  }

  // MARK: Pupils who are not known yet

  private static let newcomer = LeaverRecord([
    .legalSurname: "Newcomer", .legalForename: "Pat", .dateOfBirth: "2010-05-05",
  ])

  @Test func aDecisionAboutSomebodyUnknownIsKeptUntilTheyAreSeen() async throws {
    let answer = Self.answer(.sharingRefused, nil, given: Self.newcomer)
    #expect(try await apply(answer).isRefused)
    #expect(try await apply(answer).isRefused, "still")
    let waiting = try await ledger.register.pending(school: Self.school)
    #expect(waiting.count == 1 && waiting[0].given == Self.newcomer && waiting[0].decision == .sharingRefused)
    #expect(try await ledger.overview.todo().map(\.code) == [.registerOpen])
    let pupil = try await pupil()
    try await ledger.register.settle(waiting[0], about: pupil)
    try await ledger.register.settle(waiting[0], about: pupil)
    #expect(try await decisions(pupil) == [.sharingRefused], "once")
    #expect(try await ledger.register.pending(school: Self.school).isEmpty)
    #expect(try await ledger.overview.todo().isEmpty)
    #expect(try await apply(answer) == .unchanged("in the register already (D1)"))
    #expect(try bench.integer("SELECT count(*) FROM wrapped_key WHERE destroyed_at IS NOT NULL") == 1)
    #expect(try await ledger.audit().isClean)
  }

  @Test func whatWaitsIsCorrectedOrDropped() async throws {
    _ = try await apply(Self.answer(.sharingRefused, nil, given: Self.newcomer))
    let first = try #require(try await ledger.register.pending(school: Self.school).first)
    let asItWas = Self.answer(.sharingRefused, nil, key: first.key, given: Self.newcomer)
    #expect(try await apply(asItWas) == .unchanged("it still waits for an export that names the pupil"))
    // Another name, who is nobody either.
    var other = Self.newcomer
    other[.legalForename] = "Sam"
    #expect(try await apply(Self.answer(.sharingRefused, nil, key: first.key, given: other)).isRefused)
    let second = try #require(try await ledger.register.pending(school: Self.school).first)
    #expect(second.given == other)
    // Now somebody.
    let pupil = try await pupil()
    #expect(
      try await apply(Self.answer(.sharingRefused, pupil, key: second.key, given: other)) == .done("entered as D1"))
    #expect(try await ledger.register.pending(school: Self.school).isEmpty)
    // Nobody of ours.
    _ = try await apply(Self.answer(.deceased, nil, given: Self.newcomer))
    let third = try #require(try await ledger.register.pending(school: Self.school).first)
    let drop = RegisterAnswer(
      key: third.key, given: Self.newcomer, pupil: nil, action: .drop, decidedOn: Self.today, decidedBy: "", how: "")
    #expect(try await apply(drop) == .done("dropped: it is about nobody of this school"))
    #expect(try await ledger.register.pending(school: Self.school).isEmpty)
    #expect(try await !apply(Self.answer(.deceased, nil, given: Self.newcomer)).isRefused, "dropped stays dropped")
  }

  @Test func aRowThatSaysNothingOfWhomIsNotKept() async throws {
    #expect(try await apply(Self.answer(.deceased, nil, given: LeaverRecord())).isRefused)
    #expect(try await ledger.register.pending(school: Self.school).isEmpty)
  }

  // MARK: What is sealed, and what stays

  @Test func nothingPersonalStandsInClear() async throws {
    let pupil = try await pupil()
    _ = try await apply(Self.answer(.sharingRefused, pupil, by: "CANARY-WHO", how: "CANARY-HOW", note: "CANARY-NOTE"))
    let given = LeaverRecord([.legalSurname: "CANARY-NAME", .upn: Synthetic.upn(9)])
    _ = try await apply(Self.answer(.deceased, nil, by: "CANARY-WHO", given: given))
    for entry in try await ledger.overview.log(after: 0, limit: 1000) {
      #expect(!entry.text.contains("CANARY") && !"\(entry.details.exposed)".contains("CANARY"))
    }
    #expect(try await ledger.overview.todo().allSatisfy { !$0.text.contains("CANARY") })
    ledger.close()
    for file in try bench.files() {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(bench.state)/\(file)"))
      #expect(bytes.firstRange(of: Data("CANARY".utf8)) == nil, Comment(rawValue: file))
    }
  }

  @Test func theLogTellsByPseudonym() async throws {
    let pupil = try await pupil()
    _ = try await apply(Self.answer(.sharingRefused, pupil))
    let history = try await ledger.overview.history(of: "\(pupil)")
    #expect(
      history.map(\.text) == [
        "D1 about \(pupil) of school 3414787: sharing refused, for all, of \(Self.today.adding(days: -2))"
      ])
  }

  @Test func anEntryIsNeverChangedNorDeleted() async throws {
    let pupil = try await pupil()
    _ = try await apply(Self.answer(.sharingRefused, pupil))
    _ = try await apply(Self.answer(.deceased, nil, given: Self.newcomer))
    ledger.close()
    for statement in [
      "UPDATE register_entry SET decision = 'refusal-withdrawn'", "DELETE FROM register_entry",
      "DELETE FROM register_pending", "UPDATE register_pending SET decision = 'not-deceased'",
      """
      INSERT INTO register_entry (school, pupil, decision, decided_on, recorded_at, sealed)
      SELECT '\(LedgerBench.otherSchool)', pupil, decision, decided_on, recorded_at, sealed FROM register_entry
      """,
    ] {
      #expect(throws: DatabaseError.self, Comment(rawValue: statement)) { try bench.tamper(statement) }
    }
  }

  /// With the triggers dropped, as whoever can write the file can do.
  @Test(arguments: [
    "UPDATE register_entry SET decision = 'refusal-withdrawn'", "UPDATE register_entry SET authority = 'wirral'",
    "UPDATE register_entry SET decided_on = '2099-01-01'", "DELETE FROM register_entry",
    """
    INSERT INTO register_entry (school, pupil, decision, decided_on, recorded_at, sealed)
    SELECT school, pupil, 'refusal-withdrawn', decided_on, recorded_at, sealed FROM register_entry
    """,
  ]) func whoChangesTheRegisterFromOutsideIsFound(statement: String) async throws {
    _ = try await apply(Self.answer(.sharingRefused, pupil()))
    #expect(try await ledger.audit().isClean)
    let trigger = try #require(try text("SELECT sql FROM sqlite_master WHERE name = 'register_entry_is_fixed'"))
    let other = try #require(try text("SELECT sql FROM sqlite_master WHERE name = 'register_entry_stays'"))
    try bench.tamper(
      "DROP TRIGGER register_entry_is_fixed", "DROP TRIGGER register_entry_stays", statement, trigger, other)
    let problems = try await ledger.audit().problems
    #expect(!problems.isEmpty && problems.allSatisfy { $0.contains("register") }, "\(problems)")
  }

  private func text(_ sql: String) throws -> String? {
    let queue = try DatabaseQueue(path: bench.state + "/ledger.sqlite")
    defer { try? queue.close() }
    return try queue.read { try String.fetchOne($0, sql: sql) }
  }

  // MARK: Sending

  @Test(arguments: [RegisterDecision.deceased, .addressProtected, .sharingRefused]) func whatIsQueuedWaits(
    decision: RegisterDecision
  ) async throws {
    let id = try await ledger.queuedReturn(clear: 3)
    let pupil = try #require(try await ledger.returns.detail(id).rows.first?.pupil)
    _ = try await apply(Self.answer(decision, pupil))
    #expect(try await ledger.deliveries.summary(of: id).state == .waiting(.objection))
    // Nobody's release lets it go.
    try await ledger.returns.release(id, by: somebody, why: nil)
    #expect(try await ledger.apply(.started, to: id).isEmpty)
    #expect(try await ledger.deliveries.summary(of: id).state == .waiting(.objection))
  }

  /// Of a return of which nobody noted what its rows tell, any may tell how to contact the pupil, where it has such a field.
  @Test func anOlderReturnThatMayTellHowToContactWaits() async throws {
    let plain = try await ledger.queuedReturn("plain", clear: 1)
    let pupil = try #require(try await ledger.returns.detail(plain).rows.first?.pupil)
    _ = try await apply(Self.answer(.doNotContact, pupil))
    #expect(try await ledger.deliveries.summary(of: plain).state == .queued)
    let export = try await ledger.readExport("phones", clear: 1)
    try await ledger.returns.setScope(export, [.wirral])
    let draft = try await ledger.draft(export, .wirral)
    let made = try await ledger.render(draft, rows: [2])
    let rendered = RenderedReturn(
      id: made.id, object: made.object, fileName: made.fileName, rows: made.rows,
      fields: [(field: .phone, tier: .possession, full: true)], next: .queued)
    try await ledger.returns.decide(
      export, authority: ScopeEntry.wirral.authority, kind: ScopeEntry.wirral.kind,
      decision: ScopeDecision(
        returns: [rendered], fates: [(row: 2, fate: .sent(draft.id, .full))], exclusions: [], abandoned: []))
    #expect(try await ledger.deliveries.objections(in: draft.id).reasons == "not to be contacted")
    #expect(try await ledger.apply(.started, to: draft.id).isEmpty)
  }

  @Test func whatBeganBeforeIsAskedAgainBeforeItGoesOn() async throws {
    let id = try await ledger.queuedReturn()
    try await ledger.apply(.started, to: id)
    let pupil = try #require(try await ledger.returns.detail(id).rows.first?.pupil)
    _ = try await apply(Self.answer(.deceased, pupil))
    #expect(try await ledger.deliveries.summary(of: id).state == .sending)
    try await ledger.apply(.restarted, .started, to: id)
    #expect(try await ledger.deliveries.summary(of: id).state == .waiting(.objection))
  }
}
