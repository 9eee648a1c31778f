// The checked file: every byte of the export stays, two cells more at the end of each record.

import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import Intake

@Suite("Checked file") struct CheckedFileTests {
  private func checked(_ bytes: [UInt8]) throws -> [UInt8] {
    try #require(Fixture.examine(bytes).deskFiles(named: "a.csv", export: bytes).first { $0.name == "a.checked.csv" })
      .bytes
  }

  @Test func cleanFile() throws {
    let text =
      "Legal Surname,Legal Forename,Date of Birth,Year Group,UPN,YSSA\n"
      + "Zz,Qq,01/03/2010,11,\(Fixture.upns[0]),Yes\n"
    #expect(
      try String(decoding: checked(Array(text.utf8)), as: UTF8.self)
        == "Legal Surname,Legal Forename,Date of Birth,Year Group,UPN,YSSA,Validation results,Errors\n"
        + "Zz,Qq,01/03/2010,11,\(Fixture.upns[0]),Yes,passed,\n")
  }

  @Test func bytesOfCellsDoNotChange() throws {
    // Quotes where none are needed, blanks, mixed line ends, a blank line, no line end at the end, a title.
    let text =
      "My leavers\r\n\"Legal Surname\" ,Legal Forename,Date of Birth,UPN,YSSA,Year Group\r\n"
      + "\" Zz\"\"a\"\"\",  Qq ,01/03/2010,,yes,11\n\r\nZzb,=1,01/03/2010,\(Fixture.upns[1]),yes,11,\rTotal,2"
    let bytes = Array(text.utf8)
    let result = try String(decoding: checked(bytes), as: UTF8.self)
    // What was there is still there, in its order: take out what was added and the export is left.
    var rest = Substring(result)
    for line in [
      "My leavers\r\n\"Legal Surname\" ,Legal Forename,Date of Birth,UPN,YSSA,Year Group",
      "\r\n\" Zz\"\"a\"\"\",  Qq ,01/03/2010,,yes,11", "\n\r\nZzb,=1,01/03/2010,\(Fixture.upns[1]),yes,11,",
      "\rTotal,2",
    ] {
      let range = try #require(rest.firstRange(of: line))
      rest = rest[range.upperBound...]
    }
    #expect(
      result.hasPrefix(
        "My leavers\r\n\"Legal Surname\" ,Legal Forename,Date of Birth,UPN,YSSA,Year Group,,Validation results,Errors\r\n"
      ))
    let table = try TableFile(Array(result.split(separator: "\r\n", maxSplits: 1)[1].utf8))
    #expect(table.header.suffix(2) == ["Validation results", "Errors"])
    let rows = table.rows.filter { !$0.isBlank }
    #expect(rows.map { $0.cells.count } == [9, 9, 9])
    #expect(rows[0].cells[7] == "passed with 2 warnings")
    #expect(rows[1].cells[7] == "1 error found")
    #expect(rows[1].cells[1] == "=1")
    #expect(rows[2].cells[7] == "")
  }

  @Test func messagesOneALine() throws {
    let bytes = Fixture.export([
      Fixture.row(0, ["UPN": "A801200005001", "Postcode": "L20", "Date of Birth": ""]), Fixture.row(1), Fixture.row(1),
    ])
    let table = try TableFile(checked(bytes))
    #expect(table.cell(table.rows[0], "Validation results") == "1 error found")
    let errors = try #require(table.cell(table.rows[0], "Errors"))
    let lines = errors.split(separator: "; \n")
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("UPN: The UPN is wrong"))
    #expect(lines[1].hasPrefix("Date of Birth: There is no date of birth"))
    #expect(lines[2].hasPrefix("Postcode: "))
    #expect(table.cell(table.rows[1], "Validation results") == "passed")
    #expect(table.cell(table.rows[2], "Validation results") == "merged with row 3")
  }

  @Test(arguments: [
    CSVDialect(delimiter: .semicolon, encoding: .windows1252), CSVDialect(delimiter: .tab, byteOrderMark: true),
    CSVDialect(encoding: .utf16LittleEndian, byteOrderMark: true),
    CSVDialect(encoding: .utf16BigEndian, byteOrderMark: true),
    CSVDialect(quoting: .always, newline: .lf),
  ])
  func everyDialect(_ dialect: CSVDialect) throws {
    let bytes = Fixture.export([Fixture.row(0, ["Legal Surname": "Zzé", "UPN": ""]), Fixture.row(1)], dialect)
    let result = try checked(bytes)
    #expect(result.starts(with: dialect.encoding.byteOrderMark) || !dialect.byteOrderMark)
    let format = CSVSurvey.format(of: result)
    #expect(format.encoding == dialect.encoding)
    #expect(format.delimiter == dialect.delimiter)
    let table = try TableFile(result)
    #expect(table.cell(table.rows[0], "Legal Surname") == "Zzé")
    #expect(table.cell(table.rows[0], "Validation results") == "passed with 1 warning")
    let before = try TableFile(bytes)
    #expect(table.rows.map { Array($0.cells.prefix(before.header.count)) } == before.rows.map(\.cells))
  }

  /// A heading that would be a formula stands in our words too: the cell that we write is made harmless.
  @Test func ownTextIsGuarded() throws {
    let map = "=UPN"
    var configuration = Fixture.configuration()
    configuration.headerMaps["sims"] = .init(
      id: "sims", name: "SIMS", columns: Fixture.headings.map { ($0.field == .upn ? map : $0.header, $0.field) },
      values: [:])
    let text =
      "=UPN,Legal Surname,Legal Forename,Date of Birth,Year Group,YSSA\nA801200005001,Zz,Qq,01/03/2010,11,Yes\n"
    let examination = examine(
      Array(text.utf8), school: Fixture.school(), configuration: configuration, day: Fixture.day)
    let file = try #require(examination.deskFiles(named: "a.csv", export: Array(text.utf8)).last)
    let table = try TableFile(file.bytes)
    #expect(table.rows[0].cells.last?.hasPrefix("'=UPN: ") == true)
    #expect(table.header.first == "=UPN")
  }

  @Test func verdicts() {
    func row(_ codes: [FindingCode], _ verdict: RowVerdict = .clear) -> ExaminedRow {
      ExaminedRow(
        rowNumber: 2, record: LeaverRecord(), cohort: nil, verdict: verdict,
        details: codes.map { ExportFinding(Remark($0), row: 2) })
    }
    #expect(RowReport().verdict(row([])) == "passed")
    #expect(RowReport().verdict(row([.upnTemporary])) == "passed")
    #expect(RowReport().verdict(row([.upnMissing])) == "passed with 1 warning")
    #expect(RowReport().verdict(row([.upnMissing, .sharingBlank])) == "passed with 2 warnings")
    #expect(RowReport().verdict(row([.upnMissing, .noName])) == "1 error found")
    #expect(RowReport().verdict(row([.noDateOfBirth, .noName])) == "2 errors found")
    #expect(RowReport().verdict(row([.repeatMerged], .merged(into: 7))) == "merged with row 7")
  }

  @Test func sameBytesEachTime() throws {
    let bytes = Fixture.export((0..<4).map { Fixture.row($0, ["UPN": "x", "Course": "=1"]) })
    let first = Fixture.examine(bytes).deskFiles(named: "a.csv", export: bytes)
    for _ in 0..<5 {
      let again = Fixture.examine(bytes).deskFiles(named: "a.csv", export: bytes)
      #expect(again.map(\.bytes) == first.map(\.bytes))
    }
  }

  /// What is corrected and comes back has the two columns already: they say what is true now.
  @Test(arguments: [
    CSVDialect(), CSVDialect(delimiter: .semicolon, encoding: .windows1252),
    CSVDialect(encoding: .utf16LittleEndian, byteOrderMark: true), CSVDialect(byteOrderMark: true),
  ])
  func aFileThatCameBackKeepsItsTwoColumns(_ dialect: CSVDialect) throws {
    let bad = Fixture.export([Fixture.row(0, ["Legal Surname": "Zzé", "Date of Birth": ""]), Fixture.row(1)], dialect)
    let first = try checked(bad)
    #expect(try checked(first) == first, "what says the same is the same")
    let divider = String(Unicode.Scalar(dialect.delimiter.rawValue))
    let text = try dialect.encoding.decode(first)
    let mended = text.replacing("\(divider)\(divider)F", with: "\(divider)01/03/2010\(divider)F")
    #expect(mended != text)
    let second = try TableFile(try checked(try dialect.encoding.encode(mended)))
    #expect(second.header == (try TableFile(first)).header && second.header.last == "Errors")
    #expect(second.cell(second.rows[0], "Validation results") == "passed")
    #expect(second.cell(second.rows[0], "Errors") == "")
    #expect(second.cell(second.rows[0], "Legal Surname") == "Zzé")
  }

  /// Rows that end before the two columns, or between them; columns that somebody added behind; a row that is none.
  @Test func rowsThatAreShorterOrLongerThanTheTwoColumns() throws {
    let text =
      "Legal Surname,Legal Forename,Date of Birth,Year Group,UPN,YSSA,Validation results,Errors,Mine\n"
      + "Zz,Qq,01/03/2010,11,\(Fixture.upns[0]),Yes\nZza,Qqa,02/03/2010,11,\(Fixture.upns[1]),Yes,old\n"
      + "Zzb,Qqb,03/03/2010,11,\(Fixture.upns[2]),Yes,\"old, \nolder\",\"x\"\"y\",note\nTotal,3,,,,,,,\n"
    let result = try String(decoding: checked(Array(text.utf8)), as: UTF8.self)
    let short = "passed with 1 warning,\"The row has fewer cells than there are headings"
    let lines = result.split(separator: "\n").map(String.init)
    #expect(lines.count == 5 && lines[0] == text.split(separator: "\n")[0])
    #expect(lines[1].hasPrefix("Zz,Qq,01/03/2010,11,\(Fixture.upns[0]),Yes,\(short): 6"))
    #expect(lines[2].hasPrefix("Zza,Qqa,02/03/2010,11,\(Fixture.upns[1]),Yes,\(short): 7"))
    #expect(lines[3] == "Zzb,Qqb,03/03/2010,11,\(Fixture.upns[2]),Yes,passed,,note")
    #expect(lines[4] == "Total,3,,,,,,,")
  }
}
