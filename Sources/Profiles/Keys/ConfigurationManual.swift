// The tables of keys in docs/configuration.md, from the one list of keys. Pure.

import Leavers

/// The part of the manual that is made of the list of keys.
package enum ConfigurationManual {
  /// A table of the keys of a level, in Markdown.
  package static func table(of level: KeyLevel) -> String {
    var lines = ["| key | value | default | meaning |", "|---|---|---|---|"]
    for key in level.keys {
      let fallback = key.required ? "required" : key.fallback.map { "`\($0)`" } ?? "–"
      lines.append("| `\(key.name)` | \(text(of: key.type)) | \(fallback) | \(key.summary) |")
    }
    return lines.joined(separator: "\n")
  }

  private static func text(of type: KeyType) -> String {
    switch type {
    case .text: "text"
    case .mayBeBlank: "text, which may be blank"
    case .slug: "short name"
    case .path: "path"
    case .date: "date `yyyy-MM-dd`"
    case .duration: "duration"
    case .boolean: "`true` or `false`"
    case .fileName: "file name pattern"
    case .integer(let range): "number \(range.lowerBound) to \(range.upperBound)"
    case .choice(let words) where words.count > 12: "a field (below)"
    case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    case .level(let name): "[\(name)](#\(name))"
    case .list(let item): "list of \(text(of: item))"
    case .table(let item): "mapping: your word → \(text(of: item))"
    case .keyed(let keys, let item) where keys.count > 12:
      "mapping: \(keys.allSatisfy { Field(rawValue: $0) != nil } ? "a field" : "a finding's code") → \(text(of: item))"
    case .keyed(let keys, let item): "mapping: \(keys.map { "`\($0)`" }.joined(separator: ", ")) → \(text(of: item))"
    case .either(let types): types.map { text(of: $0) }.joined(separator: " or ")
    }
  }
}
