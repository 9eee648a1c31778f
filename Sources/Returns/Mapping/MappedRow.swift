// One row as an authority will read it. A value that never prints what it holds.

package import Leavers

/// The cells of one row of a return, in the order of the profile's columns.
package struct MappedRow: Sendable, Equatable {
  /// The record's number in the export.
  package let rowNumber: Int
  package let pupil: PupilID?
  package let disclosure: Disclosure
  /// By what the pupil is this authority's.
  package let route: RoutingReason
  /// One text a column; empty where nothing is disclosed or nothing is known.
  package let cells: [String]

  package init(rowNumber: Int, pupil: PupilID?, disclosure: Disclosure, route: RoutingReason, cells: [String]) {
    self.rowNumber = rowNumber
    self.pupil = pupil
    self.disclosure = disclosure
    self.route = route
    self.cells = cells
  }
}

extension MappedRow: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "MappedRow(\(rowNumber), \(disclosure.rawValue), redacted)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
