// The findings file, and how files on the desk are called.

import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import Intake

@Suite("Findings file") struct FindingsFileTests {
  @Test func table() throws {
    let bytes = Fixture.export(
      [Fixture.row(0, ["UPN": "A801200005001", "Legal Surname": "ZoÃ«", "Course": "=HYPERLINK(\"x\")"])],
      columns: Fixture.columns + ["Course", "=Extra"])
    let file = try #require(Fixture.examine(bytes).deskFiles(named: "Leavers 2026.CSV", export: bytes).first)
    #expect(file.name == "Leavers 2026.findings.csv")
    #expect(file.bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    let table = try TableFile(file.bytes)
    #expect(table.header == FindingsFile.header)
    #expect(table.rows.map { $0.cells[3] } == ["L020", "L111", "L096", "L034"])
    #expect(table.rows[0].cells[0] == "")
    #expect(table.rows[0].cells[1] == "'=Extra")
    #expect(table.rows[1].cells[0...2] == ["2", "UPN", "warning"])
    #expect(table.rows[1].cells[6] == "A801200005001")
    #expect(table.rows.map { $0.cells[7] } == ["", "", "Zoë", ""])
    #expect(table.rows[2].cells[6] == "ZoÃ«")
    #expect(table.rows[3].cells[6] == "'=HYPERLINK(\"x\")")
    #expect(table.rows.allSatisfy { !$0.cells[4].isEmpty && !$0.cells[5].isEmpty })
  }

  @Test func names() {
    #expect(DeskNames.base(of: "a.csv") == "a")
    #expect(DeskNames.base(of: "a.txt") == "a.txt")
    #expect(DeskNames.base(of: ".csv") == ".csv")
    #expect(DeskNames.base(of: String(repeating: "é", count: 150) + ".csv").utf8.count == 199)
    #expect(DeskNames.alternative("a.findings.csv", 1) == "a.findings.csv")
    #expect(DeskNames.alternative("a.findings.csv", 2) == "a.findings (2).csv")
  }
}
