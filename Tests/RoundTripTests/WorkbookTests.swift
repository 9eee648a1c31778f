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
