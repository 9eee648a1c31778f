// What a cell of a return comes from and how it is written: of columns and of parts of them.

import Leavers
import Tabular

/// Reads the keys that columns and their parts share, and holds them against code tables and the file's encoding.
struct FormReader {
  let context: LoadContext
  let codes: CodeTables
  let lookups: LookupTables
  let encoding: TextEncoding
  let rows: RowShape

  /// How deep parts may stand in parts: nobody can read more.
  private static let depthLimit = 4
  private static let sources = [
    "from", "constant", "school", "first-of", "joined", "when", "refusal", "moved", "destination",
  ]

  func form(_ mapping: ConfigMapping, depth: Int = 0) -> CellForm? {
    let source = mapping.exactlyOne(of: Self.sources).flatMap { self.source($0.key, $0.value, mapping, depth) }
    let field = source.flatMap(\.field)
    let date = mapping["as"].flatMap { pattern($0, of: source) }
    let yesNo = mapping["yes-no"].flatMap { self.yesNo($0, of: source) }
    let number = mapping["number"].flatMap { self.number($0, of: source) }
    let set = mapping["codes"].flatMap { codeSet($0, of: source) }
    let map = mapping["map"].map { node in
      MapReader(context: context, codes: codes, lookups: lookups, form: self).read(node, of: source, codes: set)
    }
    let lookup = mapping["lookup"].flatMap { self.lookup($0, of: source) }
    if let node = mapping["lookup"], mapping["map"] != nil {
      node.error(.exactlyOne, "a value is mapped or looked up, not both", remedy: "remove map or lookup")
    }
    let slice = mapping["slice"].flatMap { self.slice($0) }
    let letterCase = mapping["case"]?.choice(CellForm.LetterCase.self)
    let padding = mapping["pad"].flatMap { self.padding($0) }
    let substitute = mapping["without-basis"].flatMap { self.substitute($0, of: source) }
    for key in ["with", "otherwise"] where mapping[key] != nil {
      let owner = key == "with" ? "joined" : "when"
      if mapping[owner] == nil {
        mapping[key]?.error(.notApplicable, "\(key) is for \(owner)", remedy: "remove \(key)")
      }
    }
    guard let source else { return nil }
    var form = CellForm(
      source, date: date, yesNo: yesNo, number: number, letterCase: letterCase, codes: set, map: map ?? ValueMap(),
      lookup: lookup, slice: slice, padding: padding, substitute: substitute)
    if form.date == nil, field?.type == .date { form.date = .usual }
    return form
  }

  /// A field's name, or a mapping.
  func part(_ node: ConfigNode, depth: Int) -> CellForm? {
    guard depth < Self.depthLimit else {
      node.error(
        .badValue, "parts stand in parts more than \(Self.depthLimit) deep",
        remedy: "write the conditions one after the other")
      return nil
    }
    if node.isMapping { return node.mapping(KeyLevels.part).flatMap { form($0, depth: depth) } }
    return node.choice(Field.self).map { field in
      CellForm(.field(field), date: field.type == .date ? .usual : nil)
    }
  }

  private func source(
    _ key: String, _ node: ConfigNode, _ mapping: ConfigMapping, _ depth: Int
  ) -> CellForm.Source? {
    switch key {
    case "from": return node.choice(Field.self).map { .field($0) }
    case "school": return node.choice(CellForm.SchoolItem.self).map { .school($0) }
    case "first-of": return parts(node, depth).map { .firstOf($0) }
    case "joined":
      let separator = mapping["with"].flatMap { $0.wordOrNothing() } ?? " "
      return parts(node, depth).map { .joined($0, with: separator) }
    case "when": return cases(node, mapping["otherwise"], depth)
    case "refusal":
      guard let words = node.mapping(KeyLevels.refusal), let refused = words["refused"].flatMap({ encodable($0) })
      else {
        return nil
      }
      return .refusal(refused: refused, otherwise: words["otherwise"].flatMap { encodable($0) } ?? "")
    case "moved":
      guard let words = node.mapping(KeyLevels.moved), let moved = words["moved"].flatMap({ encodable($0) }) else {
        return nil
      }
      return .moved(moved: moved, otherwise: words["otherwise"].flatMap { encodable($0) } ?? "")
    case "destination":
      if rows != .destination {
        node.error(.notApplicable, "this return has no row a destination", remedy: "write rows: destination")
      }
      guard let words = node.mapping(KeyLevels.destination),
        let intended = words["intended"].flatMap({ encodable($0) }),
        let actual = words["actual"].flatMap({ encodable($0) })
      else { return nil }
      return .destinationKind(intended: intended, actual: actual)
    default: return encodable(node).map { .constant($0) }
    }
  }

  private func parts(_ node: ConfigNode, _ depth: Int) -> [CellForm]? {
    guard let items = node.list() else { return nil }
    let parts = items.map { part($0, depth: depth + 1) }
    return parts.contains { $0 == nil } ? nil : parts.compactMap { $0 }
  }

  private func cases(_ node: ConfigNode, _ otherwise: ConfigNode?, _ depth: Int) -> CellForm.Source? {
    let conditions = ConditionReader(codes: codes)
    var cases: [CellForm.Case] = []
    var isWhole = true
    for item in node.list() ?? [] {
      guard let mapping = item.mapping(KeyLevels.when), let condition = conditions.condition(mapping),
        let form = mapping["then"].flatMap({ part($0, depth: depth + 1) })
      else {
        isWhole = false
        continue
      }
      cases.append(CellForm.Case(condition: condition, form: form))
    }
    let rest = otherwise.map { part($0, depth: depth + 1) }
    if let rest, rest == nil { isWhole = false }
    return isWhole && !cases.isEmpty ? .when(cases, otherwise: rest ?? nil) : nil
  }

  private func substitute(_ node: ConfigNode, of source: CellForm.Source?) -> CellForm.Substitute? {
    guard node.isMapping else { return encodable(node).map { .always($0) } }
    guard case .code? = source?.field?.type else {
      node.error(.notApplicable, "only codes are told apart here", remedy: "write one text: without-basis: \"…\"")
      return nil
    }
    var texts: [String: String] = [:]
    for (key, value) in node.table() ?? [] {
      guard let word = key.scalar, let text = encodable(value) else { continue }
      // Two words for two sensitive values would tell them apart.
      if let other = texts.values.first, other != text {
        value.error(
          .badValue, "\(quoted(text)) and \(quoted(other)) would tell what may not be told",
          remedy: "let one word stand for all of them")
      }
      if texts[text] != nil || word == text {
        value.error(.badValue, "\(quoted(text)) is what may not be told itself", remedy: "use another word")
      }
      texts[word] = text
    }
    return .byValue(texts)
  }

  // MARK: How it is written

  /// A text that the file's encoding has.
  func encodable(_ node: ConfigNode) -> String? {
    guard let text = node.text() else { return nil }
    do { _ = try encoding.encode(text) } catch {
      node.error(
        .notInEncoding, "\(quoted(text)) cannot be written in \(encoding)",
        remedy: "use other characters, or write encoding: utf-8")
    }
    return text
  }

  private func pattern(_ node: ConfigNode, of source: CellForm.Source?) -> DatePattern? {
    guard let text = node.text() else { return nil }
    if let source, source.field?.type != .date {
      node.error(.notApplicable, "as is for dates, and this column holds none", remedy: "remove as")
      return nil
    }
    do { return try DatePattern(text) } catch {
      node.error(
        .badDatePattern, "\(quoted(text)) is not a form of dates: \(error)", remedy: "write it like dd/MM/yyyy")
      return nil
    }
  }

  private func yesNo(_ node: ConfigNode, of source: CellForm.Source?) -> CellForm.YesNo? {
    if let source, source.field?.type != .flag {
      let flags = Field.allCases.filter { $0.type == .flag }.map(\.rawValue)
      node.error(
        .notApplicable, "yes-no is for fields that say yes or no: \(flags.joined(separator: ", "))",
        remedy: "remove yes-no, or use map")
    }
    guard let words = node.mapping(KeyLevels.yesNo), let yes = words["true"].flatMap({ encodable($0) }),
      let no = words["false"].flatMap({ encodable($0) })
    else { return nil }
    return CellForm.YesNo(yes: yes, no: no, unknown: words["unknown"].flatMap { encodable($0) } ?? "")
  }

  private func number(_ node: ConfigNode, of source: CellForm.Source?) -> CellForm.NumberForm? {
    if let source, source.field == nil || source.field?.type == .date {
      node.error(.notApplicable, "number is for fields that hold no date", remedy: "remove number")
    }
    guard let mapping = node.mapping(KeyLevels.number) else { return nil }
    return CellForm.NumberForm(
      digits: mapping["digits"]?.integer(in: 1...20) ?? 1, decimals: mapping["decimals"]?.integer(in: 0...6) ?? 0,
      mark: mapping["mark"]?.word(among: ["point", "comma"]) == "comma" ? "," : ".")
  }

  private func codeSet(_ node: ConfigNode, of source: CellForm.Source?) -> String? {
    guard let id = node.text() else { return nil }
    guard codes[id] != nil else {
      node.error(
        .unknownCodeSet, "there is no code set \(quoted(id))",
        remedy: Nearest.remedy(for: id, among: codes.ids, otherwise: "put \(id).csv into the folder of code tables"))
      return nil
    }
    guard let source else { return id }
    guard let field = source.field else {
      node.error(.notApplicable, "codes is for fields, and this column holds none", remedy: "remove codes")
      return nil
    }
    // The numbers of the code sets overlap: 110 is in four of them with four meanings.
    let owner = Field.allCases.first { $0.type == .code(set: id) }
    if case .code(let own) = field.type, own != id, owner != nil {
      node.error(.notApplicable, "\(id) is not the code set of \(field.rawValue)", remedy: "write codes: \(own)")
      return nil
    }
    switch field.type {
    case .code, .text: return id
    default:
      node.error(.notApplicable, "\(field.rawValue) holds no codes", remedy: "remove codes")
      return nil
    }
  }

  private func lookup(_ node: ConfigNode, of source: CellForm.Source?) -> CellForm.Lookup? {
    if let source, source.field == nil || source.field?.type == .date {
      node.error(.notApplicable, "lookup is for fields that hold no date", remedy: "remove lookup")
    }
    guard let mapping = node.mapping(KeyLevels.lookup), let table = mapping["table"].flatMap({ lookups.table(at: $0) }),
      let column = mapping["column"]?.text()
    else { return nil }
    let otherwise = mapping["otherwise"].flatMap { encodable($0) }
    guard table.columns.contains(column) else {
      mapping["column"]?.error(
        .lookupTable, "the table \(table.id) has no column \(quoted(column))",
        remedy: Nearest.remedy(for: column, among: table.columns, otherwise: "correct the name"))
      return nil
    }
    if let blank = table.map(column).entries.first(where: \.theirs.isEmpty) {
      mapping["column"]?.error(
        .lookupTable, "the table \(table.id) says nothing for \(quoted(blank.ours)) under \(column)",
        remedy: "fill the cell in, or remove the row")
    }
    return CellForm.Lookup(table: table, column: column, otherwise: otherwise)
  }

  private func slice(_ node: ConfigNode) -> CellForm.Slice? {
    guard let mapping = node.mapping(KeyLevels.slice),
      let (key, value) = mapping.exactlyOne(of: ["first", "last", "from"]),
      let number = value.integer(in: 1...1000)
    else { return nil }
    let end = mapping["to"]?.integer(in: 1...1000)
    switch key {
    case "from":
      if let end, end < number {
        mapping["to"]?.error(.badValue, "the part ends before it begins", remedy: "correct from or to")
        return nil
      }
      return .range(number...(end ?? Int.max))
    default:
      if end != nil { mapping["to"]?.error(.notApplicable, "to is for from", remedy: "remove to") }
      return key == "first" ? .first(number) : .last(number)
    }
  }

  private func padding(_ node: ConfigNode) -> CellForm.Padding? {
    guard let mapping = node.mapping(KeyLevels.pad), let length = mapping["to"]?.integer(in: 1...200) else {
      return nil
    }
    let filler = mapping["with"].flatMap { $0.wordOrNothing() } ?? "0"
    guard filler.count == 1 else {
      mapping["with"]?.error(.badValue, "a text is filled with one character", remedy: "write one character in quotes")
      return nil
    }
    return CellForm.Padding(
      length: length, filler: filler, side: mapping["on"]?.choice(CellForm.Padding.Side.self) ?? .left)
  }
}
