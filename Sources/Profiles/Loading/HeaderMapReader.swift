// One header map: how the columns of an export are called, and what its words for values mean.

import Leavers

/// Reads a header map's file.
struct HeaderMapReader {
  let context: LoadContext
  let codes: CodeTables

  /// Nil where the file does not even say which map it is.
  func read(_ root: ConfigNode) -> (map: HeaderMap, idPlace: FilePlace)? {
    guard let mapping = root.mapping(KeyLevels.headerMapFile) else { return nil }
    let named = mapping["mis"]?.mapping(KeyLevels.headerMap)
    let id = named?["id"]?.slug(HeaderMapName.self)
    let name = named?["name"]?.text()
    var seen: [String: String] = [:]
    let columns = mapping["columns"].map { headers($0, Field.self, &seen) } ?? []
    let parts = mapping["address-parts"].map { headers($0, AddressPart.self, &seen) } ?? []
    let values = mapping["values"].map { self.values($0) } ?? [:]
    guard let named, let id else { return nil }
    let map = HeaderMap(
      id: id.rawValue, name: name ?? "", columns: columns.map { (header: $0.header, field: $0.meaning) },
      parts: parts.map { (header: $0.header, part: $0.meaning) }, values: values)
    return (map, named.place(of: "id"))
  }

  /// Headers and what they stand for. `seen` are those of the map so far, folded: none may stand for two things.
  private func headers<Meaning: CaseIterable & RawRepresentable<String>>(
    _ node: ConfigNode, _ meaning: Meaning.Type, _ seen: inout [String: String]
  ) -> [(header: String, meaning: Meaning)] {
    var headers: [(header: String, meaning: Meaning)] = []
    for (key, value) in node.table() ?? [] {
      guard let header = key.scalar, let meaning = value.choice(meaning) else { continue }
      let folded = HeaderMap.key(header)
      guard !folded.isEmpty else {
        key.error(
          .badValue, "there is neither letter nor digit in this header", remedy: "write the header as the export has it"
        )
        continue
      }
      if let other = seen[folded], other != meaning.rawValue {
        key.error(
          .repeated,
          "the header \(quoted(header)) stands for \(other) already; case, spaces and punctuation do not matter",
          remedy: "keep one of the two")
        continue
      }
      seen[folded] = meaning.rawValue
      headers.append((header, meaning))
    }
    return headers
  }

  private func values(_ node: ConfigNode) -> [Field: [String: String]] {
    var values: [Field: [String: String]] = [:]
    for (key, table) in node.table() ?? [] {
      guard let field = key.choice(Field.self) else { continue }
      for (word, value) in table.table() ?? [] {
        guard let text = word.scalar, let canonical = value.text(), isValue(canonical, of: field, value) else {
          continue
        }
        values[field, default: [:]][text.trimmedOfBlanks.lowercased()] = canonical
      }
    }
    return values
  }

  /// Whether a text is a value that the field can have.
  private func isValue(_ text: String, of field: Field, _ node: ConfigNode) -> Bool {
    let known: [String]
    switch field.type {
    case .code(let id):
      guard let set = codes[id] else { return true }
      known = set.entries.map(\.code)
    case .sharing: known = Sharing.allCases.map(\.rawValue)
    case .flag: known = ["Y", "N"]
    default: return true
    }
    if known.contains(text) { return true }
    node.error(
      .unknownCode, "\(quoted(text)) is not a value of \(field.rawValue)",
      remedy: Nearest.remedy(for: text, among: known, otherwise: "use a code of its table"))
    return false
  }
}

/// A header map's name, checked like the names of authorities and recipients.
struct HeaderMapName: SlugIdentifier {
  let rawValue: String
  init(unchecked rawValue: String) { self.rawValue = rawValue }
}
