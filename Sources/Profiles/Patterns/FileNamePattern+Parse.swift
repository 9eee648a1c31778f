// From the text of a file name pattern to its pieces. Pure.

import Leavers

/// What is wrong with a file name pattern, or with a name that it would make.
package struct FileNameFlaw: Error, Hashable, Sendable, CustomStringConvertible {
  package struct Code: RawRepresentable, Hashable, Sendable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package static let badCharacter = Code(rawValue: "bad-character")
    package static let unclosedBrace = Code(rawValue: "unclosed-brace")
    package static let unknownPlaceholder = Code(rawValue: "unknown-placeholder")
    package static let badBeginning = Code(rawValue: "bad-beginning")
    package static let missingValue = Code(rawValue: "missing-value")
    package static let tooLong = Code(rawValue: "too-long")
    package static let wildcard = Code(rawValue: "wildcard")
  }
  package let code: Code
  package let message: String
  package let remedy: String

  package var description: String { "\(message); \(remedy)" }
}

extension FileNamePattern {
  /// Compiles a pattern: text of the characters A–Z a–z 0–9 . _ - and space, placeholders in braces, `*`.
  package init(_ source: String) throws(FileNameFlaw) {
    var pieces: [Piece] = []
    var text = ""
    func flush() {
      if !text.isEmpty { pieces.append(.text(text)) }
      text = ""
    }
    var rest = source[...]
    while let character = rest.popFirst() {
      switch character {
      case "{":
        guard let end = rest.firstIndex(of: "}") else {
          throw FileNameFlaw(
            code: .unclosedBrace, message: "a { is never closed", remedy: "write } after the placeholder")
        }
        let name = String(rest[..<end])
        rest = rest[rest.index(after: end)...]
        guard let placeholder = Placeholder(rawValue: name) else {
          throw FileNameFlaw(
            code: .unknownPlaceholder, message: "there is no placeholder {\(name)}",
            remedy: Nearest.remedy(for: name, among: Placeholder.allCases.map(\.rawValue), otherwise: "remove it"))
        }
        flush()
        pieces.append(.placeholder(placeholder))
      case "*":
        flush()
        if pieces.last != .wildcard { pieces.append(.wildcard) }
      case let character where Self.isAllowed(character): text.append(character)
      default:
        throw FileNameFlaw(
          code: .badCharacter, message: "\(character.debugDescription) cannot stand in a file name here",
          remedy: "use letters, digits, full stop, hyphen, underscore and space, no folders")
      }
    }
    flush()
    if case .text(let first)? = pieces.first, let character = first.first, ".- ".contains(character) {
      throw FileNameFlaw(
        code: .badBeginning, message: "a file name may not begin with \(character.debugDescription)",
        remedy: "begin it with a letter or a digit")
    }
    self.init(pieces: pieces, source: source)
  }

  /// Whether a character may stand in the names that this service writes: no separators, nothing that a shell, a
  /// spreadsheet or a URL takes for its own.
  static func isAllowed(_ character: Character) -> Bool {
    guard let byte = character.asciiValue else { return false }
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: " "):
      return true
    default: return false
    }
  }

  /// Whether a placeholder is in the pattern.
  package func contains(_ placeholder: Placeholder) -> Bool { pieces.contains(.placeholder(placeholder)) }

  /// Whether two patterns can make the same name for the same values: they are the same but for the case of letters.
  func collides(with other: FileNamePattern) -> Bool {
    func folded(_ pattern: FileNamePattern) -> [Piece] {
      pattern.pieces.map { if case .text(let text) = $0 { .text(text.lowercased()) } else { $0 } }
    }
    return folded(self) == folded(other)
  }
}
