// JSON Schemas of the configuration files, from the one list of keys: editors complete and check with them. Pure.

package import Tabular

/// The JSON Schema (2020-12) of each kind of configuration file.
package enum ConfigurationSchema {
  /// The schema of one kind of file, with the levels that it uses as definitions.
  package static func schema(of top: KeyLevel, titled title: String) -> JSONValue {
    var used: [String] = []
    collect(top, into: &used)
    let definitions = used.sorted().compactMap { name in
      KeyLevels.level(name).map { (name, object($0)) }
    }
    return .object(
      JSONObject([
        ("$schema", "https://json-schema.org/draft/2020-12/schema"),
        ("title", .string("leaverlink: \(title)")),
        ("$ref", .string(reference(top.name))),
        ("$defs", .object(JSONObject(definitions))),
      ]))
  }

  private static func collect(_ level: KeyLevel, into used: inout [String]) {
    guard !used.contains(level.name) else { return }
    used.append(level.name)
    for key in level.keys {
      for name in levels(in: key.type) {
        if let level = KeyLevels.level(name) { collect(level, into: &used) }
      }
    }
  }

  private static func levels(in type: KeyType) -> [String] {
    switch type {
    case .level(let name): [name]
    case .list(let item), .table(let item), .keyed(_, let item): levels(in: item)
    case .either(let types): types.flatMap { levels(in: $0) }
    default: []
    }
  }

  private static func reference(_ level: String) -> String { "#/$defs/\(level)" }

  private static func object(_ level: KeyLevel) -> JSONValue {
    let properties = level.keys.map { key -> (String, JSONValue) in
      var description = key.summary
      if let fallback = key.fallback { description += " Default: \(fallback)." }
      guard case .object(let value) = value(of: key.type) else { return (key.name, true) }
      return (
        key.name,
        .object(JSONObject([("description", .string(description))] + value.members.map { ($0.key, $0.value) }))
      )
    }
    var members: [(String, JSONValue)] = [
      ("description", .string(level.summary)), ("type", "object"), ("additionalProperties", false),
      ("properties", .object(JSONObject(properties))),
    ]
    let required = level.keys.filter(\.required).map { JSONValue.string($0.name) }
    if !required.isEmpty { members.append(("required", .array(required))) }
    return .object(JSONObject(members))
  }

  private static func value(of type: KeyType) -> JSONValue {
    switch type {
    case .text:
      // Numbers and truth values are text where text is asked for: the loader reads what is written.
      ["type": ["string", "number", "boolean"], "minLength": 1]
    case .mayBeBlank: ["type": ["string", "number", "boolean", "null"]]
    case .slug: ["type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,63}$"]
    case .path: ["type": "string", "minLength": 1]
    case .date: ["type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"]
    case .duration: ["type": "string", "pattern": "^[0-9]+(ms|s|m|h|d)$"]
    case .boolean: ["type": "boolean"]
    case .fileName: ["type": "string", "pattern": "^([A-Za-z0-9._ *-]|[{][a-z]+[}])+$"]
    case .integer(let range):
      ["type": "integer", "minimum": JSONValue(range.lowerBound), "maximum": JSONValue(range.upperBound)]
    case .choice(let words): ["enum": .array(words.map { .string($0) })]
    case .level(let name): ["$ref": .string(reference(name))]
    case .list(let item): ["type": "array", "minItems": 1, "items": value(of: item)]
    case .table(let item): ["type": "object", "minProperties": 1, "additionalProperties": value(of: item)]
    case .keyed(let keys, let item):
      [
        "type": "object", "minProperties": 1, "additionalProperties": false,
        "properties": .object(JSONObject(keys.map { ($0, value(of: item)) })),
      ]
    case .either(let types): ["anyOf": .array(types.map { value(of: $0) })]
    }
  }
}
