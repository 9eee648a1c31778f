// Why a text is not JSON, and where. Pure; carries no part of the text.

/// A text that is not JSON (RFC 8259), or is nested too deep.
package struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong; open, so that further codes break nobody.
  package struct Code: Hashable, Sendable, CustomStringConvertible {
    private let name: String
    private init(_ name: String) { self.name = name }
    package var description: String { name }

    package static let unexpectedEnd = Code("unexpected-end")
    package static let unexpectedCharacter = Code("unexpected-character")
    package static let badNumber = Code("bad-number")
    package static let badEscape = Code("bad-escape")
    package static let controlCharacter = Code("control-character")
    package static let repeatedKey = Code("repeated-key")
    package static let tooDeep = Code("too-deep")
    package static let notUTF8 = Code("not-utf-8")
    package static let textAfterValue = Code("text-after-value")
  }

  package let code: Code
  /// The line, from 1, and the byte within it, from 1.
  package let line: Int
  package let column: Int

  package var description: String { "line \(line), column \(column): \(explanation)" }

  private var explanation: String {
    switch code {
    case .unexpectedEnd: "the text ends in the middle of a value"
    case .badNumber: "this is no number of JSON"
    case .badEscape: "this is no escape sequence of JSON, or half of a pair"
    case .controlCharacter: "a control character stands in a string; write it as an escape"
    case .repeatedKey: "the object has this key already"
    case .tooDeep: "the values are nested too deep"
    case .notUTF8: "the text is not UTF-8"
    case .textAfterValue: "there is something after the value"
    default: "this character cannot stand here"
    }
  }
}
