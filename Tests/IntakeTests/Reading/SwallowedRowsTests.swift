// A quotation mark that swallows rows refuses the file; a genuine cell of several lines, or a long one, does not.

import Leavers
import Ledger
import Tabular
import Testing

@testable import Intake

@Suite("Swallowed rows") struct SwallowedRowsTests {
  private static let columns = Fixture.columns + ["Course", "Provider"]

  /// Five pupils, no cell in quotation marks, with one mark put where the cell of a row begins and one where another
  /// ends. Rows from 1, the header being row 1; columns from 1.
  private func swallowing(
    from open: (row: Int, column: Int), to close: (row: Int, column: Int), delimiter: String = ","
  ) -> [UInt8] {
    var table = [Self.columns]
    for number in 0..<5 {
      let row = Fixture.row(number, ["Course": "Zzcourse", "Provider": "Zzprovider"])
      table.append(Self.columns.map { row[$0] ?? "" })
    }
    table[open.row - 1][open.column - 1] = "\"" + table[open.row - 1][open.column - 1]
    table[close.row - 1][close.column - 1] += "\""
    return Array(table.map { $0.joined(separator: delimiter) }.joined(separator: "\r\n").utf8)
  }

  @Test(arguments: [
    ((2, 13), (4, 13)), ((2, 13), (3, 13)), ((2, 14), (6, 14)), ((2, 14), (3, 1)), ((3, 1), (4, 1)), ((2, 10), (3, 4)),
    ((2, 8), (5, 8)), ((2, 3), (3, 14)), ((1, 14), (3, 14)),
  ])
  func theFileIsRefused(_ open: (row: Int, column: Int), _ close: (row: Int, column: Int)) throws {
    let bytes = swallowing(from: open, to: close)
    let examination = Fixture.examine(bytes)
    let fatal = try #require(examination.fatal)
    #expect(fatal.code.rawValue == "L012")
    #expect(fatal.severity == .fatal)
    #expect(examination.rows.isEmpty)
    #expect(examination.details == [fatal])
    #expect(fatal.row == open.row)
    #expect(fatal.columnNumber == open.column)
    #expect(
      fatal.what.contains("row \(open.row), column \(open.column), lines \(open.row) to \(close.row)"), "\(fatal.what)")
    #expect(fatal.column == (open.row == 1 ? nil : Self.columns[open.column - 1]))
    for text in [fatal.what, fatal.remedy, "\(fatal)"] {
      #expect(!text.contains("Zz") && !text.contains("Qq") && !text.contains(Fixture.upns[1]))
    }
    let desk = examination.deskFiles(named: "a.csv", export: bytes)
    #expect(desk.map(\.name) == ["a.findings.csv"])
    #expect(!String(decoding: desk[0].bytes, as: UTF8.self).contains("Zzsurname"))
  }

  @Test func aRowClosedByTheQuotesOfTheNext() throws {
    // In a file whose cells all stand in quotation marks the lost mark swallows up to the next one.
    var text = String(decoding: Fixture.export([Fixture.row(0), Fixture.row(1), Fixture.row(2)]), as: UTF8.self)
      .split(separator: "\r\n").map { line in
        line.split(separator: ",", omittingEmptySubsequences: false).map { "\"\($0)\"" }.joined(separator: ",")
      }.joined(separator: "\r\n")
    #expect(Fixture.examine(Array(text.utf8)).fatal == nil)
    let end = try #require(text.firstRange(of: "\"\r\n\"\(Fixture.upns[1])"))
    text.replaceSubrange(end, with: "\r\n\"\(Fixture.upns[1])")
    #expect(Fixture.examine(Array(text.utf8)).fatal?.code.rawValue == "L012")
  }

  @Test func otherDelimitersAndTitles() {
    #expect(
      Fixture.examine(swallowing(from: (2, 13), to: (4, 13), delimiter: ";")).fatal?.code.rawValue == "L012")
    // A title above the headings swallows the headings and the rows up to where the headings come again.
    let page = String(decoding: Fixture.export([Fixture.row(0), Fixture.row(1)]), as: UTF8.self)
    let text = "\"Leavers\r\n\(page)end\"\r\n\(page)"
    #expect(Fixture.examine(Array(text.utf8)).fatal?.code.rawValue == "L012")
  }

  @Test func linesAreCountedWithTheBreaksBefore() {
    let text = """
      Legal Surname,Legal Forename,Date of Birth,Address Line 1,Course,Provider
      Zz,Qq,01/03/2010,"1 Zz Road
      Bootle","Zz
      Zz,Qr,01/03/2010,,Zz"
      Zz,Qs,01/03/2010,,,
      """
    let fatal = Fixture.examine(Array(text.utf8)).fatal
    #expect(fatal?.what.contains("row 2, column 5, lines 3 to 4") == true, "\(fatal?.what ?? "")")
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func genuineCellsOfSeveralLinesPass(_ end: String) {
    let lines = (1...9).map { "Zz line \($0)" }
    let address = lines.joined(separator: end)
    let examination = Fixture.examine([
      Fixture.row(0, ["Address Line 1": address, "Course": "Maths,\(end)Physics, Chemistry"]), Fixture.row(1),
    ])
    #expect(examination.fatal == nil)
    #expect(examination.rows.map(\.verdict) == [.clear, .clear])
    #expect(examination.row(2)?.record[.addressLine1] == lines.joined(separator: ", "))
    let more = Fixture.examine([Fixture.row(0, ["Address Line 1": address + end + "Zz line 10"]), Fixture.row(1)])
    #expect(more.fatal?.code.rawValue == "L012")
  }

  @Test func longTextOfSeveralLines() {
    func examine(_ length: Int) -> Examination {
      Fixture.examine([Fixture.row(0, ["Course": "z\n" + String(repeating: "z", count: length - 2)])])
    }
    #expect(examine(2000).fatal == nil)
    #expect(examine(2001).fatal?.code.rawValue == "L012")
  }

  /// Our own messages stand one a line; a checked file that is corrected and handed in again is no suspect.
  @Test func theCheckedFileComesBack() throws {
    let flaws = [
      "UPN": "x", "ULN": "1", "Postcode": "x", "Telephone": "1", "Email": "x", "Home LA": "x", "Gender": "x",
      "Intended Destination": "x", "SEN Status": "x", "Year Group": "x", "YSSA": "x", "Provider UKPRN": "1",
      "Date of Birth": "x", "Looked After": "x",
    ]
    let bytes = Fixture.export([Fixture.row(0, flaws), Fixture.row(1)])
    let checked = try #require(Fixture.examine(bytes).deskFiles(named: "a.csv", export: bytes).last)
    let table = try TableFile(checked.bytes)
    #expect(try #require(table.cell(table.rows[0], "Errors")).split(separator: "\n").count > 9)
    let again = Fixture.examine(checked.bytes)
    #expect(again.fatal == nil)
    #expect(again.rows.count == 2)
    // A mark put before our own messages still swallows rows.
    let plain = String(decoding: Fixture.export([Fixture.row(0), Fixture.row(1), Fixture.row(2)]), as: UTF8.self)
      .split(separator: "\r\n")
    let text =
      "\(plain[0]),Errors\r\n\(plain[1]),\"passed\r\n\(plain[2]),passed\"\r\n\(plain[3]),passed\r\n"
    #expect(Fixture.examine(Array(text.utf8)).fatal?.code.rawValue == "L012")
  }

  // MARK: The second wall

  @Test(arguments: [Field.course, .addressLine1, .legalSurname, .email, .characteristics])
  func anotherPupilsUPNInTextHoldsTheRow(_ field: Field) throws {
    for text in [
      "Zz\n\(Fixture.upns[1])", "Zz \(Fixture.upns[1].lowercased());x\r\nZz", "Zz\r(A3434999210A5)",
      "Zz\nA34349992105B",
    ] {
      let isShaped = !text.contains("A3434999210A5")
      let outcome = Fixture.check(text, field)
      #expect(outcome.codes.contains("L037") == isShaped, "\(field)")
      if isShaped { #expect(outcome == .held(.cellsOutOfPlace, .pupilInText)) }
    }
    // One line, or a longer word, is something else.
    for text in ["Zz \(Fixture.upns[1])", "Zz\n\(Fixture.upns[1])9", "Zz\nZ\(Fixture.upns[1])"] {
      #expect(!Fixture.check(text, field).codes.contains("L037"))
    }
  }

  @Test func theRowIsHeldWithAnError() throws {
    let examination = Fixture.examine([Fixture.row(0, ["Course": "Zz\n\(Fixture.upns[1]),Zz"]), Fixture.row(2)])
    let row = try #require(examination.row(2))
    #expect(examination.rows.map(\.verdict) == [.held(.cellsOutOfPlace), .clear])
    #expect(row.details.map(\.code.rawValue) == ["L037"])
    #expect(row.details[0].severity == .error)
    #expect(row.record[.course] == nil)
    #expect(!row.details[0].what.contains(Fixture.upns[1]))
  }

  // MARK: Long cells

  @Test(arguments: [false, true])
  func aCellThatIsTooLongIsBlankedAndTold(_ quoted: Bool) throws {
    let long = String(repeating: "z", count: ExportScan.cellLimit) + (quoted ? ",\"" : "")
    let examination = Fixture.examine([Fixture.row(0, ["Course": long]), Fixture.row(1, ["Course": "Zz"])])
    #expect(examination.fatal == nil)
    #expect(examination.rows.map(\.verdict) == [.clear, .clear])
    #expect(examination.rows.map { $0.record[.course] } == (quoted ? [nil, "Zz"] : [long, "Zz"]))
    guard quoted else { return }
    let finding = try #require(examination.row(2)?.details.first)
    #expect(examination.row(2)?.details.count == 1)
    #expect(finding.code.rawValue == "L038")
    #expect(finding.severity == .warning)
    #expect((finding.column, finding.columnNumber, finding.field) == ("Course", 13, .course))
    #expect(finding.what.contains("\(ExportScan.cellLimit) bytes"))
    #expect(finding.value?.exposed ?? "" == "")
  }

  @Test func aLongCellNeverReadsAsNo() {
    let long = String(repeating: "z", count: ExportScan.cellLimit + 1)
    let examination = Fixture.examine([
      Fixture.row(0, ["Protected Address": long]), Fixture.row(1, ["Placed By": long]), Fixture.row(2, ["YSSA": long]),
      Fixture.row(3, ["Legal Surname": long, "Legal Forename": long]), Fixture.row(4, ["Date of Birth": long]),
    ])
    #expect(examination.row(2)?.record[.protectedAddress] == "Y")
    #expect(examination.codes(row: 2).sorted() == ["L038", "L351"])
    #expect(examination.row(3)?.verdict == .held(.placedByAnotherAuthority))
    #expect(examination.codes(row: 4).sorted() == ["L038", "L320"])
    #expect(examination.row(4)?.record[.sharing] == "?")
    #expect(examination.row(5)?.verdict == .held(.noName))
    #expect(examination.row(6)?.verdict == .held(.noDateOfBirth))
    let home = Fixture.examine([Fixture.row(0, ["Home LA": long])])
    #expect(home.row(2)?.record[.homeAuthority] == "?")
    #expect(home.codes(row: 2).sorted() == ["L038", "L340"])
  }

  @Test func longCellsOutsideThePupilsCells() {
    let long = String(repeating: "z", count: ExportScan.cellLimit + 1)
    let text = """
      \(long)
      Legal Surname,Legal Forename,Date of Birth,Year Group,UPN,YSSA,\(long)
      Zz,Qq,01/03/2010,11,\(Fixture.upns[0]),Yes,
      \(long)
      """
    let examination = Fixture.examine(Array(text.utf8))
    #expect(examination.codes(row: nil) == ["L038", "L022"])
    #expect(examination.details.first?.what.contains("row 2, column 7") == true)
    // A row of nothing but such a cell is no blank row: it is held.
    #expect(examination.rows.map(\.verdict) == [.clear, .held(.noName)])
    #expect(examination.codes(row: 4).contains("L038"))
  }

  @Test func aMarkThatIsNeverClosedStaysFatalHoweverLong() {
    let long = "\"" + String(repeating: "z", count: ExportScan.cellLimit * 3)
    let text = "Legal Surname,Legal Forename,Date of Birth\nZz,Qq,\(long)"
    #expect(Fixture.examine(Array(text.utf8)).fatal?.code.rawValue == "L003")
  }
}
