// One young person's record in canonical fields, as an owned value that never prints what it holds. Pure.

/// One young person's record in canonical fields. Values are normalised text: dates as yyyy-MM-dd, codes as codes,
/// identifiers without spaces; a field that is absent or failed its check is not there.
package struct LeaverRecord: Sendable, Equatable {
  private var values: [Field: String]

  package init(_ values: [Field: String] = [:]) { self.values = values.filter { !$0.value.isEmpty } }

  /// The value of a field; setting nil or the empty text removes it.
  package subscript(field: Field) -> String? {
    get { values[field] }
    set { values[field] = newValue?.isEmpty == true ? nil : newValue }
  }

  package var upn: UPN? { values[.upn].flatMap { try? UPN($0) } }
  package var formerUPN: UPN? { values[.formerUPN].flatMap { try? UPN($0) } }
  package var uln: ULN? { values[.uln].flatMap { try? ULN($0) } }
  package var dateOfBirth: CalendarDate? { date(.dateOfBirth) }

  /// The date in a field that holds one, which stands there as yyyy-MM-dd.
  package func date(_ field: Field) -> CalendarDate? { values[field].flatMap { CalendarDate(iso: $0) } }

  /// The fields that hold a value, in the order of declaration.
  package var fields: [Field] { Field.allCases.filter { values[$0] != nil } }
}

extension LeaverRecord: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "LeaverRecord(\(values.count) fields, redacted)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
