// What is written is read back the same: random cells, every dialect, every way to cut the bytes.

import MutationSupport
import Testing

@testable import Tabular

@Suite struct CSVRoundTripTests {
  static let dialects: [CSVDialect] = {
    var all: [CSVDialect] = []
    for delimiter in CSVDialect.Delimiter.allCases {
      for quoting in CSVDialect.Quoting.allCases {
        for newline in CSVDialect.Newline.allCases {
          for encoding in TextEncoding.allCases {
            for mark in [false, true] where !(mark && encoding.byteOrderMark.isEmpty) {
              all.append(
                CSVDialect(
                  delimiter: delimiter, quoting: quoting, newline: newline, encoding: encoding, byteOrderMark: mark))
            }
          }
        }
      }
    }
    return all
  }()

  /// Characters that break careless readers, and some that do not.
  private static let characters: [String] = [
    "\"", "\"\"", ",", ";", "\t", "|", "\n", "\r", "\r\n", " ", "'", "=", "a", "Z", "0", "é", "\u{A0}", "’", "€", "ß",
    "\u{81}",
  ]
  private static let unicode: [String] = ["\u{301}", "łódź", "💥", "\u{FEFF}", "漢", "\u{2028}", "\u{FFFD}", "Ā"]

  static func rows(_ generator: inout SeededGenerator, _ encoding: TextEncoding) -> [[String]] {
    let pool = encoding == .windows1252 ? characters : characters + unicode
    return (0..<Int.random(in: 1...6, using: &generator)).map { _ in
      (0..<Int.random(in: 1...5, using: &generator)).map { _ in
        (0..<Int.random(in: 0...6, using: &generator)).map { _ in
          pool.randomElement(using: &generator) ?? ""
        }.joined()
      }
    }
  }

  private func isSame(_ rows: [ReadRow], _ expected: [[String]]) -> Bool {
    // By code points: `==` takes a letter and its decomposed form for the same.
    rows.map { $0.cells.map { Array($0.unicodeScalars) } } == expected.map { $0.map { Array($0.unicodeScalars) } }
  }

  @Test(arguments: dialects)
  func writeThenReadIsIdentity(dialect: CSVDialect) throws {
    var generator = SeededGenerator(seed: 2026)
    for _ in 0..<60 {
      let rows = Self.rows(&generator, dialect.encoding)
      let bytes = try CSVWriter.bytes(of: rows, in: dialect)
      #expect(try CSVWriter.bytes(of: rows, in: dialect) == bytes)
      let whole = try read(bytes, CSVFormat(dialect))
      #expect(isSame(whole, rows))
      #expect(whole.allSatisfy { $0.misquoted == nil })
      // In random pieces, and byte by byte, the very same: cells, numbers, lines, offsets.
      let lengths = (0..<8).map { _ in Int.random(in: 1...9, using: &generator) }
      #expect(try read(bytes, CSVFormat(dialect), pieces: lengths) == whole)
      #expect(try read(bytes, CSVFormat(dialect), pieces: [1]) == whole)
    }
  }

  /// Two pieces, cut at every place.
  @Test(arguments: [TextEncoding.utf8, .utf16LittleEndian])
  func everySplit(encoding: TextEncoding) throws {
    let rows = [
      ["UPN", "Name"], ["\"x\"", "a\r\nb"], ["", ""], ["ł💥", "c\rd"], [""], ["last", "\n"],
    ]
    for dialect in [
      CSVDialect(encoding: encoding, byteOrderMark: true),
      CSVDialect(quoting: .always, newline: .lf, encoding: encoding),
    ] {
      let bytes = try CSVWriter.bytes(of: rows, in: dialect)
      let whole = try read(bytes, CSVFormat(dialect))
      #expect(whole.map(\.cells) == rows)
      for cut in 0...bytes.count {
        #expect(try read(bytes, CSVFormat(dialect), pieces: [cut, bytes.count]) == whole, "cut at \(cut)")
      }
    }
  }

  /// Bytes that nobody wrote: whatever they are, all ways to cut them agree on rows or on the error.
  @Test func anyBytesReadTheSameHoweverTheyAreCut() {
    var generator = SeededGenerator(seed: 7)
    let pool: [UInt8] = [0x22, 0x22, 0x2C, 0x0A, 0x0D, 0x61, 0x62, 0x20, 0xE9, 0x3B, 0xEF, 0xBB, 0xBF, 0x00]
    func outcome(_ bytes: [UInt8], _ pieces: [Int]) -> String {
      do throws(CSVError) {
        return try read(bytes, CSVFormat(encoding: .windows1252), pieces: pieces).map {
          "\($0.number) \($0.line) \($0.cells) \($0.misquoted ?? -1) \($0.offset)"
        }.joined(separator: "\n")
      } catch { return error.description }
    }
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
        // NUL seldom, or nearly every text would end in the same error.
        let byte = pool.randomElement(using: &generator) ?? 0
        return byte == 0 && Bool.random(using: &generator) ? 0x61 : byte
      }
      let whole = outcome(bytes, [bytes.count])
      #expect(outcome(bytes, [1]) == whole, "\(bytes)")
      #expect(outcome(bytes, [3, 1, 8]) == whole, "\(bytes)")
    }
  }

  @Test func aWrittenFileIsRecognised() throws {
    let rows = [["UPN", "Legal Surname", "DOB", "Größe"], ["a", "b,;|\t", "c", "d’"]]
    for dialect in Self.dialects where dialect.quoting == .minimal {
      let bytes = try CSVWriter.bytes(of: rows, in: dialect)
      let found = CSVSurvey.format(of: bytes)
      #expect(found == CSVFormat(dialect), "\(dialect)")
      #expect(try TableFile(bytes).rows.map(\.cells) == [rows[1]])
    }
  }
}
