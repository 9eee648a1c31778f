// A careers lead's own words, from the sheet that she keeps to codes and providers: by files on the desk alone.

import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import Intake

@Suite("Words on the desk") struct WordsOnTheDeskTests {
  private let yard: Yard
  private let station: IntakeStation

  init() async throws {
    yard = try Yard(exportsAre: .partial) { try ShippedWords.add(to: &$0) }
    station = try await yard.station()
  }

  private static let texts = ["Hugh Baird – bricks", "6th form here", "app w/ uncle", "Carmel?"]
  private static let columns = Fixture.columns.filter { $0 != "Intended Destination" }

  /// Takes a file in, and decides it as a later station would, for no authority.
  private func takeIn(_ name: String, _ bytes: [UInt8]) async throws {
    try yard.drop(name, bytes)
    try await yard.run(station)
    try await decideAll()
  }

  private func decideAll() async throws {
    let ledger = try await yard.ledger()
    for export in try await ledger.exports.inState(.read) {
      try await ledger.returns.setScope(export.id, [])
      try await ledger.returns.finish(export.id)
    }
    try await yard.run(station)
  }

  /// The pupils from the management information system, and the careers lead's sheet about them.
  private func careersSheet() async throws {
    let rows = (0..<4).map { Fixture.row($0) }
    try await takeIn("mis.csv", Fixture.export(rows, columns: Self.columns))
    var table = [["Surname", "First Name", "D.O.B.", "Form", "Destination"]]
    for (row, text) in zip(rows, Self.texts) {
      table.append([row["Legal Surname"] ?? "", row["Legal Forename"] ?? "", row["Date of Birth"] ?? "", "11A", text])
    }
    try await takeIn("Y11 plans.csv", try CSVWriter.bytes(of: table, in: CSVDialect(byteOrderMark: true)))
  }

  private func record(_ number: Int) async throws -> LeaverRecord {
    let newest = try #require(try await yard.exports().last)
    let rows = try await yard.ledger().returns.rows(of: newest.id)
    return try #require(rows.first { $0.record[.upn] == Fixture.upns[number] }).record
  }

  /// The sheet that lies on the desk, each row with all its cells.
  private func sheet(_ yard: Yard? = nil) throws -> [[String]] {
    let bytes = (yard ?? self.yard).outBytes("sheets/\(WordsSheet.name)")
    try #require(!bytes.isEmpty, "the sheet of words lies on the desk")
    return try LooseTable.tables(of: bytes).first?.rows.map { $0 + Array(repeating: "", count: max(0, 11 - $0.count)) }
      ?? []
  }

  /// The sheet of words as a person saves it: word → answer, provider, course.
  private func filled(_ answers: [String: (answer: String, provider: String?, course: String?)]) throws -> [UInt8] {
    let rows = try sheet()
    var edits: [Int: SheetEdits.Row] = [:]
    for (index, row) in rows.enumerated() {
      guard row.count > 1, let given = answers[row[1]] else { continue }
      var texts = [8: given.answer]
      if let provider = given.provider { texts[9] = provider }
      if let course = given.course { texts[10] = course }
      edits[index + 1] = SheetEdits.Row(texts: texts)
    }
    #expect(edits.count == answers.count)
    return try WorkbookEditor.edit(
      yard.outBytes("sheets/\(WordsSheet.name)"), sheet: 1, SheetEdits(rows: edits)
    ).bytes
  }

  @Test func freeTextBecomesCodesAndProvidersWithoutAnybodyExportingAgain() async throws {
    try await careersSheet()
    let ledger = try await yard.ledger()
    // Undecided by us: no pupil is missing, and none has a code that nobody gave.
    for number in 0..<4 { #expect(try await record(number)[.intendedDestination] == nil) }
    let rows = try await ledger.returns.rows(of: try #require(try await yard.exports().last).id)
    #expect(rows.count == 4)
    #expect(rows.allSatisfy { $0.verdict == .clear && $0.undecided == [.intendedDestination] })

    // What is asked, with the likeliest meaning first.
    let asked = try sheet()
    #expect(asked[0].prefix(4) == ["leaverlink words", "Words", "Column", "Pupils"])
    let first = Dictionary(asked.dropFirst().map { ($0[1], $0[4]) }, uniquingKeysWith: { $1 })
    #expect(Set(first.keys) == Set(Self.texts))
    #expect(first["Hugh Baird – bricks"]?.contains("121 - ") == true)
    #expect(first["Hugh Baird – bricks"]?.contains("Hugh Baird College, course bricks (strong:") == true)
    #expect(first["6th form here"]?.hasPrefix("111 - Full-time education - same school") == true)
    #expect(first["app w/ uncle"]?.hasPrefix("211 - Apprenticeship") == true)
    #expect(first["Carmel?"]?.contains("Carmel College (fair: ") == true)
    #expect(asked.dropFirst().allSatisfy { $0[7].isEmpty }, "nothing is decided beforehand")
    #expect(asked.first { $0[1] == "Hugh Baird – bricks" }?[8...9] == ["Hugh Baird College", "bricks"])
    let checked = String(decoding: yard.outBytes("Y11 plans.checked.csv"), as: UTF8.self)
    #expect(checked.contains("Perhaps: 121 - ") && checked.contains("in the sheet of words on the desk"))
    let todo = try await ledger.overview.todo()
    #expect(todo.filter { $0.code == .wordsOpen }.map(\.subjects) == [[Fixture.laestab]])
    #expect(todo.allSatisfy { item in !Self.texts.contains { item.text.contains($0) } })

    // Said once.
    let answers = try filled([
      "Hugh Baird – bricks": ("121 - Full-time education or training - other institution", nil, nil),
      "6th form here": ("111", nil, nil), "app w/ uncle": ("211", "Zz Uncle's Garage", nil),
      "Carmel?": ("a person must ask the pupil", "", nil),
    ])
    try yard.drop("Words.xlsx", answers)
    yard.forgetEvents()
    try await yard.run(station)
    #expect(yard.told.contains(.wordsDecided))
    #expect(try await yard.exports().count == 3, "the newest export was gone through anew")
    try await decideAll()
    let bricks = try await record(0)
    #expect(bricks[.intendedDestination] == "121" && bricks[.providerName] == "Hugh Baird College")
    #expect(bricks[.course] == "bricks" && bricks[.upn] == Fixture.upns[0])
    #expect(try await record(1)[.intendedDestination] == "111")
    let apprentice = try await record(2)
    #expect(apprentice[.intendedDestination] == "211" && apprentice[.providerName] == "Zz Uncle's Garage")
    #expect(try await record(3)[.intendedDestination] == nil)
    #expect(!(try await ledger.overview.todo()).contains { $0.code == .wordsOpen })
    let findings = String(decoding: yard.outBytes("Y11 plans.findings.csv"), as: UTF8.self)
    #expect(findings.contains("L312") && findings.contains("L313") && !findings.contains("L311"))

    // Remembered: who and when stand in the sheet, and the next sheet is understood at once.
    #expect(try sheet().dropFirst().allSatisfy { $0[10].contains(" on 2026-06-10") })
    let again = Fixture.row(0)
    try await takeIn(
      "next.csv",
      Fixture.export([again.merging(["Intended Destination": "HUGH BAIRD (bricks)"]) { $1 }]))
    #expect(try await record(0)[.intendedDestination] == "121")
    #expect(try await ledger.audit().isClean)
  }

  /// The newest export is a file about somebody else: what was decided reaches the pupils that it only carries on.
  @Test func aWordOfAnOlderExportIsReadAnewToo() async throws {
    let rows = [
      Fixture.row(0, ["Intended Destination": "Carmel"]), Fixture.row(1, ["Intended Destination": "KGV, A levels"]),
    ]
    try await takeIn("mis.csv", Fixture.export(rows))
    try await takeIn("one.csv", Fixture.export([Fixture.row(2)]))
    try yard.drop("Words.xlsx", try filled(["Carmel": ("121", nil, nil)]))
    try await yard.run(station)
    try await decideAll()
    #expect(try await record(0)[.intendedDestination] == "121")
    #expect(try await record(0)[.providerName] == "Carmel College")
    #expect(try await record(1)[.intendedDestination] == nil)
    // Decided otherwise, what had been filled in goes with it.
    try yard.drop("Words 2.xlsx", try filled(["Carmel": ("nothing (leave blank)", "", nil)]))
    try await yard.run(station)
    try await decideAll()
    let left = try await record(0)
    #expect(left[.intendedDestination] == nil && left[.providerName] == nil)
    #expect(try await record(2)[.intendedDestination] == "121", "what the system says stays")
  }

  /// A person's answer about a college's name that two places have.
  @Test func aNameOfSeveralPlacesIsAQuestion() async throws {
    let row = Fixture.row(0, ["Provider Name": "Riverside Campus"])
    var export = Fixture.columns + ["Provider Name"]
    export.removeAll { $0 == "Home LA" }
    let yard = try Yard(exportsAre: .partial) { configuration in
      try ShippedWords.add(to: &configuration)
      let twins = try ["10000009", "10000010"].enumerated().map { index, ukprn in
        Provider(
          id: ProviderID(unchecked: "zz-\(index)"), name: "Riverside Campus", ukprn: try UKPRN(ukprn), kind: .feCollege)
      }
      configuration.providers = ProviderRegister([twins])
    }
    let station = try await yard.station()
    let ledger = try await yard.ledger()
    try yard.drop("mis.csv", Fixture.export([row], columns: export))
    try await yard.run(station)
    let entry = try #require(try await ledger.words.entries(school: yard.school.id).first)
    #expect(entry.field == .providerName && entry.isOpen)
    let rows = try sheet(yard)
    try #require(rows.count == 2)
    #expect(rows[1][2] == "provider name" && rows[1][4].contains("Riverside Campus (UKPRN 10000009)"))
    for export in try await ledger.exports.inState(.read) {
      try await ledger.returns.setScope(export.id, [])
      try await ledger.returns.finish(export.id)
    }
    let answered = try WorkbookEditor.edit(
      yard.outBytes("sheets/\(WordsSheet.name)"), sheet: 1,
      SheetEdits(rows: [
        2: SheetEdits.Row(texts: [8: "the provider beside", 9: "Riverside Campus (UKPRN 10000010)"])
      ])
    ).bytes
    try yard.drop("Words.xlsx", answered)
    try await yard.run(station)
    let newest = try #require(try await yard.exports().last)
    #expect(try await ledger.returns.rows(of: newest.id).first?.record[.providerUKPRN] == "10000010")
  }

  /// Killed after each step between the answer and the new reading: it is done once, and nothing is asked for ever.
  @Test(arguments: ["I5", "I6", "I4 begun", "I4"])
  func aCrashAnywhereLosesNoDecision(_ place: String) async throws {
    try await careersSheet()
    try yard.drop("Words.xlsx", try filled(["6th form here": ("111", nil, nil)]))
    let crashing = try await yard.station(step: { if $0 == place { throw Crash() } })
    await #expect(throws: Crash.self) { try await yard.run(crashing) }
    yard.crash()
    let station = try await yard.station()
    try await yard.run(station)
    #expect(try await record(1)[.intendedDestination] == "111")
    #expect(try await yard.exports().count == 3)
    #expect(try await yard.ledger().audit().isClean)
  }
}
