// A sheet that is to lie on the desk. A value.

import Tabular

/// A sheet for a school's desk.
struct DeskSheet: Sendable {
  /// The folder below `out` in which sheets lie.
  static let folder = "sheets/"
  /// The instant in the properties of each, in seconds since 1970: the same sheet has the same bytes whenever it is made.
  static let created = 1_767_225_600

  let name: String
  /// What it was made of: while this is the same, the sheet is.
  let stamp: String
  /// Whether there is nothing to answer in it.
  let isEmpty: Bool
  let workbook: WorkbookDraft
}
