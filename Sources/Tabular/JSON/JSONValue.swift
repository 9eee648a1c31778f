// JSON as a value whose keys keep their order, and its text, the same each time. Pure.

/// A JSON value. Keys of an object keep the order in which they were put in, so that output is deterministic.
package enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// Infinite and not-a-number values have no JSON form and are written as null.
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  /// The text.
  /// - Parameters:
  ///   - pretty: two spaces a level and one value a line; else no blanks at all.
  ///   - sortedKeys: keys in the order of their UTF-8 bytes instead of their own.
  package func text(pretty: Bool = false, sortedKeys: Bool = false) -> String {
    String(decoding: bytes(pretty: pretty, sortedKeys: sortedKeys), as: UTF8.self)
  }

  /// The text as UTF-8.
  package func bytes(pretty: Bool = false, sortedKeys: Bool = false) -> [UInt8] {
    var writer = JSONTextWriter(pretty: pretty, sortedKeys: sortedKeys)
    writer.write(self, depth: 0)
    return writer.bytes
  }
}

// MARK: Reading a value

extension JSONValue {
  /// The value of a key; nil where this is no object or has no such key.
  package subscript(key: String) -> JSONValue? {
    if case .object(let object) = self { object[key] } else { nil }
  }
  /// The element at a place, from 0; nil where this is no array or has no such place.
  package subscript(index: Int) -> JSONValue? {
    if case .array(let array) = self, array.indices.contains(index) { array[index] } else { nil }
  }
  package var string: String? { if case .string(let value) = self { value } else { nil } }
  package var integer: Int64? { if case .integer(let value) = self { value } else { nil } }
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  package var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
  package var object: JSONObject? { if case .object(let value) = self { value } else { nil } }
  /// A number, whole or not.
  package var number: Double? {
    switch self {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }
  package var isNull: Bool { self == .null }
}

// MARK: Making a value

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral, ExpressibleByFloatLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(floatLiteral value: Double) { self = .number(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(nilLiteral: ()) { self = .null }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(JSONObject(elements)) }

  package init(_ value: String?) { self = value.map { .string($0) } ?? .null }
  package init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }
  package init(_ value: Int64?) { self = value.map { .integer($0) } ?? .null }
  package init(_ value: Bool?) { self = value.map { .bool($0) } ?? .null }
}

extension JSONValue: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The kind of value only: what it holds may be personal data. The text is had by `text()`.
  package var description: String {
    switch self {
    case .null: "JSONValue(null)"
    case .bool: "JSONValue(bool)"
    case .integer, .number: "JSONValue(number)"
    case .string: "JSONValue(string)"
    case .array(let values): "JSONValue(array of \(values.count))"
    case .object(let object): "JSONValue(object of \(object.count))"
    }
  }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
