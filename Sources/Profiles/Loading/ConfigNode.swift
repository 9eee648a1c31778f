// One value of a configuration file with its place: reads typed values, writes down what is wrong and goes on.

import Leavers
import Yams

/// A value of a configuration file.
struct ConfigNode {
  private let node: Node
  let place: FilePlace
  let log: DiagnosticLog

  init(node: Node, file: String, log: DiagnosticLog) {
    self.node = node
    self.place = FilePlace(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    self.log = log
  }

  /// The text of a scalar as it is written, whatever YAML would take it for (`no`, `343`); nil for lists and mappings.
  var scalar: String? { node.scalar?.string }
  var isMapping: Bool { node.mapping != nil }

  /// Whether a scalar holds nothing: YAML's null.
  private var isNull: Bool {
    guard let scalar = node.scalar else { return false }
    return scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  private var kind: String {
    if node.mapping != nil { return "a mapping" }
    if node.sequence != nil { return "a list" }
    return isNull ? "empty" : "a single value"
  }

  func error(_ code: ConfigurationDiagnostic.Code, _ message: String, remedy: String) {
    log.error(code, at: place, message, remedy: remedy)
  }

  func warning(_ code: ConfigurationDiagnostic.Code, _ message: String, remedy: String) {
    log.warning(code, at: place, message, remedy: remedy)
  }

  // MARK: Single values

  /// Text that is not blank.
  func text() -> String? {
    guard let text = scalar, !isNull else {
      error(.wrongType, "a text is expected here and this is \(kind)", remedy: "write one value on this line")
      return nil
    }
    guard !text.trimmedOfBlanks.isEmpty else {
      error(.empty, "this is blank", remedy: "fill it in or remove the key")
      return nil
    }
    guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
      error(
        .badValue, "there is a line break or another control character in this text", remedy: "write it on one line")
      return nil
    }
    return text
  }

  /// A text, which may be blank: what a table's words stand for.
  func wordOrNothing() -> String? {
    guard let text = scalar else {
      error(.wrongType, "a text is expected here and this is \(kind)", remedy: "write one value on this line")
      return nil
    }
    return isNull ? "" : text
  }

  func boolean() -> Bool? {
    guard let text = text() else { return nil }
    switch text.lowercased() {
    case "true", "yes": return true
    case "false", "no": return false
    default:
      error(.wrongType, "\(quoted(text)) is neither true nor false", remedy: "write true or false")
      return nil
    }
  }

  func integer(in range: ClosedRange<Int>) -> Int? {
    guard let text = text() else { return nil }
    guard let number = Int(text) else {
      error(.wrongType, "\(quoted(text)) is not a whole number", remedy: "write a number")
      return nil
    }
    guard range.contains(number) else {
      error(
        .badValue, "\(number) is not between \(range.lowerBound) and \(range.upperBound)",
        remedy: "write a number between them")
      return nil
    }
    return number
  }

  func duration(atLeast least: Duration = .milliseconds(1)) -> Duration? {
    guard let text = text() else { return nil }
    guard let duration = DurationText.duration(text) else {
      error(.badDuration, "\(quoted(text)) is not a duration", remedy: DurationText.remedy)
      return nil
    }
    guard duration >= least else {
      error(
        .badDuration, "\(quoted(text)) is too short",
        remedy:
          "write at least \(least.components.seconds > 0 ? "\(least.components.seconds)s" : "\(least.components.attoseconds / 1_000_000_000_000_000)ms")"
      )
      return nil
    }
    return duration
  }

  func date() -> CalendarDate? {
    guard let text = text() else { return nil }
    guard let date = CalendarDate(iso: text) else {
      error(.badDate, "\(quoted(text)) is not a date of the calendar", remedy: "write it as 2026-09-30")
      return nil
    }
    return date
  }

  func slug<ID: SlugIdentifier>(_ type: ID.Type) -> ID? {
    guard let text = text() else { return nil }
    guard let id = ID(rawValue: text) else {
      error(
        .badIdentifier, "\(quoted(text)) is not a short name",
        remedy: "use 1 to 64 small letters, digits and hyphens, with a letter or digit first")
      return nil
    }
    return id
  }

  /// One of a closed set of words.
  func choice<Value: CaseIterable & RawRepresentable>(_ type: Value.Type) -> Value? where Value.RawValue == String {
    word(among: Value.allCases.map(\.rawValue)).flatMap(Value.init(rawValue:))
  }

  /// One of some words, as it is written in the list.
  func word(among known: [String]) -> String? {
    guard let text = text() else { return nil }
    if known.contains(text) { return text }
    error(
      .unknownChoice, "\(quoted(text)) is not known here",
      remedy: Nearest.remedy(for: text, among: known, otherwise: "docs/configuration.md lists what is known here"))
    return nil
  }

  // MARK: Lists and mappings

  /// The items of a list that has at least one. A single value is not taken for a list.
  func list() -> [ConfigNode]? {
    guard let sequence = node.sequence else {
      error(
        .wrongType, "a list is expected here and this is \(kind)",
        remedy: "write [a, b] or one item a line after a hyphen")
      return nil
    }
    guard !sequence.isEmpty else {
      error(.empty, "this list is empty", remedy: "name at least one item")
      return nil
    }
    return sequence.map { ConfigNode(node: $0, file: place.file, log: log) }
  }

  /// A mapping whose keys are those of a level: unknown and missing ones are written down.
  func mapping(_ level: KeyLevel) -> ConfigMapping? {
    guard let entries = entries(expected: "a mapping with the keys of \(level.name)") else { return nil }
    var known: [String: ConfigNode] = [:]
    for (key, value) in entries {
      guard let name = key.scalar else {
        key.error(.wrongType, "a key is a single word", remedy: "remove it")
        continue
      }
      if YAMLReader.isRepeated(name) { continue }
      guard level[name] != nil else {
        key.error(
          .unknownKey, "the key \(quoted(name)) is not known in \(level.name)",
          remedy: Nearest.remedy(for: name, among: level.keys.map(\.name), otherwise: "remove it"))
        continue
      }
      known[name] = value
    }
    for key in level.keys where key.required && known[key.name] == nil {
      error(
        .missingKey, "the key \"\(key.name)\" is missing in \(level.name)",
        remedy: "add it: \(key.summary.hasSuffix(".") ? String(key.summary.dropLast()) : key.summary)")
    }
    return ConfigMapping(level: level, place: place, log: log, values: known)
  }

  /// A mapping with keys of the user's own, in their order; at least one.
  func table() -> [(key: ConfigNode, value: ConfigNode)]? {
    guard let entries = entries(expected: "a mapping") else { return nil }
    guard !entries.isEmpty else {
      error(.empty, "this mapping is empty", remedy: "fill it in or remove the key")
      return nil
    }
    return entries.filter { key, _ in
      guard let name = key.scalar else {
        key.error(.wrongType, "a key is a single word", remedy: "remove it")
        return false
      }
      return !YAMLReader.isRepeated(name)
    }
  }

  private func entries(expected: String) -> [(key: ConfigNode, value: ConfigNode)]? {
    guard let mapping = node.mapping else {
      error(.wrongType, "\(expected) is expected here and this is \(kind)", remedy: "write key: value, one a line")
      return nil
    }
    return mapping.map {
      (ConfigNode(node: $0.key, file: place.file, log: log), ConfigNode(node: $0.value, file: place.file, log: log))
    }
  }
}

/// A mapping whose keys were held against a level.
struct ConfigMapping {
  let level: KeyLevel
  let place: FilePlace
  let log: DiagnosticLog
  private let values: [String: ConfigNode]

  init(level: KeyLevel, place: FilePlace, log: DiagnosticLog, values: [String: ConfigNode]) {
    self.level = level
    self.place = place
    self.log = log
    self.values = values
  }

  /// The value of a key; nil where it is absent.
  subscript(key: String) -> ConfigNode? {
    assert(level[key] != nil, "\(level.name) has no key \(key)")
    log.asked(key, of: level)
    return values[key]
  }

  /// Where a key's value stands, or the mapping where the key is absent.
  func place(of key: String) -> FilePlace { values[key]?.place ?? place }

  /// The one of some keys that is there; anything but exactly one is written down.
  func exactlyOne(of keys: [String]) -> (key: String, value: ConfigNode)? {
    let present = keys.compactMap { key in self[key].map { (key: key, value: $0) } }
    guard present.count == 1 else {
      let names = keys.map { "\"\($0)\"" }.joined(separator: ", ")
      log.error(
        .exactlyOne, at: present.dropFirst().first?.value.place ?? place,
        present.isEmpty ? "\(level.name) has none of \(names)" : "\(level.name) has more than one of \(names)",
        remedy: "give exactly one of them")
      return nil
    }
    return present[0]
  }
}
