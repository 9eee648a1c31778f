// Texts changed at random, the whole way of an export: read, or refused by a finding, but never a crash and never a hang.

import MutationSupport
import Tabular
import Testing

@testable import Intake

@Suite("CSV changed at random") struct CSVMutationTests {
  private static let corpus: [[UInt8]] = {
    let rows = (0..<5).map {
      Fixture.row($0, ["Address Line 1": "1 Zz Street, \"Zz\"\nBootle", "Telephone": "0151 496 0001"])
    }
    let plain = Fixture.export(rows)
    return [
      plain, Fixture.export(rows, title: ["Leavers", ""]), Fixture.export([]),
      Fixture.export(rows, CSVDialect(delimiter: .semicolon, encoding: .windows1252)),
      Fixture.export(rows, CSVDialect(delimiter: .tab, encoding: .utf16LittleEndian, byteOrderMark: true)),
      Fixture.export(rows, CSVDialect(encoding: .utf16BigEndian, byteOrderMark: true)),
      Fixture.export(rows, CSVDialect(delimiter: .bar, quoting: .always, byteOrderMark: true)),
      // The corrected file put back.
      Fixture.examine(plain).deskFiles(named: "a.csv", export: plain)[1].bytes,
    ]
  }()

  private static let mutator = Mutator(
    words: [
      "\"", "\"\"", ",", ";", "\t", "|", "\r", "\n", "\r\n", "\n\n", "UPN", "Legal Surname,", "\"\n\"", ",,,,",
      "Total,3",
      "#N/A", "=1+1", "9.28E+09", "44629", "2022-01-27 00:00:00", "31/02/2010", "'", "UN1", "341/4787", "\u{FEFF}",
      "\u{A0}", "\u{200B}", "Ã©", "\u{1F600}", "e\u{301}", "PK\u{3}\u{4}", "<?xml",
    ], bytes: [[0], [0xFF, 0xFE], [0xC3], [0xED, 0xA0, 0x80], [0x92], [0x00, 0x2C]])

  private let run = MutationRun("csv") { seed in
    var generator = SeededGenerator(seed: seed)
    let bytes = mutator.changed(corpus[Int(seed % UInt64(corpus.count))], &generator)
    ExportProperties.check(bytes, named: "a.csv", seed: seed)
  }

  @Test func aFew() throws { try run.few(300) }

  @Test(.enabled(if: MutationRun.seconds > 0)) func aLongTime() throws { try run.long() }
}
