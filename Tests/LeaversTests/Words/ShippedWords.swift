// The vocabulary, the providers and the code sets that the product ships, read by the plainest means.

import FoundationEssentials
import Testing

@testable import Leavers

/// What is in `config/`: no cell has a line break in it.
enum ShippedWords {
  static let day = CalendarDate(iso: "2026-06-15") ?? CalendarDate(daysSinceEpoch: 20_619)

  static func rows(_ path: String) throws -> [[String]] {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(root)/config/\(path)"))
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(cells)
  }

  private static func cells(_ line: Substring) -> [String] {
    var cells = [""]
    var quoted = false
    for character in line {
      switch character {
      case "\"": quoted.toggle()
      case "," where !quoted: cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    return cells
  }

  static func table(_ rows: [[String]]) -> [CodeTableRow] {
    rows.dropFirst().enumerated().map { CodeTableRow(line: $0 + 2, cells: $1) }
  }

  static func codes() throws -> CodeTables {
    try CodeTables(
      WordMeaning.codedSets.map { id in
        let rows = try rows("codes/\(id).csv")
        return try CodeSet(id: id, header: rows[0], rows: table(rows))
      })
  }

  static func vocabulary() throws -> WordVocabulary {
    let rows = try rows("words/vocabulary.csv")
    return try WordVocabulary(header: rows[0], rows: table(rows), codes: codes())
  }

  static func providers() throws -> [Provider] {
    let rows = try rows("providers/region.csv")
    #expect(rows[0].prefix(4) == ["id", "name", "aliases", "kind"])
    return try rows.dropFirst().map { cells in
      Provider(
        id: try #require(ProviderID(rawValue: cells[0])), name: cells[1],
        aliases: cells[2].split(separator: "|").map(String.init),
        kind: try #require(ProviderKind(rawValue: cells[3]), "\(cells[3])"))
    }
  }

  static func school() throws -> OwnSchool { OwnSchool(laestab: try LAESTAB("3434787"), name: "Example High School") }

  static func suggester(_ more: [Provider] = []) throws -> WordSuggester {
    WordSuggester(
      vocabulary: try vocabulary(), register: ProviderRegister([try providers(), more]), codes: try codes(), on: day)
  }
}
