// What the placeholders of file names and of lines stand for, in words. Pure.

import Leavers
import Profiles

/// Placeholders in words.
enum PlaceholderWords {
  /// Of a file's name, each once: `{laestab}: the school's DfE number`.
  static func words(_ pattern: FileNamePattern) -> [String] {
    unique(
      pattern.pieces.compactMap { piece in
        switch piece {
        case .text: nil
        case .wildcard: "*: any text"
        case .placeholder(let placeholder): "{\(placeholder.rawValue)}: \(words(placeholder))"
        }
      })
  }

  /// Of texts about a file as a whole.
  static func words(_ texts: [LineText]) -> [String] {
    unique(
      texts.flatMap(\.pieces).compactMap { piece in
        if case .placeholder(let placeholder) = piece { words(placeholder) } else { nil }
      })
  }

  private static func words(_ placeholder: FileNamePattern.Placeholder) -> String {
    switch placeholder {
    case .laestab: "the school's DfE number"
    case .urn: "the school's URN"
    case .ukprn: "the school's UKPRN"
    case .cohort: "the cohort, by the year of study and the calendar year in which it leaves"
    case .cycle: "the academic year, such as 2026-27"
    case .sequence: "the number of the file in its series, with four digits at least; none is given twice"
    case .date: "the day of the file, as yyyyMMdd"
    case .kind: "the kind of return"
    case .authority: "the authority"
    }
  }

  private static func words(_ placeholder: LineText.Placeholder) -> String {
    switch placeholder {
    case .laestab: "{laestab}: the school's DfE number"
    case .urn: "{urn}: the school's URN"
    case .ukprn: "{ukprn}: the school's UKPRN"
    case .school: "{school}: the school's name"
    case .authority: "{authority}: the authority's name"
    case .authorityCode: "{code}: the authority's DfE code"
    case .kind: "{kind}: the kind of return"
    case .cohort: "{cohort}: the cohort, by the year of study and the calendar year in which it leaves"
    case .cycle: "{cycle}: the academic year, such as 2026/27"
    case .sequence: "{sequence}: the number of the file in its series; none is given twice"
    case .date(let pattern): "{date}: the day of the file, as \(pattern.text)"
    case .rows: "{rows}: how many rows the file has"
    case .pupils: "{pupils}: how many pupils the file has"
    case .count(let column): "{count:\(column)}: in how many rows \(column) says something"
    case .sum(let column): "{sum:\(column)}: the sum of the whole numbers in \(column)"
    }
  }

  private static func unique(_ words: [String]) -> [String] {
    var seen: Set<String> = []
    return words.filter { seen.insert($0).inserted }
  }
}
