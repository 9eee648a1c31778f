// Which encoding and delimiter a file has.

import Testing

@testable import Tabular

@Suite struct CSVSurveyTests {
  private func encoding(_ bytes: [UInt8]) -> TextEncoding { CSVSurvey.format(of: bytes).encoding }

  @Test func encodings() {
    #expect(encoding(Array("UPN,Zoë".utf8)) == .utf8)
    #expect(encoding([0x5A, 0x6F, 0xEB]) == .windows1252)
    #expect(encoding([0xFF, 0xFE, 0x55, 0]) == .utf16LittleEndian)
    #expect(encoding([0xFE, 0xFF, 0, 0x55]) == .utf16BigEndian)
    #expect(encoding([0x55, 0, 0x50, 0, 0x4E, 0]) == .utf16LittleEndian)
    #expect(encoding([0, 0x55, 0, 0x50]) == .utf16BigEndian)
    #expect(encoding([]) == .utf8)
    // A character cut off at the end of the file is not UTF-8.
    #expect(encoding([0x61, 0xC3]) == .windows1252)
    // A byte order mark does not make the rest UTF-8.
    let mixed = CSVSurvey.format(of: [0xEF, 0xBB, 0xBF, 0x61, 0x92])
    #expect(mixed.encoding == .windows1252 && mixed.byteOrderMark)
  }

  /// The first byte that is not UTF-8 may be the last of a large file, and a character may be cut by a chunk's end.
  @Test func theWholeFileDecides() {
    var bytes = [UInt8](repeating: 0x61, count: 200_000)
    #expect(encoding(bytes) == .utf8)
    bytes[199_999] = 0x92
    #expect(encoding(bytes) == .windows1252)
    let text = Array("aé漢💥z".utf8)
    for cut in 0...text.count {
      var survey = CSVSurvey()
      text[..<cut].withUnsafeBytes { survey.append($0) }
      text[cut...].withUnsafeBytes { survey.append($0) }
      #expect(survey.finish().encoding == .utf8)
      #expect(survey.byteCount == text.count)
    }
  }

  @Test(arguments: [
    ("a,b,c\n1;2;3;4;5\n", CSVDialect.Delimiter.comma), ("a;b;c\n", .semicolon), ("a\tb\tc", .tab), ("a|b", .bar),
    ("Name, first;DOB;UPN\n", .semicolon), ("\"a;b;c;d\",e\n", .comma), ("\r\n\n;x;y\n", .semicolon),
    ("only\n", .comma),
    ("", .comma), ("\"a\n;;;\",b\n", .comma), ("\u{FEFF}a;b", .semicolon),
  ])
  func delimiters(text: String, delimiter: CSVDialect.Delimiter) {
    #expect(CSVSurvey.format(of: Array(text.utf8)).delimiter == delimiter)
  }

  @Test func lineEnds() {
    #expect(CSVSurvey.format(of: Array("a\nb\r\n".utf8)).newline == .lf)
    #expect(CSVSurvey.format(of: Array("\"x\ny\"\r\nb\n".utf8)).newline == .crlf)
    #expect(CSVSurvey.format(of: Array("a".utf8)).newline == .crlf)
  }

  /// Every sequence of up to three bytes from the edges of UTF-8, against the standard library's verdict.
  @Test func utf8IsCheckedAsTheStandardLibraryDoes() {
    let edges: [UInt8] = [
      0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0,
      0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]
    func check(_ bytes: [UInt8]) -> Bool {
      (bytes.withUnsafeBytes(UTF8Check.firstInvalid) == nil) == (String(validating: bytes, as: UTF8.self) != nil)
    }
    for first in edges {
      #expect(check([first]))
      for second in edges {
        #expect(check([first, second]))
        for third in edges {
          if !check([first, second, third]) || !check([first, second, third, 0x80]) {
            Issue.record("\([first, second, third])")
          }
        }
      }
    }
    #expect(([0x61, 0x62, 0xE9, 0x61] as [UInt8]).withUnsafeBytes(UTF8Check.firstInvalid) == 2)
  }
}
