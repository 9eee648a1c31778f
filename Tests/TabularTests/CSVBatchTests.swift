import MutationSupport
import Testing

@testable import Tabular

@Suite("Batches of records")
struct CSVBatchTests {
  /// The cells of each record, or nil where the bytes are not of the usual form.
  private func scan(_ text: String, width: Int, _ delimiter: CSVDialect.Delimiter = .comma) -> [[String]]? {
    scan(Array(text.utf8), width: width, delimiter)
  }

  private func scan(_ bytes: [UInt8], width: Int, _ delimiter: CSVDialect.Delimiter = .comma) -> [[String]]? {
    var batch = CSVBatch(width: width, delimiter: delimiter)
    return (bytes + Array(repeating: 0x22, count: CSVBatch.slack)).withUnsafeBytes { all in
      let own = UnsafeRawBufferPointer(rebasing: all[..<bytes.count])
      guard batch.scan(own) else { return nil }
      return (0..<batch.count).map { batch.strings($0) }
    }
  }

  @Test func cellsAreFoundPlainQuotedAndEscaped() {
    #expect(
      scan("a,\"b, c\",\"d \"\"e\"\"\"\r\n,\"\",f\n", width: 3) == [["a", "b, c", "d \"e\""], ["", "", "f"]])
    #expect(scan("a;\"b;c\"\nd;e", width: 2, .semicolon) == [["a", "b;c"], ["d", "e"]])
    #expect(scan("a,\"b\"", width: 2) == [["a", "b"]])
    #expect(scan("5\" pipe,b\n", width: 2) == [["5\" pipe", "b"]])
    #expect(scan("Zo\u{EB},b\n", width: 2) == [["Zo\u{EB}", "b"]])
    #expect(scan("", width: 2) == [])
  }

  @Test(arguments: [
    "a\n", "a,b,c\n", "a,b\n\nc,d\n", "\na,b\n", "a,\"b\nc\"\n", "a,b\rc,d\n", "a,b\r", "a,\"b\"c\n", "a,\"b\n",
    "a,\"b\" \n", "a,\"b\"\"\n", "a\u{0},b\n", "a\u{1},b\n", "a,b\r\r\n", "a,b\r\"c\",d\n", "a,b\n\"", "a\tb,c\n",
  ])
  func whatIsNotUsualIsLeftAlone(_ text: String) {
    #expect(scan(text, width: 2) == nil)
  }

  @Test func bytesThatAreNotUTF8AreLeftAlone() {
    #expect(scan([0x61, 0x2C, 0xE9, 0x0A], width: 2) == nil)
    #expect(scan([0x61, 0x2C, 0xC3, 0xA9, 0x0A], width: 2) == [["a", "\u{E9}"]])
  }

  /// Whatever it takes, it takes as the reader does; what the reader refuses, it takes never.
  @Test(arguments: 0..<40)
  func itSaysWhatTheReaderSays(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let pieces = [
      "a", "Smith", "\"", "\"\"", ",", ",", "\n", "\r\n", "O'Brien", " ", "\u{E9}", "12/03/2010", "\"x, y\"", "\r", ";",
    ]
    var taken = 0
    for _ in 0..<400 {
      var text = ""
      for _ in 0..<Int.random(in: 1...30, using: &random) { text += pieces.randomElement(using: &random) ?? "" }
      let width = Int.random(in: 1...4, using: &random)
      guard let rows = scan(text, width: width) else { continue }
      taken += 1
      var read: [[String]] = []
      var misquoted = false
      try CSVReader.forEachRow(of: Array(text.utf8), format: CSVFormat()) { row in
        read.append(row.strings)
        misquoted = misquoted || row.misquotedCell != nil
      }
      #expect(rows == read, "\(text.debugDescription)")
      #expect(!misquoted)
      #expect(rows.allSatisfy { $0.count == width })
    }
    #expect(taken > 0)
  }

  @Test func moreRowsThanItWasMadeForAndWhereTheyLie() {
    let bytes = Array(String(repeating: "\"ab\",c\r\n", count: 10_000).utf8)
    var batch = CSVBatch(width: 2, delimiter: .comma)
    (bytes + Array(repeating: 0, count: CSVBatch.slack)).withUnsafeBytes { all in
      let isFound = batch.scan(UnsafeRawBufferPointer(rebasing: all[..<bytes.count]))
      #expect(isFound)
      let (count, isASCII, first, last) = (batch.count, batch.isASCII, batch.range(0), batch.range(9_999))
      let texts = batch.strings(9_999)
      #expect(count == 10_000 && isASCII)
      #expect(first == 0..<6 && last == 79_992..<79_998)
      #expect(texts == ["ab", "c"])
      let cell = batch.cell(5_000, 0)
      #expect(cell.isQuoted && !cell.isEscaped && cell.count == 2)
    }
  }
}
