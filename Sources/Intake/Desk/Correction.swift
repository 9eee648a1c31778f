// That an export is the corrected copy of an earlier one, and how that is known. A value.

package import Leavers

/// What an export is a corrected copy of.
package struct Correction: Sendable, Hashable {
  package enum Known: Sendable, Hashable {
    /// By the reference that a checked workbook carries out of sight.
    case reference
    /// By the two result columns of a checked file, and its pupils.
    case pupils
  }

  package let export: ExportID
  package let known: Known

  /// For the summary.
  var words: String {
    let by =
      switch known {
      case .reference: "by the mark that the checked workbook carries"
      case .pupils: "by its result columns and its pupils"
      }
    return "It is the checked file of \(export) come back (known \(by)). The result columns were not read."
  }
}
