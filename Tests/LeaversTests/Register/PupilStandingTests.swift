// Which decisions of the register stand on which day.

import Leavers
import Testing

struct PupilStandingTests {
  private static let sefton = AuthorityID(unchecked: "sefton")
  private static let wirral = AuthorityID(unchecked: "wirral")

  private static func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(iso: text)) }

  private static func entry(
    _ id: Int64, _ decision: RegisterDecision, _ on: String, _ scope: RegisterScope = .all
  ) throws -> RegisterEntry {
    RegisterEntry(id: RegisterEntryID(rawValue: id), decision: decision, scope: scope, decidedOn: try day(on))
  }

  private static func refuses(
    _ entries: [RegisterEntry], on: String = "2026-12-31", _ authority: AuthorityID = sefton,
    _ kind: ReturnKind = .intendedDestinations
  ) throws -> Bool {
    PupilStanding(entries, on: try day(on)).towards(authority, kind).refusesSharing
  }

  @Test func theNewestByTheDayOfTheDecisionStands() throws {
    let refused = try Self.entry(1, .sharingRefused, "2026-09-01")
    let withdrawn = try Self.entry(2, .refusalWithdrawn, "2026-10-01")
    #expect(try Self.refuses([refused]))
    #expect(try !Self.refuses([refused, withdrawn]))
    // Recorded later, decided before: a withdrawal must be younger than the refusal.
    let older = try Self.entry(3, .refusalWithdrawn, "2026-08-31")
    #expect(try Self.refuses([refused, older]))
    #expect(try Self.refuses([older, refused]), "the order in which they are given says nothing")
  }

  @Test func onOneDayTheOneThatWasRecordedLaterStands() throws {
    let refused = try Self.entry(1, .sharingRefused, "2026-09-01")
    #expect(try !Self.refuses([refused, Self.entry(2, .refusalWithdrawn, "2026-09-01")]))
    #expect(
      try Self.refuses([Self.entry(3, .sharingRefused, "2026-09-01"), Self.entry(2, .refusalWithdrawn, "2026-09-01")]))
  }

  @Test func aDecisionWaitsForItsDay() throws {
    let refused = try Self.entry(1, .sharingRefused, "2026-09-02")
    #expect(try !Self.refuses([refused], on: "2026-09-01"))
    #expect(try Self.refuses([refused], on: "2026-09-02"))
  }

  @Test func aRefusalToOneAuthorityAndKindIsNoneToOthers() throws {
    let scoped = try Self.entry(
      1, .sharingRefused, "2026-09-01", RegisterScope(authority: Self.sefton, kind: .intendedDestinations))
    #expect(try Self.refuses([scoped]))
    #expect(try !Self.refuses([scoped], Self.wirral))
    #expect(try !Self.refuses([scoped], Self.sefton, .confirmedDestinations))
    // Withdrawn towards one only.
    let all = try Self.entry(2, .sharingRefused, "2026-09-01")
    let one = try Self.entry(3, .refusalWithdrawn, "2026-09-05", RegisterScope(authority: Self.sefton))
    #expect(try !Self.refuses([all, one]))
    #expect(try Self.refuses([all, one], Self.wirral))
    #expect(try !Self.refuses([scoped, Self.entry(4, .refusalWithdrawn, "2026-09-06")]))
  }

  @Test func topicsDoNotMeddleWithOneAnother() throws {
    let standing = PupilStanding(
      [
        try Self.entry(1, .addressProtected, "2026-01-01"), try Self.entry(2, .mayBeContacted, "2026-01-02"),
        try Self.entry(3, .trackingConsented, "2026-01-03"), try Self.entry(4, .refusalWithdrawn, "2026-01-04"),
      ], on: try Self.day("2026-02-01"))
    let towards = standing.towards(Self.sefton, .earlyLeavers)
    #expect(
      towards == PupilStanding.TowardsAuthority(protectsAddress: true, consentsToTracking: true))
    #expect(!standing.isDeceased)
  }

  @Test func aDeathThatWasEnteredByMistakeIsTakenBack() throws {
    let died = try Self.entry(1, .deceased, "2026-01-01")
    #expect(PupilStanding([died], on: try Self.day("2026-01-01")).isDeceased)
    #expect(
      !PupilStanding([died, try Self.entry(2, .notDeceased, "2026-01-01")], on: try Self.day("2026-01-01")).isDeceased)
  }

  @Test func whatANewerOneMadeVoidIsNotListed() throws {
    let entries = [
      try Self.entry(1, .sharingRefused, "2026-09-01"),
      try Self.entry(2, .refusalWithdrawn, "2026-09-05", RegisterScope(authority: Self.sefton)),
      try Self.entry(3, .sharingRefused, "2026-09-07", RegisterScope(authority: Self.sefton)),
      try Self.entry(4, .refusalWithdrawn, "2026-12-01"),
    ]
    let today = try Self.day("2026-10-01")
    #expect(PupilStanding.standing(of: entries, on: today).map(\.id.rawValue) == [1, 3, 4])
    #expect(PupilStanding.standing(of: entries, on: try Self.day("2026-12-01")).map(\.id.rawValue) == [4])
  }

  // MARK: Records

  @Test func aRefusalStandsOverAConsentAndOverNoAnswer() {
    let refuses = PupilStanding.TowardsAuthority(refusesSharing: true)
    #expect(LeaverRecord([.sharing: "YES"]).under(refuses)[.sharing] == "NO")
    #expect(LeaverRecord().under(refuses)[.sharing] == "NO")
    #expect(LeaverRecord([.sharing: "UNS"]).under(refuses)[.sharing] == "UNS")
    #expect(LeaverRecord([.sharing: "perhaps"]).under(refuses)[.sharing] == "perhaps", "held for that")
    #expect(LeaverRecord([.sharing: "NO"]).under(PupilStanding.TowardsAuthority())[.sharing] == "NO")
  }

  @Test func whoIsNotToBeContactedCannotBe() {
    let record = LeaverRecord([
      .legalSurname: "Example", .phone: "01514960101", .email: "a@example.org", .parentName: "Parent",
      .parentAddress: "1 Street", .addressLine1: "1 Street",
    ])
    let told = record.under(PupilStanding.TowardsAuthority(isNotToBeContacted: true))
    #expect(told.fields == [.legalSurname, .addressLine1])
    #expect(record.under(PupilStanding.TowardsAuthority(protectsAddress: true))[.protectedAddress] == "Y")
  }

  // MARK: Who decides

  @Test func fromSixteenTheYoungPersonDecides() {
    let parent = DecidingPerson(words: "Mother")
    let pupil = DecidingPerson(words: "the young person")
    #expect(parent == .parent && pupil == .youngPerson)
    #expect(RegisterAge.objection(to: .sharingRefused, by: parent, age: 16) != nil)
    #expect(RegisterAge.objection(to: .sharingRefused, by: parent, age: 15) == nil)
    #expect(RegisterAge.objection(to: .trackingConsented, by: pupil, age: 15) != nil)
    #expect(RegisterAge.objection(to: .trackingConsented, by: pupil, age: 16) == nil)
    #expect(RegisterAge.objection(to: .sharingRefused, by: parent, age: nil) == nil, "nobody can tell")
    #expect(RegisterAge.objection(to: .addressProtected, by: parent, age: 17) == nil, "nobody's age matters")
    #expect(DecidingPerson(words: "young person and mother") == .other)
    #expect(DecidingPerson(words: "Mrs Example") == .other)
  }
}
