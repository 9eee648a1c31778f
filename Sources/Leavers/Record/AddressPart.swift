// Parts of an address that are no field of a record, and of which its lines are made. Pure.

/// What a table may have of an address besides the lines: the parts of BS 7666 that stand before the town, and lines
/// beyond the third.
package enum AddressPart: String, CaseIterable, Sendable, Hashable {
  /// Within the building, such as a flat.
  case saon
  /// The building: its number or name.
  case paon
  case street, locality
  case line4, line5
}
