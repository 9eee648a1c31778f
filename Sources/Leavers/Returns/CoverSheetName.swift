// How the cover sheet beside a file is called. Pure.

/// The name of the page with totals and hash that goes with a return.
package enum CoverSheetName {
  /// - Parameter place: 1, or a higher number where that name is taken.
  package static func of(_ fileName: String, place: Int = 1) -> String {
    place == 1 ? "\(fileName).cover.html" : "\(fileName).cover-\(place).html"
  }
}
