// Sheets with a row a pupil: written with what is known, put back as an export of these pupils and no others.

import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import Intake

@Suite("Sheets of pupils") struct PupilsSheetTests {
  private let yard: Yard
  private let station: IntakeStation

  private static let authority = Recipes.authority(
    "liverpool", "Liverpool", 341, required: [.legalSurname, .dateOfBirth],
    asked: [.upn, .postcode, .intendedDestination, .guaranteeStatus, .providerUKPRN])
  private static let name = "Intended destinations Y11-2026.xlsx"

  init() async throws {
    yard = try Yard(exportsAre: .full, authorities: [Self.authority])
    station = try await yard.station()
  }

  private func exportOfThree() async throws {
    try yard.drop(
      "a.csv", Fixture.export((0..<3).map { Fixture.row($0, ["Intended Destination": $0 == 0 ? "111" : ""]) }))
    try await yard.run(station)
  }

  private func sheet() throws -> [UInt8] {
    let bytes = yard.outBytes("sheets/\(Self.name)")
    try #require(!bytes.isEmpty, "the sheet lies on the desk")
    return bytes
  }

  private func rows(_ bytes: [UInt8]) throws -> [[String]] { try LooseTable.tables(of: bytes).first?.rows ?? [] }

  private func column(_ rows: [[String]], _ field: Field) throws -> Int {
    try #require(rows[0].firstIndex(of: PupilsSheet.heading(field)))
  }

  private func records(_ export: Int64) async throws -> [ExportRow] {
    try await yard.ledger().returns.rows(of: ExportID(rawValue: export)).sorted {
      ($0.pupil ?? PupilID(rawValue: 0)) < ($1.pupil ?? PupilID(rawValue: 0))
    }
  }

  @Test func theSheetIsFilledInWithWhatIsKnown() async throws {
    try await exportOfThree()
    let rows = try rows(try sheet())
    #expect(rows.count == 4 && rows[0][0] == SheetKind.pupilsHeading)
    let destination = try column(rows, .intendedDestination)
    #expect(
      rows.dropFirst().compactMap { $0.count > destination ? $0[destination] : "" }.filter { !$0.isEmpty }
        == ["111 - Full-time education - same school"])
    // What no authority of the school asks for is not asked of people.
    #expect(!rows[0].contains(PupilsSheet.heading(.activity)) && rows[0].contains(PupilsSheet.heading(.providerName)))
    #expect(Set(rows.dropFirst().map { $0[0] }).count == 3)
  }

  /// The answer goes to the pupil of the row key, whatever the system calls its columns, and nobody is taken away.
  @Test func aSheetThatComesBackIsAnExportOfItsPupils() async throws {
    try await exportOfThree()
    let bytes = try sheet()
    let before = try rows(bytes)
    let destination = try column(before, .intendedDestination)
    let surname = before[2][try column(before, .legalSurname)]
    try yard.drop(
      "back.xlsx",
      try WorkbookEditor.edit(
        bytes, sheet: 1,
        SheetEdits(rows: [
          3: SheetEdits.Row(texts: [destination + 1: "121 - Full-time education or training - other institution"])
        ])
      ).bytes)
    try await yard.run(station)
    let exports = try await yard.exports()
    #expect(exports.map(\.extent) == [.full, .partial])
    let told = try await records(2)
    #expect(told.count == 3 && told.allSatisfy { $0.verdict == .clear })
    #expect(told.first { $0.record[.legalSurname] == surname }?.record[.intendedDestination] == "121")
    #expect(told.count { $0.record[.intendedDestination] == nil } == 1)
    #expect(told.compactMap(\.pupil) == (try await records(1)).compactMap(\.pupil))
    #expect(told.allSatisfy { $0.record[.postcode] != nil }, "what the sheet does not ask stands as it was said")
    let findings = try await yard.ledger().exports.findings(of: ExportID(rawValue: 2))
    #expect(!findings.contains { $0.code.rawValue.contains("column") }, "nobody is told that columns are missing")
  }

  /// A name that was mended in the sheet stays with the pupil of the key.
  @Test func theKeyHoldsOverAChangedName() async throws {
    try await exportOfThree()
    var all = try rows(try sheet())
    let surname = try column(all, .legalSurname)
    let upn = try column(all, .upn)
    all[1][surname] = "Newname"
    all[1][upn] = all[1][upn].lowercased()
    try yard.drop("back.csv", try CSVWriter.bytes(of: [all[0], all[1]], in: CSVDialect()))
    try await yard.run(station)
    let told = try await records(2)
    #expect(told.count == 3)
    #expect(told.count { $0.record[.legalSurname] == "Newname" } == 1)
    #expect(try await records(1).compactMap(\.pupil) == told.compactMap(\.pupil))
  }

  /// A sheet lies with people for weeks: what it only repeats takes nothing back that was said since.
  @Test(arguments: [true, false]) func whatASheetOnlyRepeatsIsNoAnswer(_ isCSV: Bool) async throws {
    try await exportOfThree()
    let before = try sheet()
    var all = try rows(before)
    let (upn, surname) = (try column(all, .upn), try column(all, .legalSurname))
    let destination = try column(all, .intendedDestination)
    let changed: [String: String] = [
      "Intended Destination": "211", "Legal Surname": "Newname", "Provider": "Zz Example College",
    ]
    try yard.drop("b.csv", Fixture.export((0..<3).map { Fixture.row($0, $0 == 0 ? changed : [:]) }))
    try await yard.run(station)
    let answered = try #require(all.indices.dropFirst().first { all[$0][upn] != Fixture.upns[0] })
    if isCSV {
      while all[answered].count <= destination { all[answered].append("") }
      all[answered][destination] = "121"
      try yard.drop("back.csv", try CSVWriter.bytes(of: all, in: CSVDialect()))
    } else {
      let edits = SheetEdits(rows: [answered + 1: SheetEdits.Row(texts: [destination + 1: "121"])])
      try yard.drop("back.xlsx", try WorkbookEditor.edit(before, sheet: 1, edits).bytes)
    }
    try await yard.run(station)
    #expect(try await yard.exports().count == 3)
    let told = try await records(3)
    let first = try #require(told.first { $0.record[.upn] == Fixture.upns[0] })
    #expect(first.record[.legalSurname] == "Newname" && first.record[.intendedDestination] == "211")
    #expect(first.record[.providerName] == "Zz Example College")
    #expect(told.first { $0.record[.upn] == all[answered][upn] }?.record[.intendedDestination] == "121")
    #expect(told.compactMap(\.pupil) == (try await records(1)).compactMap(\.pupil), "nobody is new")
    #expect(try rows(try sheet()).contains { $0[surname] == "Newname" })
  }

  /// Who changed one cell of an answer has looked at the others.
  @Test func anAnswerIsOneWithWhatBelongsToIt() throws {
    let shown = LeaverRecord([
      .intendedDestination: "111", .course: "A levels", .legalSurname: "Old", .levelOfNeed: "1",
    ])
    let known = LeaverRecord([.intendedDestination: "211", .providerName: "Elsewhere", .legalSurname: "New"])
    func said(_ record: LeaverRecord) -> LeaverRecord {
      var (record, words, unread) = (record, [RowWord](), Set<Field>())
      SheetBaseline(shown: shown, columns: Set(Field.allCases)).takeOut(
        of: &record, &words, unread: &unread, known: known)
      return record
    }
    #expect(said(shown) == LeaverRecord([.legalSurname: "New"]))
    var changed = shown
    changed[.course] = "T level"
    let given = said(changed)
    #expect(given[.intendedDestination] == "111" && given[.course] == "T level" && given[.legalSurname] == "New")
  }

  @Test func whatASheetShowedStandsInItsKeys() async throws {
    try await exportOfThree()
    #expect(try rows(try sheet()).dropFirst().allSatisfy { $0[0].hasSuffix(" E1") })
    let key = PupilRowKey(cell: "0a1b E12")
    #expect(key.key == "0a1b" && key.shown == ExportID(rawValue: 12) && key.cell == "0a1b E12")
    #expect(PupilRowKey(cell: "0a1b").shown == nil && PupilRowKey(cell: "").key.isEmpty)
  }

  /// Nobody of another school becomes a pupil of this one.
  @Test func aSheetOfAnotherSchoolIsRefused() async throws {
    try await exportOfThree()
    var all = try rows(try sheet())
    for row in all.indices.dropFirst() { all[row][0] = "00\(row) E1" }
    // A row that a person added has no key.
    var added = all[1]
    added[0] = ""
    added[try column(all, .legalSurname)] = "Added"
    all.append(added)
    try yard.drop("back.csv", try CSVWriter.bytes(of: all, in: CSVDialect()))
    try await yard.run(station)
    #expect(try await yard.exports().map(\.state) == [.read, .unreadable])
    #expect(yard.told.contains(.unreadable(FindingCode(rawValue: "L506"))))
    // One row that was copied from elsewhere is told of, and counts by what is in it.
    var mixed = try rows(try sheet())
    mixed[1][0] = "0001 E1"
    try yard.drop("mixed.csv", try CSVWriter.bytes(of: mixed, in: CSVDialect()))
    try await yard.run(station)
    let findings = try await yard.ledger().exports.findings(of: ExportID(rawValue: 3))
    #expect(findings.filter { $0.code.rawValue == "L507" }.map(\.row) == [2])
  }

  /// A school that has no pupils yet never had a sheet of ours.
  @Test func aSheetOfAnotherSchoolIsRefusedBeforeTheFirstExport() async throws {
    try await exportOfThree()
    let other = try Yard(exportsAre: .full, authorities: [Self.authority])
    try other.drop("back.xlsx", try sheet())
    try await other.run(try await other.station())
    #expect(try await other.exports().map(\.state) == [.unreadable])
    #expect(other.told.contains(.unreadable(FindingCode(rawValue: "L506"))))
  }

  /// A code that ended while the sheet lay with people is no answer.
  @Test func whatCannotBeReadAnyMoreIsNoAnswer() throws {
    let shown = LeaverRecord([.activity: "210", .providerName: "Old"])
    let known = LeaverRecord([.activity: "310", .providerName: "New"])
    func said(_ text: String) -> (record: LeaverRecord, unread: Set<Field>) {
      var (record, words) = (LeaverRecord([.providerName: "Old"]), [RowWord]())
      var unread: Set<Field> = [.activity]
      SheetBaseline(shown: shown, columns: Set(Field.allCases)).takeOut(
        of: &record, &words, unread: &unread, texts: [.activity: text], known: known)
      return (record, unread)
    }
    for text in ["210", "210 - Zz"] {
      #expect(said(text).record[.providerName] == nil && said(text).unread.isEmpty, "what is known is filled in")
    }
    #expect(said("2109").record[.providerName] == "Old" && said("2109").unread == [.activity])
  }

  /// A sheet that nobody is asked by any more shows nobody, and goes with its time.
  @Test func aSheetOfBeforeIsEmptiedAndGoes() async throws {
    let keep = Duration.seconds(90 * 86_400)
    try await exportOfThree()
    #expect(try rows(try sheet()).count == 4)
    let station = try await yard.station(configuration: yard.configuration { $0.deskKeep = keep })
    yard.clock.advance(by: .seconds(100 * 86_400))
    try await yard.run(station)
    #expect(try rows(try sheet()).count == 1, "the cohort has left")
    yard.clock.advance(by: keep + .seconds(60))
    try await yard.run(station)
    #expect(yard.outBytes("sheets/\(Self.name)").isEmpty)
    #expect(!yard.outBytes("sheets/\(RegisterSheet.name)").isEmpty, "what is kept as things stand stays")
    #expect(!yard.outBytes(DeskPage.name).isEmpty)
  }

  /// Sorted by one column only, keys stand beside other pupils: nothing of a child goes to another.
  @Test func aKeyBesideAnotherPupilIsNotBelieved() async throws {
    try await exportOfThree()
    var all = try rows(try sheet())
    (all[1][0], all[2][0]) = (all[2][0], all[1][0])
    let destination = try column(all, .intendedDestination)
    for row in 1...2 {
      while all[row].count <= destination { all[row].append("") }
      all[row][destination] = row == 1 ? "211" : "311"
    }
    let names = all.map { $0[(try? column(all, .legalSurname)) ?? 0] }
    try yard.drop("back.csv", try CSVWriter.bytes(of: all, in: CSVDialect()))
    try await yard.run(station)
    let told = try await records(2)
    for row in 1...2 {
      let records = told.filter { $0.record[.legalSurname] == names[row] && $0.verdict == .clear }
      #expect(records.allSatisfy { $0.record[.intendedDestination] == (row == 1 ? "211" : "311") })
    }
  }

  @Test func onlyThoseAskedAboutAreInTheSheetOfAnswers() throws {
    let sheet = PupilsSheet(kind: .unknownAnswers, cohort: Cohort(stage: .y11, leavingYear: 2026), fields: [.activity])
    func entry(_ number: Int64, _ year: Int) -> RollEntry {
      RollEntry(
        pupil: PupilID(rawValue: number), key: "k\(number)", record: LeaverRecord([.legalSurname: "Name\(9 - number)"]),
        cohort: Cohort(stage: .y11, leavingYear: year), verdict: .clear, export: ExportID(rawValue: 1))
    }
    let pupils = [entry(1, 2026), entry(2, 2026), entry(2, 2026), entry(3, 2025)]
    #expect(sheet.pupils(of: pupils, asked: [PupilID(rawValue: 1), PupilID(rawValue: 3)]).map(\.pupil.rawValue) == [1])
    #expect(sheet.pupils(of: pupils, asked: nil).map(\.pupil.rawValue) == [2, 1], "by name, each once")
  }

  /// A year later nobody is asked what a cohort intends that has left.
  @Test func aCohortThatLeftIsNotAskedWhatItIntends() throws {
    let configuration = Fixture.configuration(schools: [Fixture.school()], authorities: [Self.authority])
    let pupil = RollEntry(
      pupil: PupilID(rawValue: 1), record: LeaverRecord([.legalSurname: "A"]),
      cohort: Cohort(stage: .y11, leavingYear: 2026), verdict: .clear, export: ExportID(rawValue: 1))
    func names(_ day: String) -> [String] {
      PupilsSheet.all(
        for: Fixture.school(), pupils: [pupil], in: configuration, on: CalendarDate(iso: day) ?? .first
      ).map(\.name)
    }
    #expect(names("2026-08-31") == [Self.name])
    #expect(names("2026-09-01").isEmpty)
  }
}
