// Workbooks as exports: which sheet is read, what cells mean, what is refused and by which finding.

import Leavers
import Ledger
import Tabular
import Testing

@testable import Intake

@Suite("Workbooks as exports") struct WorkbookScanTests {
  private typealias Cell = HandmadeWorkbook.Cell

  static let folder = "\(Fixture.root)/Tests/TabularTests/XLSX/Fixtures"

  private func examine(_ workbook: HandmadeWorkbook, named name: String? = nil) -> Examination {
    Fixture.examine(workbook.bytes, named: name)
  }

  @Test func savedByHand() throws {
    let bytes = Fixture.bytes(of: "\(Self.folder)/Students (14).xlsx")
    let examination = Fixture.examine(bytes, named: "Students (14).xlsx")
    #expect(examination.fatal == nil)
    #expect(examination.rows.map(\.rowNumber) == Array(5...16))
    #expect(examination.summary.encoding == "xlsx")
    #expect(examination.summary.delimiter == "2")
    #expect(examination.summary.blankRows == 1, "the total")
    let first = try #require(examination.row(5))
    #expect(first.record[.dateOfBirth] == "2010-01-20", "a day")
    #expect(first.record[.entryDate] == "2021-09-01", "a text")
    #expect(first.record[.uln] == "1000000019", "a number")
    #expect(first.record[.laestab] == "3414787", "a number with zeros at the front")
    #expect(first.record[.phone] == "07700900100", "a number that lost its zero")
    #expect(first.record[.yearGroup] == "11")
    #expect(first.verdict == .clear)
    #expect(examination.codes(row: 7) == ["L251", "L032"], "a look-up that found nothing, and the repaired number")
    #expect(examination.row(7)?.record[.postcode] == nil)
    #expect(examination.details.first { $0.row == 7 && $0.code == .spreadsheetError }?.column == "Postcode")
    #expect(examination.codes(row: 9).contains("L111"))
    #expect(examination.row(10)?.verdict == .held(.noDateOfBirth))
    #expect(examination.codes(row: nil) == ["L022", "L023", "L086", "L088"])
    let note = try #require(examination.details.first { $0.code == .hiddenSheet })
    #expect(note.what.contains("sheet 3"))
    #expect(!note.what.contains("Look-up"))
    #expect(note.value?.exposed == "Look-up", "the name goes to the desk alone")
  }

  @Test(arguments: ["openpyxl.xlsx", "polars.xlsx", "xlsxwriter.xlsx", "libreoffice.xlsx"])
  func workbooksOfEveryProgramAreOpened(_ name: String) {
    // Their columns are not those of a school, which is said; nothing else is wrong with them.
    let examination = Fixture.examine(Fixture.bytes(of: "\(Self.folder)/\(name)"))
    #expect(examination.fatal?.code == .identityColumnsMissing)
  }

  @Test(arguments: [
    ("encrypted.xlsx", FindingCode.encryptedWorkbook, "Remove the password"), ("libreoffice.xls", .oldWorkbook, "XLSX"),
    ("libreoffice.ods", .openDocument, "XLSX"),
  ])
  func otherKinds(_ name: String, _ code: FindingCode, _ remedy: String) {
    let examination = Fixture.examine(Fixture.bytes(of: "\(Self.folder)/\(name)"), named: name)
    #expect(examination.fatal?.code == code)
    #expect(examination.fatal?.remedy.contains(remedy) == true)
    #expect(examination.rows.isEmpty)
    #expect(PassedOverFile.isReadable(name), "so that its own finding is given")
  }

  // MARK: By bytes, not by name

  @Test func readAsWhatItIs() {
    let workbook = HandmadeWorkbook(pupils: 2).bytes
    let text = Fixture.export([Fixture.row(0)])
    for (bytes, name, isNoted) in [
      (workbook, "a.xlsx", false), (workbook, "a.XLSM", false), (workbook, "a.csv", true), (workbook, "a.xls", true),
      (text, "a.csv", false), (text, "a.txt", false), (text, "a.xlsx", true), (text, "a.xls", true),
    ] {
      let examination = Fixture.examine(bytes, named: name)
      #expect(examination.fatal == nil, "\(name)")
      #expect(examination.codes(row: nil).contains("L085") == isNoted, "\(name)")
    }
    #expect(Fixture.examine(workbook).codes(row: nil) == [])
  }

  @Test func schoolByItsNumber() throws {
    let bytes = Fixture.bytes(of: "\(Self.folder)/Students (14).xlsx")
    #expect(schoolOf(bytes, configuration: Fixture.configuration()) == (try LAESTAB(Fixture.laestab)))
  }

  @Test(arguments: [
    "<html><table><tr><td>UPN</td></tr></table>",
    " <?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"x\"><html><table/></html>",
  ])
  func webPageCalledWorkbook(_ text: String) {
    let examination = Fixture.examine(Array(text.utf8), named: "a.xls")
    #expect(examination.fatal?.code == .unreadKind)
    #expect(examination.fatal?.what.contains("web page") == true)
  }

  // MARK: Which sheet

  @Test func firstSheetWithHeadings() {
    let examination = examine(
      HandmadeWorkbook([
        .init(name: "About", rows: [["Leavers"], ["printed today"]]),
        .init(name: "Students", rows: HandmadeWorkbook.rows(pupils: 2)),
      ]))
    #expect(examination.summary.delimiter == "2")
    #expect(examination.rows.count == 2)
    #expect(examination.codes(row: nil) == ["L086"])
  }

  @Test func headingsBelowTheTenthRowAreNone() {
    let title = Array(repeating: [Cell.text("Leavers")], count: 10)
    #expect(
      examine(HandmadeWorkbook([.init(name: "a", rows: title + HandmadeWorkbook.rows(pupils: 2))])).fatal?.code
        == .noHeader)
    #expect(
      examine(HandmadeWorkbook([.init(name: "a", rows: title.dropLast() + HandmadeWorkbook.rows(pupils: 2))])).fatal
        == nil)
  }

  @Test func ofTwoTheLargerAndTheOtherIsNamed() throws {
    for larger in 1...2 {
      var sheets = [
        HandmadeWorkbook.Sheet(name: "Year 11", rows: HandmadeWorkbook.rows(pupils: 3)),
        HandmadeWorkbook.Sheet(name: "Year 13", rows: HandmadeWorkbook.rows(pupils: 2, from: 3)),
      ]
      if larger == 2 { sheets.reverse() }
      let examination = examine(HandmadeWorkbook(sheets))
      #expect(examination.summary.delimiter == "\(larger)")
      #expect(examination.rows.count == 3)
      let warning = try #require(examination.details.first { $0.code == .otherSheet })
      #expect(warning.severity == .warning)
      #expect(warning.what.contains("sheet \(3 - larger), with 2 rows"))
      #expect(warning.value?.exposed == "Year 13")
    }
    // Of two with as many rows the first.
    let same = HandmadeWorkbook([
      .init(name: "a", rows: HandmadeWorkbook.rows(pupils: 2)),
      .init(name: "b", rows: HandmadeWorkbook.rows(pupils: 2, from: 3)),
    ])
    #expect(examine(same).summary.delimiter == "1")
  }

  @Test func hiddenSheets() {
    let hidden = HandmadeWorkbook.Sheet(name: "old", state: "hidden", rows: HandmadeWorkbook.rows(pupils: 3))
    let visible = HandmadeWorkbook.Sheet(name: "new", rows: HandmadeWorkbook.rows(pupils: 1))
    let both = examine(HandmadeWorkbook([hidden, visible]))
    #expect(both.summary.delimiter == "2")
    #expect(both.codes(row: nil) == ["L086", "L088"])
    // Only where no visible one has headings.
    let alone = examine(HandmadeWorkbook([hidden, .init(name: "chart", rows: [["nothing"]])]))
    #expect(alone.summary.delimiter == "1")
    #expect(alone.rows.count == 3)
    #expect(alone.details.first { $0.code == .sheetTaken }?.what.contains("hidden") == true)
  }

  @Test func sheetsThatCannotBeRead() {
    let good = HandmadeWorkbook.Sheet(name: "good", rows: HandmadeWorkbook.rows(pupils: 2))
    let broken = HandmadeWorkbook.Sheet(name: "broken", rows: [], xml: "<worksheet")
    // Beside one with leavers it is said; alone, or before a hidden one, it is fatal.
    let beside = examine(HandmadeWorkbook([broken, good]))
    #expect(beside.rows.count == 2)
    #expect(beside.codes(row: nil) == ["L086", "L089"])
    #expect(examine(HandmadeWorkbook([broken])).fatal?.code == .workbookXML)
    var hidden = good
    hidden.state = "hidden"
    #expect(examine(HandmadeWorkbook([broken, hidden])).fatal?.code == .workbookXML)
    // One that has headings and breaks off later may be the larger one.
    var cut = HandmadeWorkbook([good])
    let whole = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
    let row = Fixture.columns.enumerated().map { "<c t=\"str\"><v>\($0.element)</v></c>" }.joined()
    cut.sheets.append(.init(name: "cut", rows: [], xml: "\(whole)<row>\(row)</row><row><c><v>1</v></c>"))
    #expect(examine(cut).fatal?.code == .workbookXML)
    #expect(examine(cut).fatal?.what.contains("sheet 2") == true)
  }

  // MARK: Cells

  @Test func daysAndNumbers() {
    let examination = examine(
      HandmadeWorkbook(
        pupils: 2,
        [
          0: ["Date of Birth": .number("40238", style: 1), "ULN": .number("1000000043"), "Year Group": .number("11")],
          1: ["Date of Birth": .number("40238.5", style: 1), "Home LA": .number("343")],
        ]))
    #expect(examination.rows.map { $0.record[.dateOfBirth] } == ["2010-03-01", "2010-03-01"])
    #expect(examination.rows[0].record[.uln] == "1000000043")
    #expect(examination.rows[0].details.isEmpty)
    #expect(examination.rows[1].record[.homeAuthority] == "343")
  }

  @Test func errorsAreBlankAndNamed() {
    for error in ["#N/A", "#VALUE!", "#REF!", "#BLOCKED!", "#GETTING_DATA"] {
      let examination = examine(
        HandmadeWorkbook(pupils: 2, [0: ["Postcode": .error(error)], 1: ["YSSA": .error(error)]]))
      #expect(examination.codes(row: 2) == ["L032"], "\(error)")
      #expect(examination.details.first { $0.row == 2 }?.column == "Postcode")
      #expect(examination.rows[0].record[.postcode] == nil)
      #expect(
        examination.rows[1].record[.sharing] == SharingRule.notUnderstood, "\(error): a refusal may have stood there")
    }
  }

  @Test func formulasWithoutTheirValue() {
    let examination = examine(
      HandmadeWorkbook(
        pupils: 3,
        [
          0: ["Postcode": .formula(nil)], 1: ["YSSA": .formula(nil)], 2: ["Date of Birth": .formula(nil)],
        ]))
    #expect(examination.codes(row: 2) == ["L091"])
    #expect(examination.details.first { $0.row == 2 }?.column == "Postcode")
    #expect(examination.details.first { $0.row == 2 }?.remedy.contains("Open it in Excel and save it") == true)
    #expect(examination.rows[0].verdict == .clear)
    #expect(examination.rows[1].record[.sharing] == SharingRule.notUnderstood, "a refusal may stand there")
    #expect(examination.rows[2].verdict == .held(.noDateOfBirth))
    #expect(examination.codes(row: 4).contains("L091"))
  }

  @Test func formulasOfAProgramThatDoesNotCalculate() {
    var workbook = HandmadeWorkbook(pupils: 1, [0: ["Year Group": .formula("11")]])
    #expect(examine(workbook).codes(row: nil) == [])
    workbook.calculatesOnOpening = true
    let examination = examine(workbook)
    #expect(examination.codes(row: nil) == ["L092"])
    #expect(examination.details.first?.column == "Year Group")
  }

  @Test func mergedCells() {
    var workbook = HandmadeWorkbook(pupils: 3, [1: ["YSSA": .blank, "Postcode": .blank], 2: ["YSSA": .blank]])
    // YSSA of the first two, the postcodes of the first two; a title and a merged range without content do not matter.
    workbook.sheets[0].merges = ["J2:J3", "H2:H3", "A9:D12", "J4:J4"]
    let examination = examine(workbook)
    #expect(examination.rows[0].verdict == .clear)
    #expect(examination.codes(row: 3) == ["L093", "L320"])
    #expect(examination.rows[1].record[.sharing] == SharingRule.notUnderstood)
    #expect(examination.codes(row: 4) == ["L321"], "blank is blank where nothing is merged")
  }

  @Test func mergedAllOver() {
    var workbook = HandmadeWorkbook(pupils: 2)
    workbook.sheets[0].rows.append(contentsOf: Array(repeating: [], count: 120_000))
    workbook.sheets[0].rows.append(["x"])
    workbook.sheets[0].merges = ["A2:L130000"]
    #expect(examine(workbook).fatal?.code == .workbookMerges)
  }

  @Test func hiddenRowsAreReadAndSaid() {
    var workbook = HandmadeWorkbook(pupils: 3)
    workbook.sheets[0].hidden = [1, 3]
    let examination = examine(workbook)
    #expect(examination.rows.count == 3)
    #expect(examination.codes(row: nil) == ["L090"])
    #expect(examination.details.first?.what.contains("1 row.") == true, "the headings are no pupil")
  }

  @Test func blankCellsAtTheEndOfARowAreNotMissing() {
    var workbook = HandmadeWorkbook(pupils: 2)
    workbook.sheets[0].rows[1].removeLast(2)
    #expect(!examine(workbook).codes(row: 2).contains("L031"))
    workbook.sheets[0].rows[1] += Array(repeating: .blank, count: 4) + ["beyond"]
    #expect(examine(workbook).codes(row: 2).contains("L030"))
  }

  @Test func totals() {
    var workbook = HandmadeWorkbook(pupils: 1)
    workbook.sheets[0].rows += [["Total", .formula(nil)], ["Total", .number("1")], [.formula(nil)]]
    let examination = examine(workbook)
    #expect(examination.summary.blankRows == 2)
    #expect(examination.rows.map(\.rowNumber) == [2, 5], "what a formula alone would say, nobody knows")
  }

  @Test func rowsInOneCell() {
    let other = Fixture.columns.map { Fixture.row(1)[$0] ?? "" }
    for delimiter in [",", "\t"] {
      let text = "1 High Street\n" + other.joined(separator: delimiter)
      let examination = examine(HandmadeWorkbook(pupils: 2, [0: ["Postcode": .text(text)]]))
      #expect(examination.fatal?.code.rawValue == "L080")
      #expect(examination.fatal?.what.contains("row 2, column 8") == true)
    }
  }

  @Test func longCells() {
    let long = String(repeating: "z", count: ExportScan.cellLimit + 1)
    #expect(examine(HandmadeWorkbook(pupils: 1, [0: ["Postcode": .text(long)]])).codes(row: 2).contains("L038"))
    let longer = String(repeating: "z", count: WorkbookScan.limits.cellBytes + 1)
    #expect(
      examine(HandmadeWorkbook(pupils: 1, [0: ["Postcode": .text(longer)]])).fatal?.code == .workbookCellLength)
  }

  // MARK: Dates that a spreadsheet made of others

  @Test func daysSwappedBySpreadsheet() {
    func verdicts(_ cells: [Cell]) -> [RowVerdict] {
      let changes = cells.enumerated().map { ($0, ["Date of Birth": $1]) }
      return examine(HandmadeWorkbook(pupils: cells.count, Dictionary(uniqueKeysWithValues: changes))).rows
        .map(\.verdict)
    }
    // 3 May 2010 became 5 March in an American Excel, and 15/03/2010 stayed a text.
    let day = Cell.number("40242", style: 1)
    #expect(verdicts([day, "15/03/2010"]) == [.held(.noDateOfBirth), .clear])
    // The other way about: an American list in a British Excel. The text can be read in one order only.
    #expect(verdicts([day, "03/15/2010"]) == [.held(.noDateOfBirth), .clear])
    // Day and month the same: nothing to swap.
    #expect(
      verdicts([.number("40303", style: 1), day, "15/03/2010"]) == [.clear, .held(.noDateOfBirth), .clear], "5 May")
    // A day above 12, or a text that either order reads, shows that nothing was swapped.
    #expect(verdicts([day, .number("40256", style: 1), "15/03/2010"]) == [.clear, .clear, .clear])
    #expect(verdicts([day, "15/03/2010", "05/03/2010"]) == [.clear, .clear, .clear])
    #expect(verdicts([day, day]) == [.clear, .clear])
  }

  @Test func everyErrorHasAFindingOfItsOwn() {
    let text = String(
      decoding: Fixture.bytes(of: "\(Fixture.root)/Sources/Tabular/XLSX/WorkbookError.swift"), as: UTF8.self)
    let count = text.split(separator: "package static let ").count - 1
    #expect(count > 40)
    #expect(WorkbookFindings.codes.count == count)
    #expect(Set(WorkbookFindings.codes.values).count == count)
    for code in WorkbookFindings.codes.values { #expect(FindingsCatalogue.entry(code) != nil) }
    for (error, code) in WorkbookFindings.codes where error != .notEditable {
      #expect(FindingsCatalogue.entry(code)?.severity == .fatal, "\(error)")
      let remark = WorkbookFindings.remark(WorkbookError(error, message: "sheet 2, row 3: what; and a remedy"))
      #expect(remark == Remark(code, "sheet 2, row 3: what"))
    }
  }

  @Test func damagedWorkbooksAreRefused() {
    let bytes = HandmadeWorkbook(pupils: 2).bytes
    #expect(Fixture.examine(Array(bytes.dropLast(30))).fatal?.code == .workbookCutOff)
    var doctype = HandmadeWorkbook(pupils: 2)
    doctype.parts = [("xl/workbook.xml", "<!DOCTYPE a><workbook/>")]
    #expect(Fixture.examine(doctype.bytes).fatal?.code == .workbookDoctype)
    var charts = HandmadeWorkbook(pupils: 2)
    charts.parts = [
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
          + "<Relationship Id=\"r1\" Type=\"x/chartsheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
      )
    ]
    #expect(Fixture.examine(charts.bytes).fatal?.code == .workbookWithoutCells)
  }
}
