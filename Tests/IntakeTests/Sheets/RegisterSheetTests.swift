// The register on the desk: filled in, put back, as a workbook and as a text, and decisions about pupils who come later.

import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import Intake

@Suite("The register on the desk") struct RegisterSheetTests {
  private let yard: Yard
  private let station: IntakeStation

  init() async throws {
    yard = try Yard(exportsAre: .partial)
    station = try await yard.station()
  }

  private static let headings = [
    "UPN", "Admission number", "Legal surname", "Legal forename", "Date of birth", "Decision", "Date of decision",
    "Who decided", "How", "Scope", "Note",
  ]

  private func csv(_ rows: [[String]], _ headings: [String] = headings) throws -> [UInt8] {
    try CSVWriter.bytes(of: [headings] + rows, in: .standard)
  }

  /// A row about the pupil of a row of the fixture.
  private func row(
    _ number: Int, _ decision: String, on day: String = "01/06/2026", by: String = "mother", how: String = "letter",
    scope: String = "", note: String = "", upn: Bool = true
  ) -> [String] {
    let pupil = Fixture.row(number)
    return [
      upn ? pupil["UPN"] ?? "" : "", "", pupil["Legal Surname"] ?? "", pupil["Legal Forename"] ?? "",
      pupil["Date of Birth"] ?? "", decision, day, by, how, scope, note,
    ]
  }

  private func export(_ count: Int, _ name: String = "a.csv", _ changes: [String: String] = [:]) async throws {
    try yard.drop(name, Fixture.export((0..<count).map { Fixture.row($0, changes) }))
    try await yard.run(station)
  }

  private func put(_ bytes: [UInt8], _ name: String = "register.csv") async throws -> [[String]] {
    try yard.drop(name, bytes)
    try await yard.run(station)
    let base = String(name.split(separator: ".")[0])
    let checked = yard.out().filter { $0.hasPrefix(base + ".checked") }.sorted()
    return try LooseTable.tables(of: yard.outBytes(try #require(checked.last))).first?.rows ?? []
  }

  private func entries() async throws -> [RegisterRecord] {
    try await yard.ledger().register.standing(school: yard.school.id)
  }

  /// A row was copied, the copy written over with a twin, and a date of the first cannot be read.
  @Test func aCopyOfARowThatIsAMistakeSettlesNothing() async throws {
    try await export(1)
    func row(_ forename: String, _ day: String) -> [String] {
      ["", "", "Newcomer", forename, "05/05/2010", "sharing refused", day, "mother", "letter", "", ""]
    }
    _ = try await put(csv([row("Anna", "01/06/2026")]))
    let key = try #require(try await yard.ledger().register.pending(school: yard.school.id).first).key
    let rows = [[key] + row("Anna", "one day"), [key] + row("Beth", "01/06/2026")]
    let checked = try await put(csv(rows, [SheetKind.register.keyHeading] + Self.headings), "copied.csv")
    #expect(checked[1].last?.hasPrefix("the date of the decision cannot be read") == true)
    let waiting = try await yard.ledger().register.pending(school: yard.school.id)
    #expect(waiting.compactMap { $0.given[.legalForename] } == ["Anna", "Beth"])
  }

  // MARK: Taken in

  @Test func aTextOfTheSchoolsOwnMakingIsTheRegister() async throws {
    try await export(3)
    let order = [" date of DECISION", "Who  decided", "decision", "How", "upn"]
    let checked = try await put(
      csv([["1 June 2026", "the pupil", "Sharing Refused", "letter", Fixture.upns[1]]], order))
    #expect(checked[1].suffix(2) == ["done", "entered as D1"])
    let record = try #require(try await entries().first)
    #expect(record.entry.decision == .sharingRefused && record.entry.decidedOn.description == "2026-06-01")
    #expect(record.identity[.upn] == Fixture.upns[1])
    #expect(record.particulars.decidedBy == "the pupil" && record.particulars.recordedBy.known == "file owner")
    #expect(record.particulars.age == 16)
    #expect(try await yard.exports().count == 1, "a register is no export")
  }

  @Test func pupilsAreFoundByNameAndDateOfBirthToo() async throws {
    try await export(3)
    let checked = try await put(
      csv([row(0, "do not contact", upn: false), row(2, "deceased", by: "", how: "", upn: false)]))
    #expect(checked.dropFirst().map { $0.suffix(2).first } == ["done", "done"])
    #expect(try await entries().map(\.entry.decision) == [.doNotContact, .deceased])
  }

  @Test(arguments: [
    (6, "the decision is missing"), (7, "the date of the decision is missing"), (8, "say who decided"),
    (9, "say who decided"),
  ])
  func aRowThatLacksSomethingIsRefused(_ column: Int, _ words: String) async throws {
    try await export(1)
    var given = row(0, "sharing refused")
    given[column - 1] = ""
    let checked = try await put(csv([given]))
    #expect(checked[1].contains("not done") && checked[1].last?.hasPrefix(words) == true)
    #expect(try await entries().isEmpty)
  }

  @Test(arguments: [
    ("objects", "01/06/2026", "", "the decision is none of those"),
    ("sharing refused", "06-2026", "", "the date of the decision cannot be read"),
    ("sharing refused", "01/06/2026", "Atlantis", "the scope is neither"),
    ("address protected", "01/06/2026", "early-leavers", "“address protected” holds for all"),
  ])
  func aMistakeStandsBesideItsRow(_ decision: String, _ day: String, _ scope: String, _ words: String) async throws {
    try await export(1)
    let checked = try await put(csv([row(0, decision, on: day, scope: scope)]))
    #expect(checked[1].contains("not done") && checked[1].last?.hasPrefix(words) == true)
  }

  @Test func aScopeIsAnAuthorityAKindOrBoth() throws {
    let authority = AuthorityProfile(
      id: AuthorityID(unchecked: "sefton"), name: "Sefton Council", laCode: try LACode("343"), gss: "E08000014",
      recipient: RecipientID(unchecked: "career-connect"), evidence: .illustrative, agreements: [],
      acknowledges: .never, sendTo: "", collectFrom: "", returns: [], replies: [], contact: nil, file: "sefton.yaml")
    let scopes = RegisterScopes([authority])
    let sefton = authority.id
    let cases: [(String, RegisterScope?)] = [
      ("", .all), ("All", .all), ("sefton", RegisterScope(authority: sefton)),
      ("SEFTON council", RegisterScope(authority: sefton)), ("Early leavers", RegisterScope(kind: .earlyLeavers)),
      ("Sefton Council: early-leavers", RegisterScope(authority: sefton, kind: .earlyLeavers)), ("Wirral", nil),
    ]
    for (text, expected) in cases {
      #expect((try? scopes.read(text).get()) == expected, Comment(rawValue: text))
    }
    for scope in cases.compactMap(\.1) where scope != .all {
      #expect((try? scopes.read(scope.words).get()) == scope, "as the sheet writes it")
    }
  }

  // MARK: The sheet

  private func sheet() throws -> [UInt8] {
    let bytes = yard.outBytes("sheets/\(RegisterSheet.name)")
    try #require(!bytes.isEmpty)
    return bytes
  }

  @Test func theSheetListsWhatStandsAndTakesWhatIsNew() async throws {
    try await export(3)
    _ = try await put(csv([row(1, "sharing refused", note: "until summer")]))
    let rows = try #require(try LooseTable.tables(of: sheet()).first?.rows)
    #expect(rows[0][0] == "leaverlink register" && Array(rows[0][1...11]) == Self.headings)
    #expect(rows[1][1] == Fixture.upns[1] && rows[1][6] == "sharing refused" && rows[1][11] == "until summer")
    #expect(rows[1][12] == "16")
    #expect(try await put(sheet(), "as-it-was.xlsx")[1].suffix(2) == ["nothing to do", "in the register already (D1)"])
    // With a new row under it, saved by another program.
    let pupil = row(2, "Tracking consent given", by: "young person", how: "form")
    let filled = try CSVWriter.bytes(of: rows + [[""] + pupil], in: CSVDialect(delimiter: .semicolon))
    let checked = try await put(filled, "mine.csv")
    #expect(checked[1].suffix(2) == ["nothing to do", "in the register already (D1)"])
    #expect(checked[2].suffix(2) == ["done", "entered as D2"])
    // An older sheet does not bring back what was taken back since.
    _ = try await put(csv([row(1, "sharing refusal withdrawn", on: "05/06/2026", by: "young person")]), "later.csv")
    var stale = rows
    stale[1][7] = "03/06/2026"
    let refused = try await put(CSVWriter.bytes(of: stale, in: .standard), "stale.csv")
    #expect(refused[1].contains("not done") && refused[1].last?.hasPrefix("a newer decision stands (D3") == true)
  }

  @Test func aDecisionThatIsWipedOutIsNotTakenBack() async throws {
    try await export(3)
    _ = try await put(csv([row(1, "sharing refused")]))
    let wiped = try WorkbookEditor.edit(try sheet(), sheet: 1, SheetEdits(rows: [2: SheetEdits.Row(texts: [7: ""])]))
    let checked = try await put(wiped.bytes, "wiped.xlsx")
    #expect(checked[1].last?.hasPrefix("what is in the register is never taken out") == true)
    #expect(try await entries().count == 1)
  }

  // MARK: Pupils who come later

  @Test func aDecisionAboutSomebodyUnknownTakesEffectWithTheExportThatNamesThem() async throws {
    try await export(1)
    let checked = try await put(csv([row(2, "sharing refused")]))
    #expect(checked[1].contains("not done") && checked[1].last?.hasPrefix("nobody, or more than one") == true)
    let ledger = try await yard.ledger()
    #expect(try await ledger.overview.todo().contains { $0.code == .registerOpen })
    let rows = try #require(try LooseTable.tables(of: sheet()).first?.rows)
    #expect(rows[1][1] == Fixture.upns[2] && rows[1][6] == "sharing refused", "the sheet lists it")
    try await export(3, "b.csv")
    #expect(try await ledger.register.pending(school: yard.school.id).isEmpty)
    let newest = try #require(try await yard.exports().last)
    // Read and not yet decided: it will be decided under the refusal.
    let row = try #require(try await ledger.returns.rows(of: newest.id).last)
    #expect(row.standing.towards(AuthorityID(unchecked: "sefton"), .intendedDestinations).refusesSharing)
    #expect(try await ledger.audit().isClean)
  }

  @Test func itIsEnteredOnceHoweverOftenTheReadingIsKilled() async throws {
    try await export(1)
    _ = try await put(csv([row(2, "deceased", by: "", how: "")]))
    try yard.drop("b.csv", Fixture.export((0..<3).map { Fixture.row($0) }))
    for _ in 0..<2 {
      let crashing = try await yard.station(step: { if $0 == "I4" { throw Crash() } })
      await #expect(throws: Crash.self) { try await yard.run(crashing) }
      yard.crash()
    }
    try await yard.run(try await yard.station())
    #expect(try await entries().map(\.entry.decision) == [.deceased])
  }

  @Test func whatWaitsForNobodyOfOursIsDropped() async throws {
    try await export(1)
    _ = try await put(csv([row(2, "sharing refused")]))
    let filled = try WorkbookEditor.edit(
      try sheet(), sheet: 1, SheetEdits(rows: [2: SheetEdits.Row(texts: [7: RegisterSheet.notOurs])])
    ).bytes
    let checked = try await put(filled, "mine.xlsx")
    #expect(checked[1].suffix(2) == ["done", "dropped: it is about nobody of this school"])
    try await export(3, "b.csv")
    #expect(try await entries().isEmpty)
  }
}
