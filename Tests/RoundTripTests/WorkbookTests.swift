// An Excel workbook as the export, through real processes.

import AuthoritySandbox
import Foundation
import RoundTripSupport
import Tabular
import Testing

@Suite("A workbook saved by hand", .serialized)
struct WorkbookTests {
  private static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("TabularTests/XLSX/Fixtures/Students (14).xlsx").path

  @Test func onTheDeskItEndsAsReturns() async throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: Self.path)))
    try await RoundTrip.with { trip in
      let daemon = try trip.startDaemon()
      try await daemon.waitUntilReady()
      try trip.save(bytes, as: "Students (14).xlsx")
      try await trip.waitUntilDecided(1)
      #expect(try await trip.returns().map(\.authority).contains("liverpool"), "by the school's own place")
      let out = trip.layout.desk(RoundTrip.schools[0].slug) + "/out"
      try await eventually("the checked workbook") {
        FileManager.default.fileExists(atPath: "\(out)/Students (14).checked.xlsx")
      }
      #expect(FileManager.default.fileExists(atPath: "\(out)/Students (14).xlsx.findings.csv"))
      let summary = "\(out)/Students (14).xlsx.summary.html"
      try await eventually("what was decided, on the desk") {
        (try? String(contentsOfFile: summary, encoding: .utf8))?.contains("<th scope=\"col\">Authority</th>") == true
      }
      try await eventually("the page of the desk") {
        let page = try? String(contentsOfFile: "\(out)/START HERE.html", encoding: .utf8)
        return page?.contains("12 rows read and decided.") == true && page?.contains("Students%20%2814%29") == true
      }

      // Put back as it is, with nothing but the result columns: known again, and nothing new is made of it.
      let before = try await trip.returns()
      let checked = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(out)/Students (14).checked.xlsx")))
      try trip.save(checked, as: "Students (14) mended.xlsx")
      try await trip.waitUntilDecided(2)
      let shown = try await trip.json("show", "E2")
      try await eventually("the correction to be noted") {
        try await trip.json("show", "E2")["corrects"]?.string == "E1"
      }
      let fates = shown["fates"]?.array ?? []
      #expect(fates.contains { ($0["unchanged"]?.integer ?? 0) > 0 })
      #expect(fates.allSatisfy { $0["sent"]?.integer == 0 })
      #expect(try await trip.returns().map(\.id) == before.map(\.id))
      #expect(!daemon.logText.contains("Zzsurname"))
      #expect(try await daemon.terminate() == 0)
      #expect(try await trip.auditIsClean())
    }
  }

  @Test func prepareReadsItToo() async throws {
    try await CommandTestsSupport.withFolder { folder in
      let program = try Program(configuration: CommandTestsSupport.example)
      let out = "\(folder)/out"
      let result = try await program.run("prepare", Self.path, "--school", "3414787", "--out", out, "--json")
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.json?["rowsRead"]?.integer == 12)
      #expect(FileManager.default.fileExists(atPath: "\(out)/Students (14).checked.xlsx"))
    }
  }
}
