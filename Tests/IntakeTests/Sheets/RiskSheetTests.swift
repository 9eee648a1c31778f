// The sheet of risk on the desk: who stands in it and in which order, what answers do, and when it goes.

import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import Intake

@Suite("The sheet of risk on the desk") struct RiskSheetTests {
  private let yard: Yard
  private let station: IntakeStation

  private static let policy = RiskPolicy(
    weights: [
      RiskPolicy.Weight(
        condition: FieldCondition(field: .senProvision, test: .isOneOf(["E"])), score: 3, indicator: "EHC plan"),
      RiskPolicy.Weight(
        condition: FieldCondition(field: .intendedDestination, test: .isOneOf(["511"])), score: 2, indicator: "no plan"),
    ],
    bands: [.init(name: "substantial", from: 4), .init(name: "additional", from: 2), .init(name: "light", from: 1)])
  private static let plan = ["SEN Status": "E"]
  private static let undecided = ["Intended Destination": "511"]

  /// The authority of the fixture, which names no basis for pupils under 13 unless it is given here.
  private static func authority(underThirteen: String? = nil) -> AuthorityProfile {
    var authority = Recipes.authority("sefton", "Sefton", 343, required: [.legalSurname])
    authority.agreements = [
      Agreement(
        kinds: [.riskOfNEET], basis: .publicTask, reference: "DSA-1", from: Fixture.day.adding(days: -9),
        until: Fixture.day.adding(days: 900), coversSpecial: false, parentInFloor: false, underThirteen: underThirteen)
    ]
    return authority
  }

  init() async throws {
    yard = try Yard(exportsAre: .partial, authorities: [Self.authority()]) { $0.schools[0].risk = Self.policy }
    station = try await yard.station()
  }

  private func export(_ rows: [[String: String]], _ name: String = "a.csv") async throws {
    try yard.drop(name, Fixture.export(rows))
    try await yard.run(station)
  }

  /// Three of whom something counts, and one of whom nothing does.
  private func exportOfFour() async throws {
    try await export([
      Fixture.row(0, Self.undecided), Fixture.row(1), Fixture.row(2, Self.plan.merging(Self.undecided) { $1 }),
      Fixture.row(3, Self.plan),
    ])
  }

  private func sheet(_ name: String = RiskSheet.name) throws -> [UInt8] {
    let bytes = yard.outBytes("sheets/\(name)")
    try #require(!bytes.isEmpty, "the sheet lies on the desk")
    return bytes
  }

  private func rows(_ bytes: [UInt8]) throws -> [[String]] {
    let rows = try LooseTable.tables(of: bytes).first?.rows ?? []
    let width = rows.map(\.count).max() ?? 0
    return rows.map { $0 + Array(repeating: "", count: width - $0.count) }
  }

  /// A column of all rows below the headings.
  private func column(_ heading: String, _ bytes: [UInt8]? = nil) throws -> [String] {
    let rows = try rows(try bytes ?? sheet())
    let place = try #require(rows[0].firstIndex(of: heading))
    return rows.dropFirst().map { $0[place] }
  }

  /// The sheet as a person saves it who answered: surname → answer.
  private func filled(_ answers: [String: String], by name: String? = nil) throws -> [UInt8] {
    let rows = try rows(try sheet())
    var edits = SheetEdits()
    for (surname, answer) in answers {
      let index = try #require(rows.firstIndex { $0.contains(surname) }, "a row with \(surname)")
      let place = try #require(rows[0].firstIndex(of: RiskSheet.Heading.decision))
      var texts = [place + 1: answer]
      texts[place + 2] = name
      edits.rows[index + 1] = SheetEdits.Row(texts: texts)
    }
    return try WorkbookEditor.edit(try sheet(), sheet: 1, edits).bytes
  }

  /// What became of the rows, by surname.
  private func put(_ bytes: [UInt8], _ base: String = "back") async throws -> [String: [String]] {
    try yard.drop("\(base).xlsx", bytes)
    try await yard.run(station)
    let checked = try rows(yard.outBytes("\(base).checked.xlsx"))
    return Dictionary(uniqueKeysWithValues: checked.dropFirst().map { ($0[1], Array($0.suffix(2))) })
  }

  private func surname(_ number: Int) -> String { Fixture.row(number)["Legal Surname"] ?? "" }

  private func entries() async throws -> [RegisterRecord] {
    try await yard.ledger().register.standing(school: yard.school.id)
  }

  // MARK: Who stands in it

  @Test func thoseWhomTheWeightsNameStandInItMostPointsFirst() async throws {
    try await exportOfFour()
    #expect(try rows(try sheet())[0][0] == SheetKind.risk.keyHeading)
    #expect(try column("Surname") == [2, 3, 0].map(surname))
    #expect(try column(RiskSheet.Heading.points) == ["5", "3", "2"])
    #expect(try column(RiskSheet.Heading.band) == ["substantial", "additional", "additional"])
    #expect(try column(RiskSheet.Heading.indicators) == ["EHC plan (3); no plan (2)", "EHC plan (3)", "no plan (2)"])
    for heading in [RiskSheet.Heading.decided, RiskSheet.Heading.lookAt, RiskSheet.Heading.decision] {
      #expect(try column(heading).allSatisfy(\.isEmpty), "nothing is filled in")
    }
    #expect(try await entries().isEmpty, "a suggestion is no decision")
  }

  @Test func pupilsOfOnePointNumberStandByName() async throws {
    try await export([3, 0, 2].map { Fixture.row($0, Self.plan) })
    #expect(try column("Surname") == [0, 2, 3].map(surname))
  }

  @Test func theSchoolSaysFromWhichBandOnItLooks() async throws {
    let station = try await yard.station(configuration: yard.configuration { $0.risk?.suggestsFrom = "substantial" })
    try yard.drop(
      "a.csv", Fixture.export([Fixture.row(0, Self.plan), Fixture.row(1, Self.plan.merging(Self.undecided) { $1 })]))
    try await yard.run(station)
    #expect(try column("Surname") == [surname(1)])
  }

  @Test func aSchoolWithoutWeightsHasNone() async throws {
    let station = try await yard.station(configuration: yard.configuration { $0.risk = nil })
    try yard.drop("a.csv", Fixture.export([Fixture.row(0, Self.plan)]))
    try await yard.run(station)
    #expect(yard.outBytes("sheets/\(RiskSheet.name)").isEmpty)
  }

  /// Whoever was decided about stays in view when the weights name the pupil no longer, and how it was decided with them.
  @Test func whoWasDecidedAboutStaysInIt() async throws {
    try await exportOfFour()
    _ = try await put(filled([surname(3): "confirm"], by: "A. Head"))
    try await export([Fixture.row(3)], "b.csv")
    #expect(try column("Surname") == [2, 0, 3].map(surname))
    #expect(try column(RiskSheet.Heading.points).last == "0" && column(RiskSheet.Heading.band).last == "none")
    #expect(try column(RiskSheet.Heading.decided).last == "risk of NEET confirmed, by A. Head on 10 Jun 2026")
  }

  @Test func nobodyStandsInItWhoDied() async throws {
    try await exportOfFour()
    let pupil = try #require(
      try await yard.ledger().exports.roll(of: yard.school.id, before: ExportID(rawValue: .max))
        .first { $0.record[.legalSurname] == surname(2) })
    try await yard.ledger().register.enter(
      .deceased, about: pupil.pupil, decidedOn: Fixture.day,
      particulars: RegisterParticulars(
        decidedBy: "the school", how: "telephone", recordedBy: Person(name: "j.doe", known: "file owner")))
    try await yard.run(station)
    #expect(try column("Surname") == [3, 0].map(surname))
  }

  /// What became of them is asked in another sheet; what was decided of one stays in view.
  @Test func whoIsMissingFromAFullExportIsNotSuggested() async throws {
    let station = try await yard.station(configuration: yard.configuration { $0.exportsAre = .full })
    let ledger = try await yard.ledger()
    func full(_ name: String, _ numbers: [Int]) async throws {
      try yard.drop(name, Fixture.export(numbers.map { Fixture.row($0, Self.plan) }))
      try await yard.run(station)
      let export = try #require(try await yard.exports().last)
      try await ledger.returns.setScope(export.id, [])
      try await ledger.returns.finish(export.id, extent: .full)
      try await yard.run(station)
    }
    try await full("a.csv", [0, 1, 2, 3])
    try yard.drop("back.xlsx", try filled([surname(3): "confirm"]))
    try await yard.run(station)
    try await full("b.csv", [0, 1])
    #expect(try column("Surname") == [0, 1, 3].map(surname))
    #expect(try column(RiskSheet.Heading.lookAt) == ["", "", "Not in the newest export"])
    try await full("c.csv", [0, 1, 2, 3])
    #expect(try column("Surname") == [0, 1, 2, 3].map(surname), "there again")
    #expect(try column(RiskSheet.Heading.lookAt).allSatisfy(\.isEmpty))
  }

  // MARK: Answers

  @Test func eachAnswerIsAnEntryAndABlankIsNone() async throws {
    try await exportOfFour()
    let outcomes = try await put(filled([surname(2): "Refer", surname(0): "not at risk"]))
    #expect(outcomes[surname(2)] == ["done", "entered as D1"] && outcomes[surname(0)] == ["done", "entered as D2"])
    #expect(outcomes[surname(3)] == ["", ""])
    let made = Dictionary(uniqueKeysWithValues: try await entries().map { ($0.identity[.legalSurname], $0) })
    #expect(made.count == 2 && made[surname(2)]?.entry.decision == .riskReferred)
    #expect(made[surname(0)]?.entry.decision == .riskWithdrawn)
    #expect(made[surname(2)]?.particulars.recordedBy.known == "file owner")
    #expect(made[surname(2)]?.entry.decidedOn == Fixture.day)
    #expect(try await yard.exports().count == 1, "a sheet of risk is no export")
    // The sheet shows it, and the row there can be answered again.
    #expect(try column(RiskSheet.Heading.decided)[0].hasPrefix("risk of NEET confirmed, referred for support, by "))
    #expect(try await put(filled([surname(2): "not at risk"]), "later")[surname(2)] == ["done", "entered as D3"])
    #expect(try await yard.ledger().audit().isClean)
  }

  @Test func aSheetThatIsPutBackTwiceEntersNothingTwice() async throws {
    try await exportOfFour()
    let once = try filled([surname(2): "confirm"])
    _ = try await put(once)
    try yard.drop("copy.xlsx", once)
    try await yard.run(station)
    // Saved anew by another program.
    let saved = try CSVWriter.bytes(of: try rows(once), in: CSVDialect(delimiter: .semicolon))
    try yard.drop("mine.csv", saved)
    try await yard.run(station)
    let checked = try rows(yard.outBytes("mine.checked.csv"))
    #expect(checked.first { $0[1] == surname(2) }?.suffix(2) == ["nothing to do", "in the register already (D1)"])
    #expect(try await entries().count == 1)
  }

  /// An objection came while the sheet lay with somebody.
  @Test func aRowOfAPupilWhoStandsOtherwiseSinceIsNotTaken() async throws {
    try await exportOfFour()
    let old = try filled([surname(2): "confirm", surname(3): "confirm"])
    try await export([Fixture.row(2, ["YSSA": "No", "SEN Status": "E"])], "objection.csv")
    let outcomes = try await put(old)
    #expect(outcomes[surname(2)]?.first == "not done")
    #expect(outcomes[surname(2)]?.last?.hasPrefix("something was decided about this pupil after the sheet") == true)
    #expect(outcomes[surname(3)] == ["done", "entered as D1"], "the others count")
    #expect(try column(RiskSheet.Heading.lookAt).first { !$0.isEmpty }?.hasPrefix("Sharing was refused") == true)
  }

  @Test(arguments: [("confirmed", "the decision is none of"), ("confirm", "the hidden first column")])
  func aMistakeStandsBesideItsRow(_ word: String, _ words: String) async throws {
    try await exportOfFour()
    var bytes = try filled([surname(2): word])
    if words.contains("hidden") {
      bytes = try WorkbookEditor.edit(bytes, sheet: 1, SheetEdits(rows: [2: SheetEdits.Row(texts: [1: ""])])).bytes
    }
    let outcomes = try await put(bytes)
    #expect(outcomes[surname(2)]?.first == "not done" && outcomes[surname(2)]?.last?.hasPrefix(words) == true)
    #expect(try await entries().isEmpty)
  }

  @Test func aRowOfAnotherSheetIsNobodys() async throws {
    try await exportOfFour()
    let rows = try rows(try sheet())
    var edits = SheetEdits()
    edits.rows[2] = SheetEdits.Row(texts: [
      1: "k00000000000000000000 k00000000000000000000",
      (rows[0].firstIndex(of: RiskSheet.Heading.decision) ?? 0) + 1: "confirm",
    ])
    let outcomes = try await put(WorkbookEditor.edit(try sheet(), sheet: 1, edits).bytes)
    #expect(outcomes[surname(2)]?.last?.hasPrefix("this row is of no pupil of this school") == true)
  }

  /// Sorted by one column only, the hidden keys stand beside other pupils.
  @Test func aKeyBesideAnotherPupilIsNotBelieved() async throws {
    try await exportOfFour()
    var rows = try rows(try filled([surname(2): "confirm", surname(3): "refer"]))
    (rows[1][0], rows[2][0]) = (rows[2][0], rows[1][0])
    try yard.drop("sorted.csv", try CSVWriter.bytes(of: rows, in: .standard))
    try await yard.run(station)
    #expect(try await entries().isEmpty)
    let checked = try self.rows(yard.outBytes("sorted.checked.csv"))
    #expect(checked[1...2].allSatisfy { $0.last?.hasPrefix("the row shows another pupil") == true })
  }

  // MARK: Under 13

  @Test(arguments: [("11/06/2013", true), ("10/06/2013", false)])
  func nobodyUnderThirteenIsConfirmedWithoutABasis(_ born: String, _ isUnder: Bool) async throws {
    try await export([Fixture.row(0, Self.plan.merging(["Date of Birth": born]) { $1 })])
    #expect(try column(RiskSheet.Heading.lookAt)[0].hasPrefix("Not to be confirmed: under 13") == isUnder)
    let outcome = try #require(try await put(filled([surname(0): "refer"]))[surname(0)])
    #expect(outcome.first == (isUnder ? "not done" : "done"))
    #expect(outcome.last?.hasPrefix("the pupil is under 13") == isUnder)
    #expect(try await entries().count == (isUnder ? 0 : 1))
  }

  @Test func whereAnAgreementNamesTheBasisTheyMayBeConfirmed() async throws {
    var configuration = yard.configuration
    configuration.authorities = [Self.authority(underThirteen: "by the parents' consent")]
    let station = try await yard.station(configuration: configuration)
    try yard.drop("a.csv", Fixture.export([Fixture.row(0, Self.plan.merging(["Date of Birth": "11/06/2013"]) { $1 })]))
    try await yard.run(station)
    #expect(try column(RiskSheet.Heading.lookAt) == [""])
    try yard.drop("back.xlsx", try filled([surname(0): "confirm"]))
    try await yard.run(station)
    #expect(try await entries().map(\.entry.decision) == [.riskConfirmed])
  }

  // MARK: As things stand

  @Test func itIsWrittenAnewWhenTheSuggestionsChangeAndNeverOverSomebodysWork() async throws {
    try await exportOfFour()
    let theirs = try filled([surname(2): "confirm"])
    try yard.folder.write("\(Fixture.laestab)/desk/out/sheets/\(RiskSheet.name)", theirs)
    try await export([Fixture.row(1, Self.plan)], "b.csv")
    #expect(try sheet() == theirs)
    #expect(try column("Surname", sheet("Risk of NEET (2).xlsx")) == [2, 1, 3, 0].map(surname))
    #expect(try await entries().isEmpty, "what lies in out is no answer")
  }

  @Test func whereNobodyIsToBeLookedAtThereIsNoneAndOneThatLayThereGoes() async throws {
    try await export([Fixture.row(0)])
    #expect(yard.outBytes("sheets/\(RiskSheet.name)").isEmpty)
    try await export([Fixture.row(0, Self.plan)], "b.csv")
    #expect(try rows(try sheet()).count == 2)
    // A year later the cohort has left.
    let keep = Duration.seconds(90 * 86_400)
    let station = try await yard.station(configuration: yard.configuration { $0.deskKeep = keep })
    yard.clock.advance(by: .seconds(100 * 86_400))
    try await yard.run(station)
    #expect(try rows(try sheet()).count == 1)
    yard.clock.advance(by: keep + .seconds(60))
    try await yard.run(station)
    #expect(yard.outBytes("sheets/\(RiskSheet.name)").isEmpty)
  }

  @Test func thePageNamesItAndSaysWhatToDo() async throws {
    try await exportOfFour()
    let page = String(decoding: yard.outBytes(DeskPage.name), as: UTF8.self)
    #expect(page.contains("sheets/Risk of NEET.xlsx</a> <span class=\"by\">(Sheet of risk)</span>"))
    #expect(
      page.contains("<strong>Sheet of risk</strong>: Pupils whom the school")
        && page.contains("A blank decides nothing"))
    #expect(!page.contains("Zzsurname"))
    #expect(DeskFileKind("sheets/Risk of NEET (2).xlsx") == .risk && DeskFileKind("sheets/Words.xlsx") == .sheet)
  }

  /// Killed after each step: each answer is entered once.
  @Test(arguments: ["I3", "I5", "I6 temporary", "I6 renamed", "I6"])
  func aCrashAnywhereLosesNoAnswer(_ place: String) async throws {
    try await exportOfFour()
    try yard.drop("x.xlsx", try filled([surname(2): "confirm"]))
    let crashing = try await yard.station(step: { if $0 == place { throw Crash() } })
    await #expect(throws: Crash.self) { try await yard.run(crashing) }
    yard.crash()
    try await yard.run(try await yard.station())
    #expect(try await entries().map(\.entry.decision) == [.riskConfirmed])
  }
}
