// A condition on one canonical field. Pure.

package import Leavers

/// What must hold of a field.
package struct FieldCondition: Sendable, Hashable {
  package enum Test: Sendable, Hashable {
    case present, absent
    /// One of these values, in any case of letters.
    case isOneOf([String])
    /// There, and none of these values.
    case isNoneOf([String])
    /// A date in these bounds, both included.
    case dated(from: CalendarDate?, until: CalendarDate?)
  }
  package var field: Field
  package var test: Test

  package init(field: Field, test: Test) {
    self.field = field
    self.test = test
  }

  /// Whether it holds of a value; nil where the record has none.
  package func holds(of value: String?) -> Bool {
    switch test {
    case .present: return value != nil
    case .absent: return value == nil
    case .isOneOf(let values): return value.map { parts($0).contains { Self.among($0, values) } } ?? false
    case .isNoneOf(let values): return value.map { !parts($0).contains { Self.among($0, values) } } ?? false
    case .dated(let from, let until):
      guard let date = value.flatMap({ CalendarDate(iso: $0) }) else { return false }
      return from.map { $0 <= date } != false && until.map { date <= $0 } != false
    }
  }

  /// A list of codes in one text: each by itself.
  private func parts(_ value: String) -> [String] {
    field == .characteristics ? value.split(separator: ";").map { String($0).trimmedOfBlanks } : [value]
  }

  private static func among(_ value: String, _ values: [String]) -> Bool {
    values.contains { $0.uppercased() == value.uppercased() }
  }
}
