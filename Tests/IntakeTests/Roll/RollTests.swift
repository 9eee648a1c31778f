// What a school said before: which pupil a row is about, what is filled in, who is carried on, what is said of it.

import Leavers
import Ledger
import Profiles
import Testing

@testable import Intake

@Suite("Roll") struct RollTests {
  private var school: School {
    var school = Fixture.school()
    school.exportsAre = .partial
    return school
  }

  private static let y11 = Cohort(stage: .y11, leavingYear: 2026)

  /// Pupils of an export before, as the ledger has them.
  private func roll(_ rows: [[String: String]]) -> Roll {
    Roll(
      Fixture.examine(Fixture.export(rows)).rows.enumerated().map {
        RollEntry(
          pupil: PupilID(rawValue: Int64($0.offset + 1)), record: $0.element.record, cohort: Self.y11,
          verdict: $0.element.verdict, export: ExportID(rawValue: 1))
      })
  }

  private func examine(_ text: String, _ roll: Roll, school: School? = nil) -> Examination {
    Intake.examine(
      Array(text.utf8), school: school ?? self.school, configuration: Fixture.configuration(), day: Fixture.day,
      roll: roll)
  }

  // MARK: Who it is

  @Test func byIdentifierTheRestIsFilledIn() throws {
    let roll = roll([Fixture.row(0), Fixture.row(1)])
    let examination = examine("UPN,Intended Destination\n\(Fixture.upns[0]),111\n", roll)
    #expect(examination.fatal == nil, "a file without names will do for pupils who are known")
    let row = try #require(examination.row(2))
    #expect(row.verdict == .clear)
    #expect(row.record[.intendedDestination] == "111")
    #expect(row.record[.legalSurname] == roll.entries[0].record[.legalSurname])
    #expect(row.record[.postcode] == "L20 3DL" && row.record[.sharing] == "YES" && row.cohort == Self.y11)
  }

  @Test func byAdmissionNumberAndName() throws {
    let known = Fixture.row(0).merging(["Adno": "1234"]) { $1 }
    var map = Fixture.map
    map = HeaderMap(id: map.id, name: map.name, columns: Fixture.headings + [("Adno", .admissionNumber)], values: [:])
    var configuration = Fixture.configuration()
    configuration.headerMaps["sims"] = map
    func examine(_ text: String, _ roll: Roll) -> Examination {
      Intake.examine(Array(text.utf8), school: school, configuration: configuration, day: Fixture.day, roll: roll)
    }
    let before = Intake.examine(
      Fixture.export([known], columns: Fixture.columns + ["Adno"]), school: school, configuration: configuration,
      day: Fixture.day)
    #expect(before.rows.first?.record[.admissionNumber] == "1234")
    let roll = Roll(
      before.rows.map {
        RollEntry(
          pupil: PupilID(rawValue: 1), record: $0.record, cohort: Self.y11, verdict: .clear,
          export: ExportID(rawValue: 1))
      })
    let surname = try #require(known["Legal Surname"])
    let joined = examine("Adno,Legal Surname,Intended Destination\n1234,\(surname.uppercased()),111\n", roll)
    #expect(joined.row(2)?.record[.upn] == Fixture.upns[0])
    #expect(joined.codes(row: 2).contains("L500"))
    let other = examine("Adno,Legal Surname,Intended Destination\n1234,Somebody,111\n", roll)
    #expect(other.row(2)?.record[.upn] == nil, "a number that is one digit off is another pupil's")
    #expect(other.row(2)?.verdict == .held(.noDateOfBirth))
  }

  @Test func byNameAndDateOfBirthWithAWord() throws {
    let known = Fixture.row(0)
    let roll = roll([known, Fixture.row(1)])
    let name = "\(known["Legal Surname"] ?? ""),\(known["Legal Forename"] ?? ""),\(known["Date of Birth"] ?? "")"
    let text = "Legal Surname,Legal Forename,Date of Birth,Intended Destination\n\(name),111\n"
    let row = try #require(examine(text, roll).row(2))
    #expect(row.record[.upn] == Fixture.upns[0])
    #expect(row.findings.map(\.code.rawValue).contains("L501"))
    // Two who answer to it are nobody.
    let twins = self.roll([known, known.merging(["UPN": Fixture.upns[2], "ULN": ""]) { $1 }])
    #expect(examine(text, twins).row(2)?.record[.upn] == nil)
  }

  @Test(arguments: ["UPN", "ULN"])
  func anotherChildsIdentifierBringsNothingOfThatChild(_ identifier: String) throws {
    let known = Fixture.row(0, ["Address Line 1": "1 Old Road"])
    let text =
      "\(identifier),Legal Surname,Legal Forename,Date of Birth,Year Group\n\(known[identifier] ?? ""),Other,Child,09/09/2010,11\n"
    let examination = examine(text, roll([known]))
    let row = try #require(examination.row(2))
    #expect(row.record[.addressLine1] == nil && row.record[.postcode] == nil && row.record[.sharing] == nil)
    #expect(examination.carried.count == 1, "so that the ledger sees one pupil twice, and holds both")
    // One who changed the surname is the same.
    let married =
      "\(identifier),Legal Surname,Date of Birth\n\(known[identifier] ?? ""),Other,\(known["Date of Birth"] ?? "")\n"
    #expect(examine(married, roll([known])).row(2)?.record[.postcode] == "L20 3DL")
  }

  @Test func anotherUPNIsAnotherPupil() throws {
    let known = Fixture.row(0)
    let row = known.merging(["UPN": Fixture.upns[2]]) { $1 }
    let examination = Intake.examine(
      Fixture.export([row]), school: school, configuration: Fixture.configuration(), day: Fixture.day,
      roll: roll([known]))
    #expect(examination.carried.count == 1, "the one before is carried on")
    #expect(!examination.codes(row: 2).contains("L503"))
    let renamed = row.merging(["Former UPN": Fixture.upns[0]]) { $1 }
    let followed = Intake.examine(
      Fixture.export([renamed]), school: school, configuration: Fixture.configuration(), day: Fixture.day,
      roll: roll([known]))
    #expect(followed.carried.isEmpty && followed.codes(row: 2).contains("L503"))
  }

  // MARK: What is filled in

  private func completed(
    _ given: [Field: String], from known: [Field: String], present: Set<Field>, unread: Set<Field> = []
  ) -> LeaverRecord {
    var record = LeaverRecord(given)
    RollCompletion(present: present).complete(&record, from: LeaverRecord(known), unread: unread)
    return record
  }

  @Test func aBlankAnswerKeepsWhatTheCareersLeadSaid() {
    let known: [Field: String] = [.intendedDestination: "121", .providerName: "A College", .phone: "07700 900123"]
    let kept = completed([:], from: known, present: [.intendedDestination, .providerName, .phone])
    #expect(kept[.intendedDestination] == "121" && kept[.providerName] == "A College")
    #expect(kept[.phone] == nil, "a telephone number that the system no longer has is no longer known")
    let anew = completed([.intendedDestination: "320"], from: known, present: [.intendedDestination])
    #expect(anew[.intendedDestination] == "320" && anew[.providerName] == nil, "the college was of the older answer")
    let unread = completed([:], from: known, present: [.intendedDestination], unread: [.intendedDestination])
    #expect(unread[.intendedDestination] == nil, "something else was said, which nobody understood")
    #expect(unread[.providerName] == nil)
  }

  @Test func aRefusalOutlivesABlankCellAndAConsentDoesNot() {
    #expect(completed([:], from: [.sharing: "NO"], present: [.sharing])[.sharing] == "NO")
    #expect(completed([:], from: [.sharing: "UNS"], present: [.sharing])[.sharing] == "UNS")
    #expect(completed([:], from: [.sharing: "YES"], present: [.sharing])[.sharing] == nil)
    #expect(completed([:], from: [.sharing: "YES"], present: [])[.sharing] == "YES")
    #expect(completed([.sharing: "YES"], from: [.sharing: "NO"], present: [.sharing])[.sharing] == "YES")
    #expect(completed([:], from: [.protectedAddress: "Y"], present: [.protectedAddress])[.protectedAddress] == "Y")
  }

  @Test func anAddressIsNeverPutTogetherFromTwo() {
    let known: [Field: String] = [.addressLine1: "1 Old Road", .postcode: "L20 3DL", .homeAuthority: "343"]
    let moved = completed([.postcode: "WA10 1AA"], from: known, present: [.postcode])
    #expect(moved[.addressLine1] == nil && moved[.homeAuthority] == nil)
    let same = completed([.postcode: "L20 3DL"], from: known, present: [.postcode])
    #expect(same[.homeAuthority] == "343" && same[.addressLine1] == nil)
    #expect(completed([:], from: known, present: [])[.addressLine1] == "1 Old Road")
    #expect(completed([.homeAuthority: "342"], from: known, present: [.homeAuthority])[.postcode] == nil)
  }

  // MARK: Who is carried on

  @Test func whoIsNotInTheFileIsCarriedOn() {
    let roll = roll([Fixture.row(0), Fixture.row(1), Fixture.row(2, ["Date of Birth": ""])])
    let text = "UPN,Intended Destination\n\(Fixture.upns[0]),111\n"
    let examination = examine(text, roll)
    #expect(examination.carried.map(\.entry.pupil) == [PupilID(rawValue: 2)], "one that is held waits where it is")
    #expect(examination.carried.map(\.rowNumber) == [3])
    #expect(examination.drafts.map(\.carriedFrom) == [nil, ExportID(rawValue: 1)])
    #expect(examination.codes(row: nil).contains("L505"))
    #expect(examination.summary.rowsRead == 1 && examination.summary.carried == 1)
    // Where the school says that its exports hold all leavers, nobody is.
    #expect(examine(text, roll, school: Fixture.school()).carried.isEmpty)
  }

  @Test func anotherCohortStaysWhereItIs() {
    let old = Roll([
      RollEntry(
        pupil: PupilID(rawValue: 1), record: LeaverRecord([.upn: Fixture.upns[0], .legalSurname: "Zz"]),
        cohort: Cohort(stage: .y11, leavingYear: 2025), verdict: .clear, export: ExportID(rawValue: 1))
    ])
    let examination = Intake.examine(
      Fixture.export([Fixture.row(1)]), school: school, configuration: Fixture.configuration(), day: Fixture.day,
      roll: old)
    #expect(examination.carried.isEmpty)
  }

  // MARK: What is said of it

  @Test func whatDoesNotFitWithBeforeIsSaid() {
    let roll = roll([Fixture.row(0, ["Activity": "210"])])
    func codes(_ changes: [String: String]) -> [String] {
      Intake.examine(
        Fixture.export([Fixture.row(0, changes)]), school: school, configuration: Fixture.configuration(),
        day: CalendarDate(iso: "2026-10-10") ?? Fixture.day, roll: roll
      ).codes(row: 2)
    }
    #expect(codes(["Date of Birth": "02/04/2010"]).contains("L502"))
    #expect(!codes([:]).contains("L502"))
    #expect(codes(["Activity": "810"]).contains("L504"))
    #expect(!codes(["Activity": "220"]).contains("L504"))
  }
}

@Suite("Roll of a running station") struct RollStationTests {
  /// A refusal that came later stands, also for pupils whom an export carries on, or whose answer it has no column for.
  @Test func aRefusalIsNotTakenBackByWhatIsOnlyCarriedOn() async throws {
    let yard = try Yard(exportsAre: .partial)
    let station = try await yard.station()
    func answers(_ sharing: String) -> [UInt8] {
      Fixture.export([Fixture.row(0, ["YSSA": sharing]), Fixture.row(1, ["YSSA": sharing]), Fixture.row(3)])
    }
    func sharing(_ export: Int64) async throws -> [String?] {
      let ledger = try await yard.ledger()
      return try await ledger.returns.rows(of: ExportID(rawValue: export))
        .sorted { ($0.pupil?.rawValue ?? 0) < ($1.pupil?.rawValue ?? 0) }.prefix(2).map { $0.record[.sharing] }
    }
    for (round, answer) in ["Yes", "No", "Yes"].enumerated() {
      try yard.drop("answers-\(round).csv", answers(answer))
      try await yard.run(station)
    }
    // The third is what the first said, and took back no refusal. What follows says nothing of sharing.
    try yard.drop("sheet.csv", Array("UPN,Intended Destination\n\(Fixture.upns[0]),111\n".utf8))
    try await yard.run(station)
    #expect(try await sharing(4) == ["NO", "NO"], "completed, and carried on")
    let ledger = try await yard.ledger()
    let roll = try await ledger.exports.roll(of: yard.school.id, before: ExportID(rawValue: 9))
    #expect(roll.prefix(2).allSatisfy { $0.record[.sharing] == "NO" })
  }

  /// The management information system's export, then a sheet with two of its pupils, then a repeat of the first.
  @Test func aPartOfThePupilsTakesNobodyAway() async throws {
    let yard = try Yard(exportsAre: .partial)
    let station = try await yard.station()
    try yard.drop("all.csv", Fixture.export([Fixture.row(0), Fixture.row(1), Fixture.row(3)]))
    try await yard.run(station)
    try yard.drop("sheet.csv", Array("UPN,Intended Destination\n\(Fixture.upns[1]),111\n".utf8))
    try await yard.run(station)
    let ledger = try await yard.ledger()
    let exports = try await yard.exports()
    #expect(exports.map(\.rowsRead) == [3, 3] && exports.map(\.rowsCarried) == [0, 2])
    let rows = try await ledger.returns.rows(of: exports[1].id)
    #expect(Set(rows.compactMap(\.pupil)).count == 3)
    #expect(rows.first { $0.rowNumber == 2 }?.record[.intendedDestination] == "111")
    #expect(rows.first { $0.rowNumber == 2 }?.record[.postcode] == "L20 3DL")
    // Whoever answers to the roll is the pupil that the ledger knows.
    let roll = try await ledger.exports.roll(of: yard.school.id, before: ExportID(rawValue: 3))
    #expect(roll.map(\.pupil.rawValue) == [1, 2, 3])
    #expect(roll.allSatisfy { $0.export == exports[1].id })
    #expect(!"\(roll)".contains("Zzsurname"))
    #expect(try await ledger.audit().isClean)
  }
}
