// The checked file of a workbook: the school's own, two columns more, wrong cells coloured.

import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import Intake

@Suite("Checked workbook") struct CheckedWorkbookTests {
  private static let saved = Fixture.bytes(of: "\(WorkbookScanTests.folder)/Students (14).xlsx")

  /// The rows of a sheet, by their numbers.
  static func rows(_ bytes: [UInt8], sheet: Int) throws -> [Int: [SheetCell]] {
    var workbook = try WorkbookReader(bytes)
    var reader = try workbook.read(workbook.sheets[sheet - 1])
    var result: [Int: [SheetCell]] = [:]
    while try reader.next() {
      reader.withRow { row in result[row.number] = (0..<row.count).compactMap { row.cell($0) } }
    }
    return result
  }

  @Test func savedByHand() throws {
    let files = Fixture.examine(Self.saved).deskFiles(named: "Students (14).xlsx", export: Self.saved)
    #expect(files.map(\.name) == ["Students (14).xlsx.findings.csv", "Students (14).checked.xlsx"])
    let before = try Self.rows(Self.saved, sheet: 2)
    let after = try Self.rows(files[1].bytes, sheet: 2)
    #expect(Set(after.keys) == Set(before.keys))
    for (number, cells) in before { #expect(after[number]?.prefix(cells.count).elementsEqual(cells) == true) }
    #expect(after[4]?.suffix(2).map(\.text) == ["Validation results", "Errors"])
    #expect(after[5]?.map(\.text).last == "passed")
    #expect(after[7]?[13].text == "passed with 1 warning")
    #expect(after[7]?[14].text.hasPrefix("Postcode: The cell holds a spreadsheet's error") == true)
    #expect(after[10]?[13].text == "1 error found")
    #expect(after[18]?.count == before[18]?.count, "the total is no pupil")
    #expect(try Self.rows(files[1].bytes, sheet: 3) == Self.rows(Self.saved, sheet: 3))
    for _ in 0..<3 {
      #expect(
        Fixture.examine(Self.saved).deskFiles(named: "Students (14).xlsx", export: Self.saved).map(\.bytes)
          == files.map(\.bytes))
    }
  }

  @Test func putBackItIsReadLikeTheFirst() throws {
    let first = Fixture.examine(Self.saved)
    let checked = first.deskFiles(named: "a.xlsx", export: Self.saved)[1]
    #expect(checked.name == "a.checked.xlsx")
    let second = Fixture.examine(checked.bytes)
    #expect(second.rows.map(\.record) == first.rows.map(\.record))
    #expect(second.rows.map(\.verdict) == first.rows.map(\.verdict))
    #expect(second.details == first.details, "our own columns are ignored")
    // Its columns are written anew, not a second time.
    let again = second.deskFiles(named: checked.name, export: checked.bytes)[1]
    #expect(again.name == "a.checked.xlsx")
    #expect(
      try Self.rows(again.bytes, sheet: 2).mapValues { $0.map(\.text) }
        == Self.rows(checked.bytes, sheet: 2).mapValues { $0.map(\.text) })
  }

  @Test func aCorrectionIsSeen() throws {
    let workbook = HandmadeWorkbook(pupils: 2, [0: ["Date of Birth": .blank]])
    let checked = Fixture.examine(workbook.bytes).deskFiles(named: "a.xlsx", export: workbook.bytes)[1].bytes
    #expect(try Self.rows(checked, sheet: 1)[2]?[12].text == "1 error found")
    // What a person does: the cell is filled, the rest stays.
    let filled = try WorkbookEditor.edit(
      checked, sheet: 1, SheetEdits(rows: [2: .init(texts: [5: "01/03/2010"])])
    ).bytes
    let examination = Fixture.examine(filled)
    #expect(examination.rows.map(\.verdict) == [.clear, .clear])
    let again = examination.deskFiles(named: "a.xlsx", export: filled)[1].bytes
    let row = try #require(try Self.rows(again, sheet: 1)[2])
    #expect(row.count == 13)
    #expect(row[12].text == "passed")
  }

  @Test func aSchoolsOwnErrorsColumnIsLeftAlone() throws {
    var workbook = HandmadeWorkbook(pupils: 1)
    workbook.sheets[0].rows[0].append("Errors")
    workbook.sheets[0].rows[1].append("three at school")
    let checked = Fixture.examine(workbook.bytes).deskFiles(named: "a.xlsx", export: workbook.bytes)[1].bytes
    let rows = try Self.rows(checked, sheet: 1)
    #expect(rows[1]?.suffix(3).map(\.text) == ["Errors", "Validation results", "Errors"])
    #expect(rows[2]?.suffix(2).map(\.text) == ["three at school", "passed"])
  }

  @Test func besideStrayCellsAndMergedOnes() throws {
    var workbook = HandmadeWorkbook(pupils: 2)
    workbook.sheets[0].rows.append(Array(repeating: .blank, count: 14) + ["stray"])
    workbook.sheets[0].merges = ["O4:P4", "A9:XFD9"]
    let checked = Fixture.examine(workbook.bytes).deskFiles(named: "a.xlsx", export: workbook.bytes)[1].bytes
    #expect(try Self.rows(checked, sheet: 1)[1]?.count == 18)
    #expect(try Self.rows(checked, sheet: 1)[1]?[16].text == "Validation results")
  }

  @Test func ourWordsAreNeverFormulas() throws {
    var configuration = Fixture.configuration()
    configuration.headerMaps["sims"] = .init(
      id: "sims", name: "SIMS", columns: Fixture.headings.map { ($0.field == .upn ? "=UPN" : $0.header, $0.field) },
      values: [:])
    var workbook = HandmadeWorkbook(pupils: 1, [0: ["UPN": "A801200005001"]])
    workbook.sheets[0].rows[0][0] = "=UPN"
    let examination = examine(
      workbook.bytes, school: Fixture.school(), configuration: configuration, day: Fixture.day)
    let checked = examination.deskFiles(named: "a.xlsx", export: workbook.bytes)[1].bytes
    let cell = try #require(try Self.rows(checked, sheet: 1)[2]?.last)
    #expect(cell.text.hasPrefix("=UPN: "))
    #expect(cell.kind == .text)
    #expect(!cell.isFormula)
  }

  /// A workbook in another encoding is read and not edited.
  @Test func aPlainTableWhereItCannotBeEdited() throws {
    var workbook = HandmadeWorkbook(pupils: 0)
    let rows = HandmadeWorkbook.rows(pupils: 2).enumerated().map { number, row in
      "<row>"
        + row.map { cell in
          guard case .text(let text) = cell else { return "<c/>" }
          return "<c t=\"str\"><v>\(number == 2 && text.hasPrefix("Zz") ? "+44" : text)</v></c>"
        }.joined() + "</row>"
    }
    workbook.sheets[0].xml =
      "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><worksheet "
      + "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>\(rows.joined())</sheetData>"
      + "</worksheet>"
    let examination = Fixture.examine(workbook.bytes)
    #expect(examination.rows.count == 2)
    let files = examination.deskFiles(named: "a.xlsx", export: workbook.bytes)
    #expect(files.map(\.name) == ["a.xlsx.findings.csv", "a.xlsx.checked.csv"])
    let findings = try TableFile(files[0].bytes)
    #expect(findings.rows.last.map { findings.cell($0, "code") } == "L094")
    let table = try TableFile(files[1].bytes)
    #expect(table.header == Fixture.columns + ["Validation results", "Errors"])
    #expect(table.rows.count == 2)
    #expect(table.cell(table.rows[0], "Validation results") == "passed")
    #expect(table.cell(table.rows[1], "Legal Surname") == "'+44", "CSV is opened as formulas")
  }

  @Test func names() {
    #expect(DeskNames.workbook(of: "a.xlsx", isMacroEnabled: false) == "a.checked.xlsx")
    #expect(DeskNames.workbook(of: "a.XLSM", isMacroEnabled: true) == "a.checked.xlsm")
    #expect(DeskNames.workbook(of: "a.csv", isMacroEnabled: false) == "a.csv.checked.xlsx")
    #expect(DeskNames.workbook(of: ".xlsx", isMacroEnabled: false) == ".xlsx.checked.xlsx")
    #expect(
      DeskNames.workbook(of: String(repeating: "é", count: 150) + ".xlsx", isMacroEnabled: false).utf8.count == 212)
    #expect(DeskNames.alternative("a.checked.xlsx", 2) == "a.checked (2).xlsx")
    #expect(DeskNames.alternative("a.checked.xlsm", 3) == "a.checked (3).xlsm")
  }
}
