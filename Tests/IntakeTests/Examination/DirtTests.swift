// The dirt of real exports, one test each.

import Leavers
import Ledger
import Profiles
import Tabular
import Testing

@testable import Intake

@Suite("Dirt of exports") struct DirtTests {
  @Test func cleanExportHasNothingToSay() {
    let examination = Fixture.examine((0..<4).map { Fixture.row($0) })
    #expect(examination.details.isEmpty)
    #expect(examination.fatal == nil)
    #expect(examination.rows.map(\.rowNumber) == [2, 3, 4, 5])
    #expect(examination.rows.allSatisfy { $0.verdict == .clear && $0.cohort?.description == "Y11-2026" })
    #expect(examination.summary.rowsRead == 4)
    #expect(examination.summary.encoding == "utf-8")
    #expect(examination.row(2)?.record[.dateOfBirth] == "2010-03-01")
  }

  @Test func byteOrderMarkOnTheFirstHeading() {
    let bytes = Fixture.export([Fixture.row()], CSVDialect(byteOrderMark: true))
    #expect(Fixture.examine(bytes).details.isEmpty)
    #expect(Fixture.examine(bytes).row(2)?.record[.upn] == Fixture.upns[0])
  }

  @Test func windows1252WithCurlyApostrophe() {
    let bytes = Fixture.export(
      [Fixture.row(0, ["Legal Surname": "O\u{2019}Zzbrien"])], CSVDialect(encoding: .windows1252))
    let examination = Fixture.examine(bytes)
    #expect(examination.row(2)?.record[.legalSurname] == "O\u{2019}Zzbrien")
    #expect(examination.codes(row: nil) == ["L025"])
    #expect(examination.summary.encoding == "windows-1252")
  }

  @Test(arguments: [TextEncoding.utf16LittleEndian, .utf16BigEndian])
  func utf16(_ encoding: TextEncoding) {
    let bytes = Fixture.export([Fixture.row()], CSVDialect(encoding: encoding, byteOrderMark: true))
    #expect(Fixture.examine(bytes).row(2)?.record[.upn] == Fixture.upns[0])
  }

  @Test(arguments: [CSVDialect.Delimiter.semicolon, .tab, .bar])
  func otherDelimiters(_ delimiter: CSVDialect.Delimiter) {
    let examination = Fixture.examine(Fixture.export([Fixture.row()], CSVDialect(delimiter: delimiter)))
    #expect(examination.codes(row: nil) == ["L026"])
    #expect(examination.row(2)?.record[.upn] == Fixture.upns[0])
  }

  @Test(arguments: [CSVDialect.Delimiter.comma, .semicolon])
  func titleAboveTheHeadings(_ delimiter: CSVDialect.Delimiter) {
    let bytes = Fixture.export(
      [Fixture.row()], CSVDialect(delimiter: delimiter),
      title: ["Leavers, summer 2026, all, of, them, a, b, c", "", "Example"])
    let examination = Fixture.examine(bytes)
    #expect(examination.codes(row: nil).contains("L022"))
    #expect(examination.rows.map(\.rowNumber) == [5])
    #expect(examination.rows.first?.record[.upn] == Fixture.upns[0])
  }

  @Test func headingsBeyondTheTenthRowAreNotFound() {
    let bytes = Fixture.export([Fixture.row()], title: (1...10).map { "line \($0)" })
    #expect(Fixture.examine(bytes).fatal?.code.rawValue == "L006")
  }

  @Test func headerDrift() {
    let text = String(decoding: Fixture.export([Fixture.row()]), as: UTF8.self)
      .replacing("Legal Surname", with: " LEGAL_surname ").replacing("Date of Birth", with: "date-of-birth")
    let examination = Fixture.examine(Array(text.utf8))
    #expect(examination.details.isEmpty)
    #expect(examination.row(2)?.record[.dateOfBirth] == "2010-03-01")
  }

  @Test func unknownColumnIsNamedOnceAndNotKept() {
    let bytes = Fixture.export(
      [Fixture.row(0, ["Favourite Colour": "zzgreen"]), Fixture.row(1, ["Favourite Colour": "zzred"])],
      columns: Fixture.columns + ["Favourite Colour"])
    let examination = Fixture.examine(bytes)
    #expect(examination.details.map(\.code.rawValue) == ["L020"])
    #expect(examination.details.first?.column == "Favourite Colour")
    #expect(examination.details.first?.columnNumber == 13)
    #expect(examination.summary.columns.last == "?")
    #expect(
      examination.rows.allSatisfy { row in row.record.fields.allSatisfy { row.record[$0]?.contains("zz") != true } })
  }

  @Test func checkedFileHandedInAgainIsNoNews() throws {
    let bytes = Fixture.export([Fixture.row()])
    let checked = try #require(Fixture.examine(bytes).deskFiles(named: "a.csv", export: bytes).last)
    #expect(Fixture.examine(checked.bytes).details.isEmpty)
  }

  @Test func repeatedColumn() {
    let bytes = Fixture.export([Fixture.row()], columns: Fixture.columns + ["Postcode"])
    #expect(Fixture.examine(bytes).details.map(\.code.rawValue) == ["L021"])
    let text = """
      Legal Surname,Legal Forename,Date of Birth,Year Group,UPN,YSSA,Telephone,Telephone
      Zz,Qq,01/03/2010,11,\(Fixture.upns[0]),Yes,,0151 496 0001
      Zz,Qr,01/03/2010,11,\(Fixture.upns[1]),Yes,0151 496 0002,0151 496 0003
      Zz,Qs,01/03/2010,11,\(Fixture.upns[2]),Yes,-,12
      """
    let twice = Fixture.examine(Array(text.utf8))
    #expect(twice.rows.map { $0.record[.phone] } == ["01514960001", "01514960002", nil])
    #expect(twice.details.last?.columnNumber == 8)
  }

  @Test func repeatedColumnsThatContradictHoldTheRow() {
    let text = """
      Legal Surname,Legal Forename,Date of Birth,Year Group,UPN,YSSA,YSSA
      Zz,Qq,01/03/2010,11,\(Fixture.upns[0]),Yes,No
      Zz,Qr,01/03/2010,11,\(Fixture.upns[1]),Yes,Y
      Zz,Qs,01/03/2010,11,\(Fixture.upns[2]),,No
      """
    let examination = Fixture.examine(Array(text.utf8))
    #expect(examination.rows.map(\.verdict) == [.held(.contradictoryRepeat), .clear, .clear])
    #expect(examination.rows.map { $0.record[.sharing] } == ["?", "YES", "NO"])
    #expect(examination.codes(row: 2).contains("L036"))
    let repeated = Fixture.examine(Array((text + "\nZz,Qq,01/03/2010,11,\(Fixture.upns[0]),,").utf8))
    #expect(repeated.codes(row: 2).contains("L036"), "a blank repeat mends nothing")
  }

  @Test func legalNameBesideThePreferredOne() {
    let text = """
      UPN,Surname,Forename,Legal Surname,Legal Forename,Date of Birth,Year Group,YSSA
      \(Fixture.upns[0]),Zzused,Qq,Zzlegal,Qq,01/03/2010,11,Yes
      """
    var configuration = Fixture.configuration()
    configuration.headerMaps["sims"] = HeaderMap(
      id: "sims", name: "SIMS",
      columns: Fixture.headings + [("Surname", .legalSurname), ("Forename", .legalForename)], values: [:])
    let examination = examine(
      Array(text.utf8), school: Fixture.school(), configuration: configuration, day: Fixture.day)
    #expect(examination.row(2)?.record[.legalSurname] == "Zzlegal")
    #expect(examination.row(2)?.verdict == .clear)
  }

  @Test func missingColumns() {
    let none = Fixture.export([Fixture.row()], columns: ["UPN", "Legal Surname", "YSSA"])
    let fatal = Fixture.examine(none).fatal
    #expect(fatal?.code.rawValue == "L007")
    #expect(fatal?.what.contains("Legal Forename, Date of Birth") == true)
    let soft = Fixture.export(
      [Fixture.row()], columns: ["Legal Surname", "Legal Forename", "Date of Birth", "Year Group"])
    #expect(Fixture.examine(soft).details.map(\.code.rawValue) == ["L027", "L028"])
    #expect(Fixture.examine(soft).row(2)?.verdict == .clear)
  }

  @Test func trailingDelimitersAndBlankRowsAndTotals() {
    var text = String(decoding: Fixture.export([Fixture.row(), Fixture.row(1)]), as: UTF8.self)
      .replacing("\r\n", with: ",,,,\r\n")
    text += ",,,,,,,,,,,,,,,\r\n\r\nTotal,2,,,,,,,,,,,,,,\r\nNumber of students: 2\r\n"
    let examination = Fixture.examine(Array(text.utf8))
    #expect(examination.rows.count == 2)
    #expect(examination.details.map(\.code.rawValue) == ["L023"])
    #expect(examination.summary.blankRows == 3)
  }

  @Test(arguments: ["Countess,Qq,01/03/2010", "Total,Qq,01/03/2010", "Total,Qq,"])
  func whoIsCalledTotalIsNoTotal(_ row: String) {
    let text = "Legal Surname,Legal Forename,Date of Birth\r\n\(row)\r\n"
    #expect(Fixture.examine(Array(text.utf8)).rows.count == 1)
  }

  @Test func repeatedHeadings() {
    let text = String(decoding: Fixture.export([Fixture.row()]), as: UTF8.self)
    let again = Fixture.export([Fixture.row(1)])
    let examination = Fixture.examine(Array(text.utf8) + again)
    #expect(examination.rows.map(\.rowNumber) == [2, 4])
    #expect(examination.codes(row: nil) == ["L024"])
  }

  @Test func unquotedCommaHoldsTheRow() {
    let text = String(decoding: Fixture.export([Fixture.row(0), Fixture.row(1), Fixture.row(2)]), as: UTF8.self)
      .replacing("Zzsurnameb,", with: "Zz, Surname,")
    let examination = Fixture.examine(Array(text.utf8))
    #expect(examination.rows.map(\.verdict) == [.clear, .held(.cellsOutOfPlace), .clear])
    #expect(examination.codes(row: 3).contains("L030"))
  }

  @Test func columnWithoutHeadingHoldsNobody() {
    let text = String(decoding: Fixture.export([Fixture.row(0), Fixture.row(1)]), as: UTF8.self)
      .split(separator: "\r\n").enumerated().map { $0.offset == 0 ? "\($0.element)," : "\($0.element),note" }
      .joined(separator: "\r\n")
    let examination = Fixture.examine(Array(text.utf8))
    #expect(examination.rows.allSatisfy { $0.verdict == .clear })
    #expect(examination.codes(row: nil) == ["L020"])
  }

  @Test func shortRow() {
    let text = String(decoding: Fixture.export([Fixture.row(0)]), as: UTF8.self).replacing(
      "343,Yes,121,N", with: "343,Yes")
    #expect(Fixture.examine(Array(text.utf8)).codes(row: 2) == ["L031"])
  }

  @Test func embeddedNewlineAndQuotes() {
    let examination = Fixture.examine([Fixture.row(0, ["Address Line 1": "1 \"Zz\" Street\nBootle"]), Fixture.row(1)])
    #expect(examination.row(2)?.record[.addressLine1] == "1 \"Zz\" Street, Bootle")
    #expect(examination.rows.map(\.rowNumber) == [2, 3])
  }

  @Test func misquotedCell() {
    let text = String(decoding: Fixture.export([Fixture.row(0)]), as: UTF8.self)
      .replacing("Zzsurnamea", with: "\"Zz\"surname")
    #expect(Fixture.examine(Array(text.utf8)).codes(row: 2) == ["L035"])
  }

  @Test func spreadsheetErrors() {
    let row = Fixture.examine([Fixture.row(0, ["UPN": "#N/A", "Postcode": "#VALUE!"])]).row(2)
    #expect(row?.details.map(\.code.rawValue) == ["L032", "L110", "L032"])
    #expect(row?.record[.postcode] == nil)
    #expect(row?.verdict == .clear)
  }

  @Test func zeroesLostAndScientific() {
    let row = Fixture.examine([Fixture.row(0, ["ULN": "9.28E+09", "Telephone": "7700900123"])]).row(2)
    #expect(row?.details.map(\.code.rawValue) == ["L131", "L251"])
  }

  @Test func mixedDateEncodings() {
    let dates = ["01/03/2010", "2010-03-02", "2010-03-03 00:00:00", "40241"]
    let examination = Fixture.examine(dates.enumerated().map { Fixture.row($0.offset, ["Date of Birth": $0.element]) })
    #expect(
      examination.rows.map { $0.record[.dateOfBirth] } == ["2010-03-01", "2010-03-02", "2010-03-03", "2010-03-04"])
    #expect(examination.details.map(\.code.rawValue) == ["L220", "L220"])
  }

  @Test(arguments: [
    ("", "L001"), ("\r\n\r\n", "L001"), ("PK\u{3}\u{4}rest", "L047"), ("%PDF-1.7", "L002"),
    ("UPN,Legal Surname\r\n\"open,x\r\n", "L003"), ("a\u{0}b,c\r\n", "L004"), ("a,b\r\nc,d\r\n", "L006"),
    ("Legal Surname,Legal Forename,Date of Birth\r\n", "L010"),
    ("Legal Surname,Legal Forename,Date of Birth\r\n,,\r\n", "L010"),
  ])
  func fatal(_ text: String, _ code: String) {
    let examination = Fixture.examine(Array(text.utf8))
    #expect(examination.fatal?.code.rawValue == code)
    #expect(examination.fatal?.severity == .fatal)
    #expect(examination.rows.isEmpty)
    #expect(examination.deskFiles(named: "x.csv", export: Array(text.utf8)).map(\.name) == ["x.findings.csv"])
  }

  @Test func beyondLimits() {
    let wide = Array(repeating: "x", count: 600).joined(separator: ",")
    #expect(Fixture.examine(Array(wide.utf8)).fatal?.code.rawValue == "L009")
  }

  @Test func unknownHeaderMap() {
    var school = Fixture.school()
    school.mis = "none"
    let examination = examine(
      Fixture.export([Fixture.row()]), school: school, configuration: Fixture.configuration(), day: Fixture.day)
    #expect(examination.fatal?.code.rawValue == "L006")
  }

  @Test func longListsAreCutAndSaidSo() {
    let rows = (0..<10_050).map { number in
      Fixture.row(0, ["UPN": "", "ULN": "", "Legal Surname": "Zz\(letters(number))"])
    }
    let examination = Fixture.examine(rows)
    #expect(examination.details.count == 10_050)
    #expect(examination.listed.count == Examination.listedFindings + 1)
    #expect(examination.listed.last?.code.rawValue == "L029")
    #expect(examination.listed.last?.what.contains("50 more") == true)
  }

  private func letters(_ number: Int) -> String {
    String(number).map { String(Character(Unicode.Scalar(97 + UInt8($0.wholeNumberValue ?? 0)))) }.joined()
  }

  /// What is held has an error, and an error holds: the two must not part.
  @Test func heldMeansErrorAndErrorMeansHeld() {
    var generator = SplitMix(state: 42)
    let dirt = [
      "", "x", "=1", "#N/A", "31/02/2010", "01/03/2027", "maybe", "D341499924001", "9.28E+09", "ZZ99 9ZZ", "410", "411",
      "No",
      "Sefton", "O\u{FFFD}", "-", "100000004", "11", "10",
    ]
    for _ in 0..<60 {
      let rows = (0..<8).map { number in
        var row = Fixture.row(number % 4)
        for heading in Fixture.headings.map(\.header) where generator.next() % 4 == 0 {
          row[heading] = dirt[Int(generator.next() % UInt64(dirt.count))]
        }
        return row
      }
      let examination = Fixture.examine(rows)
      for row in examination.rows {
        let hasError = row.details.contains { $0.severity == .error }
        switch row.verdict {
        case .held: #expect(hasError, "row \(row.rowNumber): \(row.details.map(\.code.rawValue))")
        case .clear:
          #expect(row.record[.dateOfBirth] != nil)
          #expect(row.record[.legalSurname] != nil || row.record[.legalForename] != nil)
        case .merged(let first): #expect(first < row.rowNumber)
        }
      }
      let summary = examination.summary
      #expect(summary.rowsRead == summary.clear + summary.held + summary.merged)
    }
  }

  @Test func nothingPersonalInWhatIsSaid() {
    let secrets = ["Qqsecretone", "Q341499924001", "0151 secret", "zzsecret@", "999secret"]
    let examination = Fixture.examine([
      Fixture.row(
        0,
        [
          "Legal Surname": "Qqsecretone9", "UPN": "Q341499924001", "Telephone": "0151 secret", "Email": "zzsecret@",
          "Intended Destination": "999secret", "Postcode": "999secret", "Home LA": "999secret", "YSSA": "999secret",
        ])
    ])
    #expect(examination.details.count >= 7)
    for finding in examination.details {
      for secret in secrets { #expect(!finding.what.contains(secret) && !finding.remedy.contains(secret)) }
      #expect(!"\(finding)".contains("ecret"))
      #expect(!"\(finding.finding)".contains("ecretone"))
    }
    #expect(!"\(examination)".contains("ecret"))
    #expect(!"\(examination.rows)".contains("ecret"))
  }
}

/// A small generator that gives the same numbers each time.
struct SplitMix {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
