// Names and values as bytes, before they are sealed: each with its length, in a fixed order. Pure.

import Leavers

/// Names and values as bytes: for each, the length of the name, the name, the length of the value, the value.
enum Packed {
  static func encode(_ pairs: some Sequence<(String, String)>) -> [UInt8] {
    var bytes: [UInt8] = [1]
    for (name, value) in pairs {
      append(name, to: &bytes)
      append(value, to: &bytes)
    }
    return bytes
  }

  static func encode(_ dictionary: [String: String]) -> [UInt8] {
    encode(dictionary.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  }

  static func encode(_ record: LeaverRecord) -> [UInt8] {
    encode(record.fields.compactMap { field in record[field].map { (field.rawValue, $0) } })
  }

  /// Throws `corrupt` where the bytes are not what `encode` gives.
  static func decode(_ bytes: [UInt8]) throws(LedgerError) -> [(name: String, value: String)] {
    guard bytes.first == 1 else { throw damaged }
    var position = 1
    var pairs: [(String, String)] = []
    while position < bytes.count {
      let name = try text(bytes, &position)
      pairs.append((name, try text(bytes, &position)))
    }
    return pairs
  }

  static func dictionary(_ bytes: [UInt8]) throws(LedgerError) -> [String: String] {
    var result: [String: String] = [:]
    for (name, value) in try decode(bytes) { result[name] = value }
    return result
  }

  static func record(_ bytes: [UInt8]) throws(LedgerError) -> LeaverRecord {
    var values: [Field: String] = [:]
    for (name, value) in try decode(bytes) {
      guard let field = Field(rawValue: name) else { throw damaged }
      values[field] = value
    }
    return LeaverRecord(values)
  }

  private static var damaged: LedgerError {
    LedgerError(.corrupt, "a sealed cell opened to something that leaverlink did not write; run audit")
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { buffer in
      let count = UInt32(truncatingIfNeeded: buffer.count)
      bytes.append(contentsOf: [
        UInt8(count >> 24), UInt8(count >> 16 & 255), UInt8(count >> 8 & 255), UInt8(count & 255),
      ])
      bytes.append(contentsOf: buffer)
    }
  }

  private static func text(_ bytes: [UInt8], _ position: inout Int) throws(LedgerError) -> String {
    guard bytes.count - position >= 4 else { throw damaged }
    let count = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
    position += 4
    guard bytes.count - position >= count else { throw damaged }
    defer { position += count }
    return String(decoding: bytes[position..<position + count], as: UTF8.self)
  }
}
