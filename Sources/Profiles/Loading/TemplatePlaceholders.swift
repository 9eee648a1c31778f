// What the templates of an authority and a recipient put where only the authority knows what belongs there.

/// The values of `config/templates` that are nobody's, and must not be left as they are.
enum TemplatePlaceholders {
  /// A code and an ONS code that DfE and the ONS gave to nobody: with them no pupil is ever routed there.
  static let codes = ["999", "E10000099"]
  /// Names and a reference that people read: on the desk, on the cover sheet, in the log.
  static let names = ["northshire", "Northshire Council", "EXAMPLE-NORTHSHIRE-1"]

  /// Says of a value that it is the template's. A dry run takes it, as it takes every placeholder.
  static func check(_ text: String, at node: ConfigNode, _ context: LoadContext) {
    guard context.needsEverything else { return }
    if codes.contains(text) {
      node.error(
        .placeholder, "\(quoted(text)) is the template's and no authority's: no pupil would ever be routed there",
        remedy: "write the authority's own: DfE's three digits, the ONS's E and eight digits")
    } else if names.contains(text) {
      node.warning(.placeholder, "\(quoted(text)) is the template's", remedy: "write the authority's own")
    }
  }
}
