// What an authority will read of one pupil. A value that never prints what it holds.

package import Leavers

/// The rows of one pupil in a return, cells in the order of the profile's columns: mostly one, more where the return has a
/// row each for something that a pupil has several of.
package struct MappedRow: Sendable, Equatable {
  /// The record's number in the export.
  package let rowNumber: Int
  package let pupil: PupilID?
  package let disclosure: Disclosure
  /// By what the pupil is this authority's.
  package let route: RoutingReason
  /// One text a column; empty where nothing is disclosed or nothing is known. At least one line.
  package let lines: [[String]]
  /// Whether it closes the record of a pupil who moved to another authority.
  package let isClosing: Bool

  package init(
    rowNumber: Int, pupil: PupilID?, disclosure: Disclosure, route: RoutingReason, lines: [[String]],
    isClosing: Bool = false
  ) {
    self.isClosing = isClosing
    self.rowNumber = rowNumber
    self.pupil = pupil
    self.disclosure = disclosure
    self.route = route
    self.lines = lines
  }

  package init(rowNumber: Int, pupil: PupilID?, disclosure: Disclosure, route: RoutingReason, cells: [String]) {
    self.init(rowNumber: rowNumber, pupil: pupil, disclosure: disclosure, route: route, lines: [cells])
  }

  /// The cells of its only line.
  package var cells: [String] { lines.first ?? [] }
}

extension MappedRow: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "MappedRow(\(rowNumber), \(disclosure.rawValue), redacted)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
