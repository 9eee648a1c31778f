// A piece of a web page in which whatever is put in is escaped, by its type. Pure.

/// A piece of a web page.
///
/// ```swift
/// let cell: HTML = "<td>\(text)</td>"   // text is escaped; another HTML is not
/// ```
///
/// Only a literal of the source can hold markup: what comes from a file or a person goes in as a `String`, and cannot
/// get out of the place where it was put, be it an element or an attribute in quotation marks.
package struct HTML: Sendable, Hashable, ExpressibleByStringInterpolation, CustomStringConvertible {
  package private(set) var text: String

  package init() { text = "" }
  package init(stringLiteral value: String) { text = value }
  package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  package var description: String { text }
  package var isEmpty: Bool { text.isEmpty }

  package static func += (left: inout HTML, right: HTML) { left.text += right.text }
  package static func + (left: HTML, right: HTML) -> HTML {
    var sum = left
    sum += right
    return sum
  }

  /// Pieces one after another, with one between each two.
  package static func joined(_ pieces: some Sequence<HTML>, by between: HTML = HTML()) -> HTML {
    var result = HTML()
    for (place, piece) in pieces.enumerated() {
      if place > 0 { result += between }
      result += piece
    }
    return result
  }

  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }
    package mutating func appendLiteral(_ literal: String) { text += literal }
    package mutating func appendInterpolation(_ value: String) { text += HTML.escaped(value) }
    package mutating func appendInterpolation(_ number: Int) { text += String(number) }
    package mutating func appendInterpolation(_ piece: HTML) { text += piece.text }
  }

  /// Text as it may stand in an element or in an attribute's value. Characters that no page may hold become U+FFFD.
  static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": result.unicodeScalars.append("\u{FFFD}")
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
