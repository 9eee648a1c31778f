// Whether a file name is one that a pattern is about. Pure, and linear but for the length of the pattern's own texts.

import Leavers

extension FileNamePattern {
  private enum Token {
    case literal([UInt8])
    /// Any run of so many bytes at least.
    case gap(least: Int)
  }

  /// Whether a name is of this pattern for these values, whatever the case of its letters.
  ///
  /// `*` is any run of characters, also none. A placeholder whose value is not known is any run of at least one
  /// character; but a school's identifier that is not known matches nothing: only files whose name belongs to the school
  /// are its own.
  package func matches(_ name: String, _ values: Values) -> Bool {
    guard let tokens = tokens(values) else { return false }
    let name = Array(name.utf8).map(Self.folded)
    var position = 0
    var gap: Int?
    for (index, token) in tokens.enumerated() {
      switch token {
      case .gap(let least): gap = (gap ?? 0) + least
      case .literal(let literal):
        let isLast = index == tokens.count - 1
        if let least = gap {
          let found = isLast ? name.count - literal.count : Self.first(literal, in: name, from: position + least)
          guard let found, found >= position + least, Self.stands(literal, in: name, at: found) else { return false }
          position = found + literal.count
          gap = nil
        } else {
          guard Self.stands(literal, in: name, at: position) else { return false }
          position += literal.count
        }
      }
    }
    if let least = gap { return name.count - position >= least }
    return position == name.count
  }

  private func tokens(_ values: Values) -> [Token]? {
    var tokens: [Token] = []
    func append(_ text: String) {
      let bytes = text.utf8.map(Self.folded)
      if case .literal(let before)? = tokens.last {
        tokens[tokens.count - 1] = .literal(before + bytes)
      } else {
        tokens.append(.literal(bytes))
      }
    }
    for piece in pieces {
      switch piece {
      case .text(let text): append(text)
      case .wildcard: tokens.append(.gap(least: 0))
      case .placeholder(let placeholder):
        if let value = values.text(of: placeholder), !value.isEmpty {
          append(value)
        } else {
          switch placeholder {
          case .laestab, .urn, .ukprn: return nil
          default: tokens.append(.gap(least: 1))
          }
        }
      }
    }
    return tokens
  }

  private static func folded(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }

  private static func stands(_ literal: [UInt8], in name: [UInt8], at position: Int) -> Bool {
    guard position >= 0, position + literal.count <= name.count else { return false }
    for offset in literal.indices where name[position + offset] != literal[offset] { return false }
    return true
  }

  private static func first(_ literal: [UInt8], in name: [UInt8], from start: Int) -> Int? {
    guard name.count >= literal.count, start <= name.count - literal.count else { return nil }
    return (start...(name.count - literal.count)).first { stands(literal, in: name, at: $0) }
  }
}
