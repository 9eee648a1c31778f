// The examples of a return: an invented record and what becomes of it.

import Leavers

/// Reads one example.
struct ExampleReader {
  let columns: [ReturnColumn]

  func read(_ node: ConfigNode) -> ReturnExample? {
    guard let mapping = node.mapping(KeyLevels.example), let given = mapping["given"].map({ record($0) }),
      let (key, value) = mapping.exactlyOne(of: ["gives", "rows", "kept"])
    else { return nil }
    let outcome: ReturnExample.Outcome?
    switch key {
    case "gives": outcome = .rows([cells(value)])
    case "rows": outcome = .rows((value.list() ?? []).map { cells($0) })
    default: outcome = kept(value).map { .kept($0) }
    }
    return outcome.map { ReturnExample(given: given, outcome: $0, place: node.place) }
  }

  private func record(_ node: ConfigNode) -> LeaverRecord {
    var record = LeaverRecord()
    for (key, value) in node.table() ?? [] {
      guard let field = key.choice(Field.self), let text = value.wordOrNothing() else { continue }
      if field.type == .date, CalendarDate(iso: text) == nil {
        value.error(.badDate, "\(quoted(text)) is not a date", remedy: "write it as 2010-05-17")
      }
      record[field] = text
    }
    return record
  }

  private func cells(_ node: ConfigNode) -> [String: String] {
    var cells: [String: String] = [:]
    for (key, value) in node.table() ?? [] {
      guard let name = key.column(among: columns), let text = value.wordOrNothing() else { continue }
      cells[name] = text
    }
    return cells
  }

  private func kept(_ node: ConfigNode) -> String? {
    node.word(among: Self.keptWords)
  }

  /// The reasons for which a record may not be in a return.
  static let keptWords =
    HoldReason.allCases.map(\.rawValue) + WithholdReason.allCases.map(\.rawValue) + KindReason.allCases.map(\.rawValue)
    + RoutingReason.allCases.map(\.rawValue)
}
