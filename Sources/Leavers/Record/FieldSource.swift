// Where the value of a field comes from in rows that are otherwise alike. A value.

/// Where the value of a field comes from, for all rows of one class.
package enum FieldSource: Sendable, Hashable {
  /// It is the same in all of them.
  case same
  /// It is the cell of a column, from 0, as it stands there.
  case cell(column: Int)
  /// It is the value of the cell of a column, known by a number in the table of values at a place.
  case value(column: Int, place: Int)
}
