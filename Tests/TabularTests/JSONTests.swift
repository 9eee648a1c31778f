// JSON: the same text each time, and a strict reader.

import MutationSupport
import Testing

@testable import Tabular

@Suite struct JSONTests {
  @Test func writesInOrder() {
    let value: JSONValue = ["b": 1, "a": [true, nil, "x", 1.5], "e": [:], "f": []]
    #expect(value.text() == #"{"b":1,"a":[true,null,"x",1.5],"e":{},"f":[]}"#)
    #expect(value.text(sortedKeys: true) == #"{"a":[true,null,"x",1.5],"b":1,"e":{},"f":[]}"#)
    #expect(
      value.text(pretty: true) == """
        {
          "b": 1,
          "a": [
            true,
            null,
            "x",
            1.5
          ],
          "e": {},
          "f": []
        }
        """)
  }

  @Test func escapes() throws {
    let text = "\"\\/\u{8}\t\n\u{C}\r\u{0}\u{1F}\u{7F}é漢💥"
    #expect(JSONValue.string(text).text() == #""\"\\/\b\t\n\f\r\u0000\u001f\u007fé漢💥""#)
    #expect(try JSONValue.parse(JSONValue.string(text).text()) == .string(text))
    #expect(try JSONValue.parse(#""\u00e9\uD83D\uDCA5\/\b\f""#).string == "é💥/\u{8}\u{C}")
  }

  @Test func numbers() throws {
    #expect(try JSONValue.parse("-0") == .integer(0))
    #expect(try JSONValue.parse("9223372036854775807") == .integer(.max))
    #expect(try JSONValue.parse("-9223372036854775808") == .integer(.min))
    #expect(try JSONValue.parse("9223372036854775808").number == 9_223_372_036_854_775_808)
    #expect(try JSONValue.parse("1.5e3") == .number(1500))
    #expect(try JSONValue.parse("1E-2").number == 0.01)
    #expect(JSONValue.number(.infinity).text() == "null")
    #expect(JSONValue.number(0.1).text() == "0.1")
    #expect(JSONValue.integer(5).number == 5)
  }

  @Test func accessors() throws {
    let value = try JSONValue.parse(#" { "a" : [ 1 , { "b" : "c" } ], "t": true, "n": null } "#)
    #expect(value["a"]?[0]?.integer == 1)
    #expect(value["a"]?[1]?["b"]?.string == "c")
    #expect(value["t"]?.bool == true)
    #expect(value["n"]?.isNull == true)
    #expect(value["zz"] == nil && value["a"]?[9] == nil && value[0] == nil && value["a"]?["b"] == nil)
    #expect(value["a"]?.array?.count == 2)
    #expect(value.object?.keys == ["a", "t", "n"])
    #expect(JSONValue(nil as String?) == .null && JSONValue(5 as Int?) == 5 && JSONValue(true as Bool?) == true)
  }

  @Test(arguments: [
    ("", JSONError.Code.unexpectedEnd), ("[1,", .unexpectedEnd), ("\"a", .unexpectedEnd), ("{\"a\"", .unexpectedEnd),
    ("tru", .unexpectedEnd), ("\"\\", .unexpectedEnd), ("\"\\u00", .unexpectedEnd), ("[", .unexpectedEnd),
    ("x", .unexpectedCharacter), ("[1 2]", .unexpectedCharacter), ("[1,]", .unexpectedCharacter),
    ("{a:1}", .unexpectedCharacter), ("{\"a\" 1}", .unexpectedCharacter), ("{\"a\":1,}", .unexpectedCharacter),
    ("{\"a\":1 \"b\":2}", .unexpectedCharacter), ("nulx", .unexpectedCharacter), ("'a'", .unexpectedCharacter),
    ("01", .badNumber), ("-", .badNumber), ("1.", .badNumber), ("1e", .badNumber), ("1e999", .badNumber),
    ("-a", .badNumber),
    ("\"\\x\"", .badEscape), ("\"\\uD800\"", .badEscape), ("\"\\uD800\\u0041\"", .badEscape),
    ("\"\\uDC00\"", .badEscape),
    ("\"\\u00G0\"", .badEscape), ("\"a\nb\"", .controlCharacter), ("{\"a\":1,\"a\":2}", .repeatedKey),
    ("1 2", .textAfterValue), ("{}]", .textAfterValue), ("NaN", .unexpectedCharacter),
  ])
  func refuses(text: String, code: JSONError.Code) {
    do throws(JSONError) {
      _ = try JSONValue.parse(text)
      Issue.record("read what is no JSON: \(text)")
    } catch {
      #expect(error.code == code)
      #expect(error.description.hasPrefix("line 1, column "))
    }
  }

  @Test func saysWhere() {
    do throws(JSONError) {
      _ = try JSONValue.parse("{\n  \"a\": 1,\n  \"a\": 2\n}")
      Issue.record("a key stands twice")
    } catch {
      #expect((error.line, error.column) == (3, 3))
    }
    #expect(throws: JSONError.self) { try JSONValue.parse([0x22, 0xE9, 0x22]) }
  }

  @Test func depthIsBounded() throws {
    let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(try JSONValue.parse(deep).array?.count == 1)
    for text in ["[\(deep)]", String(repeating: "[", count: 1_000_000), String(repeating: "{\"a\":", count: 1_000_000)]
    {
      do throws(JSONError) {
        _ = try JSONValue.parse(text)
        Issue.record("too deep")
      } catch {
        #expect(error.code == .tooDeep)
      }
    }
    #expect(try JSONValue.parse("[[1]]", depthLimit: 2)[0]?[0]?.integer == 1)
  }

  @Test func byteOrderMarkIsPassedOver() throws {
    #expect(try JSONValue.parse("\u{FEFF}[]") == .array([]))
  }

  @Test func objectsKeepOrderAndEachKeyOnce() {
    var object = JSONObject()
    for number in 0..<40 { object["k\(number)"] = .integer(Int64(number)) }
    #expect(object.keys == (0..<40).map { "k\($0)" })
    object["k5"] = "five"
    object["k0"] = nil
    #expect(object.count == 39)
    #expect(object["k0"] == nil && object["k5"] == "five" && object["k39"] == 39)
    for number in 10..<40 { object["k\(number)"] = nil }
    #expect(object.keys == (1..<10).map { "k\($0)" })
    object["k10"] = 1
    object["absent"] = nil
    #expect(object.members.last == JSONObject([("k10", 1)]).members.first)
    #expect(JSONObject([("a", 1), ("a", 2)]).count == 1)
  }

  private static func random(_ generator: inout SeededGenerator, depth: Int) -> JSONValue {
    let texts = ["", "a", "\"", "\\", "\n", "é", "💥", "\u{0}", "k"]
    switch Int.random(in: 0...(depth > 3 ? 4 : 6), using: &generator) {
    case 0: return .null
    case 1: return .bool(.random(using: &generator))
    case 2: return .integer(.random(in: .min ... .max, using: &generator))
    case 3: return .number(.random(in: -1e6...1e6, using: &generator) + 0.5e-3)
    case 4: return .string((0..<3).map { _ in texts.randomElement(using: &generator) ?? "" }.joined())
    case 5: return .array((0..<3).map { _ in random(&generator, depth: depth + 1) })
    default:
      return .object(
        JSONObject(
          (0..<4).map { ("\(texts.randomElement(using: &generator) ?? "")\($0)", random(&generator, depth: depth + 1)) }
        ))
    }
  }

  @Test func writeThenReadIsIdentity() throws {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<500 {
      let value = Self.random(&generator, depth: 0)
      for pretty in [false, true] {
        let text = value.text(pretty: pretty)
        #expect(try JSONValue.parse(text) == value)
        #expect(try JSONValue.parse(text).text(pretty: pretty) == text)
      }
    }
  }

  @Test func printsNoContent() throws {
    let value = try JSONValue.parse(#"{"name":"Zaphod","n":[12345]}"#)
    var dumped = ""
    dump(value, to: &dumped)
    dump(value.object as Any, to: &dumped)
    for text in ["\(value)", String(reflecting: value), "\(value["name"] as Any)", "\(value["n"] as Any)", dumped] {
      #expect(!text.contains("Zaphod") && !text.contains("12345"))
    }
  }
}
