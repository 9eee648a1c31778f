// The limits of a text as an export: each has a finding of its own, and what comes near passes.

import Leavers
import Tabular
import Testing

@testable import Intake

@Suite("Limits of texts") struct ExportLimitTests {
  private func code(_ text: String, _ change: (inout CSVLimits) -> Void) -> String? {
    var limits = ExportScan.limits
    change(&limits)
    switch ExportScan.scan(Array(text.utf8), limits: limits) {
    case .success: return nil
    case .failure(let refused): return refused.remark.code.rawValue
    }
  }

  @Test func eachHasItsFinding() {
    let text = "UPN,Legal Surname\n1,2\n3,4\n"
    #expect(code(text) { $0.bytes = text.utf8.count - 1 } == "L005")
    #expect(code(text) { $0.bytes = text.utf8.count } == nil)
    #expect(code(text) { $0.rows = 2 } == "L013")
    #expect(code(text) { $0.rows = 3 } == nil)
    #expect(code(text) { $0.columns = 1 } == "L009")
    #expect(code(text) { $0.columns = 2 } == nil)
  }

  /// The mark is never closed: said at the row where it opened, however many rows come after it.
  @Test func anOpenMarkIsSaidWhereItOpened() {
    let rows = (0..<5).map { "1,\($0)" }.joined(separator: "\n")
    let examination = Fixture.examine(Array("UPN,Legal Surname\n1,2\n3,\"four\n\(rows)\n".utf8))
    #expect(examination.fatal?.code == .openQuote)
    #expect(examination.fatal?.what.contains("on line 3") == true)
  }

  /// A report with a title, blank rows, totals and headings once more on each page.
  @Test func whatAReportPrintsIsCounted() throws {
    let row = Fixture.export([Fixture.row(0)])
    let lines = String(decoding: row, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
    let second = String(decoding: Fixture.export([Fixture.row(1)]), as: UTF8.self).split(whereSeparator: \.isNewline)[1]
    let text = """
      Example High School,
      Leavers 2026,
      ,
      \(lines[0])
      \(lines[1])
      Total: 1,
      ,
      \(lines[0])
      \(second)
      Grand total,2
      """
    let examination = Fixture.examine(Array(text.utf8))
    #expect(examination.rows.map(\.rowNumber) == [5, 9])
    #expect(examination.summary.blankRows == 4)
    let said = examination.details.filter { $0.row == nil }
    #expect(said.map(\.code) == [.linesBeforeHeader, .rowsPassedOver, .repeatedHeader])
    #expect(said.map(\.what).map { $0.suffix(4) } == [": 3.", ": 3.", "mes."])
  }
}
