// Writes docs/findings.md from the catalogue. Pure.

import Leavers

/// The documentation of all findings, written from the catalogue so that it cannot fall behind.
package enum CatalogueDocument {
  /// The text of `docs/findings.md`.
  package static func text(_ entries: [CatalogueEntry] = FindingsCatalogue.entries) -> String {
    var lines = [
      "# Findings",
      "",
      "<!-- Written from the catalogue in Sources/Intake/Findings: run the tests with UPDATE_DOCS=1 after a change. -->",
      "",
      "What validation says of an export. A code is stable: it is never reused and never renumbered.",
      "",
      "| severity | what it does |",
      "|---|---|",
      "| fatal | the file is not taken in; what was sent before stays as it is |",
      "| error | the row is held until it is corrected and exported again |",
      "| warning | the record is sent; a value that failed its check is left out where the text says so |",
      "| note | nothing needs to be done |",
      "",
      "\"In your system\" says where that is in a system of which it is known; the desk's files tell each school of its own. "
        + "\"Census\" is the number of the school census query that asks for the same thing. [M] marks general knowledge: no "
        + "published source.",
      "",
      "| code | severity | finding | usual cause | what to do | in your system | rule from | census |",
      "|---|---|---|---|---|---|---|---|",
    ]
    for entry in entries {
      let census = entry.census.map(String.init).joined(separator: ", ")
      let cells = [
        entry.code.rawValue, entry.severity.rawValue, entry.condition, entry.cause, entry.remedy, places(of: entry),
        entry.source, census,
      ]
      lines.append("| " + cells.map(escaped).joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func places(of entry: CatalogueEntry) -> String {
    MISProduct.allCases.compactMap { mis in entry.places[mis].map { "\(mis.name): \($0)" } }.joined(separator: "; ")
  }

  private static func escaped(_ text: String) -> String {
    text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}
