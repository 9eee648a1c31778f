// Paths of elements in an XML document that a profile declares. Pure.

/// A path such as `Identity/UPN`, or `Identity/@type` for an attribute.
package struct XMLPath: Sendable, Hashable {
  /// From the outside to the inside; may be empty where it is an attribute of the element that it starts from.
  package let elements: [String]
  package let attribute: String?

  /// Nil where a name is none of XML's (letters, digits, hyphen, full stop and underscore; a letter or underscore first).
  package init?(_ text: String) {
    var parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    var attribute: String?
    if let last = parts.last, last.hasPrefix("@") {
      attribute = String(last.dropFirst())
      parts.removeLast()
    }
    guard (parts + [attribute].compactMap { $0 }).allSatisfy(Self.isName), attribute != nil || !parts.isEmpty else {
      return nil
    }
    elements = parts
    self.attribute = attribute
  }

  package static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first) else { return false }
    return text.utf8.allSatisfy { isLetter($0) || (48...57).contains($0) || $0 == 45 || $0 == 46 }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
  }
}
