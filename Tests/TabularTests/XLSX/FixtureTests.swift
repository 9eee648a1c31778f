// Workbooks as real programs write them.

import Testing

@testable import Tabular

@Suite struct FixtureTests {
  private static let header = [
    "UPN", "ULN", "School", "Surname", "Forename", "Born", "Seen", "Phone", "Attendance", "SEN",
  ]
  /// As a CSV export would have them, with the number formats of the fixtures applied.
  private static let people = [
    [
      "X820432110001", "1234567890", "0341478", "O'Hara-Łuczak", "Zoë", "2009-09-01", "2026-03-01 14:30:05",
      "07700900123", "0.955", "TRUE",
    ],
    [
      "X820432110002", "9999999999", "0000042", " Ng ", "Ann\nMarie", "2010-02-28", "2026-03-02", "01514960456", "1",
      "FALSE",
    ],
    [
      "X820432110003", "1000000001", "3414787", "名前", "_x0041_", "2009-12-31", "2025-10-26 23:59:59", "07700900999",
      "0.1", "TRUE",
    ],
  ]
  private static let sums = ["1234567891", "10000000000", "1000000002"]
  private static let kinds: [SheetCell.Kind] = [
    .text, .number, .number, .text, .text, .date, .date, .number, .number, .boolean,
  ]

  @Test func openpyxl() throws {
    let bytes = try Fixture.bytes("openpyxl.xlsx")
    let sheets = try WorkbookReader(bytes).sheets
    #expect(sheets.map(\.name) == ["Leavers", "Codes", "Secret", "Chart"])
    #expect(sheets.map(\.visibility) == [.visible, .hidden, .veryHidden, .visible])
    #expect(sheets.map(\.isWorksheet) == [true, true, true, false])
    #expect(sheets.map(\.number) == [1, 2, 3, 4])
    #expect(sheets.map(\.isActive) == [false, false, false, true])
    let calculates = try WorkbookReader(bytes).calculatesOnOpening
    #expect(calculates)
    let sheet = try readSheet(bytes)
    // Rows 1, 3 and 8 have no content; D3 has a colour only. Column A is blank.
    #expect(sheet.rows.map(\.number) == [2, 4, 5, 6, 7, 9])
    #expect(sheet.rows.map(\.isHidden) == [false, false, false, false, false, true])
    #expect(sheet.rows[0].texts == ["", "Leavers of 2026"])
    #expect(sheet.rows[1].texts == [""] + Self.header + ["Sum"])
    var people = Self.people
    // openpyxl writes an underscore as it is, so that to Excel this is an escape.
    people[2][4] = "A"
    for (row, person) in zip(sheet.rows[2...4], people) {
      #expect(row.texts == [""] + person + [""])
      #expect(row.cells.map(\.kind) == [.blank] + Self.kinds + [.blank])
      // openpyxl does not calculate: the formula's value is told to be missing.
      #expect(row.cells[11].isFormula && row.cells[11].lacksValue)
    }
    #expect(sheet.formulasWithoutValue == 3)
    #expect(sheet.rows[5].texts == ["", "bold and not"])
    #expect(sheet.merges.map(\.description) == ["B2:L2"])
    let cell = sheet.rows[2].cells[6]
    #expect(cell.number == 40057 && cell.formatCode == "dd/mm/yyyy")
    #expect(try readSheet(bytes, 2).rows.map(\.texts) == [["code", "meaning"]])
    #expect(try readSheet(bytes, 3).rows.map(\.texts) == [["", "", "far"]])
    #expect(throws: WorkbookError.self) { try readSheet(bytes, 4) }
  }

  @Test func libreOffice() throws {
    let bytes = try Fixture.bytes("libreoffice.xlsx")
    let sheet = try readSheet(bytes)
    #expect(sheet.rows.map(\.number) == [2, 4, 5, 6, 7, 9])
    #expect(sheet.rows.map(\.isHidden) == [false, false, false, false, false, true])
    #expect(sheet.rows[1].texts == [""] + Self.header + ["Sum"])
    for (index, row) in sheet.rows[2...4].enumerated() {
      #expect(row.texts == [""] + Self.people[index] + [Self.sums[index]])
      #expect(row.cells.map(\.kind) == [.blank] + Self.kinds + [.number])
      #expect(row.cells[11].isFormula && !row.cells[11].lacksValue)
    }
    #expect(sheet.formulasWithoutValue == 0)
    #expect(sheet.merges.map(\.description) == ["B2:L2"])
    let sheets = try WorkbookReader(bytes).sheets
    #expect(sheets.map(\.visibility) == [.visible, .hidden, .hidden, .visible])
  }

  @Test func xlsxWriter() throws {
    let sheet = try readSheet(try Fixture.bytes("xlsxwriter.xlsx"))
    #expect(sheet.rows.map(\.number) == [1, 2, 3, 4, 6])
    #expect(sheet.rows[0].texts == Self.header + ["Sum"])
    for (index, row) in sheet.rows[1...3].enumerated() {
      #expect(row.texts == Self.people[index] + [Self.sums[index]])
      #expect(row.cells.map(\.kind) == Self.kinds + [.number])
    }
    let last = sheet.rows[4]
    #expect(
      last.texts == [
        "ab", "#DIV/0!", "#N/A", "TRUE", "one two three", "tab\tand \u{7} bell", "0.3", "0.0000001",
        "123456789012346000", "08:45:00", "36:00:00",
      ])
    #expect(
      last.cells.map(\.kind) == [
        .text, .error, .error, .boolean, .text, .text, .number, .number, .number, .date, .date,
      ])
    #expect(last.cells.map(\.isFormula) == [true, true, true, true] + Array(repeating: false, count: 7))
  }

  @Test func xlsxWriterWith1904AndInlineStrings() throws {
    let bytes = try Fixture.bytes("xlsxwriter-1904.xlsx")
    let dateSystem = try WorkbookReader(bytes).dateSystem
    #expect(dateSystem == .from1904)
    #expect(try readSheet(bytes).rows.map(\.texts) == [["Born"], ["2009-09-01"], ["1904-01-01"]])
  }

  @Test func polars() throws {
    let sheet = try readSheet(try Fixture.bytes("polars.xlsx"))
    #expect(sheet.rows.map(\.number) == [1, 2, 3, 4])
    #expect(sheet.rows[0].texts == Self.header)
    for (row, person) in zip(sheet.rows[1...], Self.people) {
      #expect(row.cells.map(\.kind) == Self.kinds)
      for column in [0, 1, 3, 4, 5, 6, 8, 9] { #expect(row.texts[column] == person[column]) }
    }
    // polars was given no number formats with zeros.
    #expect(sheet.rows[1].texts[2] == "341478" && sheet.rows[1].texts[7] == "7700900123")
  }

  @Test(arguments: [
    ("encrypted.xlsx", WorkbookError.Code.encrypted), ("libreoffice.xls", .oldExcel),
    ("libreoffice.ods", .openDocument),
  ])
  func othersAreToldApart(name: String, code: WorkbookError.Code) throws {
    #expect(readingError(try Fixture.bytes(name))?.code == code)
  }

  @Test func aSheetCanBeReadTwiceAndOutlivesTheReader() throws {
    var workbook = try WorkbookReader(try Fixture.bytes("xlsxwriter.xlsx"))
    var first = try workbook.read(workbook.sheets[0])
    var second = try workbook.read(workbook.sheets[0])
    var rows: [[String]] = []
    while try first.next() {
      let more = try second.next()
      #expect(more)
      rows.append(first.withRow { $0.strings })
      let same = second.withRow { $0.strings }
      #expect(rows.last == same)
    }
    #expect(rows.count == 5)
    let more = try second.next()
    #expect(!more)
  }
}
