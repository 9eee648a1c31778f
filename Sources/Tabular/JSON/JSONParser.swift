// JSON text to a value: strict, and bounded in depth. Pure.

extension JSONValue {
  /// Reads JSON text in UTF-8, strictly by RFC 8259; a byte order mark is passed over. A key that stands twice in one
  /// object is an error, since readers differ on which one counts. Whole numbers that fit 64 bits become `integer`.
  package static func parse(_ bytes: [UInt8], depthLimit: Int = 64) throws(JSONError) -> JSONValue {
    let result = bytes.withUnsafeBytes { raw -> Result<JSONValue, JSONError> in
      var parser = JSONParser(bytes: raw, depthLimit: depthLimit)
      do throws(JSONError) { return .success(try parser.document()) } catch { return .failure(error) }
    }
    return try result.get()
  }

  /// Reads JSON text.
  package static func parse(_ text: String, depthLimit: Int = 64) throws(JSONError) -> JSONValue {
    try parse(Array(text.utf8), depthLimit: depthLimit)
  }
}

private struct JSONParser {
  private let bytes: UnsafeRawBufferPointer
  private let depthLimit: Int
  private var index = 0

  init(bytes: UnsafeRawBufferPointer, depthLimit: Int) {
    self.bytes = bytes
    self.depthLimit = depthLimit
  }

  mutating func document() throws(JSONError) -> JSONValue {
    if let position = UTF8Check.firstInvalid(bytes) { throw error(.notUTF8, at: position) }
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { index = 3 }
    let value = try value(depth: 1)
    skipBlanks()
    guard index == bytes.count else { throw error(.textAfterValue) }
    return value
  }

  private func error(_ code: JSONError.Code, at position: Int? = nil) -> JSONError {
    let position = position ?? index
    var line = 1
    var lineStart = 0
    for place in 0..<min(position, bytes.count) where bytes[place] == 0x0A {
      line += 1
      lineStart = place + 1
    }
    return JSONError(code: code, line: line, column: position - lineStart + 1)
  }

  private mutating func skipBlanks() {
    while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
  }

  /// The next byte that is no blank.
  private mutating func peek() throws(JSONError) -> UInt8 {
    skipBlanks()
    guard index < bytes.count else { throw error(.unexpectedEnd) }
    return bytes[index]
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    switch try peek() {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw error(.unexpectedCharacter)
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
    for offset in 0..<word.utf8CodeUnitCount {
      guard index < bytes.count else { throw error(.unexpectedEnd) }
      guard bytes[index] == word.utf8Start[offset] else { throw error(.unexpectedCharacter) }
      index += 1
    }
    return value
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
    guard depth <= depthLimit else { throw error(.tooDeep) }
    index += 1
    var values: [JSONValue] = []
    if try peek() == UInt8(ascii: "]") {
      index += 1
      return .array(values)
    }
    while true {
      values.append(try value(depth: depth + 1))
      switch try peek() {
      case UInt8(ascii: ","): index += 1
      case UInt8(ascii: "]"):
        index += 1
        return .array(values)
      default: throw error(.unexpectedCharacter)
      }
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
    guard depth <= depthLimit else { throw error(.tooDeep) }
    index += 1
    var object = JSONObject()
    if try peek() == UInt8(ascii: "}") {
      index += 1
      return .object(object)
    }
    while true {
      guard try peek() == UInt8(ascii: "\"") else { throw error(.unexpectedCharacter) }
      let start = index
      let key = try string()
      guard object[key] == nil else { throw error(.repeatedKey, at: start) }
      guard try peek() == UInt8(ascii: ":") else { throw error(.unexpectedCharacter) }
      index += 1
      object[key] = try value(depth: depth + 1)
      switch try peek() {
      case UInt8(ascii: ","): index += 1
      case UInt8(ascii: "}"):
        index += 1
        return .object(object)
      default: throw error(.unexpectedCharacter)
      }
    }
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = index
    func digit() -> Bool { index < bytes.count && bytes[index] >= 0x30 && bytes[index] <= 0x39 }
    var whole = true
    if bytes[index] == UInt8(ascii: "-") { index += 1 }
    guard digit() else { throw error(.badNumber, at: start) }
    if bytes[index] == UInt8(ascii: "0") { index += 1 } else { while digit() { index += 1 } }
    if digit() { throw error(.badNumber, at: start) }
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      whole = false
      index += 1
      guard digit() else { throw error(.badNumber, at: start) }
      while digit() { index += 1 }
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      whole = false
      index += 1
      if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
      guard digit() else { throw error(.badNumber, at: start) }
      while digit() { index += 1 }
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if whole, let integer = Int64(text) { return .integer(integer) }
    guard let double = Double(text), double.isFinite else { throw error(.badNumber, at: start) }
    return .number(double)
  }

  private mutating func string() throws(JSONError) -> String {
    index += 1
    var start = index
    var text: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""):
        let tail = UnsafeRawBufferPointer(rebasing: bytes[start..<index])
        index += 1
        if text.isEmpty { return String(decoding: tail, as: UTF8.self) }
        text.append(contentsOf: tail)
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        text.append(contentsOf: bytes[start..<index])
        try escape(into: &text)
        start = index
      case 0..<0x20: throw error(.controlCharacter)
      default: index += 1
      }
    }
    throw error(.unexpectedEnd)
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
    let start = index
    index += 1
    guard index < bytes.count else { throw error(.unexpectedEnd) }
    let letter = bytes[index]
    index += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var value = try hexadecimal(start)
      if (0xD800...0xDBFF).contains(value) {
        guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") else {
          throw error(.badEscape, at: start)
        }
        index += 2
        let low = try hexadecimal(start)
        guard (0xDC00...0xDFFF).contains(low) else { throw error(.badEscape, at: start) }
        value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(value) else { throw error(.badEscape, at: start) }
      text.append(contentsOf: String(Character(scalar)).utf8)
    default: throw error(.badEscape, at: start)
    }
  }

  private mutating func hexadecimal(_ start: Int) throws(JSONError) -> UInt32 {
    guard index + 4 <= bytes.count else { throw error(.unexpectedEnd) }
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = bytes[index]
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - 0x30
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - 0x57
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - 0x37
      default: throw error(.badEscape, at: start)
      }
      value = value << 4 | UInt32(digit)
      index += 1
    }
    return value
  }
}
