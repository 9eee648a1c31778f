// The names of markers.

import Testing

@testable import Profiles

@Suite struct CompletionMarkerTests {
  @Test(arguments: [
    ("{name}.done", "Leavers.csv", "leavers.csv.done"), ("{base}.done", "Leavers.csv", "leavers.done"),
    ("{base}.ctl", "a.b.XLSX", "a.b.ctl"), ("ready-{name}", "a.csv", "ready-a.csv"),
    ("{base}.OK", "Leavers", "leavers.ok"),
    ("{base}.ok", ".csv", ".csv.ok"),
  ])
  func eachExportHasOne(_ pattern: String, _ export: String, _ marker: String) throws {
    let completion = try #require(CompletionMarker(pattern))
    #expect(completion.marker(of: export) == marker)
    #expect(completion.isMarker(marker) && completion.isMarker(marker.uppercased()))
    #expect(!completion.isMarker(export))
  }

  @Test(arguments: [
    "done", "{name}", "{base}", "", "{name}{base}.x", "{name}.{name}", "in/{name}.done", "{nam}.done", "{name}.{x}",
    // Every export would be a marker.
    "{base}.csv", "{base}.TXT", "{name}.xlsx", "{name}v",
  ])
  func whatTellsNoMarkerFromItsExportIsNone(_ pattern: String) { #expect(CompletionMarker(pattern) == nil) }

  @Test func nothingButTheEndingIsNoMarker() throws {
    #expect(try !#require(CompletionMarker("{name}.done")).isMarker(".done"))
  }
}
