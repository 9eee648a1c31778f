// The dirt of real school and council files, one test for each kind: what the reader must see and nothing more.

import Testing

@testable import Tabular

@Suite struct DirtTests {
  private func table(_ text: String) throws -> TableFile { try TableFile(Array(text.utf8)) }

  @Test func byteOrderMarkOnTheFirstHeader() throws {
    let file = try table("\u{FEFF}UPN,Surname\r\nD341499924001,Testcase\r\n")
    #expect(file.header == ["UPN", "Surname"])
    #expect(file.format.byteOrderMark)
    #expect(file.cell(file.rows[0], "upn") == "D341499924001")
  }

  @Test func curlyApostropheInWindows1252() throws {
    var bytes = Array("UPN,Surname\r\n1,O".utf8)
    bytes += [0x92] + Array("Test\r\n2,Zo".utf8) + [0xEB] + Array("\r\n".utf8)
    let file = try TableFile(bytes)
    #expect(file.format.encoding == .windows1252)
    #expect(file.rows.map { $0.cells[1] } == ["O’Test", "Zoë"])
  }

  @Test func identifiersThatASpreadsheetSpoiledStayAsTheyAre() throws {
    let file = try table("ULN,LAESTAB,Phone\n9.28E+09,0341478,7700900123\n=\"0341\",00,0\n")
    #expect(file.rows.map(\.cells) == [["9.28E+09", "0341478", "7700900123"], ["=\"0341\"", "00", "0"]])
  }

  @Test func semicolonsOfSomeLocales() throws {
    let file = try table("UPN;Surname;Address\r\n1;Test;\"Flat 1; 2 Example Road\"\r\n")
    #expect(file.format.delimiter == .semicolon)
    #expect(file.rows[0].cells == ["1", "Test", "Flat 1; 2 Example Road"])
  }

  @Test func trailingEmptyColumns() throws {
    let file = try table("UPN,Surname,,,\n1,Test,,,\n2,Test\n,,,,\n")
    #expect(file.header == ["UPN", "Surname", "", "", ""])
    #expect(file.raggedRows.map(\.number) == [3])
    #expect(file.rows.map(\.isBlank) == [false, false, true])
    #expect(file.repeatedColumns == [])
  }

  @Test func repeatedHeaderAndSummaryRows() throws {
    let file = try table("UPN,Surname\n1,Test\nUPN,Surname\n2,Test\nTotal: 2\n")
    #expect(file.rows.map(\.number) == [2, 3, 4, 5])
    #expect(file.rows[1].cells == file.header)
    #expect(file.rows[3].cells == ["Total: 2"])
  }

  @Test func lineBreaksInAddresses() throws {
    let file = try table("UPN,Address,Town\r\n1,\"Flat 1\r\n2 Example Road\nBootle\",Sefton\r\n2,x,y\r\n")
    #expect(file.rows[0].cells[1] == "Flat 1\r\n2 Example Road\nBootle")
    #expect(file.rows.map(\.line) == [2, 5])
    #expect(file.rows.map(\.number) == [2, 3])
  }

  @Test func noBreakSpacesAndBlanksAroundHeaders() throws {
    let file = try table(" UPN ,\u{A0}Legal Surname\u{A0},\u{200B}DOB\n1,Te\u{A0}st,2\n")
    #expect(file.header == ["UPN", "Legal Surname", "DOB"])
    #expect(file.rows[0].cells[1] == "Te\u{A0}st")
    #expect(file.column(" legal surname ") == 1)
    #expect(file.column("nothing") == nil)
  }

  @Test func headersThatStandTwice() throws {
    let file = try table("UPN,Name,upn,Name\n1,a,2,b\n")
    #expect(file.repeatedColumns == ["upn", "Name"])
    #expect(file.cell(file.rows[0], "UPN") == "1")
  }

  @Test func mixedDateNotationsAndErrorValuesPassAsText() throws {
    let file = try table("a,b,c,d\n44629,2022-01-27 00:00:00,07/2005,#VALUE!\n41885.5,2016-02-10,#N/A,\n")
    #expect(file.rows[0].cells == ["44629", "2022-01-27 00:00:00", "07/2005", "#VALUE!"])
    #expect(file.rows[1].cells == ["41885.5", "2016-02-10", "#N/A", ""])
  }

  @Test func unicodeTextOfSpreadsheets() throws {
    let dialect = CSVDialect(delimiter: .tab, encoding: .utf16LittleEndian, byteOrderMark: true)
    let file = try TableFile(try CSVWriter.bytes(of: [["UPN", "Surname"], ["1", "Tęst"]], in: dialect))
    #expect(file.format == CSVFormat(dialect))
    #expect(file.rows[0].cells == ["1", "Tęst"])
  }

  @Test func aDamagedUnicodeFile() throws {
    let dialect = CSVDialect(encoding: .utf16LittleEndian, byteOrderMark: true)
    let half = try CSVWriter.bytes(of: [["UPN"], ["1"]], in: dialect).dropLast()
    for bytes in [Array(half), [0xFF, 0xFE, 0x55, 0, 0x00, 0xDC, 0x55, 0]] {
      do throws(CSVError) {
        _ = try TableFile(bytes)
        Issue.record("read what is no UTF-16")
      } catch {
        #expect(error.code == .undecodable)
      }
    }
  }

  @Test func mixedLineEnds() throws {
    #expect(try table("a,b\r\n1,2\n3,4\r5,6").rows.map(\.cells) == [["1", "2"], ["3", "4"], ["5", "6"]])
  }

  @Test func emptyFiles() {
    for text in ["", "\n\r\n", "\u{FEFF}"] {
      do throws(CSVError) {
        _ = try TableFile(Array(text.utf8))
        Issue.record("an empty file has no header")
      } catch {
        #expect(error.code == .noHeader)
      }
    }
  }

  @Test func aSpreadsheetFileUnderTheNameOfText() {
    let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04, 0x14, 0x00, 0x06, 0x00, 0x08, 0x00, 0x0A, 0x21]
    do throws(CSVError) {
      _ = try TableFile(zip)
      Issue.record("a zip archive is no table")
    } catch {
      #expect(error.code == .nulByte)
    }
  }

  @Test func theEncodingThatIsAskedForMustFit() {
    let bytes = Array("a\r\nb\rc\n".utf8) + [0x92]
    do throws(CSVError) {
      _ = try TableFile(bytes, format: CSVFormat(encoding: .utf8))
      Issue.record("not utf-8")
    } catch {
      #expect(error.code == .undecodable)
      #expect(error.line == 4)
    }
  }

  @Test func tablesPrintCountsOnly() throws {
    let file = try table("UPN,Surname\n1,Zaphod\n")
    var dumped = ""
    dump(file, to: &dumped)
    dump(file.rows[0], to: &dumped)
    for text in ["\(file)", "\(file.rows)", String(reflecting: file.rows[0]), dumped] {
      #expect(!text.contains("Zaphod"))
    }
    #expect("\(file)" == "TableFile(2 columns, 1 rows)")
  }
}
