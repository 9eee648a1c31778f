// The reader: quotes, line ends, ragged rows, and where each row stands.

import Testing

@testable import Tabular

@Suite struct CSVReaderTests {
  private func cells(_ text: String, _ format: CSVFormat = CSVFormat()) throws -> [[String]] {
    try read(text, format).map(\.cells)
  }

  @Test func plainRows() throws {
    #expect(try cells("a,b,c\r\n1,2,3\r\n") == [["a", "b", "c"], ["1", "2", "3"]])
    #expect(try cells("a,b,c\r\n1,2,3") == [["a", "b", "c"], ["1", "2", "3"]])
    #expect(try cells("") == [])
    #expect(try cells("a") == [["a"]])
    #expect(try cells(",") == [["", ""]])
    #expect(try cells(",\n,") == [["", ""], ["", ""]])
    #expect(try cells("a,\n") == [["a", ""]])
  }

  @Test(arguments: CSVDialect.Delimiter.allCases)
  func delimiters(delimiter: CSVDialect.Delimiter) throws {
    let mark = String(Unicode.Scalar(delimiter.rawValue))
    let text = "a\(mark)\"x\(mark)y\"\(mark)c\n"
    #expect(try cells(text, CSVFormat(delimiter: delimiter)) == [["a", "x\(mark)y", "c"]])
  }

  @Test func quotes() throws {
    #expect(try cells("\"a\",\"\"\n") == [["a", ""]])
    #expect(try cells("\"say \"\"hi\"\"\",x\n") == [["say \"hi\"", "x"]])
    #expect(try cells("\"\"\"\"\n") == [["\""]])
    #expect(try cells("\"a,b\",\"c\r\nd\",\"e\nf\",\"g\rh\"\n") == [["a,b", "c\r\nd", "e\nf", "g\rh"]])
    #expect(try cells("\"a\"") == [["a"]])
    #expect(try cells("\"a\",") == [["a", ""]])
    // A quote in a cell that does not begin with one is a character.
    #expect(try cells("5\" pipe,a\"b\"\n") == [["5\" pipe", "a\"b\""]])
    #expect(try cells(" \"a\",b\n") == [[" \"a\"", "b"]])
  }

  @Test func textAfterTheClosingQuoteIsKeptAndTold() throws {
    let rows = try read("a,\"O\"Brien,c\n\"x\"\"y\" z,\"w\"\n\"ok\",b,c\n\"a\"b\"c,d")
    #expect(rows.map(\.cells) == [["a", "OBrien", "c"], ["x\"y z", "w"], ["ok", "b", "c"], ["ab\"c", "d"]])
    #expect(rows.map(\.misquoted) == [1, 0, nil, 0])
  }

  @Test func lineEndsOfEveryKindAndMixed() throws {
    for end in ["\n", "\r", "\r\n"] {
      #expect(try cells("a,b\(end)1,2\(end)3,4") == [["a", "b"], ["1", "2"], ["3", "4"]])
    }
    let rows = try read("a\r\nb\nc\rd\r\n\r\n\ne\n\n\r\r\n")
    #expect(rows.map(\.cells) == [["a"], ["b"], ["c"], ["d"], ["e"]])
    #expect(rows.map(\.line) == [1, 2, 3, 4, 7])
    #expect(rows.map(\.number) == [1, 2, 3, 4, 7])
  }

  @Test func numbersAndLinesOfRowsWithLineBreaksInside() throws {
    let rows = try read("h\n\"a\nb\r\nc\rd\",x\n\"\n\"\nz\n")
    #expect(rows.map(\.number) == [1, 2, 3, 4])
    #expect(rows.map(\.line) == [1, 2, 6, 8])
    // CR and LF with something between are two line ends; together they are one.
    #expect(try read("\"a\rb\nc\"\nx\n\"\r\"\"\n\r\n\"\ny").map(\.line) == [1, 4, 5, 9])
  }

  @Test func emptyLinesAtTheEndAreNoRows() throws {
    #expect(try cells("a,b\n1,2\n\n\n\r\n\r\n") == [["a", "b"], ["1", "2"]])
  }

  @Test func raggedRowsKeepTheirCount() throws {
    #expect(try read("a,b,c\n1\n1,2,3,4\n").map(\.cells.count) == [3, 1, 4])
  }

  @Test func aRowsOwnBytesAndPlace() throws {
    let text = "a,\"b\"\r\n\r\n\"x\"\"\n\", y \n"
    let rows = try read(text)
    #expect(rows.map { String(decoding: $0.raw, as: UTF8.self) } == ["a,\"b\"", "\"x\"\"\n\", y "])
    for row in rows { #expect(Array(text.utf8)[row.offset..<row.offset + row.raw.count].elementsEqual(row.raw)) }
  }

  @Test func theByteOrderMarkIsNoPartOfTheHeader() throws {
    let rows = try read("\u{FEFF}UPN,Name\n1,2\n")
    #expect(rows[0].cells == ["UPN", "Name"])
    #expect(rows[0].offset == 3)
    #expect(try read("\u{FEFF}").isEmpty)
    #expect(try read("\u{FEFF}\"UPN\"\n")[0].cells == ["UPN"])
    // Only at the beginning.
    #expect(try read("a\n\u{FEFF}b\n")[1].cells == ["\u{FEFF}b"])
  }

  @Test func twoBytesAreAFile() throws {
    #expect(try cells("a") == [["a"]])
    #expect(try cells("ab") == [["ab"]])
    #expect(try cells("\n") == [])
  }

  @Test func cellsThatAreNotThere() throws {
    var reader = CSVReader(format: CSVFormat())
    try Array("a,\"b\"\"c\"\n".utf8).withUnsafeBytes { bytes in
      do throws(CSVError) { return Result<Void, CSVError>.success(try reader.feed(bytes)) } catch {
        return .failure(error)
      }
    }.get()
    #expect(try reader.next())
    reader.withRow { row in
      #expect(row.string(2) == nil && row.string(-1) == nil)
      #expect(row.withBytes(2) { $0.count } == nil)
      #expect(row.withBytes(0) { Array($0) } == [0x61])
      #expect(row.withBytes(1) { Array($0) } == Array("b\"c".utf8))
      let blank = row.isBlank
      #expect(!blank)
    }
    #expect(try !reader.next())
    #expect(reader.recordCount == 1)
  }

  @Test func linesOfCommasAreBlankRows() throws {
    var blank: [Bool] = []
    try CSVReader.forEachRow(of: Array("a,b\n,,,\n \t,\" \"\n,x\n".utf8), format: CSVFormat()) { row in
      blank.append(row.isBlank)
    }
    #expect(blank == [false, true, true, false])
  }

  @Test func whatTheClosureThrowsComesOut() {
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try CSVReader.forEachRow(of: Array("a\nb\n".utf8), format: CSVFormat()) { (_) throws(Stop) in throw Stop() }
    }
  }

  private func failure(_ text: String, limits: CSVLimits = CSVLimits()) -> CSVError? {
    do throws(CSVError) {
      _ = try read(text, limits: limits)
      return nil
    } catch { return error }
  }

  @Test func anUnclosedQuoteIsToldWhereItWasOpened() throws {
    let error = try #require(failure("a,b\n1,2\nx,\"never\nclosed\n\n"))
    #expect(error.code == .unclosedQuote)
    #expect((error.line, error.row, error.column) == (3, 3, 2))
    #expect(error.message.hasPrefix("line 3, column 2: a quote is opened here"))
    // Opened on a later line of the same record.
    #expect(try #require(failure("\"a\nb\",\"c\nd")).line == 2)
    #expect(failure("\"a\"\"")?.code == .unclosedQuote)
    #expect(failure("\"")?.code == .unclosedQuote)
  }

  @Test func nulIsRefused() throws {
    let plain = try #require(failure("a,b\n1,x\0y\n"))
    #expect(plain.code == .nulByte && plain.line == 2 && plain.column == 2)
    #expect(failure("a,\"b\0\"\n")?.code == .nulByte)
    #expect(failure("a,\"b\"\0\n")?.code == .nulByte)
    #expect(failure("\0")?.code == .nulByte)
  }

  @Test func limitsHaveErrorsOfTheirOwn() throws {
    var limits = CSVLimits(bytes: 9)
    #expect(failure("a,b\n1,2\n\n", limits: limits) == nil)
    #expect(failure("a,b\n1,2\n\n\n", limits: limits)?.code == .tooManyBytes)
    limits = CSVLimits(rows: 2)
    #expect(failure("a\nb\n", limits: limits) == nil)
    #expect(failure("a\nb\nc", limits: limits)?.code == .tooManyRows)
    limits = CSVLimits(columns: 2)
    #expect(failure("a,b\n1,2", limits: limits) == nil)
    let columns = try #require(failure("a,b\n1,2,3\n", limits: limits))
    #expect(columns.code == .tooManyColumns && columns.line == 2)
    limits = CSVLimits(cellBytes: 4)
    #expect(failure("abcd,\"ab\"\n", limits: limits) == nil)
    let long = try #require(failure("a\nb,abcde\n", limits: limits))
    #expect(long.code == .cellTooLong && long.line == 2 && long.column == 2)
    let quoted = try #require(failure("a\n\"b\n\n\n\nx", limits: limits))
    #expect(quoted.code == .cellTooLong && quoted.line == 2)
    #expect(quoted.message.contains("perhaps its quote is never closed"))
    // Long before the end of the cell comes.
    var reader = CSVReader(format: CSVFormat(), limits: CSVLimits(cellBytes: 100))
    var fed = 0
    #expect(throws: CSVError.self) {
      while true {
        let result = [UInt8](repeating: 0x61, count: 10).withUnsafeBytes { bytes -> CSVError? in
          do throws(CSVError) {
            try reader.feed(bytes)
            return nil
          } catch { return error }
        }
        if let result { throw result }
        fed += 10
        _ = try reader.next()
      }
    }
    #expect(fed == 110)
  }

  @Test func manyColumnsAndLongRows() throws {
    let row = (0..<1000).map { "c\($0)" }
    #expect(try cells(row.joined(separator: ",")) == [row])
    let long = String(repeating: "x", count: 60_000)
    #expect(
      try read(Array("\(long),\"\(long)\"\n\(long)".utf8), pieces: [7, 4096, 1]).map(\.cells) == [
        [long, long], [long],
      ])
  }

  @Test func errorsHoldNoCell() throws {
    for text in ["Zaphod,\"Beeble\nbrox", "Zaphod,Beeble\0brox", "Zaphod,Beeblebroxbeeblebroxx"] {
      let error = try #require(failure(text, limits: CSVLimits(cellBytes: 20)))
      #expect(!error.description.contains("Zaph") && !error.description.contains("eeble"))
    }
  }
}
