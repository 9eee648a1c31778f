// One column of a return.

import Leavers
import Tabular

/// Reads one column and holds it against code tables, agreements and the file's encoding.
struct ColumnReader {
  let context: LoadContext
  let codes: CodeTables
  /// The agreements that cover the return's kind.
  let agreements: [Agreement]
  let encoding: TextEncoding

  /// The column and where its header stands.
  func read(_ node: ConfigNode) -> (column: ReturnColumn, place: FilePlace)? {
    guard let mapping = node.mapping(KeyLevels.column) else { return nil }
    let name = mapping["name"].flatMap { encodable($0) }
    let source = mapping.exactlyOne(of: ["from", "constant", "school"]).flatMap { self.source($0.key, $0.value) }
    let date = mapping["as"].flatMap { pattern($0, of: source) }
    let letterCase = mapping["case"]?.choice(ReturnColumn.LetterCase.self)
    let max = mapping["max"]?.integer(in: 1...10_000)
    let required = mapping["required"]?.boolean() ?? false
    let set = mapping["codes"].flatMap { codeSet($0, of: source) }
    let map = mapping["map"].map { self.map($0, of: source, codes: set) } ?? [:]
    if let field = source?.field {
      checkTier(of: field, at: mapping.place(of: "from"))
      if required { checkFloor(gives: field, at: mapping.place(of: "required")) }
    }
    guard let name, let source else { return nil }
    var column = ReturnColumn(
      name: name, source: source, date: date, letterCase: letterCase, max: max, required: required, codes: set, map: map
    )
    if column.date == nil, source.field?.type == .date { column.date = Self.usualPattern }
    return (column, mapping.place(of: "name"))
  }

  /// How dates are written where nothing is said.
  private static let usualPattern = try? DatePattern("yyyy-MM-dd")

  private func source(_ key: String, _ node: ConfigNode) -> ReturnColumn.Source? {
    switch key {
    case "from": node.choice(Field.self).map { .field($0) }
    case "school": node.choice(ReturnColumn.SchoolItem.self).map { .school($0) }
    default: encodable(node).map { .constant($0) }
    }
  }

  /// A text that the file's encoding has.
  private func encodable(_ node: ConfigNode) -> String? {
    guard let text = node.text() else { return nil }
    do { _ = try encoding.encode(text) } catch {
      node.error(
        .notInEncoding, "\(quoted(text)) cannot be written in \(encoding)",
        remedy: "use other characters, or write encoding: utf-8")
    }
    return text
  }

  private func pattern(_ node: ConfigNode, of source: ReturnColumn.Source?) -> DatePattern? {
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

  private func codeSet(_ node: ConfigNode, of source: ReturnColumn.Source?) -> String? {
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

  private func map(_ node: ConfigNode, of source: ReturnColumn.Source?, codes set: String?) -> [String: String] {
    var map: [String: String] = [:]
    if let source, source.field == nil || source.field?.type == .date {
      node.error(.notApplicable, "map is for fields that hold no date", remedy: "remove map")
      return [:]
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
    for (key, value) in node.table() ?? [] {
      guard let word = key.scalar, let own = encodable(value) else { continue }
      if let known, !known.contains(word) {
        key.error(
          .unknownCode, "\(quoted(word)) is no value that this column can have",
          remedy: Nearest.remedy(for: word, among: known, otherwise: "use the code of our table on the left"))
      }
      map[word] = own
    }
    let unmapped = current.filter { map[$0] == nil }
    if !map.isEmpty, !unmapped.isEmpty {
      node.warning(
        .unmappedCode, "pupils with \(unmapped.joined(separator: ", ")) are held, since the map does not name it",
        remedy: "ask the authority what it wants for them, or leave it so")
    }
    return map
  }

  /// Special category data goes only under an agreement that covers it.
  private func checkTier(of field: Field, at place: FilePlace) {
    guard field.tier == .special, !agreements.isEmpty else { return }
    let without = agreements.filter { !$0.coversSpecial }
    guard let first = without.first else { return }
    if without.count == agreements.count {
      context.log.error(
        .specialWithoutAgreement, at: place,
        "\(field.rawValue) is special category data, and the agreement \(quoted(first.reference)) does not cover it",
        remedy: "remove the column, or have it agreed and write special: true there")
    } else {
      context.log.warning(
        .specialWithoutAgreement, at: place,
        "\(field.rawValue) is special category data: while \(quoted(first.reference)) is in force, pupils who have it are held",
        remedy: "remove the column, or have it agreed and write special: true there")
    }
  }

  /// What is required must be in the floor, or pupils who objected are left out of the return altogether.
  private func checkFloor(gives field: Field, at place: FilePlace) {
    let objecting = agreements.filter(\.basis.knowsObjection)
    guard !objecting.isEmpty else { return }
    let isGiven =
      switch field.tier {
      case .floor: true
      case .parentFloor: objecting.allSatisfy(\.parentInFloor)
      case .possession, .special: false
      }
    guard !isGiven else { return }
    context.log.warning(
      .requiredBeyondFloor, at: place,
      "\(field.rawValue) is required and is not among what may go of a pupil whose sharing was refused: such pupils are left out of this return",
      remedy: "ask the authority whether it can take them without it, and remove required")
  }
}

extension ReturnColumn.Source {
  /// The field of the leaver's record, where the column comes from one.
  var field: Field? { if case .field(let field) = self { field } else { nil } }
}
