// A box for personal data that neither prints nor mirrors what it holds. Pure.

/// Holds a personal value so that no log, error or debugger dump shows it by accident.
package struct Redacted<Value: Sendable>: Sendable {
  /// The value itself, for those who mean to use it.
  package let exposed: Value
  package init(_ value: Value) { exposed = value }
}

extension Redacted: Equatable where Value: Equatable {}
extension Redacted: Hashable where Value: Hashable {}

extension Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "redacted" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
