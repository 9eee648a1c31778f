// Conditions on fields of the record.

import Leavers

/// Reads a condition and holds its values against the field's codes.
struct ConditionReader {
  let codes: CodeTables

  func condition(_ mapping: ConfigMapping) -> FieldCondition? {
    let field = mapping["field"]?.choice(Field.self)
    let test: FieldCondition.Test?
    let (from, until) = (mapping["from"], mapping["until"])
    if mapping["is"] == nil, mapping["is-not"] == nil, from != nil || until != nil {
      test = .dated(from: from?.date(), until: until?.date())
      if let field, field.type != .date {
        mapping.log.error(
          .notApplicable, at: mapping.place(of: "field"), "\(field.rawValue) holds no date", remedy: "use is or is-not")
      }
    } else if let (key, node) = mapping.exactlyOne(of: ["is", "is-not"]) {
      for extra in [from, until].compactMap({ $0 }) {
        extra.error(.notApplicable, "from and until stand without is and is-not", remedy: "write two conditions")
      }
      switch (key, node.scalar) {
      case ("is", "present"?): test = .present
      case ("is", "absent"?): test = .absent
      case ("is", .some):
        _ = node.word(among: ["present", "absent"])
        test = nil
      default:
        let values = (node.list() ?? []).compactMap { value(of: field, $0) }
        test = values.isEmpty ? nil : key == "is" ? .isOneOf(values) : .isNoneOf(values)
      }
    } else {
      test = nil
    }
    guard let field, let test else { return nil }
    return FieldCondition(field: field, test: test)
  }

  private func value(of field: Field?, _ node: ConfigNode) -> String? {
    guard let text = node.text() else { return nil }
    func canonical(_ value: String?, _ remedy: String) -> String {
      if value == nil {
        node.error(.badValue, "\(quoted(text)) is no value that \(field?.rawValue ?? "") has", remedy: remedy)
      }
      return value ?? text
    }
    switch field?.type {
    case .flag?:
      let word = text.uppercased()
      let value =
        ["Y", "YES", "TRUE", "1"].contains(word) ? "Y" : ["N", "NO", "FALSE", "0"].contains(word) ? "N" : nil
      return canonical(value, "write Y or N in quotes")
    case .sharing?: return canonical(Sharing(cell: text)?.rawValue, "write YES, NO, UNS or SNR in quotes")
    case .localAuthority?:
      return canonical((try? LACode(text))?.rawValue, "write the authority's three digits in quotes")
    case .date?: return canonical(nil, "write from and until, or is: present")
    default: break
    }
    let listed: String? =
      if case .code(let set)? = field?.type { set } else { field == .characteristics ? "nccis-characteristics" : nil }
    guard let set = listed, let table = codes[set] else { return text }
    let known = table.entries.map(\.code)
    if !known.contains(text) {
      node.error(
        .unknownCode, "\(quoted(text)) is no code of \(set)",
        remedy: Nearest.remedy(for: text, among: known, otherwise: "use a code of the table"))
    }
    return text
  }
}
