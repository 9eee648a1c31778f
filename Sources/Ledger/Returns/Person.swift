// Who decided something, and how that is known. Pure.

/// Who decided something: the authenticated identity, and how it is known.
package struct Person: Sendable, Hashable {
  package let name: String
  /// How the name is known: `login user`, `file owner`, `page account`.
  package let known: String

  package init(name: String, known: String) {
    self.name = name
    self.known = known
  }

  /// Whoever put a file on a desk, where the file system does not tell.
  package static let somebodyAtTheDesk = Person(
    name: "somebody with access to the desk", known: "file without an owner who is known here")

  /// Whether it is known who it was.
  package var isNamed: Bool { self != Self.somebodyAtTheDesk }

  /// The particulars of an event or receipt that this person caused.
  func details(why: String? = nil) -> [String: String] {
    var details = ["by": name, "known": known]
    details["why"] = why
    return details
  }
}

extension Person: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "a person (\(known))" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
