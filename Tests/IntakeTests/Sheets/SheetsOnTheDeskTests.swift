// Sheets lie on the desk, are filled in, put back, done, and come back with what each row led to.

import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import Intake

@Suite("Sheets on the desk") struct SheetsOnTheDeskTests {
  private let yard: Yard
  private let station: IntakeStation

  init() async throws {
    yard = try Yard(exportsAre: .full)
    station = try await yard.station()
  }

  /// Two full exports, of three leavers and of two: a question.
  private func ask(remaining: Int = 2) async throws {
    let ledger = try await yard.ledger()
    for (name, count) in [("a.csv", 3), ("b.csv", remaining)] {
      try yard.drop(name, Fixture.export((0..<count).map { Fixture.row($0) }))
      try await yard.run(station)
      let export = try #require(try await yard.exports().last)
      try await ledger.returns.setScope(export.id, [])
      try await ledger.returns.finish(export.id, extent: .full)
    }
    try await yard.run(station)
  }

  private func sheet(_ name: String) throws -> [UInt8] {
    let bytes = yard.outBytes("sheets/\(name)")
    try #require(!bytes.isEmpty, "\(name) lies on the desk")
    return bytes
  }

  /// The sheet as a person saves it, with a text in a cell; row and column from 1.
  private func filled(_ bytes: [UInt8], _ texts: [Int: String], row: Int = 2) throws -> [UInt8] {
    try WorkbookEditor.edit(bytes, sheet: 1, SheetEdits(rows: [row: SheetEdits.Row(texts: texts)])).bytes
  }

  private func cells(_ bytes: [UInt8]) throws -> [[String]] {
    try LooseTable.tables(of: bytes).first?.rows ?? []
  }

  @Test func aQuestionIsAskedAndAnsweredByFilesAlone() async throws {
    try await ask()
    let asked = try sheet(QuestionsSheet.name)
    let rows = try cells(asked)
    #expect(rows.count == 2 && rows[0][0] == SheetKind.questions.keyHeading && rows[0][7] == "What became of them?")
    #expect(rows[1][1] == Fixture.row(2)["Legal Surname"])
    try yard.drop("Missing leavers.xlsx", try filled(asked, [8: "left the school", 10: "told us in June"]))
    yard.forgetEvents()
    try await yard.run(station)
    let ledger = try await yard.ledger()
    #expect(try await ledger.questions.open(school: yard.school.id).isEmpty)
    #expect(try await ledger.questions.answer(of: QuestionID(rawValue: 1)) == .left)
    #expect(yard.told.contains(.sheetApplied(SheetID(rawValue: 1), rows: 1, refused: 0)))
    let checked = try cells(yard.outBytes("Missing leavers.checked.xlsx"))
    #expect(checked[1].suffix(2) == ["done", "Q1 is answered: left the school"])
    // Nothing is left to ask, and the desk says so.
    #expect(try cells(try sheet(QuestionsSheet.name)).count == 1)
    #expect(try await yard.exports().count == 2, "a sheet of answers is no export")
  }

  /// A careers lead who works in another program saves CSV: the heading of the hidden column tells the sheet.
  @Test func theSameSheetAsCSVIsUnderstood() async throws {
    try await ask()
    var rows = try cells(try sheet(QuestionsSheet.name))
    while rows[1].count < 8 { rows[1].append("") }
    rows[1][7] = "Moved away"
    try yard.drop("answers.csv", try CSVWriter.bytes(of: rows, in: CSVDialect(delimiter: .semicolon)))
    try await yard.run(station)
    #expect(try await yard.ledger().questions.answer(of: QuestionID(rawValue: 1)) == .moved)
    #expect(yard.out().contains("answers.checked.csv"))
  }

  /// Sorted by one column only, the hidden keys stand beside other leavers.
  @Test func aKeyBesideAnotherLeaverIsNotBelieved() async throws {
    try await ask(remaining: 1)
    var rows = try cells(try sheet(QuestionsSheet.name))
    try #require(rows.count == 3)
    for row in 1...2 {
      while rows[row].count < 8 { rows[row].append("") }
      rows[row][7] = row == 1 ? "died" : "moved away"
    }
    (rows[1][0], rows[2][0]) = (rows[2][0], rows[1][0])
    try yard.drop("answers.csv", try CSVWriter.bytes(of: rows, in: .standard))
    try await yard.run(station)
    #expect(try await yard.ledger().questions.open(school: yard.school.id).count == 2)
    let checked = try cells(yard.outBytes("answers.checked.csv"))
    #expect(checked.dropFirst().allSatisfy { $0.last?.hasPrefix("the row shows another leaver") == true })
  }

  @Test func thatAPackWentBeforeIsAnAnswer() throws {
    let bytes = try CSVWriter.bytes(
      of: [["leaverlink release", "Return", "Decision"], ["abc", "R5", "Was handed over before"]], in: .standard)
    let table = try #require(AnswerTable(bytes))
    guard case .answer(.release(let answer)) = ReleaseSheet.read(table.rows[0], of: table) else {
      Issue.record("it is an answer")
      return
    }
    #expect(answer.decision == .handedOverBefore)
  }

  @Test func theReturnThatARowShowsGoesWithTheRelease() throws {
    let table = try #require(
      AnswerTable(
        try CSVWriter.bytes(
          of: [["leaverlink release", "Return", "Decision"], ["abc", "R5", "release"]], in: .standard)))
    guard case .answer(.release(let answer)) = ReleaseSheet.read(table.rows[0], of: table) else {
      Issue.record("it is an answer")
      return
    }
    #expect(answer.shown == "R5" && answer.key == "abc")
  }

  /// A workbook into which a person copied several sheets.
  @Test func aSecondSheetOfAnswersIsNotPassedOver() async throws {
    try await ask()
    let rows = try cells(try sheet(QuestionsSheet.name))
    let register = [["Decision", "Date of decision", "Who decided"], ["sharing refused", "01/06/2026", "mother"]]
    try yard.drop("both.xlsx", try workbook([("Questions", answered(rows)), ("Register", register)]))
    try await yard.run(station)
    #expect(try await yard.ledger().questions.open(school: yard.school.id).count == 1)
    let checked = try cells(yard.outBytes("both.checked.xlsx"))
    #expect(checked[1].contains("not done") && checked[1].last?.hasPrefix("this file has more than one sheet") == true)
  }

  @Test func leaversBesideARegisterAreNotPassedOverWithoutAWord() async throws {
    try await ask()
    let register = [
      ["UPN", "Decision", "Date of decision", "Who decided", "How"],
      [Fixture.upns[0], "do not contact", "01/06/2026", "mother", "letter"],
    ]
    let pupils = [["UPN", "Legal Surname", "Date of Birth"], [Fixture.upns[0], "A", "2010-01-01"]]
    try yard.drop("both.xlsx", try workbook([("Register", register), ("Pupils", pupils)]))
    try await yard.run(station)
    let checked = try cells(yard.outBytes("both.checked.xlsx"))
    #expect(checked[0].last?.hasPrefix("another sheet of this file has leavers") == true)
    #expect(checked[1].contains("done"))
  }

  private func answered(_ rows: [[String]]) -> [[String]] {
    var rows = rows
    while rows[1].count < 8 { rows[1].append("") }
    rows[1][7] = "left the school"
    return rows
  }

  private func workbook(_ sheets: [(name: String, rows: [[String]])]) throws -> [UInt8] {
    let drafts = sheets.map { sheet in
      SheetDraft(
        name: sheet.name, columns: sheet.rows[0].map { ColumnDraft($0, width: 12) },
        rows: sheet.rows.dropFirst().map { row in row.map { .text($0) } }, isProtected: false)
    }
    return try WorkbookWriter(temporaryFilesIn: yard.folder.path).bytes(
      of: WorkbookDraft(sheets: drafts, properties: .init(title: "Both", author: "somebody")),
      created: DeskSheet.created)
  }

  @Test(arguments: [
    ("emigrated", "the answer is none of"), ("left the school", "the hidden first column"),
  ])
  func aMistakeStandsBesideItsRow(_ word: String, _ words: String) async throws {
    try await ask()
    let texts = words.contains("hidden") ? [1: "", 8: word] : [8: word]
    try yard.drop("x.xlsx", try filled(try sheet(QuestionsSheet.name), texts))
    try await yard.run(station)
    let checked = try cells(yard.outBytes("x.checked.xlsx"))
    #expect(checked[1].contains("not done") && checked[1].last?.hasPrefix(words) == true)
    #expect(try await yard.ledger().questions.open(school: yard.school.id).count == 1)
  }

  /// A corrected sheet that still has the two columns of the first round.
  @Test func theResultColumnsAreUsedAgain() async throws {
    try await ask()
    try yard.drop("x.xlsx", try filled(try sheet(QuestionsSheet.name), [8: "gone"]))
    try await yard.run(station)
    let corrected = try filled(yard.outBytes("x.checked.xlsx"), [8: "left the school"])
    try yard.drop("x.checked.xlsx", corrected)
    try await yard.run(station)
    let rows = try cells(yard.outBytes("x.checked.xlsx"))
    #expect(rows[0].count(where: { $0 == CheckedFile.resultHeading }) == 1)
    #expect(rows[1].contains("done"))
  }

  @Test func aSheetThatAPersonChangedOnTheDeskIsNeverOverwritten() async throws {
    try await ask()
    let theirs = try filled(try sheet(QuestionsSheet.name), [9: "I am still asking"])
    try yard.folder.write("\(Fixture.laestab)/desk/out/sheets/\(QuestionsSheet.name)", theirs)
    // The leaver is there again: the sheet would be another.
    try yard.drop("c.csv", Fixture.export((0..<3).map { Fixture.row($0) }))
    try await yard.run(station)
    let export = try #require(try await yard.exports().last)
    let ledger = try await yard.ledger()
    try await ledger.returns.setScope(export.id, [])
    try await ledger.returns.finish(export.id, extent: .full)
    try await yard.run(station)
    #expect(try sheet(QuestionsSheet.name) == theirs)
    #expect(try cells(try sheet("Missing leavers (2).xlsx")).count == 1)
  }

  @Test func aSchoolWithNothingToAnswerHasNoEmptySheets() async throws {
    try yard.drop("a.csv", Fixture.export([Fixture.row(0)]))
    try await yard.run(station)
    let sheets = TemporaryFolder.names(in: "\(yard.folder.path)/\(Fixture.laestab)/desk/out/sheets")
    #expect(!sheets.contains(QuestionsSheet.name) && !sheets.contains(ReleaseSheet.name))
  }

  /// The system exports into a folder of its own; people reach the desk alone.
  @Test func whatLiesInTheDesksInIsTakenInWhereverExportsLie() async throws {
    try await ask()
    let answers = try filled(try sheet(QuestionsSheet.name), [8: "left the school"])
    if !yard.folder.exists("\(Fixture.laestab)/desk/in") { try yard.folder.makeFolder("\(Fixture.laestab)/desk/in") }
    try yard.folder.write("\(Fixture.laestab)/desk/in/answers.xlsx", answers)
    try yard.folder.write(
      "\(Fixture.laestab)/desk/in/own.csv", Fixture.export([Fixture.row(0, ["Intended Destination": "111"])]))
    try await yard.run(station)
    #expect(try await yard.ledger().questions.answer(of: QuestionID(rawValue: 1)) == .left)
    #expect(try await yard.exports().count == 3, "an export that somebody puts there counts as well")
    #expect(yard.out().contains("answers.checked.xlsx"))
    try await yard.run(station)
    #expect(try await yard.exports().count == 3)
  }

  /// Killed after each step: it is applied once, and its result lies on the desk.
  @Test(arguments: ["I1", "I2", "I3", "I5", "I6 temporary", "I6 renamed", "I6 recorded", "I6"])
  func aCrashAnywhereLosesNoAnswer(_ place: String) async throws {
    try await ask()
    try yard.drop("x.xlsx", try filled(try sheet(QuestionsSheet.name), [8: "died"]))
    let crashing = try await yard.station(step: { if $0 == place { throw Crash() } })
    await #expect(throws: Crash.self) { try await yard.run(crashing) }
    yard.crash()
    try await yard.run(try await yard.station())
    let ledger = try await yard.ledger()
    #expect(try await ledger.questions.answer(of: QuestionID(rawValue: 1)) == .died)
    #expect(try await ledger.sheets.inState(.applied).count == 1)
    #expect(try cells(yard.outBytes("x.checked.xlsx"))[1].contains("done"))
    #expect(try await ledger.audit().isClean)
  }

  // MARK: Notices

  /// An objection after the authority had the return: the notice lies there, ready to be sent, until somebody says that it
  /// was; all by files.
  @Test func anAuthorityIsToldByANoticeFromTheDesk() async throws {
    let ledger = try await yard.ledger()
    try yard.drop("a.csv", Fixture.export((0..<3).map { Fixture.row($0) }))
    try await yard.run(station)
    let export = try #require(try await yard.exports().first)
    try await yard.decide(
      export.id, [(entry: Yard.sefton, sent: [2: .full, 3: .full, 4: .floor], fates: [], notRouted: [])])
    let id = try #require(try await ledger.returns.list(ReturnFilter()).first?.id)
    for event: ReturnEvent in [.started, .put, .temporaryReadBack(.equal), .renamed(.done), .finalReadBack(.equal)] {
      try await ledger.deliveries.apply(event, to: id, note: DeliveryNote(at: yard.clock.now()))
    }
    try await yard.run(station)
    let name = "notices/sefton \(id).html"
    #expect(yard.outBytes(name).isEmpty, "nothing to tell")
    let pupil = try #require(try await ledger.returns.detail(id).rows.first?.pupil)
    try await ledger.register.enter(
      .sharingRefused, about: pupil, decidedOn: LondonTime.day(of: yard.clock.now()),
      particulars: RegisterParticulars(
        decidedBy: "mother", how: "letter", recordedBy: Person(name: "admin", known: "login user")))
    try await yard.run(station)
    let page = String(decoding: yard.outBytes(name), as: UTF8.self)
    let names = (0..<2).compactMap { Fixture.row($0)["Legal Surname"] }
    #expect(page.contains(names[0]) && !page.contains(names[1]), "who it is about, and nobody else")
    #expect(!page.contains(Fixture.upns[0]), "the file told the authority no UPN")
    #expect(page.contains("Sharing was refused: keep name, address and date of birth alone"))
    #expect(page.contains(try #require(try await ledger.deliveries.summary(of: id).sha256)))
    let release = try sheet(ReleaseSheet.name)
    let row = try #require(try cells(release).firstIndex { $0.count > 1 && $0[1] == "\(id)" })
    #expect(try cells(release)[row].contains { $0.contains("Send it the notice \(name)") })
    let start = String(decoding: yard.outBytes(DeskPage.name), as: UTF8.self)
    #expect(start.contains("Notice to an authority"))
    let column = try #require(try cells(release)[0].firstIndex(of: "Decision"))
    // Before that sheet comes back somebody else objects: the notice that was sent did not name them.
    let other = try await ledger.returns.detail(id).rows[1].pupil
    try await ledger.register.enter(
      .deceased, about: other, decidedOn: LondonTime.day(of: yard.clock.now()),
      particulars: RegisterParticulars(
        decidedBy: "father", how: "telephone", recordedBy: Person(name: "admin", known: "login user")))
    try yard.drop("early.xlsx", try filled(release, [column + 1: "authority told"], row: row + 1))
    try await yard.run(station)
    #expect(try cells(yard.outBytes("early.checked.xlsx"))[row].contains { $0.hasPrefix("what there is to tell") })
    #expect(try await ledger.returns.objected(school: yard.school.id).first?.rows.count == 2)
    #expect(String(decoding: yard.outBytes(name), as: UTF8.self).contains("close the record"))
    let newer = try sheet(ReleaseSheet.name)
    try yard.drop("told.xlsx", try filled(newer, [column + 1: "authority told"], row: row + 1))
    try await yard.run(station)
    #expect(try cells(yard.outBytes("told.checked.xlsx"))[row].contains { $0.hasPrefix("sefton was told of \(id)") })
    #expect(String(decoding: yard.outBytes(name), as: UTF8.self).contains("Nothing more to tell"))
    #expect(try await ledger.returns.objected(school: yard.school.id).isEmpty)
    #expect(try await ledger.audit().isClean)
  }
}
