// Workbooks of our own, read back with our own reader.

import Testing

@testable import Tabular

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

@Suite struct WorkbookWriterTests {
  /// A fresh directory for each test.
  private let directory: String

  init() throws {
    var template = Array("/tmp/workbook-writer-XXXXXX".utf8CString)
    _ = try #require(mkdtemp(&template))
    directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private func bytes(_ draft: WorkbookDraft, created: Int = 1_780_000_000) throws -> [UInt8] {
    let bytes = try WorkbookWriter(temporaryFilesIn: directory).bytes(of: draft, created: created)
    // Nothing stays in the directory.
    #expect(rmdir(directory) == 0)
    _ = mkdir(directory, 0o700)
    return bytes
  }

  private func code(_ draft: WorkbookDraft) -> WorkbookWritingError? {
    do throws(WorkbookWritingError) {
      _ = try WorkbookWriter(temporaryFilesIn: directory).bytes(of: draft, created: 1)
      return nil
    } catch {
      return error
    }
  }

  private func code(
    sheet change: (inout SheetDraft) -> Void
  ) -> WorkbookWritingError? {
    var sheet = SheetDraft(name: "Pupils", columns: [ColumnDraft("UPN")])
    change(&sheet)
    return code(WorkbookDraft(sheets: [sheet]))
  }

  /// A part of the workbook as text.
  private func part(_ name: String, of bytes: [UInt8]) throws -> String {
    let archive = try ZipArchive(bytes, limits: WorkbookLimits())
    let stream = try #require(try archive.stream(name, .workbook))
    return String(decoding: stream.beginning(1 << 20), as: UTF8.self)
  }

  private func cells(_ cells: [CellDraft], kind: ColumnDraft.Kind = .text) throws -> ReadSheetRow {
    let columns = cells.indices.map { ColumnDraft("C\($0)", kind: kind) }
    return try readSheet(bytes(WorkbookDraft(sheets: [SheetDraft(name: "S", columns: columns, rows: [cells])]))).rows[1]
  }

  // MARK: Cells

  @Test(arguments: [
    "0034147870012", "=1+1", "+44 7700 900123", "-5", "@home", "O'Hara-Łuczak", " ends with blanks ", "two\nlines",
    "a\rb\r\nc", "tab\there", "_x0041_", "__x000d__x000D_", "_x00e9_ _x12_ _xZZZZ_", "\u{1}\u{1F}", "\u{FFFE}\u{FFFF}",
    "<b>&amp;\"]]>", "名前 😀 e\u{301}", "TRUE", "1e5", "_", "https://example.org/", "#N/A",
  ])
  func textsStayAsTheyAre(text: String) throws {
    let row = try cells([.text(text), .text(text)], kind: .number)
    #expect(row.texts.map { Array($0.unicodeScalars) } == [Array(text.unicodeScalars), Array(text.unicodeScalars)])
    #expect(row.cells.allSatisfy { $0.kind == .text && !$0.isFormula })
    // The same in a heading and in a note.
    let sheet = SheetDraft(name: "S", columns: [ColumnDraft(text, note: text)], rows: [[CellDraft(.blank, note: text)]])
    #expect(try readSheet(bytes(WorkbookDraft(sheets: [sheet]))).rows[0].texts == [text])
  }

  @Test func aNULCannotBeWritten() throws {
    #expect(try cells([.text("a\0b")]).texts == ["a\u{FFFD}b"])
  }

  @Test func anEmptyTextIsABlankCell() throws {
    let row = try cells([.text("", .muted), .text("x")])
    #expect(row.cells.map(\.kind) == [.blank, .text])
  }

  @Test func numbers() throws {
    let row = try cells([.number(0.1), .number(-12), .number(123_456_789_012)], kind: .number)
    #expect(row.texts == ["0.1", "-12", "123456789012"])
    #expect(row.cells.allSatisfy { $0.kind == .number })
  }

  @Test func days() throws {
    let days = [(2009, 9, 1), (1900, 3, 1), (2024, 2, 29), (9999, 12, 31), (2000, 2, 29)]
    let row = try cells(days.map { .date(year: $0.0, month: $0.1, day: $0.2) })
    #expect(row.texts == ["2009-09-01", "1900-03-01", "2024-02-29", "9999-12-31", "2000-02-29"])
    #expect(row.cells.allSatisfy { $0.kind == .date && $0.formatCode == "dd/mm/yyyy" })
  }

  @Test func whatIsNoDayOfASpreadsheetIsWrittenAsText() throws {
    let days = [(1900, 2, 28), (2026, 2, 29), (1900, 2, 29), (2026, 13, 1), (66, 1, 1), (2100, 2, 29), (2026, 4, 31)]
    let row = try cells(days.map { .date(year: $0.0, month: $0.1, day: $0.2) }, kind: .date)
    #expect(
      row.texts == [
        "1900-02-28", "2026-02-29", "1900-02-29", "2026-13-01", "0066-01-01", "2100-02-29", "2026-04-31",
      ])
    #expect(row.cells.allSatisfy { $0.kind == .text })
  }

  @Test func formatsFollowTheColumnSoThatWhatIsTypedIsReadRight() throws {
    let columns = [
      ColumnDraft("UPN", isLocked: false), ColumnDraft("Born", kind: .date, isLocked: false),
      ColumnDraft("Count", kind: .number, isLocked: false),
    ]
    let sheet = SheetDraft(name: "S", columns: columns, rows: [[.text("a"), .text("b"), .text("c")]])
    let row = try readSheet(bytes(WorkbookDraft(sheets: [sheet]))).rows[1]
    #expect(row.cells.map(\.formatCode) == ["@", "dd/mm/yyyy", "General"])
  }

  // MARK: The whole

  private var draft: WorkbookDraft {
    let columns = [
      ColumnDraft("Reference", isHidden: true), ColumnDraft("Name", width: 24, note: "As on the birth certificate"),
      ColumnDraft("Born", kind: .date),
      ColumnDraft("Answer", isLocked: false, allowed: ["yes", "no"]),
      ColumnDraft(
        "Where", isLocked: false, allowed: (1...60).map { "Somewhere, number \($0)" }, takesOthers: true),
    ]
    let rows: [[CellDraft]] = [
      [.text("001"), .text("Ann Example", .muted), .date(year: 2009, month: 9, day: 1, .muted), .text("yes")],
      [.text("002"), CellDraft(.text("Bob Example"), style: .warning, note: "Twice in the export"), .blank, .blank],
    ]
    return WorkbookDraft(
      sheets: [
        SheetDraft(name: "First", columns: [ColumnDraft("Nothing here")], isHidden: true),
        SheetDraft(name: "Pupils", columns: columns, rows: rows, isProtected: true),
        SheetDraft(
          name: "More", columns: [ColumnDraft("UPN", isLocked: false)], isProtected: true, takesMoreRows: true,
          hasFilter: false),
      ],
      properties: .init(title: "Sheet\u{1}", subject: "Leavers", author: "leaverlink", comments: "Synthetic"),
      marks: [.init("kind", "intentions"), .init("reference", "=0012")], marksSheet: "Properties")
  }

  @Test func sheetsAndMarks() throws {
    let bytes = try bytes(draft)
    var reader = try WorkbookReader(bytes)
    let sheets = reader.sheets
    #expect(sheets.map(\.name) == ["First", "Pupils", "More", "Lists", "Properties"])
    #expect(sheets.map(\.visibility) == [.hidden, .visible, .visible, .hidden, .hidden])
    #expect(sheets.map(\.isActive) == [false, true, false, false, false])
    #expect(try reader.marks(in: "Properties") == ["kind": "intentions", "reference": "=0012"])
    #expect(try reader.marks(in: "Pupils") == nil)
    #expect(try reader.marks() == nil)
    #expect(
      try readSheet(bytes, 4).rows.map { $0.texts[0] }.prefix(3) == [
        "List 1", "Somewhere, number 1", "Somewhere, number 2",
      ])
    let pupils = try readSheet(bytes, 2)
    #expect(pupils.rows.map(\.texts).first == ["Reference", "Name", "Born", "Answer", "Where"])
    #expect(pupils.rows[1].texts == ["001", "Ann Example", "2009-09-01", "yes"])
    #expect(pupils.rows[2].texts == ["002", "Bob Example"])
  }

  @Test func whatASpreadsheetMakesOfIt() throws {
    let bytes = try bytes(draft)
    let sheet = try part("xl/worksheets/sheet2.xml", of: bytes)
    for piece in [
      "<sheetProtection", "autoFilter=\"0\"", "ySplit=\"1\"", "state=\"frozen\"", "<autoFilter ref=\"A1:E3\"/>",
      "<col min=\"1\" max=\"1\" width=\"16.7109375\" hidden=\"1\"",
      "<dataValidation type=\"list\" allowBlank=\"1\" showInputMessage=\"1\" showErrorMessage=\"1\"",
      "sqref=\"D2:D3\"", "<formula1>\"yes,no\"</formula1>", "errorStyle=\"warning\"", "sqref=\"E2:E3\"",
      "<formula1>Lists!$A$2:$A$61</formula1>", "numberStoredAsText=\"1\"", "orientation=\"landscape\"",
    ] { #expect(sheet.contains(piece), "\(piece)") }
    #expect(!sheet.contains("password"))
    let more = try part("xl/worksheets/sheet3.xml", of: bytes)
    #expect(more.contains("<col min=\"1\" max=\"1\" width=\"16.7109375\" style=") && !more.contains("<autoFilter"))
    let notes = try part("xl/comments1.xml", of: bytes)
    #expect(notes.contains("As on the birth certificate") && notes.contains("Twice in the export"))
    let core = try part("docProps/core.xml", of: bytes)
    #expect(core.contains("<dc:title>Sheet </dc:title>") && core.contains("2026-05-28T20:26:40Z"))
  }

  /// Which cells of a row can be changed, by the formats that the workbook names.
  private func open(_ row: Int, sheet: Int, of bytes: [UInt8]) throws -> [Bool] {
    let text = try part("xl/worksheets/sheet\(sheet).xml", of: bytes)
    let formats = try #require(
      try part("xl/styles.xml", of: bytes).split(separator: "<cellXfs").last?.split(separator: "</cellXfs>").first)
    let isOpen = formats.split(separator: "<xf ").dropFirst().map { $0.contains("locked=\"0\"") }
    let cells = try #require(text.split(separator: "<row r=\"\(row)\"").last?.split(separator: "</row>").first)
    return cells.split(separator: "<c r=").dropFirst().map { cell in
      guard let style = cell.split(separator: " s=\"").dropFirst().first?.split(separator: "\"").first else {
        return false
      }
      return Int(style).map { isOpen[$0] } ?? false
    }
  }

  @Test func onlyInputCellsCanBeChanged() throws {
    let bytes = try bytes(draft)
    #expect(try open(1, sheet: 2, of: bytes) == [false, false, false, false, false])
    #expect(try open(2, sheet: 2, of: bytes) == [false, false, false, true, true])
    // The third cell is blank and locked: it is not written.
    #expect(try open(3, sheet: 2, of: bytes) == [false, false, true, true])
    let styles: [CellDraft.Style] = [.plain, .heading, .muted, .input, .warning]
    for (isLocked, expected) in [
      (true, [false, false, false, true, false]), (false, [true, false, false, true, true]),
    ] {
      let columns = styles.map { _ in ColumnDraft("C", isLocked: isLocked) }
      let sheet = SheetDraft(name: "S", columns: columns, rows: [styles.map { .text("x", $0) }], isProtected: true)
      #expect(try open(2, sheet: 1, of: self.bytes(WorkbookDraft(sheets: [sheet]))) == expected)
    }
  }

  @Test func anUnprotectedSheetIsOpen() throws {
    let sheet = SheetDraft(name: "S", columns: [ColumnDraft("C")])
    #expect(
      try !part("xl/worksheets/sheet1.xml", of: bytes(WorkbookDraft(sheets: [sheet]))).contains("<sheetProtection"))
  }

  @Test(arguments: [
    (["yes", "no"], true), (["a,b"], false), ([" a"], false), (["a "], false), (["say \"no\""], false),
    (["=a"], false), (["two\nlines"], false), (["_x0041_"], false),
    ([String(repeating: "a", count: 255)], true), ([String(repeating: "a", count: 256)], false),
    ([String(repeating: "a", count: 127), String(repeating: "b", count: 127)], true),
    ([String(repeating: "a", count: 128), String(repeating: "b", count: 127)], false),
    ([String(repeating: "é", count: 127)], true), ([String(repeating: "é", count: 128)], false), (["<&>"], true),
    ([String(repeating: "&", count: 255)], true),
  ])
  func longAnswersAndThoseWithCommasStandInAHiddenSheet(answers: [String], fits: Bool) throws {
    let sheet = SheetDraft(
      name: "S", columns: [ColumnDraft("A", allowed: answers), ColumnDraft("B", allowed: answers)], rows: [[]])
    let bytes = try bytes(WorkbookDraft(sheets: [sheet]))
    let names = try WorkbookReader(bytes).sheets.map(\.name)
    #expect(names == (fits ? ["S"] : ["S", "Lists"]))
    #expect(try part("xl/worksheets/sheet1.xml", of: bytes).contains("Lists!$A$2:$A$\(answers.count + 1)") == !fits)
    if !fits, names.count == 2 {
      #expect(try readSheet(bytes, 2).rows.map(\.texts) == [["List 1"]] + answers.map { [$0] })
    }
  }

  // MARK: Determinism

  @Test func sameDraftAndInstantSameBytes() throws {
    let first = try bytes(draft)
    for _ in 0..<3 { #expect(try bytes(draft) == first) }
    #expect(try bytes(draft, created: 1_780_000_001) != first)
    // Second 0 would be "now" to the library.
    #expect(try bytes(draft, created: 0) == bytes(draft, created: 1))
  }

  @Test func manyAtOnce() async throws {
    let expected = try bytes(draft)
    let (draft, directory) = (draft, directory)
    try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<8 {
        group.addTask { try WorkbookWriter(temporaryFilesIn: directory).bytes(of: draft, created: 1_780_000_000) }
      }
      for try await bytes in group { #expect(bytes == expected) }
    }
  }

  // MARK: What cannot be written

  @Test func sheetsThatCannotBe() {
    #expect(code(WorkbookDraft(sheets: []))?.code == .noVisibleSheet)
    #expect(code { $0.isHidden = true }?.code == .noVisibleSheet)
    let names = [
      "", String(repeating: "a", count: 32), "a/b", "a[b", "a:b", "'a", "a'", "History", "a\nb", "a\u{FFFF}",
    ]
    for name in names { #expect(code { $0.name = name }?.code == .badSheetName, "\(name)") }
    for name in ["é", "名", "'"].map({ "a" + String(repeating: $0, count: 29) + "b" }) {
      #expect(code { $0.name = name } == nil, "\(name)")
    }
    #expect(
      code(
        WorkbookDraft(
          sheets: [SheetDraft(name: "A", columns: [ColumnDraft("B")])],
          properties: .init(title: String(repeating: "&", count: 100_000), author: String(repeating: "é", count: 5000)))
      ) == nil)
    var two = WorkbookDraft(sheets: [SheetDraft(name: "About", columns: [ColumnDraft("A")])])
    two.marks = [.init("a", "b")]
    two.marksSheet = "ABOUT"
    #expect(code(two)?.code == .duplicateSheetName)
    #expect(code(two)?.sheet == 2)
    #expect(code { $0.columns = [] }?.code == .noColumns)
    #expect(code { $0.columns = Array(repeating: ColumnDraft("A"), count: 16_385) }?.code == .tooManyColumns)
    #expect(code { $0.rows = Array(repeating: [], count: 1 << 20) }?.code == .tooManyRows)
    for width in [-1, 256, Double.nan] { #expect(code { $0.columns[0].width = width }?.code == .badWidth) }
    #expect(code { $0.columns[0].allowed = ["a", "a"] }?.code == .badAnswers)
    #expect(code { $0.columns[0].allowed = ["a", ""] }?.code == .badAnswers)
  }

  @Test func cellsThatCannotBe() throws {
    let long = String(repeating: "a", count: 32_768)
    let error = try #require(code { $0.rows = [[.blank], [.text(long)]] })
    #expect(error.code == .textTooLong && error.sheet == 1 && error.row == 3 && error.column == 1)
    #expect(error.message == "sheet 1, row 3, column 1 has more than 32,767 characters, which no cell holds")
    #expect(code { $0.rows = [[.text(String(long.dropLast()))]] } == nil)
    // Seven characters each, as the file has them.
    #expect(code { $0.rows = [[.text(String(repeating: "\r", count: 4_682))]] }?.code == .textTooLong)
    #expect(code { $0.rows = [[.text(String(repeating: "\r", count: 4_681))]] } == nil)
    #expect(code { $0.columns[0].heading = long }?.code == .textTooLong)
    #expect(code { $0.columns[0].note = long }?.code == .textTooLong)
    #expect(code { $0.columns[0].allowed = [long] }?.code == .textTooLong)
    #expect(code { $0.rows = [[CellDraft(.blank, note: long)]] }?.code == .textTooLong)
    #expect(code { $0.rows = [[.blank, .blank]] }?.code == .rowTooLong)
    for number in [Double.nan, .infinity, -.infinity] {
      #expect(code { $0.rows = [[.number(number)]] }?.code == .badNumber)
    }
  }

  @Test func aDirectoryThatIsNotThere() {
    let writer = WorkbookWriter(temporaryFilesIn: directory + "/missing")
    let error = #expect(throws: WorkbookWritingError.self) { try writer.bytes(of: draft, created: 1) }
    #expect(error?.code == .noDirectory)
    #expect(error.map { "\($0)" }?.contains("No such file") == true)
  }

  @Test func draftsDoNotPrintWhatTheyHold() {
    for printed in ["\(draft)", String(reflecting: draft), "\(draft.sheets)", "\(draft.sheets[1].rows)"] {
      #expect(!printed.contains("Example"))
    }
    var dumped = ""
    dump(draft, to: &dumped)
    dump(draft.sheets, to: &dumped)
    #expect(!dumped.contains("Example"))
  }
}
