// The writer: which cells are quoted, what it refuses, what it neutralises.

import Testing

@testable import Tabular

@Suite struct CSVWriterTests {
  private func text(_ rows: [[String]], _ dialect: CSVDialect = .standard) throws -> String {
    String(decoding: try CSVWriter.bytes(of: rows, in: dialect), as: UTF8.self)
  }

  @Test func quotesWhatMustBe() throws {
    #expect(
      try text([["a", "b c", "x,y", "q\"q", "l\nm", "l\rm", ""]]) == "a,b c,\"x,y\",\"q\"\"q\",\"l\nm\",\"l\rm\",\r\n")
    #expect(try text([[""]]) == "\"\"\r\n")
    #expect(try text([["a;b", "c,d"]], CSVDialect(delimiter: .semicolon)) == "\"a;b\";c,d\r\n")
    #expect(try text([["a", ""]], CSVDialect(quoting: .always, newline: .lf)) == "\"a\",\"\"\n")
    #expect(try text([["\u{FEFF}a"]]) == "\"\u{FEFF}a\"\r\n")
    // A quote before a combining accent is one `Character` and must be doubled nevertheless.
    #expect(try text([["\"\u{301}"]]) == "\"\"\"\u{301}\"\r\n")
  }

  @Test func marksAndEncodings() throws {
    #expect(
      try CSVWriter.bytes(of: [["a"]], in: CSVDialect(newline: .lf, byteOrderMark: true)) == [
        0xEF, 0xBB, 0xBF, 0x61, 0x0A,
      ])
    #expect(
      try CSVWriter.bytes(of: [["é", "’"]], in: CSVDialect(newline: .lf, encoding: .windows1252))
        == [0xE9, 0x2C, 0x92, 0x0A])
    #expect(
      try CSVWriter.bytes(
        of: [["é", ","]], in: CSVDialect(newline: .lf, encoding: .utf16BigEndian, byteOrderMark: true))
        == [0xFE, 0xFF, 0, 0xE9, 0, 0x2C, 0, 0x22, 0, 0x2C, 0, 0x22, 0, 0x0A])
  }

  @Test func refusesAndWritesNothingOfTheRow() throws {
    var writer = CSVWriter(CSVDialect(encoding: .windows1252))
    try writer.write(["ok"])
    let before = writer.bytes
    func failure(_ cells: [String]) -> CSVError? {
      do throws(CSVError) {
        try writer.write(cells)
        return nil
      } catch { return error }
    }
    let character = try #require(failure(["fine", "\"Łódź"]))
    #expect(character.code == .unencodable && character.row == 2 && character.column == 2)
    #expect(character.message.contains("character 2 does not exist in windows-1252"))
    #expect(!character.message.contains("dź"))
    #expect(failure(["a\0"])?.code == .nulByte)
    #expect(failure([])?.code == .noCells)
    #expect(writer.bytes == before)
    #expect(writer.rows == 1)
    try writer.write(["again"])
    #expect(writer.bytes == before + Array("again\r\n".utf8))
  }

  @Test func formulasAreNeutralisedWhereAsked() throws {
    let row = ["=1+1", "+44 151", "-1", "@x", "\tx", "plain", "a=b", ""]
    #expect(try text([row], CSVDialect(newline: .lf)) == "=1+1,+44 151,-1,@x,\tx,plain,a=b,\n")
    #expect(
      try text([row], CSVDialect(newline: .lf, formulas: .neutralised)) == "'=1+1,'+44 151,'-1,'@x,'\tx,plain,a=b,\n")
    #expect(CSVWriter.neutralised("\rx") == "'\rx")
  }

  @Test func printsCountsOnly() throws {
    var writer = CSVWriter()
    try writer.write(["Zaphod"])
    var dumped = ""
    dump(writer, to: &dumped)
    for text in ["\(writer)", String(reflecting: writer), dumped] {
      #expect(!text.contains("Zaphod") && !text.contains("90") && text.contains("1 rows"))
    }
  }

  @Test func namesOfConfiguration() {
    #expect(CSVDialect.Delimiter(name: "Semicolon") == .semicolon)
    #expect(CSVDialect.Delimiter(name: "\t") == .tab && CSVDialect.Delimiter(name: "tab") == .tab)
    #expect(CSVDialect.Delimiter(name: "|") == .bar && CSVDialect.Delimiter(name: ",") == .comma)
    #expect(CSVDialect.Delimiter(name: "colon") == nil)
    #expect(TextEncoding(name: "UTF-8") == .utf8 && TextEncoding(name: "latin1") == nil)
  }
}
