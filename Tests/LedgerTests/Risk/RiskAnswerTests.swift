// What rows of a sheet of risk come to: who may be confirmed, by whom, and what an old sheet can no longer do.

import GRDB
import Leavers
import Testing

@testable import Ledger

@Suite("Answers in a sheet of risk") struct RiskAnswerTests {
  private let bench: LedgerBench
  private let ledger: Ledger

  init() async throws {
    bench = try LedgerBench()
    ledger = try await bench.openWithSchools()
  }

  private static let school = LedgerBench.school
  /// The day that the clock of the bench shows.
  private static let today = LondonTime.day(of: Timestamp(milliseconds: 1_782_475_200_000))

  private func pupil(_ number: Int = 1, born: CalendarDate? = nil, sharing: String? = "YES") async throws -> PupilID {
    let birth = (born ?? Self.today.adding(days: -6000)).description
    let record = Synthetic.record(number, upn: Synthetic.upn(number), sharing: sharing, [.dateOfBirth: birth])
    let export = try await ledger.readExport("export \(number) \(birth) \(sharing ?? "")", [(record, .clear)])
    return try #require(try await ledger.pupils(of: export)[2])
  }

  private func standing(_ pupil: PupilID, school: SchoolID = school) async throws -> RiskStanding? {
    try await ledger.register.riskStandings(school: school)[pupil]
  }

  private func key(_ pupil: PupilID) async throws -> String { try #require(try await standing(pupil)).key }

  private func apply(
    _ decision: RegisterDecision, _ key: String, shown: LeaverRecord = LeaverRecord(), decidedBy: String = "",
    coversUnderThirteen: Bool = false, by person: Person = somebody, school: SchoolID = school
  ) async throws -> AnswerOutcome {
    let answer = RiskAnswer(
      key: key, shown: shown, decision: decision, decidedBy: decidedBy, coversUnderThirteen: coversUnderThirteen)
    return try await ledger.store.write { try $0.apply(.risk(answer), school: school, by: person) }
  }

  private func decisions(_ pupil: PupilID) async throws -> [RegisterDecision] {
    try await ledger.register.entries(of: pupil).all.map(\.decision)
  }

  private func enter(_ decision: RegisterDecision, _ pupil: PupilID, on day: CalendarDate = today) async throws {
    try await ledger.register.enter(
      decision, about: pupil, decidedOn: day,
      particulars: RegisterParticulars(decidedBy: "mother", how: "letter", recordedBy: somebody))
  }

  // MARK: Entered

  @Test func anAnswerIsAnEntryOfTheRegisterAndInForceAtOnce() async throws {
    let pupil = try await pupil()
    #expect(try await apply(.riskReferred, key(pupil)) == .done("entered as D1"))
    let record = try #require(try await standing(pupil)?.decided.first)
    #expect(record.entry.decision == .riskReferred && record.entry.scope == .all)
    #expect(record.entry.decidedOn == Self.today)
    #expect(record.particulars.decidedBy == somebody.name && record.particulars.recordedBy == somebody)
    #expect(record.particulars.how == "sheet of risk")
    let register = try #require(try await ledger.register.standings(school: Self.school)[pupil])
    #expect(register.towards(AuthorityID(unchecked: "sefton"), .riskOfNEET).risk == .riskReferred)
    #expect(try await ledger.audit().isClean)
  }

  @Test func whatIsConfirmedCanBeTakenBackAndConfirmedAgainOnOneDay() async throws {
    let pupil = try await pupil()
    for decision: RegisterDecision in [.riskConfirmed, .riskWithdrawn, .riskConfirmed] {
      #expect(try await !apply(decision, key(pupil)).isRefused)
    }
    #expect(try await decisions(pupil) == [.riskConfirmed, .riskWithdrawn, .riskConfirmed])
    #expect(try await standing(pupil)?.decided.map(\.entry.decision) == [.riskConfirmed])
  }

  @Test func thatSomebodyIsNotAtRiskIsKeptWhereNobodyConfirmed() async throws {
    let pupil = try await pupil()
    #expect(try await apply(.riskWithdrawn, key(pupil)) == .done("entered as D1"))
    let register = try #require(try await standing(pupil)).register
    #expect(register.towards(AuthorityID(unchecked: "sefton"), .riskOfNEET).risk == nil)
  }

  @Test func theSameAnswerAgainEntersNothing() async throws {
    let pupil = try await pupil()
    let old = try await key(pupil)
    _ = try await apply(.riskConfirmed, old)
    #expect(try await apply(.riskConfirmed, old) == .unchanged("in the register already (D1)"))
    #expect(try await apply(.riskConfirmed, key(pupil)) == .unchanged("in the register already (D1)"))
    #expect(try await decisions(pupil) == [.riskConfirmed])
  }

  /// Of one authority alone is not of all.
  @Test func aConfirmationForOneAuthorityIsNotTheSame() async throws {
    let pupil = try await pupil()
    try await ledger.register.enter(
      .riskConfirmed, about: pupil, scope: RegisterScope(authority: AuthorityID(unchecked: "sefton")),
      decidedOn: Self.today,
      particulars: RegisterParticulars(decidedBy: "A. Head", how: "register", recordedBy: somebody))
    #expect(try await apply(.riskConfirmed, key(pupil)) == .done("entered as D2"))
  }

  // MARK: Old sheets

  @Test(arguments: [RegisterDecision.sharingRefused, .deceased, .riskWithdrawn, .riskReferred, .doNotContact])
  func aRowFromBeforeAnotherDecisionIsRefused(_ since: RegisterDecision) async throws {
    let pupil = try await pupil()
    let old = try await key(pupil)
    try await enter(since, pupil)
    let outcome = try await apply(.riskConfirmed, old)
    #expect(outcome.isRefused && outcome.words.hasPrefix("something was decided about this pupil after the sheet"))
    #expect(try await decisions(pupil) == [since])
  }

  @Test func aRowFromBeforeAnExportRefusedIsRefused() async throws {
    let pupil = try await pupil()
    let old = try await key(pupil)
    #expect(try await self.pupil(sharing: "NO") == pupil)
    #expect(try await apply(.riskConfirmed, old).isRefused)
    #expect(try await !apply(.riskConfirmed, key(pupil)).isRefused, "in the newest sheet, which says so, it may be")
  }

  /// A newer export that says nothing else of sharing, a decision about somebody else, and one whose day has not come
  /// leave the row what it was.
  @Test func whatChangesNothingOfThePupilLeavesTheRow() async throws {
    let pupil = try await pupil()
    let old = try await key(pupil)
    #expect(try await self.pupil(sharing: "SNR") == pupil)
    try await enter(.sharingRefused, try await self.pupil(2))
    try await enter(.sharingRefused, pupil, on: Self.today.adding(days: 3))
    #expect(try await apply(.riskConfirmed, old) == .done("entered as D3"))
  }

  @Test func aDecisionWhoseDayHasComeMakesTheRowAnOldOne() async throws {
    let pupil = try await pupil()
    try await enter(.sharingRefused, pupil, on: Self.today.adding(days: 3))
    let old = try await key(pupil)
    bench.clock.advance(by: .seconds(4 * 86_400))
    #expect(try await apply(.riskConfirmed, old).isRefused)
  }

  // MARK: Whom a row is about

  @Test func aKeyOfNobodyDoesNothing() async throws {
    let pupil = try await pupil()
    for key in ["k00000000000000000000", "k0 k0", "", " "] {
      #expect(try await apply(.riskConfirmed, key).words.hasPrefix("this row is of no pupil of this school"))
    }
    let other = try await apply(.riskConfirmed, key(pupil), school: LedgerBench.otherSchool)
    #expect(other.words.hasPrefix("this row is of no pupil of this school"))
    // Half a key tells who it is, and not what the person saw.
    let half = try #require(try await key(pupil).split(separator: " ").first)
    #expect(try await apply(.riskConfirmed, String(half)).words.hasPrefix("something was decided"))
    #expect(try await decisions(pupil).isEmpty)
  }

  @Test func aRowThatShowsAnotherPupilIsRefused() async throws {
    let pupil = try await pupil()
    let twin = LeaverRecord([.legalSurname: "Surname1", .legalForename: "Somebody"])
    #expect(try await apply(.riskConfirmed, key(pupil), shown: twin).words.hasPrefix("the row shows another pupil"))
    let same = LeaverRecord([.legalSurname: "surname1", .legalForename: "FORENAME1"])
    #expect(try await !apply(.riskConfirmed, key(pupil), shown: same).isRefused)
  }

  @Test func nobodyStandsThereWhoDiedAndNobodyOfAnotherSchool() async throws {
    let (pupil, other) = (try await pupil(), try await pupil(2))
    try await enter(.deceased, pupil)
    #expect(try await standing(pupil) == nil)
    #expect(try await standing(other) != nil)
    #expect(try await standing(other, school: LedgerBench.otherSchool) == nil)
  }

  // MARK: Who may be named, and by whom

  @Test func nobodyUnderThirteenIsConfirmedWithoutABasis() async throws {
    let (year, month, day) = (Self.today.year, Self.today.month, Self.today.day)
    let thirteenToday = try #require(CalendarDate(year: year - 13, month: month, day: day))
    let younger = try await pupil(1, born: thirteenToday.adding(days: 1))
    let old = try await pupil(2, born: thirteenToday)
    for decision: RegisterDecision in [.riskConfirmed, .riskReferred] {
      #expect(try await apply(decision, key(younger)).words.hasPrefix("the pupil is under 13"))
    }
    #expect(try await decisions(younger).isEmpty)
    #expect(try await apply(.riskConfirmed, key(old)) == .done("entered as D1"), "13 on this very day")
    #expect(try await apply(.riskConfirmed, key(younger), coversUnderThirteen: true) == .done("entered as D2"))
    #expect(try await apply(.riskWithdrawn, key(younger)) == .done("entered as D3"), "to take back needs no basis")
  }

  @Test func onlyANamedPersonConfirms() async throws {
    let pupil = try await pupil()
    let nameless = try await apply(.riskConfirmed, key(pupil), by: .somebodyAtTheDesk)
    #expect(nameless.words.hasPrefix("nobody can tell whose file this is"))
    #expect(try await decisions(pupil).isEmpty)
    #expect(
      try await apply(.riskConfirmed, key(pupil), decidedBy: "A. Head", by: .somebodyAtTheDesk)
        == .done("entered as D1"))
    let said = try #require(try await standing(pupil)?.decided.first).particulars
    #expect(said.decidedBy == "A. Head" && said.recordedBy == .somebodyAtTheDesk)
    #expect(try await !apply(.riskWithdrawn, key(pupil), by: .somebodyAtTheDesk).isRefused, "it tells less")
  }

  @Test func whatIsErasedIsNotEnteredAgain() async throws {
    let pupil = try await pupil()
    let old = try await key(pupil)
    try await ledger.store.write { transaction in
      let row = try #require(try transaction.row("SELECT key FROM pupil WHERE id = ?", [pupil.rawValue]))
      try transaction.destroyKey(row["key"])
    }
    #expect(try await apply(.riskConfirmed, old).words.hasPrefix("this pupil's data was erased"))
  }
}
