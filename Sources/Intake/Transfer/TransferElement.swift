// An element of a Common Transfer File with all that is in it. A value; does not print.

import Leavers

/// One element and its children, in the order of the file.
struct TransferElement: Sendable {
  let name: String
  /// The text directly in it, without that of its children.
  var text = ""
  var children: [TransferElement] = []

  init(name: String) { self.name = name }

  /// The text without blanks at its ends.
  var value: String { text.trimmedOfBlanks }

  /// The first child of a name.
  subscript(_ name: String) -> TransferElement? { children.first { $0.name == name } }

  /// All elements at the end of a path of names.
  func all(_ path: some Collection<String>) -> [TransferElement] {
    guard let first = path.first else { return [self] }
    return children.lazy.filter { $0.name == first }.flatMap { $0.all(path.dropFirst()) }
  }

  /// The value of the first child of a name; empty where there is none.
  func value(_ name: String) -> String { self[name]?.value ?? "" }

  /// Whether nothing is said in it.
  var isBlank: Bool { value.isEmpty && children.allSatisfy(\.isBlank) }
}

extension TransferElement: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  var description: String { "TransferElement(\(children.count) children, redacted)" }
  var debugDescription: String { description }
  var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
