// How a type that holds personal data prints: its name and nothing else. Pure.

/// A value about a child, which never prints what it holds: not in a log line, not in an error, not in a debugger's dump.
///
/// The text is had only by asking for it by name (`rawValue`), so that a disclosure is always a deliberate act.
package protocol RedactedPrinting: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension RedactedPrinting {
  /// The type's name and the word "redacted".
  package var description: String { "\(Self.self)(redacted)" }
  /// The same as `description`.
  package var debugDescription: String { description }
  /// A mirror without children.
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
