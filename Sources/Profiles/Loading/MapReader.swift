// Maps of our values to an authority's own: in place, by periods, or as a table.

import Leavers

/// Reads a map and holds it against the values that the column can have.
struct MapReader {
  let context: LoadContext
  let codes: CodeTables
  let lookups: LookupTables
  let form: FormReader

  func read(_ node: ConfigNode, of source: CellForm.Source?, codes set: String?) -> ValueMap {
    if let source, source.field == nil || source.field?.type == .date {
      node.error(.notApplicable, "map is for fields that hold no date", remedy: "remove map")
      return ValueMap()
    }
    var known: [String]?
    var current: [String] = []
    if case .code(let own)? = source?.field?.type, let table = codes[set ?? own] {
      known = table.entries.map(\.code)
      current = table.entries.filter { !$0.isLegacy && $0.until == nil }.map(\.code)
    } else if source?.field?.type == .sharing {
      known = Sharing.allCases.map(\.rawValue)
      current = known ?? []
    }
    let map: ValueMap
    if node.isMapping {
      map = ValueMap(entries(node, known, from: nil, until: nil))
    } else if node.scalar != nil {
      map = named(node, known)
    } else {
      map = periods(node, known)
    }
    let missing = current.filter { code in !map.entries.contains { $0.ours == code } }
    if !map.isEmpty, !missing.isEmpty {
      node.warning(
        .unmappedCode, "pupils with \(missing.joined(separator: ", ")) are held, since the map does not name it",
        remedy: "ask the authority what it wants for them, or leave it so")
    }
    return map
  }

  private func entries(
    _ node: ConfigNode, _ known: [String]?, from: CalendarDate?, until: CalendarDate?
  ) -> [ValueMap.Entry] {
    (node.table() ?? []).compactMap { key, value in
      guard let word = key.scalar, let own = form.encodable(value) else { return nil }
      check(word, known, at: key)
      return ValueMap.Entry(ours: word, theirs: own, from: from, until: until)
    }
  }

  private func check(_ word: String, _ known: [String]?, at node: ConfigNode) {
    guard let known, !known.contains(word) else { return }
    node.error(
      .unknownCode, "\(quoted(word)) is no value that this column can have",
      remedy: Nearest.remedy(for: word, among: known, otherwise: "use the code of our table on the left"))
  }

  private func periods(_ node: ConfigNode, _ known: [String]?) -> ValueMap {
    var entries: [ValueMap.Entry] = []
    for item in node.list() ?? [] {
      guard let mapping = item.mapping(KeyLevels.mapPeriod), let values = mapping["values"] else { continue }
      let (from, until) = (mapping["from"]?.date(), mapping["until"]?.date())
      if let from, let until, until < from {
        item.error(.badDate, "the map ends on \(until), before it begins on \(from)", remedy: "correct the dates")
      }
      let own = self.entries(values, known, from: from, until: until)
      for entry in own {
        let overlaps = entries.contains {
          $0.ours == entry.ours && ($0.from ?? .first) <= (entry.until ?? .last)
            && (entry.from ?? .first) <= ($0.until ?? .last)
        }
        if overlaps {
          values.error(
            .repeated, "\(quoted(entry.ours)) stands twice for the same days",
            remedy: "let the first period end on the day before the second begins")
        }
      }
      entries += own
    }
    return ValueMap(entries)
  }

  /// A table with a column `theirs`.
  private func named(_ node: ConfigNode, _ known: [String]?) -> ValueMap {
    guard let table = lookups.table(at: node) else { return ValueMap() }
    guard table.columns.contains("theirs") else {
      node.error(
        .lookupTable, "the table \(table.id) has no column \"theirs\", which a map needs",
        remedy: "call its columns ours and theirs")
      return ValueMap()
    }
    for value in table.values { check(value, known, at: node) }
    let map = table.map("theirs")
    if let blank = map.entries.first(where: \.theirs.isEmpty) {
      node.error(
        .lookupTable, "the table \(table.id) says nothing for \(quoted(blank.ours))",
        remedy: "fill the cell in, or remove the row, so that such pupils are held")
    }
    return map
  }
}
