// Names of files on the desk, and numbers of rows in words.

import Testing

@testable import Intake

@Suite("Names and numbers on the desk") struct DeskNamesTests {
  @Test(arguments: [
    ("a.csv", "a.csv"), ("a.checked.csv", "a.csv"), ("a.checked (2).csv", "a.csv"), ("a.checked.xlsx", "a.xlsx"),
    ("Students (14).xlsx", "Students (14).xlsx"), ("Students (14).checked (12).xlsm", "Students (14).xlsm"),
    ("a.checked (x).csv", "a.checked (x).csv"), ("a.checked ().csv", "a.checked ().csv"),
    (".checked.csv", ".checked.csv"),
    ("checked", "checked"), ("a.xlsx.checked.csv", "a.xlsx.csv"), ("a.unchecked.csv", "a.unchecked.csv"), ("", ""),
  ])
  func whatACheckedFileWasMadeOf(_ name: String, _ original: String) {
    #expect(DeskNames.original(of: name) == original)
  }

  @Test func filesOfAnExport() {
    #expect(DeskNames.findings(of: "a.checked.csv") == "a.findings.csv")
    #expect(DeskNames.summary(of: "Students (14).checked (2).xlsx") == "Students (14).xlsx.summary.html")
    #expect(
      DeskNames.checked(of: "a.csv") == "a.checked.csv" && DeskNames.checked(of: "a.checked.csv") == "a.checked.csv")
    #expect(DeskNames.workbook(of: "a.checked.xlsx", isMacroEnabled: false) == "a.checked.xlsx")
    #expect(DeskNames.alternative("a.summary.html", 2) == "a.summary (2).html")
    #expect(DeskNames.isPage("START HERE.html") && DeskNames.isPage("START HERE (3).html"))
    #expect(!DeskNames.isPage("START HERE.csv") && !DeskNames.isPage("START HEREABOUTS.html"))
  }

  @Test(arguments: [
    ("a.summary.html", DeskFileKind.summary, "Summary"), ("a.summary (2).html", .summary, "Summary (2)"),
    ("a.findings.csv", .findings, "Findings"), ("Students (14).xlsx.findings.csv", .findings, "Findings"),
    ("a.checked.csv", .checked, "Checked file"), ("Students (14).checked (3).xlsx", .checked, "Checked file (3)"),
    ("sheets/release.xlsx", .sheet, "Sheet to fill in"), ("letter.html", .other, "Other"),
  ])
  func kinds(_ name: String, _ kind: DeskFileKind, _ title: String) {
    #expect(DeskFileKind(name) == kind)
    #expect(kind.title(of: name) == title)
  }

  @Test(arguments: [
    ([], ""), ([7], "row 7"), ([3, 2], "rows 2 and 3"), ([2, 3, 4, 9, 9], "rows 2 to 4 and 9"),
    ([2, 4, 6, 8, 10], "rows 2, 4, 6 and 2 more rows"), ([2, 4, 6, 8], "rows 2, 4, 6 and 1 more row"),
    ([2, 3, 4, 5, 6, 7, 8], "rows 2 to 8"),
  ])
  func rowNumbers(_ rows: [Int], _ words: String) {
    #expect(RowNumbers.words(rows, atMost: 3) == words)
  }

  /// Two long names that begin alike have files of their own, and what is corrected takes the place of what it was.
  @Test func longNamesStayApart() {
    let start = String(repeating: "Leavers of the year ", count: 12)
    for ending in ["csv", "xlsx"] {
      let names = ["\(start) one.\(ending)", "\(start) two.\(ending)"]
      #expect(Set(names.map(DeskNames.findings)).count == 2 && Set(names.map(DeskNames.checked)).count == 2)
      #expect(names.allSatisfy { DeskNames.findings(of: $0).utf8.count <= 230 })
    }
    let checked = DeskNames.checked(of: "\(start).csv")
    #expect(DeskNames.checked(of: checked) == checked)
    #expect(DeskNames.findings(of: checked) == DeskNames.findings(of: "\(start).csv"))
    let workbook = DeskNames.workbook(of: "\(start).xlsx", isMacroEnabled: false)
    #expect(DeskNames.workbook(of: workbook, isMacroEnabled: false) == workbook)
    #expect(DeskNames.findings(of: workbook) == DeskNames.findings(of: "\(start).xlsx"))
  }
}
