// The text of a JSON value as UTF-8; the same value gives the same bytes. Pure.

struct JSONTextWriter {
  let pretty: Bool
  let sortedKeys: Bool
  private(set) var bytes: [UInt8] = []

  init(pretty: Bool, sortedKeys: Bool) {
    self.pretty = pretty
    self.sortedKeys = sortedKeys
  }

  mutating func write(_ value: JSONValue, depth: Int) {
    switch value {
    case .null: append("null")
    case .bool(let value): append(value ? "true" : "false")
    case .integer(let value): append("\(value)")
    case .number(let value): append(value.isFinite ? "\(value)" : "null")
    case .string(let value): write(value)
    case .array(let values):
      guard !values.isEmpty else { return append("[]") }
      append("[")
      for (index, value) in values.enumerated() {
        if index > 0 { append(",") }
        newline(depth + 1)
        write(value, depth: depth + 1)
      }
      newline(depth)
      append("]")
    case .object(let object):
      guard !object.isEmpty else { return append("{}") }
      let members =
        sortedKeys
        ? object.members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) } : object.members
      append("{")
      for (index, member) in members.enumerated() {
        if index > 0 { append(",") }
        newline(depth + 1)
        write(member.key)
        append(pretty ? ": " : ":")
        write(member.value, depth: depth + 1)
      }
      newline(depth)
      append("}")
    }
  }

  private mutating func newline(_ depth: Int) {
    guard pretty else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: depth * 2))
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func write(_ text: String) {
    bytes.append(0x22)
    for byte in text.utf8 {
      switch byte {
      case 0x22: append("\\\"")
      case 0x5C: append("\\\\")
      case 0x08: append("\\b")
      case 0x09: append("\\t")
      case 0x0A: append("\\n")
      case 0x0C: append("\\f")
      case 0x0D: append("\\r")
      case 0..<0x20, 0x7F:
        append("\\u00")
        for digit in [byte >> 4, byte & 15] { bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
  }
}
